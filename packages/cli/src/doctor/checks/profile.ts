import { stat } from 'node:fs/promises';
import type { Check, ClientSubject } from '../check.ts';
import { type Finding, fine, noted, problem, warning } from '../finding.ts';

/** Which node this machine works with, and where that is written. */
export const profile: Check<ClientSubject> = {
  name: 'Profile',
  async run({ profile: kept, profileFile, server }) {
    const findings: Finding[] = [];
    if (kept === undefined)
      findings.push(noted(`There is no profile ${profileFile}; "belltower login" makes it`));
    else {
      findings.push(fine(`${profileFile} is for ${kept.server}`));
      const { mode } = await stat(profileFile);
      if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
        findings.push(
          warning('Other users of this machine can read the token in it', `Run: chmod 600 ${profileFile}`),
        );
      }
    }
    if (server === undefined) {
      findings.push(problem('No node is named', 'Run "belltower login --server URL", or give --server URL.'));
    } else if (kept !== undefined && kept.server !== server) {
      findings.push(noted(`Commands talk to ${server}, as an option or BELLTOWER_SERVER says`));
    }
    return findings;
  },
};
