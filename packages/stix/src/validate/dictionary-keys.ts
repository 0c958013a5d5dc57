import type { DictionaryKeys } from '../model/check.ts';
import { isLanguageTag } from './addresses.ts';
import { quote, type Report } from './report.ts';

const keyForm = /^[A-Za-z0-9_-]{1,250}$/;
const headerName = /^[\w!#$%&'*+.^`|~-]+$/;
const socketOption = /^(?:SO|ICMP|ICMP6|IP|IPV6|MCAST|TCP|IRLMP)_/;
const ipfixElement = /^[a-z][A-Za-z0-9]*$/;
const pdfInfo = [
  'Title',
  'Author',
  'Subject',
  'Keywords',
  'Creator',
  'Producer',
  'CreationDate',
  'ModDate',
  'Trapped',
];

/** Checks a key of a dictionary (STIX 2.1 §2.3); the report stands at its value. */
export function checkDictionaryKey(key: string, keys: DictionaryKeys | undefined, report: Report): void {
  if (!keyForm.test(key)) {
    const expected = 'up to 250 letters, digits, hyphens and underscores';
    report.add('dictionary-key-form', `the key ${quote(key)} may only have ${expected}`);
  }
  switch (keys) {
    case undefined:
      if (/[A-Z]/.test(key)) report.add('dictionary-key-case', `the key ${quote(key)} should be lowercase`);
      return;
    case 'any-case':
      return;
    case 'language':
      if (!isLanguageTag(key))
        report.add('language-tag', `the key ${quote(key)} is not a language tag of RFC 5646`);
      return;
    case 'http-header':
      if (!headerName.test(key))
        report.add('http-header-name', `${quote(key)} is not the name of an HTTP header field`);
      return;
    case 'ipfix':
      if (!ipfixElement.test(key))
        report.add('ipfix-element', `${quote(key)} is not the name of an IPFIX element`);
      return;
    case 'socket-option':
      if (!socketOption.test(key))
        report.add('socket-option', `${quote(key)} is not the name of a socket option`);
      return;
    case 'pdf-info':
      if (!pdfInfo.includes(key)) {
        report.add(
          'pdf-info-key',
          `${quote(key)} is not a PDF document information key.${report.hint(key, pdfInfo)}`,
        );
      }
  }
}
