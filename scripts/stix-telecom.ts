// Writes what is generated of docs/stix-telecom: a JSON schema for each type, the bundle of extension definitions, and the part of
// README.md that describes each type. With --check it writes nothing and fails when something is not what it would write.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Check, Constraint, ExtensionShape } from '../packages/stix/src/index.ts';
import { observableProperties, uuidV5 } from '../packages/stix/src/index.ts';
import {
  telecomExtensionAuthor,
  telecomExtensionDefinitions,
  telecomSchemaUrl,
  telecomShapes,
} from '../packages/telecom/src/index.ts';
import { jsonSchema } from './stix-telecom/json-schema.ts';
import { meanings, standards } from './stix-telecom/words.ts';

const folder = fileURLToPath(new URL('../docs/stix-telecom/', import.meta.url));
const urlNamespace = '6ba7b811-9dad-11d1-80b4-00c04fd430c8';

const files = new Map<string, string>();
for (const shape of telecomShapes)
  files.set(`schemas/${shape.name}.json`, json(jsonSchema(shape, descriptionOf(shape))));
files.set(
  'extension-definitions.json',
  json({
    type: 'bundle',
    id: `bundle--${uuidV5(urlNamespace, telecomSchemaUrl('extension-definitions'))}`,
    objects: [telecomExtensionAuthor, ...telecomExtensionDefinitions],
  }),
);
files.set('README.md', filled(read('README.md')));

if (!process.argv.includes('--check')) {
  for (const [name, text] of files) writeFileSync(folder + name, text);
} else {
  const stale = [...files].filter(([name, text]) => read(name) !== text).map(([name]) => name);
  const strays = readdirSync(`${folder}schemas`).filter((name) => !files.has(`schemas/${name}`));
  for (const name of [...stale, ...strays])
    console.log(`docs/stix-telecom/${name} is out of date: npm run docs`);
  process.exitCode = stale.length + strays.length === 0 ? 0 : 1;
}

function read(name: string): string {
  return existsSync(folder + name) ? readFileSync(folder + name, 'utf8') : '';
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function descriptionOf({ name }: ExtensionShape): string {
  const definition = telecomExtensionDefinitions.find((candidate) => candidate.name === name);
  return definition?.description ?? 'A telephone number.';
}

function filled(before: string): string {
  const [begin, end] = ['<!-- types: begin -->', '<!-- types: end -->'];
  const [from, to] = [before.indexOf(begin), before.indexOf(end)];
  if (from === -1 || to < from) throw new Error('docs/stix-telecom/README.md has no place for the types');
  const examples = firstExamples();
  const sections = telecomShapes.flatMap((shape) => section(shape, examples.get(shape.name)));
  return `${before.slice(0, from)}${begin}\n\n${sections.join('\n')}\n${before.slice(to)}`;
}

/** The first valid example of each type in the interop file. */
function firstExamples(): ReadonlyMap<string, unknown> {
  const examples = new Map<string, unknown>();
  for (const line of read('interop.ndjson').split('\n').filter(Boolean)) {
    const { type, valid, object } = JSON.parse(line);
    if (valid === true && !examples.has(type)) examples.set(type, object);
  }
  return examples;
}

function section(shape: ExtensionShape, example: unknown): readonly string[] {
  const { name, definition, contributing = [] } = shape;
  const own = Object.entries(shape.properties).filter(
    ([property]) => !Object.hasOwn(observableProperties, property),
  );
  return [
    `### ${name}`,
    '',
    descriptionOf(shape),
    '',
    `Extension definition: \`${definition}\`  `,
    `Schema: [schemas/${name}.json](schemas/${name}.json)  `,
    `Standards: ${standards[name]}  `,
    `ID contributing properties: ${contributing.map((property) => `\`${property}\``).join(', ')}`,
    '',
    '| property | type | what it is |',
    '|---|---|---|',
    ...own.map(([property, check]) => {
      const bold = check.required === true ? `**${property}** (required)` : property;
      return `| ${bold} | ${escaped(typeWords(check))} | ${escaped(meaning(name, property))} |`;
    }),
    '',
    ...rules(shape),
    '```json',
    JSON.stringify(example, null, 2),
    '```',
    '',
  ];
}

function meaning(type: string, property: string): string {
  const found = meanings[`${type}.${property}`] ?? meanings[property];
  if (found === undefined) throw new Error(`no words for ${type}.${property}`);
  return found;
}

function typeWords(check: Check): string {
  switch (check.kind) {
    case 'formed':
      return `string: ${check.form.words}; \`${check.form.pattern}\``;
    case 'terms':
      return `${check.open === true ? 'open vocabulary' : 'enum'} \`${check.name}\`: ${check.terms.map((term) => `\`${term}\``).join(', ')}`;
    case 'reference':
      return `identifier of ${check.to.types?.map((type) => `\`${type}\``).join(', ')}`;
    case 'list':
      return `list of ${typeWords(check.of)}`;
    case 'integer':
      return `integer${check.min === undefined ? '' : `, ${check.min}`}${check.max === undefined ? ' or more' : ` to ${check.max}`}`;
    default:
      return check.kind;
  }
}

/** What holds of several properties together, as a list. */
function rules({ constraints = [] }: ExtensionShape): readonly string[] {
  const lines = constraints.flatMap(ruleWords).map((words) => `- ${words}`);
  return lines.length === 0 ? [] : [...lines, ''];
}

function ruleWords(constraint: Constraint): readonly string[] {
  const names = (all: readonly string[]) => all.map((name) => `\`${name}\``).join(', ');
  switch (constraint.kind) {
    case 'at-least-one':
      return [`One of ${names(constraint.of)} MUST be there.`];
    case 'at-most-one':
      return [`No more than one of ${names(constraint.of)} MAY be there.`];
    case 'requires':
      return [`With \`${constraint.given}\` there MUST be ${names(constraint.needs)}.`];
    case 'order':
      return [`\`${constraint.later}\` MUST NOT be before \`${constraint.earlier}\`.`];
    case 'digit-range':
      return [
        `\`${constraint.to}\` MUST have as many digits as \`${constraint.from}\`, and MUST NOT be less.`,
      ];
    case 'form-by':
      return Object.entries(constraint.forms).map(
        ([term, form]) =>
          `With \`${constraint.given}\` \`${term}\`, \`${constraint.property}\` MUST be ${form.words}; \`${form.pattern}\``,
      );
  }
}

function escaped(text: string): string {
  return text.replaceAll('|', '\\|');
}
