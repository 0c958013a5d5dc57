import type { ListedIndicator } from '../indicator/read-indicator.ts';
import type { Loss } from '../loss.ts';
import { oneLine } from './entries.ts';

/**
 * Options with which a rule keeps others from seeing traffic, changes it, runs a program, or reads and writes files of the sensor. Sensors
 * take names of options in any case.
 */
const reaching =
  /[(;]\s*(bypass|replace|lua|luajit|dataset|datarep|filestore|filemd5|filesha1|filesha256)\s*[:;)]/i;

/**
 * The rules for Suricata that indicators carry, one a line. Only those that alert: `pass` silences the rules of others, and `drop` is for
 * whoever runs the sensor to decide. `taken` are numbers of rules in the same file: of two with one number Suricata loads one.
 */
export function carriedRules(
  indicators: readonly ListedIndicator[],
  taken: ReadonlySet<number>,
): { readonly lines: readonly string[]; readonly losses: readonly Loss[] } {
  const numbers = new Set(taken);
  const lines: string[] = [];
  const losses: Loss[] = [];
  for (const { id, rule } of indicators) {
    if (rule === undefined || !isCarried(rule.language)) continue;
    // A backslash at the end of a line takes the next one in.
    for (const line of rule.text.replace(/\\\r?\n/g, ' ').split(/[\r\n]+/)) {
      const text = oneLine(line, Number.MAX_SAFE_INTEGER);
      if (text === '' || text.startsWith('#')) continue;
      const [sid, ...others] = [...text.matchAll(/[(;]\s*sid\s*:\s*(\d{1,10})\s*(?=;)/gi)].map(([, n]) =>
        Number(n),
      );
      const why = reasonAgainst(text, { sid, isOnly: others.length === 0, numbers });
      if (why === undefined) lines.push(text);
      else losses.push({ at: id, what: `rule ${sid ?? ''}`.trim(), why });
      if (sid !== undefined) numbers.add(sid);
    }
  }
  return { lines, losses };
}

/** Whether a file for Suricata holds rules in this language as they are. */
export function isCarried(language: string): boolean {
  return language === 'suricata' || language === 'snort';
}

function reasonAgainst(
  text: string,
  about: {
    readonly sid: number | undefined;
    readonly isOnly: boolean;
    readonly numbers: ReadonlySet<number>;
  },
): string | undefined {
  const { sid, isOnly, numbers } = about;
  if (!/^alert\s.*\)$/.test(text))
    return 'Of rules that others have written, only those that alert are taken.';
  const [, option] = reaching.exec(text) ?? [];
  if (option !== undefined) return `Its option ${option} reaches further than to an alert.`;
  if (sid === undefined || !isOnly) return 'A rule needs one number (sid).';
  return numbers.has(sid) ? 'A rule of this number (sid) stands in the file already.' : undefined;
}
