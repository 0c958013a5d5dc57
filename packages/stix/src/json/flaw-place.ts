import { pathText } from '../validate/path-text.ts';
import type { ObjectText } from './bundle-text.ts';

/** An object or a list that the walk is in. */
interface Level {
  /** Undefined for a list. */
  readonly keys: Set<string> | undefined;
  step: string | number;
}

const quote = '"';
const backslash = 0x5c;

/**
 * The first place in a JSON text where a key stands that stood there before, or a text with half of a surrogate pair, as a path such as
 * `$.x_a[0].name`. For messages: it walks through the text once more, which only what is refused is worth.
 */
export function flawPlace(text: string, flaw: NonNullable<ObjectText['flaw']>): string {
  const levels: Level[] = [];
  const here = () => pathText(levels.map(({ step }) => step));
  let keyComes = false;
  for (let at = 0; at < text.length; at += 1) {
    const level = levels.at(-1);
    switch (text[at]) {
      case '{':
        levels.push({ keys: new Set(), step: '' });
        keyComes = true;
        break;
      case '[':
        levels.push({ keys: undefined, step: 0 });
        keyComes = false;
        break;
      case '}':
      case ']':
        levels.pop();
        keyComes = false;
        break;
      case ',':
        keyComes = level?.keys !== undefined;
        if (typeof level?.step === 'number') level.step += 1;
        break;
      case quote: {
        const end = endOfString(text, at);
        const value = String(JSON.parse(text.slice(at, end + 1)));
        const isKey = keyComes && level?.keys !== undefined;
        if (isKey) level.step = value;
        if (flaw === 'lone-surrogate' && !value.isWellFormed()) return here();
        if (isKey && flaw === 'duplicate-key' && level.keys.has(value)) return here();
        if (isKey) level.keys.add(value);
        keyComes = false;
        at = end;
        break;
      }
      default:
        break;
    }
  }
  return pathText([]);
}

/** Where the string ends that begins there. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf(quote, start + 1); end !== -1; end = text.indexOf(quote, end + 1)) {
    let slashes = end - 1;
    while (text.charCodeAt(slashes) === backslash) slashes -= 1;
    if ((end - slashes) % 2 === 1) return end;
  }
  return text.length - 1;
}
