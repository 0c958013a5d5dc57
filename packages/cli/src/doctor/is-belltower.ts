import { get as getPlain } from 'node:http';
import { get as getSecure } from 'node:https';
import { text } from 'node:stream/consumers';

/** Milliseconds to wait for an answer. */
const patience = 3_000;

/**
 * Whether a node of Belltower answers at an address of this machine. It is asked for nothing but its name, so that a certificate, which is
 * for the public name, does not matter.
 */
export async function isBelltower(url: string): Promise<boolean> {
  try {
    const answer: unknown = JSON.parse(await ask(url));
    return typeof answer === 'object' && answer !== null && Reflect.get(answer, 'software') === 'Belltower';
  } catch {
    // No answer, or none that is JSON: whatever it is, it is no node.
    return false;
  }
}

function ask(url: string): Promise<string> {
  const options = { timeout: patience, rejectUnauthorized: false, agent: false } as const;
  return new Promise((resolve, reject) => {
    const get = url.startsWith('https:') ? getSecure : getPlain;
    const request = get(`${url}/`, options, (response) => text(response).then(resolve, reject));
    request.on('error', reject);
    request.on('timeout', () => request.destroy(new Error('No answer')));
  });
}
