/** What a rule looks for: its head without the action, and its options. */
export interface SuricataMatch {
  readonly head: string;
  readonly options: string;
}

/** A text as a content: what is not a plain character stands as hexadecimal bytes, so nothing can end the rule early. */
export function textContent(text: string): string {
  const bytes = encodeURIComponent(text.toWellFormed()).match(/%..|[^%]/g) ?? [];
  return bytes
    .map((byte) => (byte.length === 1 ? byte : String.fromCharCode(Number.parseInt(byte.slice(1), 16))))
    .map((letter) =>
      /[a-zA-Z0-9 ./_?&=+@~,-]/.test(letter)
        ? letter
        : `|${letter.charCodeAt(0).toString(16).padStart(2, '0')}|`,
    )
    .join('')
    .replaceAll('||', ' ');
}

/** Bytes, as hexadecimal digits, as a content. */
export function byteContent(hex: string): string {
  return `|${hex.replace(/(..)(?=.)/g, '$1 ')}|`;
}

/** A text as a part of a regular expression between slashes in a rule: whatever has a meaning there stands as its byte. */
export function textExpression(text: string): string {
  const bytes = encodeURIComponent(text.toWellFormed()).match(/%..|[^%]/g) ?? [];
  return bytes
    .map((byte) => {
      if (byte.length > 1) return `\\x${byte.slice(1).toLowerCase()}`;
      return /[a-z0-9_@-]/i.test(byte) ? byte : `\\x${byte.charCodeAt(0).toString(16).padStart(2, '0')}`;
    })
    .join('');
}

/** Bytes of a text in UTF-8. */
export function byteLength(text: string): number {
  return encodeURIComponent(text.toWellFormed()).replace(/%../g, 'x').length;
}
