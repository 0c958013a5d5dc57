/** What a string of digits leaves when divided by 97; 1 where check digits of ISO 7064 MOD 97-10 are right. */
export function mod97(digits: string): number {
  let rest = 0;
  for (const digit of digits) rest = (rest * 10 + (digit.charCodeAt(0) - 48)) % 97;
  return rest;
}
