import type { ValueForm } from './check.ts';

/** What is wrong with a value that has a form. */
export interface ValueFlaw {
  /** It is understood, and another spelling is preferred. */
  readonly accepted: boolean;
  /** How it is written; undefined where that cannot be told. */
  readonly spelling: string | undefined;
}

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

/** No value that has a form is longer; what is longer is not looked at. */
const longestValue = 2_000;

/** What is wrong with a value against its form; undefined when nothing is. */
export function valueFlaw(value: string, form: ValueForm): ValueFlaw | undefined {
  if (value.length > longestValue) return { accepted: false, spelling: undefined };
  const { normal, accepted } = compile(form);
  const isMatched = normal.test(value);
  if (isMatched && form.partial !== true) return undefined;
  const spelling = form.normal === undefined ? value : form.normal(value);
  if (isMatched && spelling === value) return undefined;
  return {
    accepted: spelling !== undefined && accepted?.test(value) === true,
    spelling: spelling === value ? undefined : spelling,
  };
}
