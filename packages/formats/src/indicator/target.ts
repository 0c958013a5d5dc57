/** What a list can hold: one value of one kind. */
export interface Target {
  readonly kind: TargetKind;
  /** In the normal form of its kind. Addresses may have a prefix length; global titles and numbers may end with `*`. */
  readonly value: string;
  /** Of an address that is bad on this port only. */
  readonly port?: number;
}

export const targetKinds = [
  'ipv4',
  'ipv6',
  'domain',
  'url',
  'email',
  'mac',
  'asn',
  'md5',
  'sha1',
  'sha256',
  'sha512',
  'file-name',
  'user-agent',
  'certificate-sha1',
  'certificate-sha256',
  'msisdn',
  'number-range',
  'global-title',
  'point-code',
  'imsi',
  'imei',
  'tac',
  'plmn',
  'diameter-host',
  'diameter-realm',
  'sip-uri',
  'sms-sender',
  'apn',
] as const;

export type TargetKind = (typeof targetKinds)[number];
