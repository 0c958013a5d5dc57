import { isStixId, isTimestamp } from '@belltower/stix';
import { parseMsisdn } from '../numbering/msisdn.ts';
import type { PersonalIdentifier, PersonalKind } from './personal-identifier.ts';

/** Takes identifiers out of free text; `scrub` gives back the same text where none of them is in it. */
export interface TextScrubber {
  scrub(text: string): string;
}

/** Digits, with one or two of what people put between them. */
const runs = /\d(?:[\s\u00a0().\-/·]{0,2}\d){5,}/gu;
/** Digits of a national number from which on it is looked for without its calling code. */
const leastNational = 8;

/** A scrubber for these identifiers, however their digits are grouped; telephone numbers also as they are written in their country. */
export function createTextScrubber(identifiers: Iterable<PersonalIdentifier>): TextScrubber {
  const wanted = new Map<number, Map<string, PersonalKind>>();
  const others = new Map<string, PersonalKind>();
  for (const { of, normal } of identifiers) {
    if (of === 'supi' || of === 'gpsi' || of === 'pei') {
      others.set(normal.toLowerCase().replace(/^(?:nai|gci|gli|extid|mac|eui)-/, ''), of);
      continue;
    }
    for (const digits of of === 'msisdn' ? spelledNumbers(normal) : [normal]) {
      const sameLength = wanted.get(digits.length) ?? new Map<string, PersonalKind>();
      wanted.set(digits.length, sameLength.set(digits, of));
    }
  }

  /** The kind of the first identifier in a run of digits. Its length is bounded by the lengths that identifiers have. */
  function kindIn(digits: string): PersonalKind | undefined {
    for (const [length, values] of wanted) {
      for (let at = 0; at + length <= digits.length; at += 1) {
        const kind = values.get(digits.slice(at, at + length));
        if (kind !== undefined) return kind;
      }
    }
    return undefined;
  }

  return {
    scrub(text) {
      if (isStixId(text) || isTimestamp(text)) return text;
      let scrubbed = text.replace(runs, (run) => {
        const kind = kindIn(run.replace(/\D/g, ''));
        return kind === undefined ? run : concealed(kind);
      });
      for (const [other, kind] of others) scrubbed = replaceIgnoringCase(scrubbed, other, concealed(kind));
      return scrubbed;
    },
  };
}

function concealed(kind: PersonalKind): string {
  return `[${kind} concealed]`;
}

function spelledNumbers(number: string): readonly string[] {
  const parsed = parseMsisdn(number);
  const digits = number.slice(1);
  const national = parsed.ok ? digits.slice(parsed.value.callingCode.length) : '';
  return national.length >= leastNational ? [national] : [digits];
}

function replaceIgnoringCase(text: string, wanted: string, by: string): string {
  const lower = text.toLowerCase();
  // Where small letters have another length, places would be wrong.
  if (lower.length !== text.length || !lower.includes(wanted)) return text;
  const parts: string[] = [];
  let from = 0;
  for (let at = lower.indexOf(wanted); at !== -1; at = lower.indexOf(wanted, from)) {
    parts.push(text.slice(from, at), by);
    from = at + wanted.length;
  }
  return parts.join('') + text.slice(from);
}
