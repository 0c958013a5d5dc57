import type { KnownNetwork } from '../mobile/plmn.ts';
import { parseDomain3gpp } from '../packet/domain-3gpp.ts';
import type { Doubt, Parsed, Understood } from '../parsed.ts';
import { notUnderstood, tidy, understood } from '../parsed.ts';

/** A node or a realm of Diameter: RFC 6733 §4.3.1, TS 23.003 §19.2. */
export interface DiameterIdentity extends Understood<'diameter-identity'> {
  /** Where it was given as a URI. */
  readonly uri: DiameterUri | undefined;
  /** `mcc-mnc` where the name is one of 3GPP. */
  readonly plmn: string | undefined;
  readonly network: KnownNetwork | undefined;
}

export interface DiameterUri {
  readonly secure: boolean;
  readonly port: number;
  readonly transport: 'tcp' | 'sctp' | 'udp';
}

const fqdn = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,40}[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const uriForm = /^(aaas?):\/\/([^:;]+)(?::(\d{1,5}))?((?:;[a-z]+=[a-z0-9+-]+)*)$/;

/** Reads `hss01.epc.mnc001.mcc206.3gppnetwork.org` and `aaa://host:3868;transport=sctp`. */
export function parseDiameterIdentity(text: string): Parsed<DiameterIdentity> {
  const tidied = tidy(text).toLowerCase();
  const uri = uriForm.exec(tidied);
  const name = (uri?.[2] ?? tidied).replace(/\.$/, '');
  if (name.length > 253 || !fqdn.test(name))
    return notUnderstood(
      'A Diameter identity is a fully qualified domain name, or a URI that begins with aaa:// or aaas://.',
    );
  const port = uri === null ? undefined : readPort(uri[3], uri[1] === 'aaas');
  if (uri !== null && port === undefined) return notUnderstood('A port is a number from 1 to 65535.');
  const home = parseDomain3gpp(name);
  const doubts: Doubt[] = home.ok ? [...home.value.doubts] : [];
  const parameters = uri?.[4] ?? '';
  if (transportOf(parameters) === 'udp' && !/;protocol=(?:radius|tacacs\+)/.test(parameters))
    doubts.push({ code: 'not-standard', message: 'Diameter may not run over UDP.' });
  return understood({
    kind: 'diameter-identity',
    raw: text,
    value: name,
    uri:
      uri === null || port === undefined
        ? undefined
        : { secure: uri[1] === 'aaas', port, transport: transportOf(parameters) },
    plmn: home.ok ? home.value.plmn : undefined,
    network: home.ok ? home.value.network : undefined,
    doubts,
  });
}

/** Where none is given it is 3868, and 5658 with TLS from the start: RFC 6733 §4.3.1. */
function readPort(text: string | undefined, secure: boolean): number | undefined {
  if (text === undefined) return secure ? 5658 : 3868;
  const port = Number(text);
  return port >= 1 && port <= 65_535 ? port : undefined;
}

function transportOf(parameters: string): DiameterUri['transport'] {
  const named = /;transport=(tcp|sctp|udp)/.exec(parameters)?.[1];
  return named === 'sctp' || named === 'udp' ? named : 'tcp';
}

/** A Session-Id: RFC 6733 §8.8. It begins with the identity of the node that made it. */
export interface DiameterSessionId extends Understood<'diameter-session-id'> {
  /** The node that made it. */
  readonly origin: string;
}

/** Reads `<identity>;<high 32 bits>;<low 32 bits>` with or without something behind. */
export function parseDiameterSessionId(text: string): Parsed<DiameterSessionId> {
  const value = tidy(text);
  const [, name = ''] = /^([^;\s]+);\d{1,10};\d{1,10}(?:;.*)?$/.exec(value) ?? [];
  const origin = parseDiameterIdentity(name);
  if (!origin.ok)
    return notUnderstood('A Session-Id is a Diameter identity and two numbers, with ; between them.');
  const doubts: readonly Doubt[] = [{ code: 'temporary', message: 'It names one session.' }];
  return understood({ kind: 'diameter-session-id', raw: text, value, origin: origin.value.value, doubts });
}
