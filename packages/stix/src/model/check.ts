import type { EnumName, OpenVocabularyName } from '../vocabulary/vocabularies.ts';

/**
 * Forms of strings that have a grammar of their own; each has a rule of its own in `validate/rules.ts`.
 */
export type StringForm =
  | 'charset'
  | 'country'
  | 'cpe'
  | 'domain-name'
  | 'email-address'
  | 'external-url'
  | 'http-method'
  | 'ipv4'
  | 'ipv6'
  | 'kill-chain'
  | 'language'
  | 'lower-hyphen'
  | 'mac'
  | 'media-type'
  | 'process-priority'
  | 'protocol'
  | 'registry-key'
  | 'relationship-type'
  | 'url';

/** Kinds of keys that a dictionary SHOULD be limited to. */
export type DictionaryKeys = 'http-header' | 'ipfix' | 'language' | 'pdf-info' | 'socket-option' | 'any-case';

/**
 * What a reference may point to: concrete types, or a class of types. Types that no specification defines are taken
 * for SDOs and SCOs alike, since an extension may have introduced them as either (STIX 2.1 §7.3).
 */
export interface ReferenceTarget {
  readonly types?: readonly string[];
  /** `core`: SDOs and SCOs; `any`: everything but a bundle. */
  readonly classes?: readonly ('sdo' | 'sco' | 'sro' | 'any')[];
  /** Words for messages: "an identity". */
  readonly words: string;
}

/** A form of strings that an extension defines for values of its own. */
export interface ValueForm {
  /** For messages, such as `an IMSI, 6 to 15 digits`. */
  readonly words: string;
  /** A regular expression for the whole of a value in its one spelling, in what ECMA-262, RE2 and Python have in common. */
  readonly pattern: string;
  /** Likewise for other spellings that are accepted, with advice; without it there are none. */
  readonly accepts?: string;
  /** The one spelling of a value; undefined for what is none. Asked for a hint where the regular expression does not match. */
  readonly normal?: (text: string) => string | undefined;
  /** The regular expression lets pass what is none, such as wrong check digits: `normal` has to agree. */
  readonly partial?: true;
}

/** One property of a table: what its value has to be (STIX 2.1 §2). */
export type Check = CheckKind & { readonly required?: true; readonly deprecated?: true };

/** The kinds of checks. Tables of these drive the validator, the types and the documentation. */
export type CheckKind =
  | { readonly kind: 'any' }
  | { readonly kind: 'binary' }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'dictionary'; readonly of?: Check; readonly keys?: DictionaryKeys }
  | { readonly kind: 'enum'; readonly vocabulary: EnumName }
  | { readonly kind: 'extensions' }
  | { readonly kind: 'formed'; readonly form: ValueForm }
  | { readonly kind: 'hashes' }
  | { readonly kind: 'hex' }
  | { readonly kind: 'id' }
  | { readonly kind: 'integer-or-string' }
  | { readonly kind: 'integer'; readonly min?: number; readonly max?: number }
  | { readonly kind: 'list'; readonly of: Check }
  | { readonly kind: 'literal'; readonly value: string }
  | { readonly kind: 'number'; readonly min?: number; readonly max?: number }
  | { readonly kind: 'object'; readonly shape: Shape }
  | { readonly kind: 'objects' }
  | { readonly kind: 'observable-container' }
  | { readonly kind: 'open'; readonly vocabulary: OpenVocabularyName }
  | { readonly kind: 'reference'; readonly to: ReferenceTarget }
  | { readonly kind: 'string'; readonly form?: StringForm }
  | { readonly kind: 'terms'; readonly name: string; readonly terms: readonly string[]; readonly open?: true }
  | { readonly kind: 'timestamp'; readonly precise?: true };

/** A rule about several properties of one object; `section` of the shape's document says so. */
export type Constraint =
  | { readonly kind: 'at-least-one'; readonly of: readonly string[]; readonly section: string }
  | { readonly kind: 'at-most-one'; readonly of: readonly string[]; readonly section: string }
  | {
      readonly kind: 'requires';
      readonly given: string;
      readonly needs: readonly string[];
      readonly section: string;
    }
  | {
      readonly kind: 'order';
      readonly earlier: string;
      readonly later: string;
      /** `later` has to be later than `earlier`; otherwise it may be the same. */
      readonly strict?: true;
      readonly section: string;
    }
  | {
      readonly kind: 'digit-range';
      /** Properties with equally many digits, of which `from` is not the greater. */
      readonly from: string;
      readonly to: string;
      readonly section: string;
    }
  | {
      readonly kind: 'form-by';
      /** The property whose term says which form the other has. */
      readonly given: string;
      readonly property: string;
      readonly forms: { readonly [term: string]: ValueForm };
      readonly section: string;
    };

