import { type ObjectTypes, standardTypes } from '../model/shapes.ts';
import { nearest } from './nearest.ts';
import { pathText } from './path-text.ts';
import { type Rule, type RuleId, rules } from './rules.ts';

/** One thing that is wrong with an object. */
export interface Finding {
  /** JSON path from the object, such as `$.hashes['SHA-256']`. */
  readonly path: string;
  /** Id of the rule in `rules`. */
  readonly rule: string;
  /** What is wrong and what is expected, for a threat analyst. */
  readonly message: string;
}

/** What the validator found about one object. */
export interface ObjectResult {
  readonly id: string | undefined;
  readonly type: string | undefined;
  readonly errors: readonly Finding[];
  readonly warnings: readonly Finding[];
}

/** How to validate. */
export interface ValidationOptions {
  /** Warnings become errors. */
  readonly strict?: boolean;
  /** Ids of rules that are not checked. */
  readonly disabled?: ReadonlySet<string>;
  /** Checks the rules that are marked `pedantic` as well. */
  readonly pedantic?: boolean;
  /** The object types that are known; those of STIX 2.1 unless told. `extendTypes` adds those of extensions. */
  readonly types?: ObjectTypes;
  /** Only object types that STIX 2.1 defines. */
  readonly definedTypes?: boolean;
  /** Only properties that STIX 2.1 defines, and none of top-level property extensions. */
  readonly definedProperties?: boolean;
}

/** Findings about one object after which no more are kept. */
export const maximumFindings = 100;

/** Characters of one message: what repeats somebody's input stays short, however long that is. */
const longestMessage = 500;

/** Levels of nesting that the validator follows. */
const maximumNesting = 64;

const none: readonly Finding[] = Object.freeze([]);
const noRules: ReadonlySet<string> = new Set();
const ruleOf: Readonly<Record<RuleId, Rule>> = rules;

/** Quotes a value for a message, cut to a readable length. */
export function quote(value: unknown): string {
  if (typeof value === 'string') return `"${value.length > 60 ? `${value.slice(0, 57)}…` : value}"`;
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'an object';
  return String(value);
}

/**
 * Collects what is wrong with one object while the checks walk through it. Paths are only written when something is wrong.
 */
export class Report {
  readonly options: ValidationOptions;
  readonly types: ObjectTypes;
  readonly #disabled: ReadonlySet<string>;
  readonly #path: (string | number)[] = [];
  #errors: Finding[] | undefined;
  #warnings: Finding[] | undefined;
  #count = 0;
  /** Types by key of the observable container (§2.13) that the walk is in. */
  container: ReadonlyMap<string, string | undefined> | undefined;
  /** The object that the walk is in says that it is defanged (§3.2). */
  defanged = false;
  /** Content was nested deeper than the validator follows. */
  tooDeep = false;

  constructor(options: ValidationOptions) {
    this.options = options;
    this.types = options.types ?? standardTypes;
    this.#disabled = options.disabled ?? noRules;
  }

  /** Whether findings of a rule are wanted. */
  checks(rule: RuleId): boolean {
    return !this.#disabled.has(rule) && (ruleOf[rule].pedantic !== true || this.options.pedantic === true);
  }

  /** ` Did you mean "…"?` for messages, or nothing; nothing either when no more findings are kept, to bound the work. */
  hint(text: string, candidates: Iterable<string>): string {
    if (this.#count >= maximumFindings) return '';
    const found = nearest(text, candidates);
    return found === undefined ? '' : ` Did you mean "${found}"?`;
  }

  /** Goes into a property or list item; returns false, with a finding, when that is too deep. */
  enter(key: string | number): boolean {
    if (this.#path.length >= maximumNesting) {
      if (!this.tooDeep)
        this.add('depth-limit', `nested deeper than ${maximumNesting} levels; what is below was not checked`);
      this.tooDeep = true;
      return false;
    }
    this.#path.push(key);
    return true;
  }

  /** Comes back out of what {@link enter} went into. */
  leave(): void {
    this.#path.pop();
  }

  /** Records a finding about where the walk is. */
  add(rule: RuleId, message: string): void {
    if (!this.checks(rule) || this.#count > maximumFindings) return;
    this.#count += 1;
    if (this.#count > maximumFindings) {
      const text = `more than ${maximumFindings} findings; the rest are left out`;
      this.#keep('too-many-findings', text, '$');
      return;
    }
    this.#keep(rule, message, pathText(this.#path));
  }

  /** Records a finding about a property of where the walk is. */
  addAt(key: string | number, rule: RuleId, message: string): void {
    if (!this.checks(rule)) return;
    this.#path.push(key);
    this.add(rule, message);
    this.#path.pop();
  }

  #keep(rule: RuleId, message: string, path: string): void {
    const cut = message.length > longestMessage ? `${message.slice(0, longestMessage - 1)}…` : message;
    const finding: Finding = { path, rule, message: cut.toWellFormed() };
    if (ruleOf[rule].level === 'must' || this.options.strict === true) {
      this.#errors ??= [];
      this.#errors.push(finding);
    } else {
      this.#warnings ??= [];
      this.#warnings.push(finding);
    }
  }

  /** What was found. */
  result(id: string | undefined, type: string | undefined): ObjectResult {
    return { id, type, errors: this.#errors ?? none, warnings: this.#warnings ?? none };
  }
}
