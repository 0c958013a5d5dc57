import { RE2JS } from 're2js';
import { EXPRESSION_MAX_COST, expressionCost } from './expression-cost.ts';

/** A compiled regular expression: whether it is found anywhere in a text. */
export type TextSearch = (text: string) => boolean;

/** Syntax of PCRE that no linear-time engine has, with what to call it. */
const NOT_LINEAR: readonly (readonly [RegExp, string])[] = [
  [/\(\?(?:[=!]|<[=!])/, 'look-around'],
  [/\\[1-9]|\\[gk][{<']|\(\?P=/, 'back-references'],
  [/\(\?>|[*+?}]\+/, 'atomic groups and possessive quantifiers'],
  [/\(\?(?:R|&|P>|[0-9]|\()/, 'recursion and conditions'],
  [/\\[hHRXKGZeN]|\(\?[a-z]*x|\(\*/, 'this PCRE-only syntax'],
];

/**
 * Compiles a regular expression with the RE2 engine, which takes time linear in the text for every expression.
 * It searches and dots match line feeds (STIX 2.1 §9.6.1). What RE2 leaves out of PCRE is refused with a sentence:
 * `supported: false` for valid PCRE without a linear-time meaning, `true` for an error in the expression.
 */
export function compileRegularExpression(
  expression: string,
):
  | { readonly ok: true; readonly search: TextSearch }
  | { readonly ok: false; readonly supported: boolean; readonly message: string } {
  if (expressionCost(expression) > EXPRESSION_MAX_COST) {
    return { ok: false, supported: false, message: 'The regular expression is too large to be evaluated.' };
  }
  try {
    const compiled = RE2JS.compile(expression, RE2JS.DOTALL);
    return { ok: true, search: searchWith(compiled, expression) };
  } catch (error) {
    const foreign = NOT_LINEAR.find(([syntax]) => syntax.test(expression));
    if (foreign !== undefined) {
      return {
        ok: false,
        supported: false,
        message: `The regular expression uses ${foreign[1]}, which cannot be matched in linear time and is not evaluated.`,
      };
    }
    const reason =
      error instanceof Error ? error.message.replace(/^error parsing regexp: /, '') : String(error);
    return { ok: false, supported: true, message: `The regular expression does not compile: ${reason}.` };
  }
}

/** In PCRE `$` also matches before a line feed that ends the text; RE2 knows the very end only. */
function searchWith(compiled: RE2JS, expression: string): TextSearch {
  const hasDollar = expression.includes('$') && !expression.includes('\\z');
  return (text) =>
    compiled.matcher(text).find() ||
    (hasDollar && text.endsWith('\n') && compiled.matcher(text.slice(0, -1)).find());
}
