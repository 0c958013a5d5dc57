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
  const names: NameTree = { next: new Map() };
  for (const { of, normal } of identifiers) {
    if (of === 'supi' || of === 'gpsi' || of === 'pei') {
      plant(names, bareName(normal), of);
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
      const scrubbed = text.replace(runs, (run) => {
        const kind = kindIn(run.replace(/\D/g, ''));
        return kind === undefined ? run : concealed(kind);
      });
      return names.next.size === 0 ? scrubbed : withoutNames(scrubbed, names);
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

/** Names letter by letter, so that a text is gone through once however many there are. */
interface NameTree {
  readonly next: Map<string, NameTree>;
  /** What the name that ends here is of. */
  of?: PersonalKind;
}

/** Letters of a name from which on it is looked for without what says its kind. */
const leastName = 8;

function bareName(normal: string): string {
  const lower = normal.toLowerCase();
  const bare = lower.replace(/^[a-z]+-/, '');
  return bare.length >= leastName ? bare : lower;
}

function plant(tree: NameTree, name: string, of: PersonalKind): void {
  let at = tree;
  for (const letter of name) {
    const next = at.next.get(letter) ?? { next: new Map() };
    at.next.set(letter, next);
    at = next;
  }
  at.of = of;
}

function withoutNames(text: string, names: NameTree): string {
  const letters = [...text];
  const parts: string[] = [];
  let at = 0;
  while (at < letters.length) {
    const found = nameAt(letters, at, names);
    parts.push(found === undefined ? (letters[at] ?? '') : concealed(found.of));
    at = found?.end ?? at + 1;
  }
  return parts.join('');
}

/** The longest name that begins here. */
function nameAt(letters: readonly string[], begin: number, names: NameTree) {
  let longest: { readonly of: PersonalKind; readonly end: number } | undefined;
  let tree = names;
  for (let at = begin; at < letters.length; at += 1) {
    const next = tree.next.get((letters[at] ?? '').toLowerCase());
    if (next === undefined) break;
    tree = next;
    if (tree.of !== undefined) longest = { of: tree.of, end: at + 1 };
  }
  return longest;
}
