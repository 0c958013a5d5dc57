import { isJsonObject } from '@belltower/stix';
import { ClientError } from '../client-error.ts';
import { readBody } from './read-body.ts';

/** Bytes of an error's body that are looked at. */
const mostBytes = 1_048_576;

/** The error that an answer with a status of 400 or more stands for: problem details (RFC 9457), or TAXII's error resource (TAXII 2.1 §3.6.1). */
export async function readRefusal(response: Response): Promise<ClientError> {
  const { status } = response;
  const body = await readBody(response, mostBytes).then(parse, () => undefined);
  if (!isJsonObject(body)) return new ClientError(codeOf(status), messageOf(response), { status });
  const type = text(body['type']) ?? '';
  const code = /^urn:belltower:problem:([a-z-]{1,60})$/.exec(type)?.[1] ?? codeOfTaxii(body['error_code']);
  const message = text(body['detail']) ?? text(body['description']) ?? text(body['title']);
  return new ClientError(code ?? codeOf(status), message ?? messageOf(response), {
    status,
    at: text(body['at']),
    rule: text(body['rule']),
    details: body['details'],
  });
}

function codeOfTaxii(code: unknown): string | undefined {
  const name = text(code);
  return name !== undefined && /^[a-z-]{1,60}$/.test(name) ? name : undefined;
}

function codeOf(status: number): string {
  if (status === 401) return 'unauthenticated';
  if (status === 403) return 'forbidden';
  if (status === 404) return 'not-found';
  if (status === 429) return 'too-many-requests';
  return 'refused';
}

function messageOf({ status, statusText }: Response): string {
  return `The server answered ${status}${statusText === '' ? '' : ` (${statusText})`}.`;
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (cause) {
    if (cause instanceof SyntaxError) return undefined;
    throw cause;
  }
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
