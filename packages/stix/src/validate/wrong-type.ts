import { quote, type Report } from './report.ts';

/** Reports a value that is not of the JSON type that is asked for (STIX 2.1 §2); the report stands at it. */
export function wrongType(expected: string, value: unknown, report: Report): void {
  if (value === null) report.add('null-value', `is null; leave the property out instead`);
  else report.add('property-type', `expected ${expected}, found ${quote(value)}`);
}
