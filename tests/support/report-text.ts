import { pick, type RandomNumber, randomNumbers } from './mutate.ts';
import { telecomTexts } from './telecom-texts.ts';

/** Sentences of reports, as `{place}`s that get a value each time. */
const sentences: readonly string[] = [
  'Between {time} and {time} the operator saw {number} requests from GT {title}, all of them refused.',
  'The page at {url} asks for card numbers; it moved to {domain} on {date} and answers from {ipv4} (AS{number}).',
  'According to the vendor the fault ({cve}) was closed in release {number}.{number}.{number}; see section 4.2 of their notes.',
  'Samples: {sha256}, {md5} (the loader) and setup_{number}.exe.',
  'Subscribers 206-01 and 208-10 were asked for with map:71 from {title}, {title} and e214:{title}.',
  'IMSI: {imsi}; IMEI {imei}, last seen in cgi:206-01-{number}-{number}.',
  'Messages came from +32 475 {number} and named MyBank; they lead to hxxps[:]//{domain}/{word}?id={number}.',
  'Nothing of this was seen elsewhere, and the members whom we asked had no such traffic in their own records.',
  'We write about it, since other operators may want to look for the same: the technique is {attack} or {fight}, in its usual form.',
  'Contact: {word}[at]{domain}, or +44 7700 900{number}, on working days from 9:00 to 17:30.',
  'Diameter peers hss{number}.epc.mnc001.mcc206.3gppnetwork.org;{number};{number} and aaa://{domain}:3868 took no part in it.',
  'The address 2001:db8:{hex}::{hex} belongs to the scanner of {domain} and can be passed over (see T{number}).',
];

/** How others write dots and schemes so that nobody follows them by accident. */
const dots = ['.', '[.]', '(.)', '[dot]', '{.}'] as const;
const words = (
  'signalling roaming operator subscriber location request answer firewall category traffic interconnect campaign lure page message sender ' +
  'report network partner hub number range title case analyst evidence summary however therefore because observed between during'
).split(' ');

const hex = (length: number, random: RandomNumber) =>
  Array.from({ length }, () => random(16).toString(16)).join('');
const digits = (length: number, random: RandomNumber) => Array.from({ length }, () => random(10)).join('');

const values: Readonly<Record<string, (random: RandomNumber) => string>> = {
  time: (random) => `${random(24)}:${digits(2, random)}`,
  date: (random) => `2026-0${1 + random(9)}-1${random(10)}`,
  number: (random) => String(random(65_536)),
  title: (random) => `32475${digits(6, random)}`,
  word: (random) => pick(words, random),
  hex: (random) => hex(4, random),
  md5: (random) => hex(32, random),
  sha256: (random) => hex(64, random),
  cve: (random) => `CVE-20${10 + random(16)}-${1_000 + random(90_000)}`,
  imsi: (random) => `20601${digits(10, random)}`,
  imei: (random) => `49015420${digits(7, random)}`,
  ipv4: (random) =>
    [203, 0, 113, random(256)].join(pick(dots, random)) + (random(5) === 0 ? `:${random(65_536)}` : ''),
  domain: (random) => [`${pick(words, random)}-${hex(3, random)}`, 'example', 'org'].join(pick(dots, random)),
  url: (random) => `hxxps://${hex(6, random)}.example[.]com/${pick(words, random)}/${hex(8, random)}.php`,
  attack: (random) => `T${1_000 + random(900)}.00${random(9)}`,
  fight: (random) => `FGT5${digits(3, random)}`,
};

function filled(sentence: string, random: RandomNumber): string {
  return sentence.replace(/\{(\w+)\}/g, (_, name: string) => values[name]?.(random) ?? '');
}

function prose(random: RandomNumber): string {
  const chosen = Array.from({ length: 3 + random(5) }, () =>
    random(3) === 0
      ? filled(pick(sentences, random), random)
      : `The ${Array.from({ length: 8 + random(14) }, () => pick(words, random)).join(' ')}.`,
  );
  return chosen.join(' ');
}

function table(random: RandomNumber): string {
  const columns = ['ipv4', 'domain', 'sha256', 'title', 'date', 'number'] as const;
  return Array.from({ length: 4 + random(12) }, () =>
    columns.map((column) => values[column]?.(random) ?? '').join(random(2) === 0 ? '\t' : ' | '),
  ).join('\n');
}

function list(random: RandomNumber): string {
  const all = Object.values(telecomTexts).flat();
  return Array.from({ length: 3 + random(8) }, () => `- ${pick(all, random)}`).join('\n');
}

/** Lines without an end to them, such as logs and encoded files have. */
function long(random: RandomNumber): string {
  const piece = pick(
    ['A', '0', 'a.', '(', '[.]', '%41', 'x=1&', '+1 ', '::', '1.2.3.', "',", 'eyJ.'],
    random,
  );
  return piece.repeat(Math.ceil((200 + random(3_000)) / piece.length));
}

/** One paragraph of a report that there could be: prose, tables, lists, and now and then a line that nobody should have to read. */
function reportParagraph(random: RandomNumber): string {
  const chance = random(20);
  if (chance === 0) return long(random);
  if (chance < 4) return table(random);
  return chance < 6 ? list(random) : prose(random);
}

/** Reports of about so many characters, the same for the same seed. */
export function reportText(length: number, seed: number): string {
  const random = randomNumbers(seed);
  const paragraphs: string[] = [];
  for (let written = 0; written < length; ) {
    const paragraph = reportParagraph(random);
    written += paragraph.length + 2;
    paragraphs.push(paragraph);
  }
  return paragraphs.join('\n\n');
}
