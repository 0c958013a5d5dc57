import { placeInText } from '@belltower/stix';
import { Composer, CST, isMap, isScalar, isSeq, Lexer, Parser } from 'yaml';
import type { Json } from '../json.ts';

/** What is wrong with a text that should be YAML, and where. */
export interface YamlError {
  readonly message: string;
  /** A line and column. */
  readonly at: string;
}

export type BoundedYaml =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly error: YamlError };

/** Characters, lexical pieces and nesting. FiGHT has 1.2 million, 111,000 and 7. */
const longestText = 8_388_608;
const mostLexemes = 1_000_000;
const deepest = 32;

/** Carries a place out of the depth of a reading; never leaves this file. */
class Misfit extends Error {
  override readonly name = 'Misfit';
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

/**
 * One document of YAML as plain values, in which every scalar is a text: no dates, no numbers, no types by name. Aliases, anchors and tags
 * are refused: catalogues have none, and they are what makes small files large. Its time grows with the length of the text only.
 */
export function readBoundedYaml(text: string): BoundedYaml {
  try {
    if (text.length > longestText)
      throw new Misfit(`It is longer than ${longestText} characters.`, longestText);
    return { ok: true, value: documentOf(tokensOf(text)) };
  } catch (error) {
    if (!(error instanceof Misfit)) throw error;
    const { line, column } = placeInText(text, error.offset);
    return { ok: false, error: { message: error.message, at: `line ${line}, column ${column}` } };
  }
}

/** The grammar of the text. What costs much or hides something is refused before anything is made of it. */
function tokensOf(text: string): readonly CST.Token[] {
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  let count = 0;
  let isText = false;
  for (const lexeme of new Lexer().lex(text)) {
    const type = isText ? 'scalar' : CST.tokenType(lexeme);
    if (type === 'alias' || type === 'anchor' || type === 'tag')
      throw new Misfit('Aliases, anchors and tags are not taken.', parser.offset);
    // The lexer announces a scalar, and gives its text next.
    isText = lexeme === CST.SCALAR;
    count += 1;
    if (count > mostLexemes) throw new Misfit(`It has more than ${mostLexemes} pieces.`, parser.offset);
    for (const token of parser.next(lexeme)) tokens.push(token);
    // The document and a scalar stand on it as well.
    if (parser.stack.length > deepest + 2)
      throw new Misfit(`It is nested more than ${deepest} deep.`, parser.offset);
  }
  for (const token of parser.end()) tokens.push(token);
  return tokens;
}

function documentOf(tokens: readonly CST.Token[]): unknown {
  // Keys are compared here, with a set: the library compares each with all others.
  const composer = new Composer({ schema: 'failsafe', uniqueKeys: false, logLevel: 'silent' });
  const [document, second] = [...composer.compose(tokens, true, tokens.at(-1)?.offset ?? 0)];
  if (document === undefined) throw new Misfit('It is empty.', 0);
  const [wrong] = document.errors;
  if (wrong !== undefined)
    throw new Misfit(`It is not YAML: ${wrong.message.split('\n', 1)[0]?.slice(0, 150)}`, wrong.pos[0]);
  if (second !== undefined) throw new Misfit('It has more than one document.', second.range[0]);
  return plain(document.contents);
}

/** A node as a value: texts, lists, and objects that inherit nothing. */
function plain(node: unknown): unknown {
  if (isScalar(node)) return typeof node.value === 'string' ? node.value : '';
  if (isSeq(node)) return node.items.map(plain);
  if (!isMap(node)) return '';
  const object: Record<string, unknown> = Object.create(null);
  for (const { key, value } of node.items) {
    if (!isScalar(key) || typeof key.value !== 'string')
      throw new Misfit('A key is a text.', node.range?.[0] ?? 0);
    if (Object.hasOwn(object, key.value)) throw new Misfit('A key stands twice.', key.range?.[0] ?? 0);
    object[key.value] = plain(value);
  }
  return object satisfies Json;
}
