import assert from 'node:assert/strict';
import type { OutputFormatName, Written } from '../../packages/formats/src/index.ts';
import { fromMisp, outputFormats } from '../../packages/formats/src/index.ts';
import { isTimestamp } from '../../packages/stix/src/index.ts';

const now = '2026-11-22T00:00:00Z';
assert.ok(isTimestamp(now));
const emptyAbout = { now, serial: 7, uuid: '11111111-1111-4111-8111-111111111111' };

/**
 * What the text of each format looks like to the program that reads it, whatever came in: each line is of the format's own making, and there are
 * as many of them as the writer counts.
 */
export const outputGrammars: Readonly<Record<OutputFormatName, (written: Written) => void>> = {
  stix: ({ text, count }) => {
    const bundle = JSON.parse(text);
    assert.equal(bundle.type, 'bundle');
    assert.equal((bundle.objects ?? []).length, count);
  },
  misp: ({ text }) => {
    // Halves of surrogate pairs are in no object that is valid, and are written as what they are.
    const read = fromMisp(text.replace(/\\ud[89a-f][0-9a-f]{2}/g, '?'));
    assert.ok(read.ok, read.ok ? '' : `${read.error.message} ${read.error.at}`);
  },
  'misp-feed': ({ text, count, files = [] }) => {
    const events = Object.keys(JSON.parse(text));
    assert.equal(events.length, count);
    const names = ['hashes.csv', ...events.map((uuid) => `${uuid}.json`)];
    for (const { name } of files) assert.ok(names.includes(name), name);
    for (const uuid of events) assert.match(uuid, /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  },
  csv: ({ text, count }) => {
    const rows = csvRows(text);
    assert.equal(rows.length, count + 1);
    for (const row of rows) {
      assert.equal(row.length, rows[0]?.length);
      for (const cell of row) assert.doesNotMatch(cell, /^(?:[=@\t\r]|[+-](?!\d+$))/, 'a formula');
    }
  },
  list: ({ text, count }) => lines(text, count, /^\S(?:.*\S)?$/u),
  rpz: ({ text, count }) => {
    const [origin, ttl, soa, ns, ...records] = lines(text, count + 4);
    assert.equal(`${origin} ${ttl} ${ns}`, '$ORIGIN rpz.belltower. $TTL 300 @ NS localhost.');
    assert.match(soa ?? '', /^@ SOA localhost\. hostmaster\.localhost\. \d+ 300 60 604800 60$/);
    for (const record of records)
      assert.match(record, /^(?:\*\.)?[a-z0-9_](?:[a-z0-9_.-]{0,230}[a-z0-9_])? CNAME \.(?: ; .{1,80})?$/u);
    unique(records.map((record) => record.split(' ')[0]));
  },
  nftables: ({ text }) =>
    void addedLines('nftables', text, [
      /^add element inet belltower belltower_(?:ipv4|ipv6|mac) \{$/,
      /^ {2}[0-9a-f.:]+(?:-[0-9a-f.:]+)?(?: timeout \d+s)?,?$/,
      /^\}$/,
    ]),
  cisco: ({ text, count }) => {
    const all = lines(
      text,
      undefined,
      /^(?:no ip(?:v6)? prefix-list BELLTOWER|ip(?:v6)? prefix-list BELLTOWER seq \d+ permit [0-9a-f.:]+\/\d{1,3}(?: le (?:32|128))?)$/,
    );
    assert.equal(all.filter((line) => !line.startsWith('no ')).length, count);
  },
  suricata: ({ text, count }) => {
    const numbers = lines(text, count, /^alert\s.*\)$/u).map((rule) => {
      if (rule.includes('belltower.invalid')) assert.match(rule, suricataRule);
      return /[(;]\s*sid\s*:\s*(\d{1,10})\s*;/.exec(rule)?.[1];
    });
    assert.ok(!numbers.includes(undefined), 'a rule without a number');
    unique(numbers);
  },
  zeek: ({ text, count }) => {
    const [head, ...rows] = lines(text, count + 1);
    assert.match(head ?? '', /^#fields\t/);
    for (const row of rows) assert.match(row, /^[^\t#][^\t]*\tIntel::[A-Z_]+\tbelltower\t[^\t]+\t[^\t]+$/u);
  },
  yara: ({ text, count }) => {
    assert.doesNotMatch(text, /\0/);
    assert.equal(count === 0, text.trim() === '');
  },
  sigma: ({ text, count }) => {
    const all = lines(text, undefined, yamlLine);
    assert.equal(all.filter((line) => line === '---').length, count);
  },
  cef: ({ text, count }) =>
    void lines(
      text,
      count,
      /^CEF:0\|Belltower\|Belltower\|1\|indicator-[a-z0-9-]+\|[^|\\]+\|\d+\|[A-Za-z0-9]+=(?:[^\\=]|\\[\\=])*(?: [A-Za-z0-9]+=(?:[^\\=]|\\[\\=])*)*$/u,
    ),
  leef: ({ text, count }) =>
    void lines(
      text,
      count,
      /^LEEF:2\.0\|Belltower\|Belltower\|1\|indicator-[a-z0-9-]+\|x09\|[A-Za-z0-9]+=[^\t]*(?:\t[A-Za-z0-9]+=[^\t]*)*$/u,
    ),
  kamailio: ({ text }) => sipProxy('kamailio', text),
  opensips: ({ text }) => sipProxy('opensips', text),
  asterisk: ({ text, files = [] }) => {
    addedLines('asterisk', text, [
      /^exten => \d{1,15}(?:l\d{1,2})?,1,(?:ExecIf\(\$\[\$\{EPOCH\} < \d+\]\?Hangup\(21\)\)|Hangup\(21\))$/,
      /^ same => n,Return\(\)$/,
      /^\[belltower-listed\]$/,
    ]);
    for (const file of files)
      lines(file.text, undefined, /^(?:;.*|\[belltower\]|(?:deny|permit) ?= ?[0-9a-f.:/]+|)$/);
  },
  'firewall-csv': ({ text, count }) => {
    const rows = csvRows(text);
    assert.equal(rows.length, count + 1);
    for (const row of rows) assert.equal(row.length, 8);
  },
  'firewall-json': ({ text, count }) => {
    const { records } = JSON.parse(text);
    assert.equal(records.length, count);
    for (const record of records)
      for (const cell of Object.values(record)) assert.equal(typeof cell, 'string');
  },
  'sigfw-ss7': ({ text }) => sigfw(text, 'sccp', 'calling_gt_blacklist'),
  'sigfw-diameter': ({ text }) => sigfw(text, 'diameter', 'origin_realm_blacklist'),
};

/** Of Suricata's own rules: options with texts in which nothing ends them early. */
const suricataRule =
  /^alert (?:ip|tcp|udp|dns|tls|http|sip) [^()"]+ \((?:[a-z_.]+(?::(?:"(?:[^"\\;]|\\[^"])*"|[^";]+))?; ?)+\)$/u;

