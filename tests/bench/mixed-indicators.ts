import { randomNumbers } from '../support/mutate.ts';

/** Indicators of all sorts in turn: addresses, names, hashes, and what telecoms know things by; the same ones each time. */
export function mixedIndicators(count: number): readonly Readonly<Record<string, unknown>>[] {
  const random = randomNumbers(11);
  const digits = (length: number) => Array.from({ length }, () => random(10)).join('');
  const hex = (length: number) => Array.from({ length }, () => random(16).toString(16)).join('');
  const patterns: readonly (() => string)[] = [
    () => `[ipv4-addr:value = '203.0.${random(256)}.${random(256)}']`,
    () => `[ipv6-addr:value = '2001:db8:${hex(4)}::${hex(4)}']`,
    () => `[domain-name:value = '${hex(10)}.example.org']`,
    () => `[url:value = 'http://${hex(8)}.example.com/${hex(12)}?a=b']`,
    () => `[file:hashes.'SHA-256' = '${hex(64)}' AND file:name = 'setup ${random(99)}.exe']`,
    () => `[file:hashes.MD5 = '${hex(32)}']`,
    () => `[email-addr:value = '${hex(6)}@example.net']`,
    () =>
      `[network-traffic:dst_ref.value = '198.51.100.${random(256)}' AND network-traffic:dst_port = ${1 + random(9_999)}]`,
    () => `[phone-number:value = '+32475${digits(6)}']`,
    () => `[ss7-global-title:value = '32475${digits(6)}']`,
    () => `[mobile-subscriber-id:value = '20601${digits(10)}']`,
    () => `[diameter-node:value = 'hss${digits(3)}.epc.mnc001.mcc206.3gppnetwork.org']`,
    () => `[sip-identity:value = 'sip:${hex(5)}@${hex(5)}.example.org']`,
    () =>
      `[ipv4-addr:value IN ('198.51.100.${random(256)}', '203.0.113.${random(256)}') OR domain-name:value = '${hex(6)}.example']`,
  ];
  return Array.from({ length: count }, (_, number) => ({
    type: 'indicator',
    spec_version: '2.1',
    id: `indicator--00000000-0000-4000-8000-${String(number).padStart(12, '0')}`,
    created: '2026-01-01T00:00:00.000Z',
    modified: '2026-01-01T00:00:00.000Z',
    name: `Seen in case ${number % 97}`,
    description: 'The peer asked for subscriber locations that no roaming agreement covers.',
    indicator_types: ['malicious-activity'],
    pattern: patterns[number % patterns.length]?.() ?? '',
    pattern_type: 'stix',
    valid_from: '2026-01-01T00:00:00Z',
    valid_until: '2027-01-01T00:00:00Z',
    confidence: random(101),
  }));
}
