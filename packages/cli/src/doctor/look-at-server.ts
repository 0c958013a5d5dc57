import { connect } from 'node:tls';
import { certificateTrouble } from '../certificate-trouble.ts';
import { type Finding, fine, problem, warning } from './finding.ts';

/** Milliseconds to wait for an answer. */
const patience = 5_000;
const day = 86_400_000;

/** What answers at the address of a node, and how long its certificate lasts. */
export async function lookAtServer(url: string, now: () => number): Promise<readonly Finding[]> {
  const { protocol } = new URL(url);
  const certificate = protocol === 'https:' ? await lookAtCertificate(new URL(url), now) : [];
  if (certificate.some(({ level }) => level === 'problem')) return certificate;
  return [...certificate, ...(await lookAtAnswer(url, now))];
}

async function lookAtAnswer(url: string, now: () => number): Promise<readonly Finding[]> {
  try {
    const before = now();
    const response = await fetch(`${url}/`, { signal: AbortSignal.timeout(patience), redirect: 'manual' });
    const body = await response.text();
    if ([502, 503, 504].includes(response.status)) {
      const says = `The proxy at ${url} answers ${response.status}: it finds no node behind it`;
      return [problem(says, "Is the node running, and does the proxy lead to the node's address and port?")];
    }
    if (!saysBelltower(body)) {
      const type = response.headers.get('content-type') ?? 'no type';
      return [
        problem(
          `${url} answers ${response.status} with ${type}, which no node of Belltower does`,
          'Is it the address of the node itself, with the path that the proxy gives it?',
        ),
      ];
    }
    const date = Date.parse(response.headers.get('date') ?? '');
    return [fine(`A node of Belltower answers at ${url}`), ...clock(date, { before, after: now() })];
  } catch (error) {
    return [unreachable(url, error)];
  }
}

function saysBelltower(body: string): boolean {
  try {
    const answer: unknown = JSON.parse(body);
    return typeof answer === 'object' && answer !== null && Reflect.get(answer, 'software') === 'Belltower';
  } catch {
    return false;
  }
}

/** `Date` has whole seconds, so a difference counts from a minute on. */
function clock(
  date: number,
  { before, after }: { readonly before: number; readonly after: number },
): readonly Finding[] {
  if (Number.isNaN(date)) return [];
  const off = date > after ? date - after : before > date + 1_000 ? before - date : 0;
  if (off < 60_000) return [fine("The node's clock and this machine's agree")];
  const says = `The node's clock is ${Math.round(off / 1_000)} s ${date > after ? 'ahead of' : 'behind'} this machine's`;
  return [warning(says, 'Keep both with NTP: tokens end, and entries are dated, by the clocks.')];
}

function unreachable(url: string, error: unknown): Finding {
  const { host, hostname } = new URL(url);
  const cause: unknown = error instanceof Error ? (error.cause ?? error) : undefined;
  const code: unknown = cause instanceof Error ? Reflect.get(cause, 'code') : undefined;
  switch (code) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return problem(
        `There is no machine named ${hostname}`,
        "Is the name right, and does this machine's DNS know it?",
      );
    case 'ECONNREFUSED':
      return problem(`Nothing listens on ${host}`, 'Is the node running, and is the port right?');
    case 'UND_ERR_SOCKET':
      return problem(
        `What listens on ${host} is no web server`,
        'Are address and port those of the node? Where it has a certificate, the address begins with https://.',
      );
    default:
      return problem(
        `${host} gives no answer${typeof code === 'string' ? ` (${code})` : ''}`,
        'Is the machine up, and does a firewall or a proxy let this one through?',
      );
  }
}

/** What a handshake shows of the certificate; looked at also where it is not trusted. */
function lookAtCertificate({ hostname, port }: URL, now: () => number): Promise<readonly Finding[]> {
  return new Promise((resolve) => {
    const socket = connect({
      host: hostname,
      port: port === '' ? 443 : Number(port),
      servername: hostname,
      rejectUnauthorized: false,
    });
    const end = (findings: readonly Finding[]) => {
      socket.destroy();
      resolve(findings);
    };
    socket.setTimeout(patience, () => end([]));
    // Who does not answer at all is told by whoever asks next.
    socket.once('error', () => end([]));
    socket.once('secureConnect', () => {
      const days = Math.floor((Date.parse(socket.getPeerCertificate().valid_to) - now()) / day);
      // Node has a code here, or an error.
      const why = socket.authorizationError?.message ?? String(socket.authorizationError);
      const trouble = certificateTrouble(why);
      if (days < 0) end([problem(`The certificate of ${hostname} ended ${-days} days ago`, 'Renew it.')]);
      else if (trouble !== undefined) {
        end([problem(`The certificate of ${hostname} ${trouble.says}`, trouble.advice)]);
      } else if (!socket.authorized) {
        const advice = 'Serve the whole chain, or trust its authority here with NODE_EXTRA_CA_CERTS=FILE.';
        end([problem(`The certificate of ${hostname} is not trusted here (${why})`, advice)]);
      } else if (days < 14) {
        end([warning(`The certificate of ${hostname} ends in ${days} days`, 'See why it is not renewed.')]);
      } else end([fine(`The certificate of ${hostname} is good for ${days} days`)]);
    });
  });
}
