import { configured } from '../check.ts';
import { type Finding, fine, noted, problem } from '../finding.ts';
import { lookAtServer } from '../look-at-server.ts';
import { tryToListen } from '../try-to-listen.ts';

/** Whether members reach a node under the public address. */
export const publicAddress = configured('Address', async ({ config, now }): Promise<readonly Finding[]> => {
  const { publicUrl } = config;
  if (publicUrl === undefined) {
    const local = /^(127\.|localhost$|::1$)/.test(config.host);
    return local
      ? [
          noted(
            'The node is for this machine only: it listens on the local address, and BELLTOWER_PUBLIC_URL is not set',
          ),
        ]
      : [fine('Members are told the address that they asked under (BELLTOWER_PUBLIC_URL is not set)')];
  }
  const findings = await lookAtServer(publicUrl, now);
  const mute = (finding: Finding) =>
    finding.level === 'problem' &&
    /gives no answer|Nothing listens|finds no node behind it/.test(finding.says);
  if (!findings.some(mute)) return findings;
  // Nobody can reach a node that does not run: that is no fault of the set-up.
  const stopped = (await tryToListen(config.host, config.port)) === undefined;
  return findings.map((finding) => {
    if (!mute(finding)) return finding;
    return stopped
      ? noted(finding.says, 'No node runs here now. Look again when it does.')
      : problem(finding.says, 'Is the proxy in front of the node up, and does it lead here?');
  });
});
