import { makePdf, pageOfLines } from '../../packages/formats/src/from/testing/make-pdf.ts';
import type { InputFormatName } from '../../packages/formats/src/index.ts';
import { mispEvent } from './misp-events.ts';
import { reportText } from './report-text.ts';

const uuid = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

/** An indicator with a number of its own, in STIX 2.1. */
export function stixIndicator(number: number): Readonly<Record<string, unknown>> {
  return {
    type: 'indicator',
    spec_version: '2.1',
    id: `indicator--${uuid(number)}`,
    created: '2026-01-01T00:00:00.000Z',
    modified: '2026-01-01T00:00:00.000Z',
    name: `Bad ${number}`,
    pattern: `[domain-name:value = 'bad-${number}.example.org']`,
    pattern_type: 'stix',
    valid_from: '2026-01-01T00:00:00Z',
  };
}

function bundle(objects: readonly object[], more: object = {}): string {
  return JSON.stringify({ type: 'bundle', id: `bundle--${uuid(1)}`, ...more, objects });
}

function galaxy(type: string): string {
  return JSON.stringify({
    type,
    name: type,
    authors: ['somebody'],
    category: 'x',
    version: 3,
    values: Array.from({ length: 3 }, (_, number) => ({
      uuid: uuid(number + 1),
      value: `Name ${number} - T155${number}`,
      description: 'What it is.\r\nAnd more.',
      meta: {
        external_id: type === 'mitre-fight' ? `FGT500${number}` : [`MOT300${number}.301`],
        refs: ['https://example.org/a', 'ATT&CK Enterprise: Trusted Relationship (T1199)'],
        synonyms: ['Another name', 'another name'],
        kill_chain: ['mitre-attack:initial-access', 'fight:Initial-Access'],
        country: 'BE',
      },
      related: [
        { 'dest-uuid': uuid(number + 2), type: 'subtechnique-of', tags: ['likelihood:x="y"'] },
        { 'dest-uuid': uuid(9), type: 'similar' },
      ],
      revoked: number === 2,
    })),
  });
}

const observed = {
  type: 'observed-data',
  id: `observed-data--${uuid(4)}`,
  created: '2018-01-01T00:00:00.000Z',
  modified: '2018-01-02T00:00:00.000Z',
  first_observed: '2018-01-01T00:00:00Z',
  last_observed: '2018-01-01T00:00:00Z',
  number_observed: 1,
  objects: {
    '0': { type: 'domain-name', value: 'bad.example', resolves_to_refs: ['1'] },
    '1': { type: 'ipv4-addr', value: '198.51.100.7' },
  },
};

const fight = `tactics:
- {id: TA0007, name: Discovery, description: To find out.}
techniques:
- id: FGT1040
  object-type: technique
  name: ' Network Sniffing '
  bluf: Reads.
  description: "Reads traffic.\\r\\nAll of it."
  tactics: [TA0007]
  status: Observed In 4G; Possible In 5G
  architecture-segment: RAN, O-RAN
  mitigations:
  - {fgmid: FGM1041, name: Encrypt, mitigates: Use ciphers.}
  references:
  - '<a name="1"> \\[1\\] </a> [A [draft], 2020](https://example.org/a_(b))'
  preconditions: [{name: Access, description: To a link.}]
- {id: FGT1040.501, name: Radio Interface, tactics: [TA0007], subtechnique-of: FGT1040, status: POC}
mitigations:
- {id: FGM1041, name: Encrypt, techniques: [FGT1040]}
groups:
- {id: FGG5001, name: Panda, techniques: [{id: FGT1040, use: Listened.}], associated: {software: [FGS5001]}}
software:
- {id: FGS5001, name: PingPong, techniques: []}
`;

const csv = [
  'type,value,first_seen,last_seen,confidence,tlp,name,labels\n' +
    'domain,bad.example.org,2026-01-01,2026-02-01T00:00:00Z,80,amber,"A, ""quoted"" name",x;y\n' +
    'ip-dst,198.51.100.7,,,,clear,,\nglobal-title,32475000001,,,55,green,GT,\n',
  'msisdn;country;carrier\r\n+32475123456;BE;Proximus\r\n+32475123457;BE;"x\r\ny"\r\n',
  'cc\trange_from\trange_to\n32\t475000000\t475999999\n',
  'indicator\nhxxp://bad[.]example[.]org/a\nd41d8cd98f00b204e9800998ecf8427e\n206011234567890\n',
];

/** Good inputs of each format, as their bytes. */
export const inputTexts: Readonly<Record<InputFormatName, readonly Uint8Array[]>> = {
  pdf: [
    makePdf([pageOfLines(['GT 32475000001 called', 'hxxps[:]//bad[.]example[.]org'])]),
    makePdf([pageOfLines(['first']), pageOfLines(['198.51.100.7 and 32475*', ''])]),
  ],
  misp: encoded([0, 1, 5, 12].map((count) => JSON.stringify(mispEvent(count, count)))),
  'misp-galaxy': encoded(
    ['gsma-motif', 'mitre-fight', 'mitre-attack-pattern', 'threat-actor', 'ransomware', 'country'].map(
      galaxy,
    ),
  ),
  'stix-2.0': encoded([
    bundle([{ ...stixIndicator(1), spec_version: undefined, labels: ['malicious-activity'] }, observed], {
      spec_version: '2.0',
    }),
  ]),
  stix: encoded([
    bundle([1, 2, 3].map(stixIndicator)),
    JSON.stringify([stixIndicator(1)]),
    [1, 2].map((number) => JSON.stringify(stixIndicator(number))).join('\n'),
  ]),
  fight: encoded([fight]),
  csv: encoded(csv),
  text: encoded(reportText(20_000, 3).split('\n\n')),
};

function encoded(texts: readonly string[]): readonly Uint8Array[] {
  return texts.map((text) => new TextEncoder().encode(text));
}
