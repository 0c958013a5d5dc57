import assert from 'node:assert/strict';
import { startTestNode, type TestMember, type TestNode } from '../../packages/server/src/testing.ts';
import { openSocket } from './raw-http.ts';

const taxii = 'application/taxii+json;version=2.1';

/** A node with one member and one collection, and what there is to see of an attack on it. */
export interface HostileTarget extends AsyncDisposable {
  readonly node: TestNode;
  readonly member: TestMember;
  /** Where objects are posted: over TAXII, and over the node's own interface. */
  readonly taxiiPath: string;
  readonly apiPath: string;
  readonly livePath: string;
  /** Everything that is stored: each version of each object, and the newest audit entries. */
  stored(): Promise<{ readonly objects: string; readonly audit: readonly AuditLine[] }>;
  /** Fails unless the node answers, has stored nothing since, and has written no more audit entries than these. */
  unharmed(before: Awaited<ReturnType<HostileTarget['stored']>>, audited?: readonly string[]): Promise<void>;
}

interface AuditLine {
  readonly id: string;
  readonly action: string;
}

export async function startHostileTarget(
  settings: Readonly<Record<string, string>> = {},
): Promise<HostileTarget> {
  const node = await startTestNode(undefined, settings);
  const member = await node.member('Member');
  const collection = await node.collection({ title: 'Target', audience: 'community' });
  const taxiiPath = `/taxii2/community/collections/${collection}/objects/`;

  async function stored() {
    const answer = await fetch(`${node.url}${taxiiPath}?match[version]=all`, {
      headers: { accept: taxii, authorization: `Bearer ${member.token}` },
    });
    const objects = await answer.text();
    assert.equal(answer.status, 200, objects);
    const { entries } = (await node.api('GET', '/audit')).body as { entries: readonly AuditLine[] };
    return { objects, audit: entries.map(({ id, action }) => ({ id, action })) };
  }

  return {
    node,
    member,
    taxiiPath,
    apiPath: `/api/collections/${collection}/objects`,
    livePath: `/live/collections/${collection}`,
    stored,
    async unharmed(before, audited = []) {
      const after = await stored();
      assert.equal(after.objects, before.objects, 'nothing is stored of what was refused');
      const old = new Set(before.audit.map(({ id }) => id));
      const fresh = after.audit.filter(({ id }) => !old.has(id)).map(({ action }) => action);
      assert.deepEqual(fresh, audited);
    },
    [Symbol.asyncDispose]: () => node[Symbol.asyncDispose](),
  };
}

/** A refusal in one line: status, code and place. Fails where it has not the form that belongs to its path, or says too much. */
export async function refusalLine(path: string, answer: Response): Promise<string> {
  const text = await answer.text();
  assert.ok(text.length < 5_000, `a refusal of ${text.length} characters`);
  // Anything but line breaks that a terminal would obey would be somebody else's words.
  assert.doesNotMatch(text, /[\p{Cc}\u202e\ufeff]/u);
  const body: unknown = JSON.parse(text);
  const field = (name: string, of: unknown = body): unknown => Reflect.get(Object(of), name);
  const isTaxii = path.startsWith('/taxii2');
  assert.equal(answer.headers.get('content-type'), isTaxii ? taxii : 'application/problem+json');
  assert.equal(String(field(isTaxii ? 'http_status' : 'status')), String(answer.status));
  const code = field(isTaxii ? 'error_code' : 'title');
  const at = isTaxii ? field('at', field('details')) : field('at');
  return [answer.status, code, at].filter((part) => part !== undefined).join(' ');
}

/** Sends a body in chunks, without saying how long it is. */
export function chunked(bytes: Buffer): Pick<RequestInit, 'body'> & { readonly duplex: 'half' } {
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    start(controller) {
      for (let at = 0; at < bytes.length; at += 65_536)
        controller.enqueue(new Uint8Array(bytes.subarray(at, at + 65_536)));
      controller.close();
    },
  });
  return { body, duplex: 'half' };
}

/** Opens a connection, sends a beginning, and goes away. */
export async function vanish(url: string, beginning: string | Buffer, after: number): Promise<void> {
  const socket = openSocket(url);
  socket.write(beginning);
  await new Promise((resolve) => setTimeout(resolve, after));
  socket.destroy();
}
