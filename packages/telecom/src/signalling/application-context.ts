import type { Doubt, Parsed, Understood } from '../parsed.ts';
import { notUnderstood, tidy, understood } from '../parsed.ts';
import { capApplicationContexts, mapApplicationContexts } from './application-contexts.ts';

/** What a dialogue of MAP or CAP is for: 3GPP TS 29.002 §17.3, TS 29.078 §5.6. `value` is the object identifier with dots. */
export interface ApplicationContext extends Understood<'application-context'> {
  /** Undefined for one that no standard names. */
  readonly protocol: 'map' | 'cap' | undefined;
  readonly name: string | undefined;
  /** Of MAP, or the phase of CAP; undefined where it was not given. */
  readonly version: number | undefined;
}

const root = '0.4.0.0.1';

/**
 * Reads `0.4.0.0.1.0.29.3`, also without the 0 at the beginning and without the version at the end as MISP writes it, and names:
 * `anyTimeInfoEnquiryContext-v3`.
 */
export function parseApplicationContext(text: string): Parsed<ApplicationContext> {
  const written = tidy(text).replace(/^(?:ac|acn|oid|application-context)[:=\s]\s*/i, '');
  const [, rest] = /^(?:0\.)?4\.0\.0\.1\.(\d{1,5}(?:\.\d{1,5}){1,4})$/.exec(written) ?? [];
  if (rest !== undefined) {
    const value = `${root}.${rest.split('.').map(Number).join('.')}`;
    return understood(withIdentifier(text, value));
  }
  const value = identifierOf(written);
  if (value === undefined)
    return notUnderstood(
      'An application context is an object identifier such as 0.4.0.0.1.0.29.3, or its name.',
    );
  return understood(withIdentifier(text, value));
}

function withIdentifier(raw: string, value: string): ApplicationContext {
  const cap = capApplicationContexts.get(value);
  if (cap !== undefined)
    return {
      kind: 'application-context',
      raw,
      value,
      protocol: 'cap',
      name: cap.name,
      version: cap.phase,
      doubts: [],
    };
  const [, number = '', version] = /^0\.4\.0\.0\.1\.0\.(\d+)(?:\.(\d+))?$/.exec(value) ?? [];
  const known = mapApplicationContexts.get(Number(number || Number.NaN));
  const given = version === undefined ? undefined : Number(version);
  const doubts: Doubt[] = [];
  if (known === undefined)
    doubts.push({ code: 'not-assigned', message: 'Neither MAP nor CAP names such an application context.' });
  else if (given === undefined)
    doubts.push({
      code: 'ambiguous',
      message: 'Its version is not given; versions differ in what they carry.',
    });
  else if (!known.versions.includes(given))
    doubts.push({ code: 'not-standard', message: `The standard defines no version ${given} of it.` });
  return {
    kind: 'application-context',
    raw,
    value,
    protocol: known === undefined ? undefined : 'map',
    name: known?.name,
    version: given,
    doubts,
  };
}

function identifierOf(written: string): string | undefined {
  const [, name = '', version] = /^([a-z][\w-]{3,60}?)(?:-?context)?(?:-v(\d))?$/i.exec(written) ?? [];
  const wanted = plain(name);
  if (wanted === '') return undefined;
  for (const [number, { name: known, alias }] of mapApplicationContexts)
    if (plain(known) === wanted || (alias !== undefined && plain(alias) === wanted))
      return `${root}.0.${number}${version === undefined ? '' : `.${version}`}`;
  return undefined;
}

function plain(name: string): string {
  return name.toLowerCase().replace(/-/g, '');
}
