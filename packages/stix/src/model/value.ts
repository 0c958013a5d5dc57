import type { StixId } from '../identifier/stix-id.ts';
import type { StixTimestamp } from '../timestamp.ts';
import type { EnumName, OpenVocabularyName, Term } from '../vocabulary/vocabularies.ts';
import type { Check, ObjectShape, Shape } from './check.ts';

/** A JSON value as it stands in content that no table describes. */
export type JsonValue =
  | string
  | number
  | boolean
  | readonly JsonValue[]
  | { readonly [name: string]: JsonValue };

/** A term of an open vocabulary: one of the list, or any other string (STIX 2.1 §2.14). */
export type OpenTerm<Name extends OpenVocabularyName> = Term<Name> | (string & {});

/** Hashes by algorithm (STIX 2.1 §2.7). */
export type Hashes = { readonly [Algorithm in OpenTerm<'hash-algorithm-ov'>]?: string };

/** What every extension that is identified by an extension definition holds (STIX 2.1 §7.3). */
export interface ExtensionContent {
  readonly extension_type: Term<'extension-type-enum'>;
  readonly [property: string]: JsonValue;
}

/** The TypeScript type of the values that a check lets pass. */
type ValueOf<C extends Check> = C extends { readonly kind: 'binary' | 'hex' }
  ? string
  : C extends { readonly kind: 'boolean' }
    ? boolean
    : C extends { readonly kind: 'integer' | 'number' }
      ? number
      : C extends { readonly kind: 'integer-or-string' }
        ? number | string
        : C extends { readonly kind: 'formed' | 'string' | 'terms' }
          ? string
          : C extends { readonly kind: 'timestamp' }
            ? StixTimestamp
            : C extends { readonly kind: 'id' | 'reference' }
              ? StixId
              : StructureOf<C>;

type StructureOf<C extends Check> = C extends { readonly kind: 'literal'; readonly value: infer Value }
  ? Value
  : C extends { readonly kind: 'enum'; readonly vocabulary: infer Name extends EnumName }
    ? Term<Name>
    : C extends { readonly kind: 'open'; readonly vocabulary: infer Name extends OpenVocabularyName }
      ? OpenTerm<Name>
      : C extends { readonly kind: 'list'; readonly of: infer Of extends Check }
        ? readonly ValueOf<Of>[]
        : C extends { readonly kind: 'dictionary'; readonly of: infer Of extends Check }
          ? { readonly [key: string]: ValueOf<Of> }
          : C extends { readonly kind: 'object'; readonly shape: infer S extends Shape }
            ? PropertiesOf<S['properties']>
            : C extends { readonly kind: 'hashes' }
              ? Hashes
              : JsonValue;

type Table = { readonly [property: string]: Check };

type RequiredNames<T extends Table> = {
  [Name in keyof T]: T[Name] extends { readonly required: true } ? Name : never;
}[keyof T];

/** The object type of a table of properties. */
export type PropertiesOf<T extends Table> = {
  readonly [Name in RequiredNames<T>]: ValueOf<T[Name]>;
} & { readonly [Name in Exclude<keyof T, RequiredNames<T> | 'extensions'>]?: ValueOf<T[Name]> };

type PredefinedOf<S extends ObjectShape> = S extends {
  readonly extensions: infer E extends { readonly [name: string]: Shape };
}
  ? { readonly [Name in keyof E]?: PropertiesOf<E[Name]['properties']> }
  : unknown;

type ExtensionsOf<S extends ObjectShape> = S['properties'] extends { readonly extensions: unknown }
  ? {
      readonly extensions?: PredefinedOf<S> & {
        readonly [definition: `extension-definition--${string}`]: ExtensionContent;
      };
    }
  : unknown;

/** The object type of a STIX type by its table. */
export type ObjectOf<S extends ObjectShape> = { readonly type: S['name'] } & PropertiesOf<S['properties']> &
  ExtensionsOf<S>;