/** An object with named properties: a STIX object, or a type that is embedded in one. */
export interface Shape {
  /** As the standard names it. */
  readonly name: string;
  /** The document that defines it, for messages; STIX 2.1 unless told. */
  readonly document?: string;
  /** Its section there. */
  readonly section: string;
  readonly properties: { readonly [property: string]: Check };
  readonly constraints?: readonly Constraint[];
}

/** The class of a STIX object (STIX 2.1 §1.2). */
export type ObjectClass = 'sdo' | 'sro' | 'sco' | 'meta' | 'bundle';

/** The table of one type of STIX object. */
export interface ObjectShape extends Shape {
  readonly class: ObjectClass;
  /** Predefined extensions (§3.10) by name. */
  readonly extensions?: { readonly [name: string]: Shape };
  /** ID contributing properties of an SCO (§2.9), in the order of the standard. Empty: a UUIDv4 is used. */
  readonly contributing?: readonly string[];
  /** The extension definition that introduces the type (§7.3); types of the standard have none. */
  readonly definition?: ExtensionDefinitionId;
}

/** The id of an extension definition, as the keys of `extensions` have it (STIX 2.1 §7.3). */
export type ExtensionDefinitionId = `extension-definition--${string}`;

/** The table of a type that an extension introduces. */
export type ExtensionShape = ObjectShape & { readonly definition: ExtensionDefinitionId };

export const any = { kind: 'any' } as const;
export const binary = { kind: 'binary' } as const;
export const boolean = { kind: 'boolean' } as const;
export const hashes = { kind: 'hashes' } as const;
export const hex = { kind: 'hex' } as const;
export const string = { kind: 'string' } as const;
export const timestamp = { kind: 'timestamp' } as const;
export const integer = { kind: 'integer' } as const;

/** An integer of at least `min`, and of at most `max` when given. */
export function integerFrom<const Min extends number, const Max extends number | undefined = undefined>(
  min: Min,
  max?: Max,
): { readonly kind: 'integer'; readonly min: number; readonly max?: number } {
  return max === undefined ? { kind: 'integer', min } : { kind: 'integer', min, max };
}

/** A number between `min` and `max`, both inclusive. */
export function numberBetween(
  min: number,
  max: number,
): { readonly kind: 'number'; min: number; max: number } {
  return { kind: 'number', min, max };
}

/** A string of a form that has a grammar. */
export function formed<const Form extends StringForm>(
  form: Form,
): { readonly kind: 'string'; readonly form: Form } {
  return { kind: 'string', form };
}

/** A list with at least one element (STIX 2.1 §2.12). */
export function list<const Of extends Check>(of: Of): { readonly kind: 'list'; readonly of: Of } {
  return { kind: 'list', of };
}

/** A term of an open vocabulary (STIX 2.1 §2.14). */
export function open<const Name extends OpenVocabularyName>(
  vocabulary: Name,
): { readonly kind: 'open'; readonly vocabulary: Name } {
  return { kind: 'open', vocabulary };
}

/** A term of an enumeration (STIX 2.1 §2.4). */
export function term<const Name extends EnumName>(
  vocabulary: Name,
): { readonly kind: 'enum'; readonly vocabulary: Name } {
  return { kind: 'enum', vocabulary };
}

/** An embedded object. */
export function embedded<const S extends Shape>(shape: S): { readonly kind: 'object'; readonly shape: S } {
  return { kind: 'object', shape };
}

/** A reference to an object of one of these types. */
export function reference(...types: readonly string[]): {
  readonly kind: 'reference';
  readonly to: ReferenceTarget;
} {
  const words = types.length === 1 ? `${types[0]}` : `${types.slice(0, -1).join(', ')} or ${types.at(-1)}`;
  return { kind: 'reference', to: { types, words } };
}

/** A reference to a class of objects, such as every SCO. */
export function referenceTo(to: ReferenceTarget): {
  readonly kind: 'reference';
  readonly to: ReferenceTarget;
} {
  return { kind: 'reference', to };
}

/** Makes a property required. */
export function required<const C extends Check>(check: C): C & { readonly required: true } {
  return { ...check, required: true };
}

/** Makes a property deprecated: it is accepted, and a warning says so. */
export function deprecated<const C extends Check>(check: C): C & { readonly deprecated: true } {
  return { ...check, deprecated: true };
}
