import { checkPattern, parsePattern } from '../pattern/index.ts';
import { type JsonObject, ownString } from './json-object.ts';
import type { Report } from './report.ts';

/** An indicator has a name and a description (STIX 2.1 §4.7.1), and its STIX pattern is one (§9). */
export function checkIndicator(object: JsonObject, report: Report): void {
  for (const name of ['name', 'description']) {
    if (Object.hasOwn(object, name)) continue;
    report.addAt(name, 'indicator-name-description', `an indicator should have a ${name}`);
  }
  const pattern = ownString(object, 'pattern');
  if (pattern === undefined || ownString(object, 'pattern_type') !== 'stix') return;
  const parsed = parsePattern(pattern);
  if (!parsed.ok) {
    for (const error of parsed.errors) {
      const place = `line ${error.line}, column ${error.column}`;
      report.addAt('pattern', 'pattern-syntax', `${error.message} (${place})`);
    }
    return;
  }
  for (const finding of checkPattern(parsed.pattern)) {
    const place = finding.offset === undefined ? '' : ` (at character ${finding.offset + 1})`;
    const rule = finding.level === 'must' ? 'pattern-semantics' : 'pattern-advice';
    report.addAt('pattern', rule, `${finding.message}${place}`);
  }
}
