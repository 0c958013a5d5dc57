import {
  binary,
  boolean,
  embedded,
  formed,
  hashes,
  hex,
  integer,
  integerFrom,
  list,
  open,
  reference,
  required,
  string,
  term,
  timestamp,
} from './check.ts';
import { observableProperties, observableReference } from './common.ts';
import {
  archiveExt,
  httpRequestExt,
  icmpExt,
  ntfsExt,
  pdfExt,
  rasterImageExt,
  socketExt,
  tcpExt,
  unixAccountExt,
  windowsPebinaryExt,
  windowsProcessExt,
  windowsServiceExt,
} from './observable-extensions.ts';

const sco = 'sco' as const;
const count = integerFrom(0);
const port = integerFrom(0, 65_535);

/** STIX 2.1 §6.1. */
export const artifact = {
  name: 'artifact',
  class: sco,
  section: '6.1',
  properties: {
    ...observableProperties,
    mime_type: formed('media-type'),
    payload_bin: binary,
    url: formed('url'),
    hashes,
    encryption_algorithm: term('encryption-algorithm-enum'),
    decryption_key: string,
  },
  constraints: [
    { kind: 'at-least-one', of: ['payload_bin', 'url'], section: '6.1.1' },
    { kind: 'at-most-one', of: ['payload_bin', 'url'], section: '6.1.1' },
    { kind: 'requires', given: 'url', needs: ['hashes'], section: '6.1.1' },
    { kind: 'requires', given: 'decryption_key', needs: ['encryption_algorithm'], section: '6.1.1' },
  ],
  contributing: ['hashes', 'payload_bin'],
} as const;

/** STIX 2.1 §6.2. */
export const autonomousSystem = {
  name: 'autonomous-system',
  class: sco,
  section: '6.2',
  properties: { ...observableProperties, number: required(integer), name: string, rir: string },
  contributing: ['number'],
} as const;

/** STIX 2.1 §6.3. */
export const directory = {
  name: 'directory',
  class: sco,
  section: '6.3',
  properties: {
    ...observableProperties,
    path: required(string),
    path_enc: formed('charset'),
    ctime: timestamp,
    mtime: timestamp,
    atime: timestamp,
    contains_refs: list(reference('file', 'directory')),
  },
  contributing: ['path'],
} as const;

/** STIX 2.1 §6.4. */
export const domainName = {
  name: 'domain-name',
  class: sco,
  section: '6.4',
  properties: {
    ...observableProperties,
    value: required(formed('domain-name')),
    resolves_to_refs: list(reference('ipv4-addr', 'ipv6-addr', 'domain-name')),
  },
  contributing: ['value'],
} as const;

/** STIX 2.1 §6.5. */
export const emailAddress = {
  name: 'email-addr',
  class: sco,
  section: '6.5',
  properties: {
    ...observableProperties,
    value: required(formed('email-address')),
    display_name: string,
    belongs_to_ref: reference('user-account'),
  },
  contributing: ['value'],
} as const;

/** STIX 2.1 §6.6.2. */
const emailMimePart = {
  name: 'mime-part-type',
  section: '6.6.2',
  properties: {
    body: string,
    body_raw_ref: reference('artifact', 'file'),
    content_type: string,
    content_disposition: string,
  },
  constraints: [{ kind: 'at-least-one', of: ['body', 'body_raw_ref'], section: '6.6.2.1' }],
} as const;

/** STIX 2.1 §6.6. */
export const emailMessage = {
  name: 'email-message',
  class: sco,
  section: '6.6',
  properties: {
    ...observableProperties,
    is_multipart: required(boolean),
    date: timestamp,
    content_type: string,
    from_ref: reference('email-addr'),
    sender_ref: reference('email-addr'),
    to_refs: list(reference('email-addr')),
    cc_refs: list(reference('email-addr')),
    bcc_refs: list(reference('email-addr')),
    message_id: string,
    subject: string,
    received_lines: list(string),
    additional_header_fields: { kind: 'dictionary', of: list(string), keys: 'any-case' },
    body: string,
    body_multipart: list(embedded(emailMimePart)),
    raw_email_ref: reference('artifact'),
  },
  contributing: ['from_ref', 'subject', 'body'],
} as const;

