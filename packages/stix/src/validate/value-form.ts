import type { ValueForm } from '../model/check.ts';
import { quote, type Report } from './report.ts';

interface Compiled {
  readonly normal: RegExp;
  readonly accepted: RegExp | undefined;
}

const compiled = new WeakMap<ValueForm, Compiled>();

function compile(form: ValueForm): Compiled {
  const known = compiled.get(form);
  if (known !== undefined) return known;
  const accepted = form.accepts === undefined ? undefined : new RegExp(`^(?:${form.accepts})$`, 'u');
  const made = { normal: new RegExp(`^(?:${form.pattern})$`, 'u'), accepted };
  compiled.set(form, made);
  return made;
}

/** No value of an extension that has a form is longer; what is longer is not looked at. */
const longestValue = 2_000;

/** Checks a value against the form that an extension asks for; the report stands at it. */
export function checkValueForm(value: string, form: ValueForm, report: Report): void {
  if (value.length > longestValue) {
    report.add('value-form', `${quote(value)} is not ${form.words}`);
    return;
  }
  const { normal, accepted } = compile(form);
  const spelling = form.normal === undefined ? value : form.normal(value);
  if (spelling === value && normal.test(value)) return;
  const other = spelling === undefined || spelling === value ? form.words : quote(spelling);
  if (spelling !== undefined && accepted?.test(value) === true)
    report.add('value-spelling', `${quote(value)} should be ${other}`);
  else
    report.add(
      'value-form',
      `${quote(value)} is not ${form.words}${spelling === undefined || spelling === value ? '' : `; it is written ${other}`}`,
    );
}
