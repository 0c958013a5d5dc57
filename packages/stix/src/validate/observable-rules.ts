import { isStixId, typeOfId } from '../identifier/stix-id.ts';
import { isJsonObject, type JsonObject, own } from '../json/json-object.ts';
import type { ObjectTypes } from '../model/shapes.ts';
import type { Report } from './report.ts';

/** Body and parts of an email go with is_multipart (STIX 2.1 §6.6.1). */
export function checkEmailMessage(object: JsonObject, report: Report): void {
  const multipart = own(object, 'is_multipart');
  if (multipart === true && Object.hasOwn(object, 'body')) {
    report.addAt(
      'body',
      'property-combination',
      'body may not stand in a multipart message; use body_multipart',
    );
  }
  if (multipart === false && Object.hasOwn(object, 'body_multipart')) {
    const message =
      'body_multipart may only stand in a multipart message; use body, or set is_multipart to true';
    report.addAt('body_multipart', 'property-combination', message);
  }
}

/** An encoding stands beside the name that it describes (STIX 2.1 §3.1). */
export function checkFile(object: JsonObject, report: Report): void {
  if (!Object.hasOwn(object, 'name_enc') || Object.hasOwn(object, 'name')) return;
  report.addAt(
    'name_enc',
    'encoding-without-value',
    'name_enc describes the encoding of name, which is missing',
  );
}

const extensionProtocols: readonly (readonly [extension: string, protocols: readonly string[]])[] = [
  ['http-request-ext', ['http', 'https', 'http2', 'http3']],
  ['icmp-ext', ['icmp', 'icmp6', 'icmpv6', 'ipv6-icmp']],
  ['tcp-ext', ['tcp']],
];

/** Ports, activity and protocols of network traffic (STIX 2.1 §6.12, §6.12.1). */
export function checkNetworkTraffic(object: JsonObject, report: Report): void {
  if (!Object.hasOwn(object, 'src_port') || !Object.hasOwn(object, 'dst_port')) {
    report.add('network-traffic-ports', 'network traffic should have both src_port and dst_port');
  }
  if (own(object, 'is_active') === true && Object.hasOwn(object, 'end')) {
    report.addAt(
      'is_active',
      'property-combination',
      'traffic that has an end is not active: is_active has to be false',
    );
  }
  checkExtensionProtocols(object, report);
}

function checkExtensionProtocols(object: JsonObject, report: Report): void {
  const extensions = own(object, 'extensions');
  const protocols = own(object, 'protocols');
  if (!isJsonObject(extensions) || !Array.isArray(protocols)) return;
  for (const [extension, names] of extensionProtocols) {
    if (!Object.hasOwn(extensions, extension)) continue;
    if (protocols.some((protocol) => typeof protocol === 'string' && names.includes(protocol.toLowerCase())))
      continue;
    report.addAt(
      'protocols',
      'protocol-of-extension',
      `should list "${names[0]}", which ${extension} is about`,
    );
  }
}

/** Observed data refers to at least one SCO (STIX 2.1 §4.14.1); types of extensions may be SCOs. */
export function checkObservedData(object: JsonObject, report: Report): void {
  const refs = own(object, 'object_refs');
  if (!Array.isArray(refs) || refs.length === 0) return;
  if (
    !refs.every(
      (ref) => typeof ref === 'string' && isStixId(ref) && isRelationship(typeOfId(ref), report.types),
    )
  )
    return;
  report.addAt(
    'object_refs',
    'observed-data-sco',
    'needs a reference to an SCO beside those to relationships',
  );
}

function isRelationship(type: string, known: ObjectTypes): boolean {
  return known.shapes.get(type)?.class === 'sro';
}

/** A malware family has a name (STIX 2.1 §4.11.1). */
export function checkMalware(object: JsonObject, report: Report): void {
  if (own(object, 'is_family') !== true || Object.hasOwn(object, 'name')) return;
  report.addAt('name', 'malware-family-name', 'a malware family (is_family is true) needs a name');
}
