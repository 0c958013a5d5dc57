import type { Parsed, Understood } from '../parsed.ts';
import { notUnderstood, readWholeNumber, tidy, understood } from '../parsed.ts';
import { gtpV1Messages, gtpV2Messages } from './gtp-messages.ts';

/** What a message of GTP does, by version and type: TS 29.060 §7.1, TS 29.274 §6.1. `value` is `v1:16`. */
export interface GtpMessage extends Understood<'gtp-message'> {
  readonly version: 1 | 2;
  /** 0 to 255 */
  readonly type: number;
  readonly name: string | undefined;
}

const messages = { 1: gtpV1Messages, 2: gtpV2Messages } as const;

/**
 * Reads `gtpv1:16`, `gtp v2 32`, `v2:32` and `gtpv2:Create Session Request`. The version has to be named: 32 sends routeing information in
 * version 1 and creates a session in version 2.
 */
export function parseGtpMessage(text: string): Parsed<GtpMessage> {
  const [, digit = '', written = ''] =
    /^(?:gtp[-\s]?)?(?:c[-\s]?)?v([12])(?:-[cu])?[:/\s]\s*([\w\s()'-]{1,80})$/i.exec(tidy(text)) ?? [];
  if (digit === '')
    return notUnderstood('A message of GTP is written with its version and type, as in gtpv2:32.');
  const version = digit === '1' ? 1 : 2;
  const type = readWholeNumber(written, 255) ?? typeOf(version, written);
  if (type === undefined) return notUnderstood(`GTP version ${version} has no message ${written}.`);
  const name = messages[version].get(type);
  const message = `GTP version ${version} gives no name to message type ${type}.`;
  return understood({
    kind: 'gtp-message',
    raw: text,
    value: `v${version}:${type}`,
    version,
    type,
    name,
    doubts: name === undefined ? [{ code: 'not-assigned', message }] : [],
  });
}

function typeOf(version: 1 | 2, written: string): number | undefined {
  const wanted = plain(written);
  return [...messages[version]].find(([, name]) => plain(name) === wanted)?.[0];
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[\s_-]/g, '');
}