/** STIX 2.1 §6.7. */
export const file = {
  name: 'file',
  class: sco,
  section: '6.7',
  properties: {
    ...observableProperties,
    hashes,
    size: count,
    name: string,
    name_enc: formed('charset'),
    magic_number_hex: hex,
    mime_type: formed('media-type'),
    ctime: timestamp,
    mtime: timestamp,
    atime: timestamp,
    parent_directory_ref: reference('directory'),
    contains_refs: list(observableReference),
    content_ref: reference('artifact'),
  },
  constraints: [{ kind: 'at-least-one', of: ['hashes', 'name'], section: '6.7.1' }],
  extensions: {
    'archive-ext': archiveExt,
    'ntfs-ext': ntfsExt,
    'pdf-ext': pdfExt,
    'raster-image-ext': rasterImageExt,
    'windows-pebinary-ext': windowsPebinaryExt,
  },
  contributing: ['hashes', 'name', 'extensions', 'parent_directory_ref'],
} as const;

/** STIX 2.1 §6.8. */
export const ipv4Address = {
  name: 'ipv4-addr',
  class: sco,
  section: '6.8',
  properties: {
    ...observableProperties,
    value: required(formed('ipv4')),
    resolves_to_refs: list(reference('mac-addr')),
    belongs_to_refs: list(reference('autonomous-system')),
  },
  contributing: ['value'],
} as const;

/** STIX 2.1 §6.9. */
export const ipv6Address = {
  name: 'ipv6-addr',
  class: sco,
  section: '6.9',
  properties: {
    ...observableProperties,
    value: required(formed('ipv6')),
    resolves_to_refs: list(reference('mac-addr')),
    belongs_to_refs: list(reference('autonomous-system')),
  },
  contributing: ['value'],
} as const;

/** STIX 2.1 §6.10. */
export const macAddress = {
  name: 'mac-addr',
  class: sco,
  section: '6.10',
  properties: { ...observableProperties, value: required(formed('mac')) },
  contributing: ['value'],
} as const;

/** STIX 2.1 §6.11. */
export const mutex = {
  name: 'mutex',
  class: sco,
  section: '6.11',
  properties: { ...observableProperties, name: required(string) },
  contributing: ['name'],
} as const;

const endpoint = ['ipv4-addr', 'ipv6-addr', 'mac-addr', 'domain-name'] as const;

/** STIX 2.1 §6.12. */
export const networkTraffic = {
  name: 'network-traffic',
  class: sco,
  section: '6.12',
  properties: {
    ...observableProperties,
    start: timestamp,
    end: timestamp,
    is_active: boolean,
    src_ref: reference(...endpoint),
    dst_ref: reference(...endpoint),
    src_port: port,
    dst_port: port,
    protocols: required(list(formed('protocol'))),
    src_byte_count: count,
    dst_byte_count: count,
    src_packets: count,
    dst_packets: count,
    ipfix: { kind: 'dictionary', of: { kind: 'integer-or-string' }, keys: 'ipfix' },
    src_payload_ref: reference('artifact'),
    dst_payload_ref: reference('artifact'),
    encapsulates_refs: list(reference('network-traffic')),
    encapsulated_by_ref: reference('network-traffic'),
  },
  constraints: [
    { kind: 'at-least-one', of: ['src_ref', 'dst_ref'], section: '6.12.1' },
    { kind: 'order', earlier: 'start', later: 'end', section: '6.12.1' },
  ],
  extensions: {
    'http-request-ext': httpRequestExt,
    'icmp-ext': icmpExt,
    'socket-ext': socketExt,
    'tcp-ext': tcpExt,
  },
  contributing: ['start', 'end', 'src_ref', 'dst_ref', 'src_port', 'dst_port', 'protocols', 'extensions'],
} as const;

/** STIX 2.1 §6.13. It has no ID contributing properties. */
export const process = {
  name: 'process',
  class: sco,
  section: '6.13',
  properties: {
    ...observableProperties,
    is_hidden: boolean,
    pid: integer,
    created_time: timestamp,
    cwd: string,
    command_line: string,
    environment_variables: { kind: 'dictionary', of: string, keys: 'any-case' },
    opened_connection_refs: list(reference('network-traffic')),
    creator_user_ref: reference('user-account'),
    image_ref: reference('file'),
    parent_ref: reference('process'),
    child_refs: list(reference('process')),
  },
  constraints: [
    {
      kind: 'at-least-one',
      of: [
        'extensions',
        'is_hidden',
        'pid',
        'created_time',
        'cwd',
        'command_line',
        'environment_variables',
        'opened_connection_refs',
        'creator_user_ref',
        'image_ref',
        'parent_ref',
        'child_refs',
      ],
      section: '6.13.1',
    },
  ],
  extensions: { 'windows-process-ext': windowsProcessExt, 'windows-service-ext': windowsServiceExt },
  contributing: [],
} as const;

