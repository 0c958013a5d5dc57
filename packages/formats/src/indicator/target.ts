/** What a list can hold: one value of one kind. */
export interface Target {
  readonly kind: TargetKind;
  /**
   * In the normal form of its kind. Addresses may have a prefix length; ranges of numbers and of IMSIs and global titles may end with
   * `*`; what is concealed is what it was (where that is told), the name of the key and the HMAC, with colons between them.
   */
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
  'imsi-range',
  'imei',
  'tac',
  'iccid',
  'eid',
  'plmn',
  'cell',
  'nf-instance',
  's-nssai',
  'diameter-host',
  'diameter-realm',
  'sip-uri',
  'sms-sender',
  'apn',
  'concealed',
] as const;

export type TargetKind = (typeof targetKinds)[number];

/** Kinds of values that others can look for; what is concealed is known to those who have the key alone. */
export const openKinds: readonly TargetKind[] = targetKinds.filter((kind) => kind !== 'concealed');
