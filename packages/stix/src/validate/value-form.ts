import type { ValueForm } from '../model/check.ts';
import { valueFlaw } from '../model/value-form.ts';
import { quote, type Report } from './report.ts';

/** Checks a value against the form that an extension asks for; the report stands at it. */
export function checkValueForm(value: string, form: ValueForm, report: Report): void {
  const flaw = valueFlaw(value, form);
  if (flaw === undefined) return;
  const { accepted, spelling } = flaw;
  const other = spelling === undefined ? '' : `; it is written ${quote(spelling)}`;
  if (accepted) report.add('value-spelling', `${quote(value)} should be ${form.words}${other}`);
  else report.add('value-form', `${quote(value)} is not ${form.words}${other}`);
}
