import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { outputFormats } from '../../packages/formats/src/index.ts';
import { temporaryDirectory } from '../support/run-cli.ts';
import { about, indicator } from './written.ts';

/** A pattern, what its rules have to be raised by, and what they must not be raised by. */
interface Case {
  readonly name: string;
  readonly pattern: string;
  readonly raised: readonly Packet[];
  readonly silent?: readonly Packet[];
}

interface Packet {
  readonly to?: string;
  readonly port: number;
  readonly payload: Buffer;
}

const dns = (name: string): Packet => {
  const labels = name.split('.').flatMap((label) => [Buffer.from([label.length]), Buffer.from(label)]);
  const header = Buffer.from('123401000001000000000000', 'hex');
  return { port: 53, payload: Buffer.concat([header, ...labels, Buffer.from('0000010001', 'hex')]) };
};

const sip = ({ target = 'sip:a@b.example', from = 'sip:x@y.example', agent = 'phone' }): Packet => {
  const lines = [
    `INVITE ${target} SIP/2.0`,
    'Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK1',
    `From: "Name" <${from}>;tag=1`,
    `To: <${target}>`,
    'Call-ID: 1',
    'CSeq: 1 INVITE',
    `User-Agent: ${agent}`,
    'Content-Length: 0',
  ];
  return { port: 5060, payload: Buffer.from(`${lines.join('\r\n')}\r\n\r\n`) };
};

/** A request of GTP-C version 2 to create a session, with some information elements (TS 29.274 §7.2.1), as hexadecimal digits. */
const gtp2 = (elements: string): Packet => {
  const body = Buffer.from(`0000000000000100${elements}`, 'hex');
  const header = Buffer.from('48200000', 'hex');
  header.writeUInt16BE(body.length, 2);
  return { port: 2123, payload: Buffer.concat([header, body]) };
};

const imsi = (tail: string) => `0100080002061132547698${tail}`;
const agent = 'friendly-scanner "1.0"; $x';
const cases: readonly Case[] = [
  {
    name: 'address',
    pattern: "[ipv4-addr:value = '203.0.113.9']",
    raised: [{ ...dns('a.example'), to: '203.0.113.9' }],
    silent: [{ ...dns('a.example'), to: '203.0.113.8' }],
  },
  {
    name: 'range',
    pattern: "[ipv4-addr:value ISSUBSET '198.51.100.0/25']",
    raised: [{ ...dns('a.example'), to: '198.51.100.127' }],
    silent: [{ ...dns('a.example'), to: '198.51.100.128' }],
  },
  {
    name: 'domain',
    pattern: "[domain-name:value = 'bad-one.example']",
    raised: [dns('bad-one.example'), dns('www.BAD-one.example')],
    silent: [dns('xbad-one.example'), dns('bad-one.example.org'), dns('bad-onexexample.example')],
  },
  {
    name: 'prefix',
    pattern: "[phone-number:value LIKE '32475%']",
    raised: [sip({ target: 'sip:+32475123@b.example' }), sip({ from: 'tel:0032475123' })],
    silent: [sip({ target: 'sip:3247@b.example' }), sip({ target: 'sip:132475123@b.example' })],
  },
  {
    name: 'number',
    pattern: "[phone-number:value = '+881612345678']",
    raised: [sip({ from: 'sip:+881612345678@b.example' }), gtp2('4c000600886121436587')],
    silent: [sip({ from: 'sip:8816123456789@b.example' }), gtp2('4c000600886121436588')],
  },
  {
    name: 'sip',
    pattern: "[sip-identity:value = 'sip:mallory@other.example']",
    raised: [sip({ target: 'sip:mallory@other.example;x=y' }), sip({ from: 'sip:Mallory@other.example' })],
    silent: [sip({ from: 'sip:mallory@other.example.org' }), sip({ from: 'sip:xmallory@other.example' })],
  },
  {
    name: 'agent',
    pattern: `[network-traffic:extensions.'http-request-ext'.request_header.'User-Agent' = '${agent}']`,
    raised: [sip({ agent })],
    silent: [sip({ agent: `${agent}1` }), sip({ agent: `1${agent}` })],
  },
  {
    name: 'imsi',
    pattern: "[mobile-subscriber-id:id_type = 'imsi' AND mobile-subscriber-id:value = '206011234567890']",
    raised: [
      gtp2(imsi('f0')),
      {
        port: 2123,
        payload: Buffer.from(`32100014000000000001000002020611325476 98f0`.replace(' ', ''), 'hex'),
      },
    ],
    silent: [gtp2(imsi('f1'))],
  },
  {
    name: 'apn',
    pattern: "[access-point-name:value = 'internet']",
    raised: [
      gtp2('4700090008696e7465726e6574'),
      gtp2('47001b0008494e5445524e4554066d6e63303031066d6363323036046770727300'),
    ],
    silent: [gtp2('47000a0009696e7465726e657432')],
  },
  {
    name: 'plmn',
    pattern: "[mobile-network-id:plmn = '206-01']",
    raised: [gtp2('5300030002f610')],
    silent: [gtp2('5300030002f620')],
  },
  {
    name: 'tac',
    pattern: "[mobile-equipment-id:id_type = 'tac' AND mobile-equipment-id:value = '35209900']",
    raised: [gtp2('4b0008005302990071168410')],
    silent: [gtp2('4b0008005302990171168410')],
  },
];

