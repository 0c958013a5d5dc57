/** Milliseconds to wait for an answer. */
const patience = 3_000;

/** Whether a node of Belltower answers at this address. */
export async function isBelltower(url: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/`, { signal: AbortSignal.timeout(patience), redirect: 'manual' });
    const answer: unknown = await response.json();
    return typeof answer === 'object' && answer !== null && Reflect.get(answer, 'software') === 'Belltower';
  } catch {
    // No answer, or none that is JSON: whatever it is, it is no node.
    return false;
  }
}
