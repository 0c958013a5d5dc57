import { isJsonObject } from '@belltower/stix';
import { parseAllDocuments } from 'yaml';
import type { ListedIndicator } from '../indicator/read-indicator.ts';
import type { Loss } from '../loss.ts';
import { deepestYaml, type YamlValue } from './yaml-document.ts';

type Rule = { readonly [key: string]: YamlValue };

/** A rule longer than this, in UTF-16 units, is not read. */
const longest = 65_536;
/** Values that a rule has at the most. */
const mostValues = 10_000;

/**
 * The Sigma rules that indicators carry, read and to be written anew: so nothing in their text can end a document, and no alias or tag of
 * YAML is left. What does more than to find something is left out: filters and collections change the rules of others, correlations need them.
 * `taken` are ids of rules in the same file, in small letters.
 */
export function carriedSigmaRules(
  indicators: readonly ListedIndicator[],
  taken: ReadonlySet<string>,
): { readonly rules: readonly Rule[]; readonly losses: readonly Loss[] } {
  const rules: Rule[] = [];
  const losses: Loss[] = [];
  const ids = new Set(taken);
  for (const { id, rule } of indicators) {
    if (rule?.language !== 'sigma') continue;
    for (const read of readRules(rule.text)) {
      const why = typeof read === 'string' ? read : reasonAgainst(read, ids);
      if (typeof read === 'string' || why !== undefined)
        losses.push({ at: id, what: 'rule', why: why ?? '' });
      else {
        ids.add(String(read['id']).toLowerCase());
        rules.push(read);
      }
    }
  }
  return { rules, losses };
}

/** Each document of a text, or why it is none. */
function readRules(text: string): readonly (Rule | string)[] {
  if (text.length > longest) return [`It is longer than ${longest} characters.`];
  try {
    return parseAllDocuments(text, {
      schema: 'core',
      strict: true,
      uniqueKeys: true,
      prettyErrors: false,
    }).map((document) => {
      const [error] = document.errors;
      if (error !== undefined) return `It is no YAML: ${error.message}.`;
      const value: unknown = document.toJS({ maxAliasCount: 0 });
      return isRule(value) ? value : 'It is no rule, or has too many or too deep values.';
    });
  } catch (error) {
    // The parser goes into nested values by calling itself, and throws at aliases.
    return [`It cannot be read: ${error instanceof RangeError ? 'it is too deep' : 'it has an alias'}.`];
  }
}

/** Whether a value is a mapping of plain values, of bounded depth and number. */
function isRule(value: unknown): value is Rule {
  if (!isJsonObject(value)) return false;
  let level: readonly unknown[] = [value];
  let values = 0;
  for (let depth = 0; level.length > 0; depth += 1) {
    values += level.length;
    if (depth >= deepestYaml || values > mostValues) return false;
    const nested: unknown[] = [];
    for (const one of level) {
      if (typeof one === 'number' ? !Number.isFinite(one) : !isPlain(one)) return false;
      if (typeof one === 'object' && one !== null) nested.push(...Object.values(one));
    }
    level = nested;
  }
  return true;
}

function isPlain(value: unknown): boolean {
  return (
    value === null ||
    typeof value === 'string' ||
    typeof value === 'boolean' ||
    Array.isArray(value) ||
    isJsonObject(value)
  );
}

function reasonAgainst(rule: Rule, ids: ReadonlySet<string>): string | undefined {
  const { title, id, logsource, detection } = rule;
  if (rule['action'] !== undefined) return 'A collection changes the rules beside it.';
  if (rule['filter'] !== undefined) return 'A filter takes away what the rules of others find.';
  if (rule['correlation'] !== undefined) return 'A correlation needs rules of others beside it.';
  if (typeof title !== 'string' || title === '' || title.length > 256)
    return 'It has no title, or one that is too long.';
  if (
    id !== undefined &&
    !(typeof id === 'string' && /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id))
  )
    return 'Its id is no UUID.';
  if (id !== undefined && ids.has(id.toLowerCase())) return 'A rule with its id stands in the file already.';
  if (!isJsonObject(logsource) || Object.keys(logsource).length === 0)
    return 'It does not say which logs it is for.';
  if (!isJsonObject(detection) || detection['condition'] === undefined || Object.keys(detection).length < 2)
    return 'It does not say what it looks for.';
  return undefined;
}
