import type { WarningList } from './warning-list.ts';
import { warningList } from './warning-list.ts';

const numbers = ['phone-number', 'msisdn', 'global-title', 'sms-sender', 'sip-uri', 'number-range'];
const addresses = ['ip-src', 'ip-dst', 'domain|ip', 'url', 'uri'];
const hosts = ['domain', 'hostname', 'domain|ip', 'url', 'uri', 'email', 'diameter-host', 'diameter-realm'];

/** A number that may stand alone, behind the scheme of an address of SIP or a telephone, or before a host. */
const number = (expression: string): string => `/^(?:sips?:|tel:)?\\+?(?:${expression})(?:[@;].*)?$/`;

const lists = [
  {
    name: 'addresses of documentation (RFC 5737, RFC 3849, RFC 9637)',
    type: 'cidr',
    matching_attributes: addresses,
    list: ['192.0.2.0/24', '198.51.100.0/24', '203.0.113.0/24', '2001:db8::/32', '3fff::/20'],
  },
  {
    name: 'addresses that are nobody else’s (RFC 1918, RFC 6598, RFC 6890, RFC 4193)',
    type: 'cidr',
    matching_attributes: addresses,
    list: [
      '0.0.0.0/8',
      '10.0.0.0/8',
      '100.64.0.0/10',
      '127.0.0.0/8',
      '169.254.0.0/16',
      '172.16.0.0/12',
      '192.0.0.0/24',
      '192.168.0.0/16',
      '198.18.0.0/15',
      '224.0.0.0/4',
      '240.0.0.0/4',
      '::/128',
      '::1/128',
      'fc00::/7',
      'fe80::/10',
      'ff00::/8',
    ],
  },
  {
    name: 'names that are reserved (RFC 2606, RFC 6761)',
    type: 'hostname',
    matching_attributes: hosts,
    list: ['example', 'example.com', 'example.net', 'example.org', 'invalid', 'localhost', 'test'],
  },
  {
    name: 'emergency numbers and helplines',
    type: 'regex',
    matching_attributes: numbers,
    list: [
      // 112 and what ITU-T E.161.1 recommends, the ranges 11x and 99x of many countries, 000 of Australia, 10x of India and others.
      number('112|911|999|000|11[0-9]|10[0-9]|99[0-9]|19[0-9]'),
      // Numbers of social value that are the same in all of the European Union: decision 2007/116/EC.
      number('116(?:000|006|111|117|123)'),
    ],
  },
  {
    name: 'numbers for films, examples and tests',
    type: 'regex',
    matching_attributes: numbers,
    list: [
      // North America 555-0100 to 0199.
      number('1[2-9][0-9]{2}55501[0-9]{2}'),
      // United Kingdom, as Ofcom sets them aside.
      number('44(?:7700900|2079460|1632960|8081570|3069990|9098790)[0-9]{3}'),
      // France, as Arcep sets them aside.
      number('33(?:19900|26191|35301|46571|53649|63998)[0-9]{4}'),
      // Australia, as ACMA sets them aside.
      number('61[2378](?:5550|7010)[0-9]{4}'),
    ],
  },
  {
    name: 'networks for tests (ITU-T E.212: 001 and 999)',
    type: 'regex',
    matching_attributes: ['imsi', 'plmn'],
    list: ['/^(?:001-?0?[0-9]|999-?[0-9])[0-9]*$/'],
  },
];

/** Our own lists of what must never be blocked: documentation, private and reserved addresses and names, emergency and test numbers. */
export const builtInWarningLists: readonly WarningList[] = lists.map((raw) => {
  const read = warningList(raw);
  if (!read.ok) throw new TypeError(`${raw.name}: ${read.error.message}`);
  return read.list;
});
