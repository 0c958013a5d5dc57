import {
  any,
  boolean,
  embedded,
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

const count = integerFrom(0);

function someOf(
  properties: object,
  section: string,
): { readonly kind: 'at-least-one'; of: string[]; section: string } {
  return { kind: 'at-least-one', of: Object.keys(properties), section };
}

/** STIX 2.1 §6.7.2. */
export const archiveExt = {
  name: 'archive-ext',
  section: '6.7.2',
  properties: { contains_refs: required(list(reference('file', 'directory'))), comment: string },
} as const;

const alternateDataStream = {
  name: 'alternate-data-stream-type',
  section: '6.7.3.2',
  properties: { name: required(string), hashes, size: count },
} as const;
const ntfs = { sid: string, alternate_data_streams: list(embedded(alternateDataStream)) } as const;

/** STIX 2.1 §6.7.3. */
export const ntfsExt = {
  name: 'ntfs-ext',
  section: '6.7.3',
  properties: ntfs,
  constraints: [someOf(ntfs, '6.7.3.1')],
} as const;

const pdf = {
  version: string,
  is_optimized: boolean,
  document_info_dict: { kind: 'dictionary', of: string, keys: 'pdf-info' },
  pdfid0: string,
  pdfid1: string,
} as const;

/** STIX 2.1 §6.7.4. */
export const pdfExt = {
  name: 'pdf-ext',
  section: '6.7.4',
  properties: pdf,
  constraints: [someOf(pdf, '6.7.4.1')],
} as const;

const raster = {
  image_height: integer,
  image_width: integer,
  bits_per_pixel: integer,
  exif_tags: { kind: 'dictionary', of: { kind: 'integer-or-string' }, keys: 'any-case' },
} as const;

/** STIX 2.1 §6.7.5. */
export const rasterImageExt = {
  name: 'raster-image-ext',
  section: '6.7.5',
  properties: raster,
  constraints: [someOf(raster, '6.7.5.1')],
} as const;

const optionalHeader = {
  magic_hex: hex,
  major_linker_version: integer,
  minor_linker_version: integer,
  size_of_code: count,
  size_of_initialized_data: count,
  size_of_uninitialized_data: count,
  address_of_entry_point: integer,
  base_of_code: integer,
  base_of_data: integer,
  image_base: integer,
  section_alignment: integer,
  file_alignment: integer,
  major_os_version: integer,
  minor_os_version: integer,
  major_image_version: integer,
  minor_image_version: integer,
  major_subsystem_version: integer,
  minor_subsystem_version: integer,
  win32_version_value_hex: hex,
  size_of_image: count,
  size_of_headers: count,
  checksum_hex: hex,
  subsystem_hex: hex,
  dll_characteristics_hex: hex,
  size_of_stack_reserve: count,
  size_of_stack_commit: count,
  size_of_heap_reserve: count,
  size_of_heap_commit: count,
  loader_flags_hex: hex,
  number_of_rva_and_sizes: integer,
  hashes,
} as const;
const windowsPeOptionalHeader = {
  name: 'windows-pe-optional-header-type',
  section: '6.7.6.2',
  properties: optionalHeader,
  constraints: [someOf(optionalHeader, '6.7.6.2')],
} as const;
const windowsPeSection = {
  name: 'windows-pe-section-type',
  section: '6.7.6.3',
  properties: { name: required(string), size: count, entropy: { kind: 'number' }, hashes },
} as const;

const peBinary = {
  imphash: string,
  machine_hex: hex,
  number_of_sections: count,
  time_date_stamp: timestamp,
  pointer_to_symbol_table_hex: hex,
  number_of_symbols: count,
  size_of_optional_header: count,
  characteristics_hex: hex,
  file_header_hashes: hashes,
  optional_header: embedded(windowsPeOptionalHeader),
  sections: list(embedded(windowsPeSection)),
} as const;

/** STIX 2.1 §6.7.6. */
export const windowsPebinaryExt = {
  name: 'windows-pebinary-ext',
  section: '6.7.6',
  properties: { pe_type: required(open('windows-pebinary-type-ov')), ...peBinary },
  constraints: [someOf(peBinary, '6.7.6')],
} as const;

/** STIX 2.1 §6.12.2. */
export const httpRequestExt = {
  name: 'http-request-ext',
  section: '6.12.2',
  properties: {
    request_method: required({ kind: 'string', form: 'http-method' }),
    request_value: required(string),
    request_version: string,
    request_header: { kind: 'dictionary', of: list(string), keys: 'http-header' },
    message_body_length: integer,
    message_body_data_ref: reference('artifact'),
  },
} as const;

/** STIX 2.1 §6.12.3. */
export const icmpExt = {
  name: 'icmp-ext',
  section: '6.12.3',
  properties: { icmp_type_hex: required(hex), icmp_code_hex: required(hex) },
} as const;

/** STIX 2.1 §6.12.4. */
export const socketExt = {
  name: 'socket-ext',
  section: '6.12.4',
  properties: {
    address_family: required(term('network-socket-address-family-enum')),
    is_blocking: boolean,
    is_listening: boolean,
    options: { kind: 'dictionary', of: integer, keys: 'socket-option' },
    socket_type: term('network-socket-type-enum'),
    socket_descriptor: count,
    socket_handle: integer,
  },
} as const;

const tcp = { src_flags_hex: hex, dst_flags_hex: hex } as const;

/** STIX 2.1 §6.12.5. */
export const tcpExt = {
  name: 'tcp-ext',
  section: '6.12.5',
  properties: tcp,
  constraints: [someOf(tcp, '6.12.5')],
} as const;

const windowsProcess = {
  aslr_enabled: boolean,
  dep_enabled: boolean,
  priority: { kind: 'string', form: 'process-priority' },
  owner_sid: string,
  window_title: string,
  // Errata 01 of the standard writes it so, and what is published has either.
  windows_title: string,
  startup_info: { kind: 'dictionary', of: any, keys: 'any-case' },
  integrity_level: term('windows-integrity-level-enum'),
} as const;

/** STIX 2.1 §6.13.2. */
export const windowsProcessExt = {
  name: 'windows-process-ext',
  section: '6.13.2',
  properties: windowsProcess,
  constraints: [someOf(windowsProcess, '6.13.2.1')],
} as const;

const windowsService = {
  service_name: string,
  descriptions: list(string),
  display_name: string,
  group_name: string,
  start_type: term('windows-service-start-type-enum'),
  service_dll_refs: list(reference('file')),
  service_type: term('windows-service-type-enum'),
  service_status: term('windows-service-status-enum'),
} as const;

/** STIX 2.1 §6.13.3. */
export const windowsServiceExt = {
  name: 'windows-service-ext',
  section: '6.13.3',
  properties: windowsService,
  constraints: [someOf(windowsService, '6.13.3.1')],
} as const;

const unixAccount = { gid: integer, groups: list(string), home_dir: string, shell: string } as const;

/** STIX 2.1 §6.16.2. */
export const unixAccountExt = {
  name: 'unix-account-ext',
  section: '6.16.2',
  properties: unixAccount,
  constraints: [someOf(unixAccount, '6.16.2.1')],
} as const;
