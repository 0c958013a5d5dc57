/** Where a rule comes from: `must` becomes an error, `should` a warning. */
export type RuleLevel = 'must' | 'should';

/** One rule of the validator. */
export interface Rule {
  readonly level: RuleLevel;
  /** Section of STIX 2.1, or `-` for a limit of this validator. */
  readonly section: string;
  readonly description: string;
  /** Checked only with the option `pedantic`: nearly everything that is published today breaks it. */
  readonly pedantic?: true;
}

/** Every rule by its id. */
export const rules = {
  'object-form': { level: 'must', section: '3', description: 'A STIX object is a JSON object.' },
  'depth-limit': {
    level: 'must',
    section: '-',
    description: 'Content is nested no deeper than this validator follows.',
  },
  'too-many-findings': {
    level: 'must',
    section: '-',
    description: 'Further findings about an object are left out after the first hundred.',
  },

  'required-property': { level: 'must', section: '3.1', description: 'Required properties are present.' },
  'property-type': {
    level: 'must',
    section: '2',
    description: 'A value is of the JSON type that its property asks for.',
  },
  'property-name-form': {
    level: 'must',
    section: '11.1.1',
    description:
      'Property names are 3 to 250 lowercase letters, digits and underscores, beginning with a letter.',
  },
  'property-not-applicable': {
    level: 'should',
    section: '3.2',
    description: 'Common properties stand only on the object types that they apply to.',
  },
  'reserved-property': {
    level: 'must',
    section: '3.8',
    description: 'Reserved property names are not used.',
  },
  'deprecated-property': {
    level: 'should',
    section: '3.1',
    description: 'Deprecated properties are not used.',
  },
  'defanged-on-sco': { level: 'must', section: '3.2', description: 'Only SCOs have the property defanged.' },
  'spec-version': { level: 'must', section: '3.2', description: 'spec_version is "2.1".' },
  'null-value': { level: 'must', section: '2', description: 'No property has the value null.' },
  'unknown-type': {
    level: 'must',
    section: '3.2',
    description: 'With the option definedTypes: the object type is one that STIX 2.1 defines.',
  },
  'unknown-property': {
    level: 'must',
    section: '3.1',
    description: 'With the option definedProperties: the property is one that STIX 2.1 defines.',
  },

  'type-form': {
    level: 'must',
    section: '11.2.1',
    description:
      'Type names are 3 to 250 lowercase letters, digits and single hyphens, beginning with a letter.',
  },
  'custom-object': {
    level: 'should',
    section: '11.2',
    description:
      'A type that STIX does not define is introduced by an extension (new-sdo, new-sco or new-sro).',
  },
  'custom-object-prefix': {
    level: 'should',
    section: '11.2.1',
    description: 'Custom type names begin with x-, a unique source and a hyphen.',
  },
  'custom-object-prefix-lax': {
    level: 'should',
    section: '11.2.1',
    description: 'Custom type names begin with x-.',
  },
  'custom-property': {
    level: 'should',
    section: '11.1',
    description: 'A property that STIX does not define is introduced by an extension.',
  },
  'custom-property-prefix': {
    level: 'should',
    section: '11.1.1',
    description: 'Custom property names begin with x_, a unique source and an underscore.',
  },
  'custom-property-prefix-lax': {
    level: 'should',
    section: '11.1.1',
    description: 'Custom property names begin with x_.',
  },
  'custom-extension': {
    level: 'should',
    section: '11.3',
    description: 'An extension that STIX does not define is identified by an extension definition.',
  },
  'custom-extension-name': {
    level: 'must',
    section: '11.3.1',
    description: 'Custom extension names are lowercase letters, digits and hyphens and end with -ext.',
  },
  'custom-extension-prefix': {
    level: 'should',
    section: '11.3.1',
    description: 'Custom extension names begin with x-, a unique source and a hyphen.',
  },
  'custom-extension-prefix-lax': {
    level: 'should',
    section: '11.3.1',
    description: 'Custom extension names begin with x-.',
  },

  'id-form': { level: 'must', section: '2.9', description: 'An id is object-type--UUID.' },
  'id-type': { level: 'must', section: '2.9', description: 'An id begins with the type of its object.' },
  'id-uuid-version': {
    level: 'should',
    section: '2.9',
    description: 'SCOs have a UUIDv5, everything else a UUIDv4 in its id.',
  },
  'sco-id-uuid4': {
    level: 'must',
    section: '2.9',
    description: 'An SCO without any ID contributing property has a UUIDv4.',
  },
  'sco-id-value': {
    level: 'should',
    section: '2.9',
    description: 'The UUIDv5 of an SCO is the one that its ID contributing properties give.',
  },
  'reference-form': {
    level: 'must',
    section: '2.9',
    description: 'A reference is an id, object-type--UUID.',
  },
  'reference-type': {
    level: 'must',
    section: '3.3',
    description: 'A reference names an object of a permitted type.',
  },
  'container-reference': {
    level: 'must',
    section: '2.13',
    description:
      'A reference inside an observable container resolves in that container, to a permitted type.',
  },
  'container-key': {
    level: 'should',
    section: '2.9',
    description: 'Keys of an observable container are non-negative integers.',
  },

  'timestamp-form': {
    level: 'must',
    section: '2.16.1',
    description: 'A timestamp is YYYY-MM-DDTHH:mm:ss[.s+]Z, in UTC, and exists in the calendar.',
  },
  'timestamp-precision': {
    level: 'must',
    section: '3.2',
    description: 'created and modified are written at least to the millisecond.',
  },
  'timestamp-order': {
    level: 'must',
    section: '3.2',
    description: 'Of two timestamps that bound a period, the second is not before the first.',
  },
  'modified-before-created': {
    level: 'must',
    section: '3.6.1',
    description: 'modified is not earlier than created.',
  },
  'number-range': {
    level: 'must',
    section: '2.10',
    description: 'A number is inside the range of its property.',
  },
  'integer-range': {
    level: 'must',
    section: '2.10',
    description: 'An integer is between -(2^53)+1 and (2^53)-1.',
  },
  'string-form': {
    level: 'must',
    section: '2.15',
    description: 'A string is made of valid Unicode characters.',
  },
  'hex-form': {
    level: 'must',
    section: '2.8',
    description: 'A hexadecimal value is an even number of digits 0-9 and a-f.',
  },
  'binary-form': { level: 'must', section: '2.1', description: 'A binary value is base64.' },
  'enum-value': { level: 'must', section: '2.4', description: 'A value comes from its enumeration.' },
  'vocabulary-value': {
    level: 'should',
    section: '2.14',
    description: 'A value comes from its open vocabulary.',
  },
  'vocabulary-form': {
    level: 'should',
    section: '2.14',
    description: 'A value outside of its open vocabulary is lowercase with hyphens.',
  },
  'custom-empty': {
    level: 'should',
    section: '2.12',
    description: 'Content that STIX does not define has no empty lists and dictionaries either.',
  },
  'list-empty': { level: 'must', section: '2.12', description: 'A list has at least one value.' },
  'dictionary-empty': { level: 'must', section: '2.3', description: 'A dictionary has at least one key.' },
  'dictionary-key-form': {
    level: 'must',
    section: '2.3',
    description: 'Dictionary keys are up to 250 ASCII letters, digits, hyphens and underscores.',
  },
  'dictionary-key-case': { level: 'should', section: '2.3', description: 'Dictionary keys are lowercase.' },
  'property-combination': {
    level: 'must',
    section: '3.1',
    description: 'Properties that belong together, or exclude each other, are used so.',
  },

  'hash-key-form': {
    level: 'must',
    section: '2.7',
    description: 'Hash algorithm names are 3 to 250 ASCII letters, digits, hyphens and underscores.',
  },
  'hash-algorithm': {
    level: 'should',
    section: '2.7',
    description: 'Hash algorithms come from hash-algorithm-ov, or begin with x_.',
  },
  'hash-value': { level: 'must', section: '10.7', description: 'A hash has the form of its algorithm.' },
  'external-reference-content': {
    level: 'must',
    section: '2.5.2',
    description: 'An external reference has a description, a URL or an external id.',
  },
  'external-reference-hashes': {
    level: 'should',
    section: '2.5.1',
    description: 'An external reference with a URL has hashes of what is there.',
    pedantic: true,
  },
  'external-reference-url': {
    level: 'should',
    section: '2.5.1',
    description: 'The URL of an external reference is a URL of RFC 3986.',
  },
  'capec-reference': {
    level: 'must',
    section: '4.1.1',
    description: 'A CAPEC reference has the source name capec and an external id CAPEC-number.',
  },
  'cve-reference': {
    level: 'must',
    section: '4.19.1',
    description: 'A CVE reference has the source name cve and an external id CVE-year-number.',
  },
  'kill-chain-form': {
    level: 'should',
    section: '2.11',
    description: 'Names of kill chains and phases are lowercase with hyphens.',
  },

  'language-tag': { level: 'must', section: '3.2', description: 'A language is a tag of RFC 5646.' },
  'language-present': {
    level: 'should',
    section: '3.2',
    description: 'An object with text says in which language it is.',
    pedantic: true,
  },
  'country-code': {
    level: 'should',
    section: '4.10.1',
    description: 'A country is an ISO 3166-1 alpha-2 code.',
  },
  'cpe-form': { level: 'must', section: '6.14.1', description: 'A CPE is a formatted string of CPE 2.3.' },
  'url-form': { level: 'must', section: '6.15.1', description: 'A URL conforms to RFC 3986.' },
  'ipv4-form': {
    level: 'must',
    section: '6.8.1',
    description: 'An IPv4 address is dotted, or a CIDR range.',
  },
  'ipv6-form': {
    level: 'must',
    section: '6.9.1',
    description: 'An IPv6 address is of RFC 5952, or a CIDR range.',
  },
  'mac-form': {
    level: 'must',
    section: '6.10.1',
    description: 'A MAC address is lowercase and divided by colons.',
  },
  'domain-name-form': {
    level: 'must',
    section: '6.4.1',
    description: 'A domain name is of RFC 1034 and RFC 5890.',
  },
  'email-address-form': {
    level: 'must',
    section: '6.5.1',
    description: 'An email address is an addr-spec without a display name.',
  },
  'charset-name': {
    level: 'must',
    section: '3.9.1',
    description: 'An encoding is named as IANA registers it.',
  },
  'encoding-without-value': {
    level: 'must',
    section: '3.1',
    description: 'An _enc property stands only beside the property that it describes.',
  },
  'media-type': {
    level: 'should',
    section: '6.7.1',
    description: 'A media type is one that IANA registers.',
  },
  'protocol-name': {
    level: 'should',
    section: '6.12.1',
    description: 'Protocols are service names of IANA.',
  },
  'protocol-of-extension': {
    level: 'should',
    section: '6.12.1',
    description: 'The protocol of a predefined extension is listed in protocols.',
  },
  'network-traffic-ports': {
    level: 'should',
    section: '6.12',
    description: 'Network traffic has both ports.',
  },
  'http-method-case': { level: 'should', section: '6.12.2.1', description: 'An HTTP method is lowercase.' },
  'http-header-name': {
    level: 'must',
    section: '6.12.2.1',
    description: 'Keys of request_header are header names.',
  },
  'ipfix-element': {
    level: 'should',
    section: '6.12.1',
    description: 'Keys of ipfix are names of IPFIX elements.',
  },
  'socket-option': {
    level: 'should',
    section: '6.12.4.1',
    description: 'Keys of socket options begin with SO_, ICMP_, ICMP6_, IP_, IPV6_, MCAST_, TCP_ or IRLMP_.',
  },
  'pdf-info-key': {
    level: 'should',
    section: '6.7.4.1',
    description: 'Keys of document_info_dict are entries of the PDF document information dictionary.',
  },
  'process-priority': {
    level: 'should',
    section: '6.13.2.1',
    description: 'A process priority ends with _CLASS.',
  },
  'registry-hive': {
    level: 'must',
    section: '6.17.1',
    description: 'A registry key begins with the full hive name.',
  },

  'indicator-name-description': {
    level: 'should',
    section: '4.7.1',
    description: 'An indicator has a name and a description.',
  },
  'pattern-syntax': { level: 'must', section: '9', description: 'A STIX pattern follows the grammar.' },
  'pattern-semantics': {
    level: 'must',
    section: '9',
    description: 'A STIX pattern uses names that can exist.',
  },
  'pattern-advice': {
    level: 'should',
    section: '9',
    description: 'A STIX pattern can match what it is meant for.',
  },
  'observed-data-sco': {
    level: 'must',
    section: '4.14.1',
    description: 'The object_refs of observed data include an SCO.',
  },
  'malware-family-name': { level: 'must', section: '4.11.1', description: 'A malware family has a name.' },
  'malware-analysis-product': {
    level: 'should',
    section: '4.12.1',
    description: 'A product is lowercase with hyphens.',
  },
  'relationship-type-form': {
    level: 'must',
    section: '5.1.2',
    description: 'A relationship type is lowercase letters, digits and hyphens.',
  },
  'relationship-types': {
    level: 'should',
    section: '5.1.2',
    description: 'A relationship type is defined for its source and target.',
  },

  'extension-form': {
    level: 'must',
    section: '3.2',
    description: 'The contents of an extension are an object.',
  },
  'extension-type': {
    level: 'must',
    section: '3.2',
    description: 'An extension that is identified by an extension definition has an extension_type.',
  },
  'extension-property-short': {
    level: 'should',
    section: '7.3.2',
    description: 'Properties that an extension definition adds have names of at least 3 characters.',
  },
  'extension-missing': {
    level: 'must',
    section: '7.3',
    description: 'An object of a type that an extension introduces names the definition of that extension.',
  },
  'value-form': {
    level: 'must',
    section: '7.3',
    description: 'A value has the form that the extension asks for which introduces its type.',
  },
  'value-spelling': {
    level: 'should',
    section: '7.3',
    description: 'A value is spelled as the extension prefers which introduces its type.',
  },
  'extension-redefines': {
    level: 'must',
    section: '7.3',
    description: 'Extensions do not redefine the objects and common properties of the standard.',
  },
  'extension-empty': {
    level: 'must',
    section: '11.3.1',
    description: 'A custom extension has at least one property.',
  },
  'extension-properties': {
    level: 'must',
    section: '7.3.1',
    description: 'extension_properties are only used for top-level property extensions.',
  },
  'extension-properties-named': {
    level: 'should',
    section: '7.3.1',
    description: 'A definition of top-level property extensions names its properties.',
  },
  'extension-definition-description': {
    level: 'should',
    section: '7.3.1',
    description: 'An extension definition has a description.',
  },

  'granular-marking-choice': {
    level: 'must',
    section: '7.2.3',
    description: 'A granular marking has either lang or marking_ref.',
  },
  'selector-form': { level: 'must', section: '7.2.3.1', description: 'Selectors follow their syntax.' },
  'selector-target': {
    level: 'must',
    section: '7.2.3.1',
    description: 'Selectors point to content that is present.',
  },
  'marking-circular': {
    level: 'must',
    section: '3.2',
    description: 'A marking definition does not mark itself.',
  },
  'marking-content': {
    level: 'must',
    section: '7.2.1.1',
    description: 'A marking definition has a definition with its type, or extensions.',
  },
  'marking-statement': {
    level: 'must',
    section: '7.2.1.3',
    description: 'A statement marking holds a statement.',
  },
  'tlp-marking': {
    level: 'must',
    section: '7.2.1.4',
    description: 'A TLP marking is one of the four that the standard defines.',
  },
  'tlp2-marking': {
    level: 'must',
    section: '7.3',
    description: 'A TLP 2.0 marking is one of the five that its extension defines.',
  },
  'language-content-shape': {
    level: 'must',
    section: '7.1.1',
    description: 'Translations have the shape of what they translate.',
  },
  'language-content-modified': {
    level: 'should',
    section: '7.1.1',
    description: 'object_modified is the modified time of the object that it translates.',
  },

  'bundle-objects': {
    level: 'must',
    section: '8.1',
    description: 'The objects of a bundle are STIX objects.',
  },
  'uuid-reuse': {
    level: 'must',
    section: '2.9',
    description: 'Objects of different types do not share a UUID.',
  },
  'bundle-duplicate': {
    level: 'should',
    section: '3.6',
    description: 'A bundle holds each version of an object once.',
  },
} as const satisfies Readonly<Record<string, Rule>>;

/** Id of a rule. */
export type RuleId = keyof typeof rules;

/** Ids of all rules. */
export const ruleIds: readonly RuleId[] = Object.keys(rules).filter(isRuleId);

/** Whether a string is the id of a rule. */
export function isRuleId(id: string): id is RuleId {
  return Object.hasOwn(rules, id);
}
