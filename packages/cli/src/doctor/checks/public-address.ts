import { configured } from '../check.ts';
import { type Finding, fine, noted, problem } from '../finding.ts';
import { lookAtServer } from '../look-at-server.ts';

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
  return findings.map((finding) =>
    finding.level === 'problem' && /gives no answer|Nothing listens/.test(finding.says)
      ? problem(
          finding.says,
          'If the node is meant to run now: is the proxy in front of it up, and does it lead here?',
        )
      : finding,
  );
});
