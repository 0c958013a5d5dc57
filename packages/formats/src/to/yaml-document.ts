/** What a document can hold: JSON, with members in the order in which they are to stand. */
export type YamlValue =
  | string
  | number
  | boolean
  | null
  | readonly YamlValue[]
  | { readonly [key: string]: YamlValue };

/** Levels that a document may have. */
export const deepestYaml = 16;

/**
 * A YAML 1.2 document in blocks, each scalar on one line and every text between quotation marks, so that none is taken for a number, a
 * date, a tag or an alias. At most `deepestYaml` levels deep: what is deeper is a defect of the caller.
 */
export function yamlDocument(value: { readonly [key: string]: YamlValue }): string {
  return `---\n${block(value, 0).join('\n')}\n`;
}

function block(value: YamlValue, depth: number): readonly string[] {
  if (depth > deepestYaml) throw new Error('A YAML document is deeper than it may be.');
  const inset = '    ';
  if (isList(value))
    return value.flatMap((item) => {
      const [first = '', ...rest] = isEmpty(item) || !isNested(item) ? [flow(item)] : block(item, depth + 1);
      return [`- ${first}`, ...rest.map((line) => `  ${line}`)];
    });
  if (!isNested(value)) return [flow(value)];
  return Object.entries(value).flatMap(([key, item]) => {
    const name = /^[a-z_][a-z0-9_-]*(?:\|[a-z0-9]+)*$/i.test(key) && !reserved.test(key) ? key : quote(key);
    if (isEmpty(item) || !isNested(item)) return [`${name}: ${flow(item)}`];
    return [`${name}:`, ...block(item, depth + 1).map((line) => `${inset}${line}`)];
  });
}

/** Words that YAML 1.1 or 1.2 takes for something else than a text. */
const reserved = /^(?:y|n|yes|no|on|off|true|false|null)$/i;

function flow(value: YamlValue): string {
  if (typeof value === 'string') return quote(value);
  if (isList(value)) return '[]';
  return isNested(value) ? '{}' : String(value);
}

/** Between single marks where it is plain to read, else with the escapes of JSON, which are YAML's as well (YAML 1.2 §7.3). */
function quote(text: string): string {
  if (/^[\x20-\x7e]*$/.test(text)) return `'${text.replaceAll("'", "''")}'`;
  return JSON.stringify(text.toWellFormed()).replace(
    /[\x7f-\x9f\p{Zl}\p{Zp}\p{Cf}\p{Co}\p{Cn}]/gu,
    (letter) => {
      const hex = (letter.codePointAt(0) ?? 0).toString(16);
      return hex.length > 4 ? `\\U${hex.padStart(8, '0')}` : `\\u${hex.padStart(4, '0')}`;
    },
  );
}

function isList(value: YamlValue): value is readonly YamlValue[] {
  return Array.isArray(value);
}

function isNested(value: YamlValue): value is readonly YamlValue[] | { readonly [key: string]: YamlValue } {
  return typeof value === 'object' && value !== null;
}

function isEmpty(value: YamlValue): boolean {
  return isNested(value) && Object.keys(value).length === 0;
}