/** STIX 2.1 §6.14. */
export const software = {
  name: 'software',
  class: sco,
  section: '6.14',
  properties: {
    ...observableProperties,
    name: required(string),
    cpe: formed('cpe'),
    swid: string,
    languages: list(formed('language')),
    vendor: string,
    version: string,
  },
  contributing: ['name', 'cpe', 'swid', 'vendor', 'version'],
} as const;

/** STIX 2.1 §6.15. */
export const url = {
  name: 'url',
  class: sco,
  section: '6.15',
  properties: { ...observableProperties, value: required(formed('url')) },
  contributing: ['value'],
} as const;

/** STIX 2.1 §6.16. */
export const userAccount = {
  name: 'user-account',
  class: sco,
  section: '6.16',
  properties: {
    ...observableProperties,
    user_id: string,
    credential: string,
    account_login: string,
    account_type: open('account-type-ov'),
    display_name: string,
    is_service_account: boolean,
    is_privileged: boolean,
    can_escalate_privs: boolean,
    is_disabled: boolean,
    account_created: timestamp,
    account_expires: timestamp,
    credential_last_changed: timestamp,
    account_first_login: timestamp,
    account_last_login: timestamp,
  },
  constraints: [
    {
      kind: 'at-least-one',
      of: [
        'extensions',
        'user_id',
        'credential',
        'account_login',
        'account_type',
        'display_name',
        'is_service_account',
        'is_privileged',
        'can_escalate_privs',
        'is_disabled',
        'account_created',
        'account_expires',
        'credential_last_changed',
        'account_first_login',
        'account_last_login',
      ],
      section: '6.16.1',
    },
  ],
  extensions: { 'unix-account-ext': unixAccountExt },
  contributing: ['account_type', 'user_id', 'account_login'],
} as const;

/** STIX 2.1 §6.17.2. */
const windowsRegistryValue = {
  name: 'windows-registry-value-type',
  section: '6.17.2',
  properties: { name: string, data: string, data_type: term('windows-registry-datatype-enum') },
  constraints: [{ kind: 'at-least-one', of: ['name', 'data', 'data_type'], section: '6.17.2' }],
} as const;

/** STIX 2.1 §6.17. */
export const windowsRegistryKey = {
  name: 'windows-registry-key',
  class: sco,
  section: '6.17',
  properties: {
    ...observableProperties,
    key: formed('registry-key'),
    values: list(embedded(windowsRegistryValue)),
    modified_time: timestamp,
    creator_user_ref: reference('user-account'),
    number_of_subkeys: integer,
  },
  constraints: [
    {
      kind: 'at-least-one',
      of: ['key', 'values', 'modified_time', 'creator_user_ref', 'number_of_subkeys'],
      section: '6.17.1',
    },
  ],
  contributing: ['key', 'values'],
} as const;

const v3Extensions = {
  basic_constraints: string,
  name_constraints: string,
  policy_constraints: string,
  key_usage: string,
  extended_key_usage: string,
  subject_key_identifier: string,
  authority_key_identifier: string,
  subject_alternative_name: string,
  issuer_alternative_name: string,
  subject_directory_attributes: string,
  crl_distribution_points: string,
  inhibit_any_policy: string,
  private_key_usage_period_not_before: timestamp,
  private_key_usage_period_not_after: timestamp,
  certificate_policies: string,
  policy_mappings: string,
} as const;

/** STIX 2.1 §6.18.2. */
const x509v3Extensions = {
  name: 'x509-v3-extensions-type',
  section: '6.18.2',
  properties: v3Extensions,
  constraints: [{ kind: 'at-least-one', of: Object.keys(v3Extensions), section: '6.18.2' }],
} as const;

/** STIX 2.1 §6.18. */
export const x509Certificate = {
  name: 'x509-certificate',
  class: sco,
  section: '6.18',
  properties: {
    ...observableProperties,
    is_self_signed: boolean,
    hashes,
    version: string,
    serial_number: string,
    signature_algorithm: string,
    issuer: string,
    validity_not_before: timestamp,
    validity_not_after: timestamp,
    subject: string,
    subject_public_key_algorithm: string,
    subject_public_key_modulus: string,
    subject_public_key_exponent: integer,
    x509_v3_extensions: embedded(x509v3Extensions),
  },
  constraints: [
    {
      kind: 'at-least-one',
      of: [
        'is_self_signed',
        'hashes',
        'version',
        'serial_number',
        'signature_algorithm',
        'issuer',
        'validity_not_before',
        'validity_not_after',
        'subject',
        'subject_public_key_algorithm',
        'subject_public_key_modulus',
        'subject_public_key_exponent',
        'x509_v3_extensions',
      ],
      section: '6.18.1',
    },
  ],
  contributing: ['hashes', 'serial_number'],
} as const;
