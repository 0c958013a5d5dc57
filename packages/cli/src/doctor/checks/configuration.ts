import { closestName } from '@belltower/stix';
import type { Check, NodeSubject } from '../check.ts';
import { type Finding, fine, problem } from '../finding.ts';

/** Whether every setting is known and can be used; each one that cannot is told. */
export const configuration: Check<NodeSubject> = {
  name: 'Settings',
  async run({ server, variables }) {
    const { ConfigError, configVariables, readConfig } = server;
    const problems: Finding[] = [];
    const rest: Record<string, string | undefined> = { ...variables };
    // Unknown names hide what else is wrong, so they are taken out one after the other.
    for (;;) {
      try {
        readConfig(rest);
        break;
      } catch (error) {
        if (!(error instanceof ConfigError)) throw error;
        const unknown = /^No such setting: (.+)$/.exec(error.message)?.[1]?.split(', ');
        if (unknown === undefined) {
          problems.push(...error.message.split('\n').map((line) => problem(line, mend)));
          break;
        }
        for (const name of unknown) {
          delete rest[name];
          problems.push(unknownSetting(name, configVariables));
        }
      }
    }
    if (problems.length > 0) return problems;
    const set = configVariables.filter((name) => variables[name] !== undefined);
    return [
      fine(set.length === 0 ? 'All settings have their defaults' : `Set and usable: ${set.join(', ')}`),
    ];
  },
};

const mend = 'docs/operations.md lists every setting with what it may be.';

function unknownSetting(name: string, known: readonly string[]): Finding {
  const near = closestName(name, known);
  const advice = near === undefined ? mend : `Was ${near} meant? Rename it, or take it out.`;
  return problem(`There is no setting ${name}`, advice);
}
