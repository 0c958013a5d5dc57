/** What a text of YARA rules declares, as far as a file that it is put into with others has to know. */
export interface YaraText {
  /** Names of its rules. */
  readonly rules: readonly string[];
  /** Whether one of them is global: one that decides over all others. */
  readonly isGlobal: boolean;
  /** Names of modules. */
  readonly imports: readonly string[];
  /** The text without its imports. */
  readonly body: string;
}

/** A comment, a text or a regular expression, each to its end, or what is none of them. A `/` is never a division in YARA. */
const piece =
  /[^/"]+|\/\*[\s\S]*?\*\/|\/\/[^\n]*|"[^"\\\n]*(?:\\.[^"\\\n]*)*"|\/(?![/*])[^/\\\n]*(?:\\.[^/\\\n]*)*\//y;

/**
 * Reads a text of YARA rules; or says why it cannot stand in a file with others: what is left open swallows the rules behind it, and
 * `include` reads a file of whoever compiles.
 */
export function readYaraText(text: string): YaraText | string {
  if (text.includes('\u0000')) return 'It has NUL characters, at which a compiler stops.';
  const bare = withoutTexts(text);
  if (bare === undefined) return 'A text or a comment in it has no end.';
  if (/include\s*"/.test(bare)) return 'It includes another file, which would be one of whoever compiles it.';
  const outside = withoutBlocks(bare);
  if (outside === undefined) return 'Its braces do not fit together.';
  const rules = [...outside.matchAll(/\brule\s+([A-Za-z_]\w{0,127})/g)].map(([, name = '']) => name);
  const imports: string[] = [];
  let body = '';
  let from = 0;
  for (const { index, 0: words } of outside.matchAll(/\bimport\s*" *"/g)) {
    const end = index + words.length;
    const [, module] = /"(\w+)"$/.exec(text.slice(index, end)) ?? [];
    if (module === undefined) return 'It imports what is no module.';
    imports.push(module);
    body += text.slice(from, index);
    from = end;
  }
  body = (body + text.slice(from)).trim();
  return { rules, isGlobal: /\bglobal\b/.test(outside), imports, body };
}

/**
 * With blanks in the place of comments and of what is quoted, so that places stay the same; undefined where one has no end. In one go:
 * hostile texts are read as well.
 */
function withoutTexts(text: string): string | undefined {
  let bare = '';
  piece.lastIndex = 0;
  while (bare.length < text.length) {
    const [found] = piece.exec(text) ?? [];
    if (found === undefined) return undefined;
    if (found.startsWith('"')) bare += `"${' '.repeat(found.length - 2)}"`;
    else bare += found.startsWith('/') ? ' '.repeat(found.length) : found;
  }
  return bare;
}

/** With blanks in the place of what stands between braces; undefined where these do not fit together. */
function withoutBlocks(bare: string): string | undefined {
  let depth = 0;
  let outside = '';
  for (const [found] of bare.matchAll(/[{}]|[^{}]+/g)) {
    if (found === '}') depth -= 1;
    if (depth < 0) return undefined;
    outside += depth > 0 || found === '{' || found === '}' ? ' '.repeat(found.length) : found;
    if (found === '{') depth += 1;
  }
  return depth === 0 ? outside : undefined;
}
