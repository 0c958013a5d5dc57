import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isJsonObject } from '@belltower/stix';
import fc from 'fast-check';
import { parseAllDocuments } from 'yaml';
import type { Written } from '../loss.ts';
import {
  type OutputAbout,
  type OutputFormatName,
  outputFormatNames,
  outputFormats,
} from './output-formats.ts';
import { hostileObjects, indicator, now } from './testing/hostile-indicators.ts';
import { readYaraText } from './yara-text.ts';

const about: OutputAbout = { now, serial: 1, uuid: '11111111-1111-4111-8111-111111111111', files: true };

/** Each line ends with `end`, and is of one of these forms. */
const lines =
  (form: RegExp, end = '\n') =>
  ({ text }: Written) => {
    assert.ok(text === '' || text.endsWith(end));
    for (const line of text.split(end).slice(0, -1)) assert.match(line, form);
  };

/** Each line stands in what is written of nothing, or is of one of these forms. */
const linesBeside = (name: OutputFormatName, form: RegExp) => {
  const frame = new Set(outputFormats[name].write([], about).text.split('\n'));
  return ({ text }: Written) => {
    for (const line of text.split('\n')) if (!frame.has(line)) assert.match(line, form);
  };
};

const json = ({ text }: Written) => {
  // What stands in a rule of Lua stands there without an escape.
  for (const [, value] of JSON.stringify(JSON.parse(text)).matchAll(/(?:map|diameter)_\w+ == '(.*?)'"/g))
    assert.match(value ?? '', /^[a-z0-9.+-]+$/i);
};

const csv = lines(/^(?:(?:"(?:[^"]|"")*"|[^",\r\n]*)(?:,|$))+$/, '\r\n');

/** No cell is one that a spreadsheet runs as a formula; telephone numbers and what is negative are none. */
const withoutFormulas = ({ text }: Written) => {
  for (const [, marked, plain = ''] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(?:,|\r\n)/g))
    assert.doesNotMatch(marked ?? plain, /^(?:[=@\t\r]|[+-](?!\d+$))/);
};

const sipLine =
  /^ {4}(?:\$var\(bt_lists\) = "[a-z0-9:.|;/]*";|route\(BELLTOWER_FILL\);|if \((?:\$Ts < \d+ && )?(?:is_in_subnet\("\$si", "[0-9a-f:./,]+"\)|\((?:\$\(si\{ip\.matches,[0-9a-f:./]+\}\) == 1(?: \|\| )?)+\))\) return\(1\);)$/;

