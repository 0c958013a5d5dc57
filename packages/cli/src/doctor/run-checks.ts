import type { Check } from './check.ts';
import { type CheckedFinding, problem } from './finding.ts';

/** Runs one check after the other. One that throws is a finding itself, so that the others are heard as well. */
export async function* runChecks<Subject>(
  checks: readonly Check<Subject>[],
  subject: Subject,
): AsyncGenerator<CheckedFinding, void, undefined> {
  for (const check of checks) {
    try {
      for (const finding of await check.run(subject)) yield { check: check.name, ...finding };
    } catch (error) {
      if (error instanceof Error && error.name === 'DamagedDatabaseError') {
        const advice: unknown = Reflect.get(error, 'advice');
        yield { check: check.name, ...problem(error.message.replace(/\.$/, ''), String(advice)) };
        continue;
      }
      // What an error says of itself may hold an address with its password; its kind does not.
      const kind = error instanceof Error ? `${error.name} ${codeOf(error)}`.trim() : typeof error;
      const says = `This could not be looked at (${kind})`;
      yield {
        check: check.name,
        level: 'problem',
        says,
        advice: 'The findings before this one may say why.',
      };
    }
  }
}

function codeOf(error: Error): string {
  const code: unknown = Reflect.get(error, 'code');
  return typeof code === 'string' ? code : '';
}
