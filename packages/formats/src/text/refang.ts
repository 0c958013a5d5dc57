/** What people put in place of a character, so that nobody clicks by accident. Each is of bounded length: no backtracking. */
const disguises: readonly (readonly [disguise: RegExp, meant: string])[] = [
  [/^h(?:xx|XX|\*\*|tt_)p(s?)(?=[:[(_])/i, 'http$1'],
  [/^(?:meow|mxxp)(s?)(?=:\/\/)/i, 'http$1'],
  [/^fxp(s?)(?=[:[(])/i, 'ftp$1'],
  [/[[({]:\/\/[\])}]/g, '://'],
  [/[[({]:[\])}]/g, ':'],
  [/:\\\\(?=\w)/g, '://'],
  [/^(https?|ftp):\/{3,}/i, '$1://'],
  [/[[({]\/[\])}]/g, '/'],
  [/[[({]\.[\])}]/g, '.'],
  [/[[({](?:dot|punkt|DOT)[\])}]/g, '.'],
  [/\[\.|\.\]/g, '.'],
  [/\\\./g, '.'],
  [/[[({](?:at|AT|@)[\])}]/g, '@'],
];

const marks = /[[\](){}\\]|^h..p|^mxx|^meow|^fxp|:\/{3}/i;

/** A word as it was before somebody made it harmless: `hxxps[:]//evil[.]example` is `https://evil.example`. */
export function refang(word: string): string {
  if (!marks.test(word)) return word;
  return disguises.reduce((text, [disguise, meant]) => text.replace(disguise, meant), word);
}