/** What has to hold for each format, whatever stands in indicators. */
const grammars: Readonly<Record<OutputFormatName, readonly ((written: Written) => void)[]>> = {
  stix: [json],
  misp: [json],
  'misp-feed': [json],
  csv: [csv, withoutFormulas],
  list: [lines(/^\P{Cc}+$/u)],
  rpz: [
    lines(
      /^(?:\$ORIGIN rpz\.belltower\.|\$TTL 300|@ (?:SOA|NS) .*|(?:\*\.)?[a-z0-9._-]+ CNAME \.(?: ;.*)?)$/,
    ),
  ],
  nftables: [
    linesBeside(
      'nftables',
      /^(?:add element inet belltower belltower_\w+ \{| {2}[0-9a-f.:-]+(?: timeout \d+s)?,?|\})$/,
    ),
  ],
  cisco: [lines(/^(?:no )?(?:ip|ipv6) prefix-list BELLTOWER(?: seq \d+ permit [0-9a-f.:/]+(?: le \d+)?)?$/)],
  suricata: [
    lines(
      /^alert (?:\w+ \S+ \S+ -> \S+ \S+ \((?:msg:"Belltower [^"\\;]*"; )(?:[a-z0-9_.]+(?::(?:"(?:[^"\\]|\\.)*"|[^";]*))?; )*sid:\d+; rev:1;\)|ip any any -> any any \((?:msg:"(?!Belltower).*)?sid:1;\))$/,
    ),
  ],
  zeek: [lines(/^[^\t]+(?:\t[^\t]+){4,5}$/)],
  yara: [
    ({ text, count }) => {
      const read = readYaraText(text);
      assert.ok(typeof read !== 'string', String(read));
      assert.equal(new Set(read.rules).size, count);
    },
  ],
  sigma: [
    lines(/^(?:---| *(?:- )?[\w'"-].*)$/),
    ({ text, count }) => {
      const documents = parseAllDocuments(text, { version: '1.1' });
      assert.equal(documents.length, count);
      for (const document of documents)
        assert.ok(document.errors.length === 0 && isJsonObject(document.toJS({ maxAliasCount: 0 })));
    },
  ],
  cef: [lines(/^CEF:0(?:\|(?:[^\\|]|\\[\\|])+){6}\|(?:(?:^|[| ])?[a-z][A-Za-z0-9]*=(?:[^\\=]|\\[\\=])*)+$/)],
  leef: [
    lines(/^LEEF:2\.0\|Belltower\|Belltower\|1\|[a-z0-9-]+\|x09\|[a-zA-Z]+=[^\t]*(?:\t[a-zA-Z]+=[^\t]*)*$/),
  ],
  kamailio: [linesBeside('kamailio', sipLine)],
  opensips: [linesBeside('opensips', sipLine)],
  asterisk: [
    linesBeside(
      'asterisk',
      /^exten => \d+(?:l\d+)?,1,(?:Hangup\(21\)|ExecIf\(\$\[\$\{EPOCH\} < \d+\]\?Hangup\(21\)\))$|^ same => n,Return\(\)$/,
    ),
    ({ files = [] }) => {
      for (const file of files) assert.match(file.text, /^\[belltower\]\n(?:deny = [0-9a-f.:]+\/\d+\n)*$/);
    },
  ],
  'firewall-csv': [csv, withoutFormulas],
  'firewall-json': [json],
  'sigfw-ss7': [json],
  'sigfw-diameter': [json],
};

test('whatever stands in indicators, each line is one that the format has', async (context) => {
  for (const name of outputFormatNames)
    await context.test(name, () => {
      fc.assert(
        fc.property(hostileObjects, (objects) => {
          const written = outputFormats[name].write(objects, about);
          for (const grammar of grammars[name]) grammar(written);
          for (const { name: file, text } of [
            { name: outputFormats[name].file, text: written.text },
            ...(written.files ?? []),
          ]) {
            assert.match(file, /^[a-z0-9][a-z0-9.-]*$/i);
            // Neither what moves a cursor nor what hides or turns around the text beside it; JSON has what it was given.
            if (!grammars[name].includes(json) && name !== 'yara')
              assert.doesNotMatch(text, /[^\P{Cc}\n\r\t]|\p{Zl}|\p{Zp}/u);
          }
        }),
        { numRuns: 150 },
      );
    });
});

const single: readonly string[] = [
  "[ipv4-addr:value = '198.51.100.7']",
  "[ipv6-addr:value ISSUBSET '2001:db8::/32']",
  "[domain-name:value = 'bad.example.org']",
  "[domain-name:value = 'bücher.example']",
  "[url:value = 'http://bad.example.org/x']",
  "[email-addr:value = 'a@bad.example']",
  "[mac-addr:value = '00:1a:2b:3c:4d:5e']",
  '[autonomous-system:number = 64500]',
  "[file:hashes.'SHA-256' = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855']",
  "[file:name = 'evil.exe']",
  "[x509-certificate:hashes.'SHA-1' = 'da39a3ee5e6b4b0d3255bfef95601890afd80709']",
  "[phone-number:value LIKE '32475%']",
  "[ss7-global-title:value = '32475000001']",
  "[ss7-point-code:value = '2-13-1' AND ss7-point-code:format = 'china-24']",
  "[mobile-subscriber-id:id_type = 'imsi' AND mobile-subscriber-id:value = '206011234567890']",
  "[mobile-network-id:plmn = '206-01']",
  "[diameter-node:value = 'evil.example.org' AND diameter-node:node_kind = 'realm']",
  "[sip-identity:value = 'sip:a@bad.example']",
  "[sms-sender:value = 'MyBank']",
  "[access-point-name:value = 'internet']",
];
const carried: Readonly<Record<string, string>> = {
  yara: 'rule A { condition: true }',
  suricata: 'alert ip any any -> any any (sid:1;)',
  sigma: 'title: a\nlogsource: {category: dns}\ndetection: {a: [x], condition: a}',
  pcre: '^a',
};

for (const name of outputFormatNames) {
  test(`${name}: a value is carried, or told of as a loss`, () => {
    const objects = [
      ...single.map((pattern) => indicator(pattern)),
      ...Object.entries(carried).map(([pattern_type, pattern]) => indicator(pattern, { pattern_type })),
    ];
    for (const object of objects) {
      const { count, losses } = outputFormats[name].write([object], about);
      assert.ok(count > 0 || losses.some(({ at }) => at === object.id), object.pattern);
    }
  });
}
