import { tlpMarkingId } from '@belltower/stix';
import { fromFight } from '../fight/from-fight.ts';
import { fromMisp } from '../misp/from-misp.ts';
import { fromMispGalaxy } from '../misp-galaxy/from-misp-galaxy.ts';
import { tlpDefinitions } from '../tlp-definitions.ts';
import { decodeText } from './decode-text.ts';
import { fromCsv } from './from-csv.ts';
import { fromPdf } from './from-pdf.ts';
import { fromStix, fromStix20Text } from './from-stix.ts';
import { fromText } from './from-text.ts';
import type { InputAbout, ReadInput } from './input.ts';
import { looksLikeCsv } from './looks-like-csv.ts';
import { isPdf } from './pdf-text.ts';

interface About {
  readonly says: string;
  /** Media types that name it, where one does. */
  readonly types: readonly string[];
}

interface OfText extends About {
  readonly takes: 'text';
  /** Looks at the beginning of a text; formats are asked in their order, and the first that says yes has it. */
  readonly recognises: (beginning: string) => boolean;
  readonly read: (text: string, about: InputAbout) => ReadInput;
}

interface OfBytes extends About {
  readonly takes: 'bytes';
  readonly recognises: (beginning: Uint8Array) => boolean;
  readonly read: (bytes: Uint8Array, about: InputAbout) => Promise<ReadInput>;
}

/** A format that STIX objects are made of. */
export type InputFormat = OfText | OfBytes;

/** Every format that comes in, by its name; what tells itself best stands first. */
export const inputFormats = {
  pdf: {
    says: 'a report as PDF: what stands in it, as for text',
    types: ['application/pdf'],
    takes: 'bytes',
    recognises: isPdf,
    read: fromPdf,
  },
  misp: {
    says: 'events of MISP',
    types: [],
    takes: 'text',
    recognises: (beginning) => /^\s*(?:\[\s*)?\{\s*"(?:response|Event)"\s*:/.test(beginning),
    read: (text, about) => withAbout(fromMisp(text), about),
  },
  'misp-galaxy': {
    says: 'clusters of a galaxy of MISP',
    types: [],
    takes: 'text',
    recognises: (beginning) =>
      /^\s*\{/.test(beginning) &&
      /"(?:authors|category)"\s*:/.test(beginning) &&
      /"values"\s*:\s*\[/.test(beginning),
    read: fromMispGalaxy,
  },
  'stix-2.0': {
    says: 'STIX 2.0, a bundle or objects',
    types: ['application/vnd.oasis.stix+json'],
    takes: 'text',
    recognises: (beginning) => /^\s*\{/.test(beginning) && /"spec_version"\s*:\s*"2\.0"/.test(beginning),
    read: fromStix20Text,
  },
  stix: {
    says: 'STIX 2.1: a bundle, an envelope, objects, a list or NDJSON',
    types: ['application/stix+json', 'application/taxii+json'],
    takes: 'text',
    recognises: (beginning) => /^\s*[[{]/.test(beginning),
    read: fromStix,
  },
  fight: {
    says: 'the file of MITRE FiGHT (fight.yaml), with its own texts',
    types: [],
    takes: 'text',
    recognises: (beginning) =>
      /^(?:campaigns|groups|mitigations|software|tactics|techniques):/m.test(beginning) &&
      /\bobject-type:/.test(beginning),
    read: fromFight,
  },
  csv: {
    says: 'a list of values: comma, semicolon or tab separated, with headings or a mapping of columns',
    types: ['text/csv', 'text/tab-separated-values'],
    takes: 'text',
    recognises: looksLikeCsv,
    read: fromCsv,
  },
  text: {
    says: 'a text: addresses, hashes, techniques and telecom identifiers that stand in it',
    types: ['text/plain', 'text/markdown'],
    takes: 'text',
    recognises: () => true,
    read: (text, about) => fromText(text, about),
  },
} as const satisfies Readonly<Record<string, InputFormat>>;

export type InputFormatName = keyof typeof inputFormats;

export function isInputFormat(name: string): name is InputFormatName {
  return Object.hasOwn(inputFormats, name);
}

export const inputFormatNames: readonly InputFormatName[] = Object.keys(inputFormats).filter(isInputFormat);

/** What is looked at to recognise a format. */
const beginning = 65_536;

/** The format that bytes look like; there is always one, as anything that is nothing else is a text. */
export function guessInputFormat(bytes: Uint8Array): InputFormatName {
  const first = bytes.subarray(0, beginning);
  const text = beginningText(first);
  const found = inputFormatNames.find((name) => {
    const format: InputFormat = inputFormats[name];
    return format.takes === 'bytes' ? format.recognises(first) : format.recognises(text);
  });
  return found ?? 'text';
}

function beginningText(first: Uint8Array): string {
  const encoding =
    first[0] === 0xff && first[1] === 0xfe
      ? 'utf-16le'
      : first[0] === 0xfe && first[1] === 0xff
        ? 'utf-16be'
        : 'utf-8';
  return new TextDecoder(encoding).decode(first);
}

/** The format that a media type names, where one alone does. */
export function inputFormatOfType(type: string): InputFormatName | undefined {
  const name = type.split(';')[0]?.trim().toLowerCase() ?? '';
  return inputFormatNames.find((format) =>
    inputFormats[format].types.some((known: string) => known === name),
  );
}

/** Reads the bytes of a file in a format. Bytes that are no text where one is expected are refused with their line. */
export async function readInput(
  name: InputFormatName,
  bytes: Uint8Array,
  about: InputAbout,
): Promise<ReadInput> {
  const format: InputFormat = inputFormats[name];
  if (format.takes === 'bytes') return await format.read(bytes, about);
  const decoded = decodeText(bytes);
  return decoded.ok ? format.read(decoded.text, about) : decoded;
}

/** Types that are nobody's, or tell themselves whose they are. */
const ownerless: ReadonlySet<unknown> = new Set(['identity', 'marking-definition', 'extension-definition']);

/** What names no author is of whoever brings it, and what has no marking has theirs. */
function withAbout(read: ReadInput, { creator, tlp }: InputAbout): ReadInput {
  if (!read.ok || (creator === undefined && tlp === undefined)) return read;
  const objects = read.value.objects.map((object) => {
    if (object['created'] === undefined || ownerless.has(object['type'])) return object;
    const isMarked = object['object_marking_refs'] !== undefined;
    return {
      ...object,
      ...(creator === undefined || object['created_by_ref'] !== undefined ? {} : { created_by_ref: creator }),
      ...(tlp === undefined || isMarked ? {} : { object_marking_refs: [tlpMarkingId(tlp)] }),
    };
  });
  const known = new Set(objects.map(({ id }) => id));
  const definitions = tlpDefinitions(objects).filter(({ id }) => !known.has(id));
  return { ok: true, value: { ...read.value, objects: [...definitions, ...objects] } };
}
