import { configured } from '../check.ts';
import { fine, problem, warning } from '../finding.ts';

const day = 86_400_000;

/** Whether the files of the certificate can be read, fit each other, and are not about to end. */
export const tlsFiles = configured('TLS', async ({ config, server, now }) => {
  const { tlsCertificate: certificate, tlsKey: key } = config;
  if (certificate === undefined || key === undefined) return [];
  try {
    const { ends } = server.readCertificate({ certificate, key });
    const days = Math.floor((ends - now()) / day);
    if (days < 0) return [problem(`The certificate in ${certificate} ended ${-days} days ago`, 'Renew it.')];
    const says = `The certificate in ${certificate} fits its key and is good for ${days} days`;
    return [days < 14 ? warning(says, 'See why it is not renewed.') : fine(says)];
  } catch (error) {
    if (!(error instanceof server.ConfigError)) throw error;
    const advice =
      'The user that runs the node has to be able to read both files, which have to belong together.';
    return [problem(error.message, advice)];
  }
});
