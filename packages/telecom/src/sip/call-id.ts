import type { Doubt, Parsed, Understood } from '../parsed.ts';
import { notUnderstood, tidy, understood } from '../parsed.ts';

/** What the messages of one call share: RFC 3261 §20.8. Case counts. */
export interface SipCallId extends Understood<'sip-call-id'> {
  /** Behind @, where clients write their address. */
  readonly host: string | undefined;
}

/** A `word` of RFC 3261 §25.1. */
const word = String.raw`[\w\-.!%*+\x60'~()<>:\\"/\[\]?{}]{1,250}`;
const form = new RegExp(`^${word}(?:@(${word}))?$`);
const temporary: Doubt = { code: 'temporary', message: 'It names one call.' };

/** Reads `Call-ID: f81d4fae@192.0.2.1`, `i: …` and the text alone. */
export function parseSipCallId(text: string): Parsed<SipCallId> {
  const value = tidy(text).replace(/^(?:(?:sip-)?call-id|i)[:=]\s*/i, '');
  const found = form.exec(value);
  if (found === null) return notUnderstood('A Call-ID is a word without spaces, or two with @ between them.');
  return understood({ kind: 'sip-call-id', raw: text, value, host: found[1], doubts: [temporary] });
}
