import type { StringForm } from '../model/check.ts';
import { isCharset } from '../vocabulary/charsets.ts';
import { countryCodes } from '../vocabulary/countries.ts';
import { isDomainName, isEmailAddress, isIpv4, isIpv6, isLanguageTag, isMac, isUri } from './addresses.ts';
import { quote } from './report.ts';
import type { RuleId } from './rules.ts';

/** A grammar for strings with the rule that asks for it. */
export interface StringFormRule {
  readonly rule: RuleId;
  readonly test: (text: string) => boolean;
  /** What is defanged has this form no more (§3.2). */
  readonly defangable?: true;
  /** What is wrong with this text, and what is expected. */
  readonly message: (text: string) => string;
}

const mediaType =
  /^(?:application|audio|font|haptics|image|message|model|multipart|text|video)\/[\w!#$&^.+-]+$/i;
const serviceName = /^(?=.{1,15}$)[a-z0-9]+(?:-[a-z0-9]+)*$/i;
const relationshipType = /^[a-z0-9-]+$/;
const cpe = /^cpe:2\.3:[aho*-](?::(?:[^:\\\s]|\\.)+){10}$/i;
const truncatedHive = /^(?:HKLM|HKCC|HKCR|HKCU|HKU)(?:\\|$)/i;

const hives: Readonly<Record<string, string>> = {
  HKLM: 'HKEY_LOCAL_MACHINE',
  HKCC: 'HKEY_CURRENT_CONFIG',
  HKCR: 'HKEY_CLASSES_ROOT',
  HKCU: 'HKEY_CURRENT_USER',
  HKU: 'HKEY_USERS',
};

function hyphenated(text: string): string {
  return text
    .slice(0, 60)
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_]+/g, '-');
}

/** Whether a term is written as STIX wants its literals: lowercase, with hyphens between words. */
export function isLowerHyphenated(text: string): boolean {
  return text !== '' && !/[\s_]/.test(text) && text === text.toLowerCase();
}

/** The grammars of strings by name. */
export const stringForms: Readonly<Record<StringForm, StringFormRule>> = {
  charset: {
    rule: 'charset-name',
    test: isCharset,
    message: (text) => `${quote(text)} is not a character set that IANA registers, such as "windows-1252"`,
  },
  country: {
    rule: 'country-code',
    test: (text) => countryCodes.has(text.slice(0, 3).toUpperCase()),
    message: (text) => `${quote(text)} is not a country code of ISO 3166-1 alpha-2, such as "BE"`,
  },
  cpe: {
    rule: 'cpe-form',
    test: (text) => text.length <= 1000 && cpe.test(text),
    message: (text) =>
      `${quote(text)} is not a CPE 2.3 name, such as "cpe:2.3:a:vendor:product:1.0:*:*:*:*:*:*:*"`,
  },
  'domain-name': {
    rule: 'domain-name-form',
    defangable: true,
    test: isDomainName,
    message: (text) => `${quote(text)} is not a domain name, such as "www.example.com"`,
  },
  'email-address': {
    rule: 'email-address-form',
    defangable: true,
    test: isEmailAddress,
    message: (text) => `${quote(text)} is not a bare email address, such as "jane.smith@example.com"`,
  },
  'external-url': {
    rule: 'external-reference-url',
    test: isUri,
    message: (text) => `${quote(text)} should be a URL of RFC 3986, such as "https://example.com/a"`,
  },
  'http-method': {
    rule: 'http-method-case',
    test: (text) => text === text.toLowerCase(),
    message: (text) => `${quote(text)} should be lowercase: "${text.slice(0, 20).toLowerCase()}"`,
  },
  ipv4: {
    rule: 'ipv4-form',
    defangable: true,
    test: isIpv4,
    message: (text) =>
      `${quote(text)} is not an IPv4 address or CIDR range, such as "198.51.100.3" or "198.51.100.0/24"`,
  },
  ipv6: {
    rule: 'ipv6-form',
    defangable: true,
    test: isIpv6,
    message: (text) =>
      `${quote(text)} is not an IPv6 address or CIDR range, such as "2001:db8::3" or "2001:db8::/96"`,
  },
  'kill-chain': {
    rule: 'kill-chain-form',
    test: isLowerHyphenated,
    message: (text) => `${quote(text)} should be lowercase with hyphens: "${hyphenated(text)}"`,
  },
  language: {
    rule: 'language-tag',
    test: isLanguageTag,
    message: (text) => `${quote(text)} is not a language tag of RFC 5646, such as "en" or "fr-CA"`,
  },
  'lower-hyphen': {
    rule: 'malware-analysis-product',
    test: isLowerHyphenated,
    message: (text) => `${quote(text)} should be lowercase with hyphens: "${hyphenated(text)}"`,
  },
  mac: {
    rule: 'mac-form',
    defangable: true,
    test: isMac,
    message: (text) =>
      `${quote(text)} is not a lowercase MAC address with colons, such as "00:00:ab:cd:ef:01"`,
  },
  'media-type': {
    rule: 'media-type',
    test: (text) => mediaType.test(text),
    message: (text) => `${quote(text)} is not a media type that IANA registers, such as "application/pdf"`,
  },
  'process-priority': {
    rule: 'process-priority',
    test: (text) => text.endsWith('_CLASS'),
    message: (text) => `${quote(text)} should end with _CLASS, such as "HIGH_PRIORITY_CLASS"`,
  },
  protocol: {
    rule: 'protocol-name',
    test: (text) => serviceName.test(text),
    message: (text) => `${quote(text)} is not a service name as IANA registers them, such as "tcp" or "sip"`,
  },
  'registry-key': {
    rule: 'registry-hive',
    test: (text) => !truncatedHive.test(text),
    message: (text) => {
      const hive = text.split('\\', 1)[0] ?? '';
      return `${quote(text)} has to begin with the full hive name: "${hives[hive.toUpperCase()]}"`;
    },
  },
  'relationship-type': {
    rule: 'relationship-type-form',
    test: (text) => relationshipType.test(text),
    message: (text) =>
      `${quote(text)} may only have lowercase letters, digits and hyphens: "${hyphenated(text)}"`,
  },
  url: {
    rule: 'url-form',
    defangable: true,
    test: isUri,
    message: (text) =>
      `${quote(text)} is not a URL of RFC 3986: a scheme such as "https:", and only its characters`,
  },
};