/** What the writer of YAML writes: a document's beginning, keys, and scalars between quotation marks. */
const yamlLine =
  /^(?:---| *(?:- )*(?:(?:[A-Za-z_][\w-]*(?:\|[a-z0-9]+)*|'(?:[^']|'')*'|"(?:[^"\\]|\\.)*"):)?(?: ?(?:'(?:[^']|'')*'|"(?:[^"\\]|\\.)*"|-?\d[\d.e+-]*|true|false|null|\[\]|\{\}))?)$/u;

/** The lines of a text, as many as there should be, each in a form; none has a character in it that a program could take for the end of a line. */
function lines(text: string, count?: number, form?: RegExp): readonly string[] {
  assert.ok(text === '' || text.endsWith('\n'), 'its last line has no end');
  const all = text.split('\n').slice(0, -1);
  if (count !== undefined) assert.equal(all.length, count, 'lines');
  for (const line of all) {
    assert.doesNotMatch(line, /[^\P{Cc}\t]|[\p{Zl}\p{Zp}]/u, 'a control character');
    if (form !== undefined) assert.match(line, form);
  }
  return all;
}

function unique(values: readonly unknown[]): void {
  assert.equal(new Set(values).size, values.length, 'the same twice');
}

/** Rows of RFC 4180, read strictly. */
function csvRows(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [];
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/y;
  for (let row: string[] = []; cell.lastIndex < text.length; ) {
    const at = cell.lastIndex;
    const [, quoted, plain = '', end] = cell.exec(text) ?? assert.fail(`no cell: ${text.slice(at, at + 80)}`);
    row.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === ',') continue;
    rows.push(row);
    row = [];
  }
  return rows;
}

/** What a script for a SIP proxy holds beyond that of an empty list: values in hexadecimal digits, and ranges of addresses. */
function sipProxy(name: 'kamailio' | 'opensips', text: string): void {
  addedLines(name, text, [
    /^ {4}\$var\(bt_lists\) = "(?:[a-z]+:[0-9a-f.:/]+\|\d+[|;]?)+";$/,
    /^ {4}route\(BELLTOWER_FILL\);$/,
    /^ {4}if \((?:\$Ts < \d+ && )?(?:is_in_subnet\("\$si", "[0-9a-f.:/,]+"\)|\(?(?:\$\(si\{ip\.matches,[0-9a-f.:/]+\}\) == 1(?: \|\| )?)+\)?)\) return\(1\);$/,
  ]);
}

/** Checks the lines of a script that are not in the script of an empty list. */
function addedLines(name: OutputFormatName, text: string, forms: readonly RegExp[]): void {
  const fixed = new Set(outputFormats[name].write([], emptyAbout).text.split('\n'));
  for (const line of lines(text))
    if (!fixed.has(line))
      assert.ok(
        forms.some((form) => form.test(line)),
        `a line of its own: ${line.slice(0, 500)}`,
      );
}

function sigfw(text: string, protocol: string, list: string): void {
  const { firewall_rules: rules } = JSON.parse(text).sigfw_configuration;
  for (const value of rules[protocol][list]) assert.match(value, /^[a-z0-9.-]+\*?$/i);
  for (const rule of rules.lua.blacklist_rules) assert.match(rule, /^[a-z0-9_]+ == '[a-z0-9.+-]+'$/i);
}
