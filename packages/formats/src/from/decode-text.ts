import type { InputError } from './input.ts';
import { failed } from './input.ts';

export type DecodedText =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly error: InputError };

/**
 * Bytes as text: UTF-8 with or without a byte order mark, UTF-16 with one, as spreadsheets write it. Anything else is refused with the
 * line where it stops being that: guessed at, it would turn one name into another.
 */
export function decodeText(bytes: Uint8Array): DecodedText {
  const encoding = encodingOf(bytes);
  const nothing = encoding === 'utf-8' ? bytes.indexOf(0) : -1;
  if (nothing !== -1) {
    const message = 'It has NUL characters, as binary files have, and UTF-16 without a byte order mark.';
    return failed(message, `line ${lineAt(bytes, nothing)}`);
  }
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    return text.includes('\u0000')
      ? failed('It has NUL characters, as binary files have.', 'line 1')
      : { ok: true, text };
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
    if (encoding !== 'utf-8') return failed('It begins like UTF-16 text and is none.', 'line 1');
    return failed('It is not UTF-8 text: save it as UTF-8.', `line ${lineOfFault(bytes)}`);
  }
}

function encodingOf([first, second]: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
}

/** The first line that is not UTF-8. A line break is part of no other character, so that lines can be looked at by themselves. */
function lineOfFault(bytes: Uint8Array): number {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let from = 0;
  for (let line = 1; ; line += 1) {
    const end = bytes.indexOf(0x0a, from);
    try {
      decoder.decode(bytes.subarray(from, end === -1 ? bytes.length : end));
    } catch {
      return line;
    }
    if (end === -1) return line;
    from = end + 1;
  }
}

function lineAt(bytes: Uint8Array, offset: number): number {
  let line = 1;
  for (let at = bytes.indexOf(0x0a); at !== -1 && at < offset; at = bytes.indexOf(0x0a, at + 1)) line += 1;
  return line;
}