/** A file of packets (libpcap's format, Ethernet), each from a port of its own and so a flow of its own. */
function capture(packets: readonly Packet[]): Buffer {
  const head = Buffer.alloc(24);
  for (const [at, value] of [0xa1b2c3d4, 0x00040002, 0, 0, 65_535, 1].entries())
    head.writeUInt32LE(value, at * 4);
  const all = packets.map(({ to = '192.0.2.53', port, payload }, at) => {
    const udp = Buffer.alloc(8);
    for (const [index, value] of [sourcePort(at), port, 8 + payload.length, 0].entries())
      udp.writeUInt16BE(value, index * 2);
    const ip = Buffer.from('4500000000000000401100000a000001', 'hex');
    ip.writeUInt16BE(28 + payload.length, 2);
    const frame = Buffer.concat([
      Buffer.from('0200000000010200000000020800', 'hex'),
      ip,
      Buffer.from(to.split('.').map(Number)),
      udp,
      payload,
    ]);
    const record = Buffer.alloc(16);
    for (const [index, value] of [1_790_000_000 + at, 0, frame.length, frame.length].entries())
      record.writeUInt32LE(value, index * 4);
    return Buffer.concat([record, frame]);
  });
  return Buffer.concat([head, ...all]);
}

const sourcePort = (at: number) => 20_000 + at;

test('Suricata loads the rules and lists, and alerts on what they are about and nothing else', async () => {
  await using directory = await temporaryDirectory();
  const objects = [
    ...cases.map(({ name, pattern }) => indicator(pattern, { name })),
    indicator("[url:value = 'http://bad.example/a?b=\";c|' OR url:value = 'https://bad.example/']"),
    indicator("[file:hashes.MD5 = 'd41d8cd98f00b204e9800998ecf8427e']"),
    indicator("[file:hashes.'SHA-1' = 'da39a3ee5e6b4b0d3255bfef95601890afd80709']"),
    indicator("[file:hashes.'SHA-256' = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855']"),
    indicator("[x509-certificate:hashes.'SHA-1' = 'da39a3ee5e6b4b0d3255bfef95601890afd80709']"),
    indicator(
      "[x509-certificate:hashes.'SHA-256' = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855']",
    ),
    indicator("[network-traffic:dst_ref.value = '2001:db8::1' AND network-traffic:dst_port = 443]"),
    indicator('alert icmp any any -> any any (msg:"carried"; sid:1;)', { pattern_type: 'suricata' }),
  ];
  const { text, files = [], losses } = outputFormats.suricata.write(objects, about);
  assert.deepEqual(losses, []);
  const rules = join(directory.path, 'belltower.rules');
  for (const file of [{ name: 'belltower.rules', text }, ...files])
    await writeFile(join(directory.path, file.name), file.text);
  const pcap = join(directory.path, 'packets.pcap');
  const packets = cases.flatMap(({ name, raised, silent = [] }) => [
    ...raised.map((packet) => ({ packet, name, isRaised: true })),
    ...silent.map((packet) => ({ packet, name, isRaised: false })),
  ]);
  await writeFile(pcap, capture(packets.map(({ packet }) => packet)));
  const run = (...more: readonly string[]) => {
    const { status, stdout, stderr, error } = spawnSync(
      'suricata',
      ['-c', '/etc/suricata/suricata.yaml', '-S', rules, '-l', directory.path, ...more],
      { encoding: 'utf8' },
    );
    assert.equal(error, undefined, 'suricata is needed for this test');
    assert.equal(status, 0, stdout + stderr);
  };
  run('-T');
  run('-r', pcap, '-k', 'none');
  const alerts = new Set(
    [
      ...(await readFile(join(directory.path, 'fast.log'), 'utf8')).matchAll(
        /Belltower \S+ (\S+) .*\} 10\.0\.0\.1:(\d+) ->/g,
      ),
    ].map(([, name, port]) => `${name} ${port}`),
  );
  const expected = new Set(
    packets.flatMap(({ name, isRaised }, at) => (isRaised ? [`${name} ${sourcePort(at)}`] : [])),
  );
  assert.deepEqual([...alerts].toSorted(), [...expected].toSorted());
});
