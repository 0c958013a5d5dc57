import type { JsonObject } from '@belltower/stix';
import { isJsonObject } from '@belltower/stix';
import type { Carrier, Reading } from './carriers.ts';
import { readCarried } from './carriers.ts';
import type { ReadingBudget } from './reading-budget.ts';

const subscription: Carrier['kinds'] = ['supi', 'imsi'];
const number: Carrier['kinds'] = ['tel-uri', 'msisdn'];
const device: Carrier['kinds'] = ['imei', 'imeisv'];

/**
 * What fields of MISP hold by their names: the relations of its telecom objects, and the types of its attributes. Titles of network elements
 * (MapMscGT and the like) are nobody's.
 */
const fields: ReadonlyMap<string, Carrier['kinds']> = new Map([
  ['MapImsi', subscription],
  ['GtpImsi', subscription],
  ['imsi', subscription],
  ['Username', subscription],
  ['MapMsisdn', number],
  ['GtpMsisdn', number],
  ['msisdn', number],
  ['MapSmsTP-OA', number],
  ['from', number],
  ['to', number],
  ['phone-number', number],
  ['whois-registrant-phone', number],
  ['GtpImei', device],
  ['imei', device],
  ['iccid', ['iccid']],
]);

/** A field of MISP that names somebody, or that there was too much to look at. */
export interface MispIdentifier {
  /** JSON path from the object. */
  readonly path: string;
  readonly reading: Exclude<Reading, { readonly kind: 'nobody' }>;
}

/**
 * Who is named where a STIX object that was made of MISP keeps what MISP said: in extensions with a property `misp`, which holds the fields of
 * an attribute, or in `attributes` several of them. The names of the fields tell what their values are, so that these are no free text.
 */
export function mispIdentifiers(extensions: unknown, budget?: ReadingBudget): readonly MispIdentifier[] {
  if (!isJsonObject(extensions)) return [];
  return Object.entries(extensions).flatMap(([key, extension]) => {
    const misp = isJsonObject(extension) ? extension['misp'] : undefined;
    if (!isJsonObject(misp)) return [];
    const at = `$.extensions['${/^[A-Za-z0-9-]{1,60}$/.test(key) ? key : '*'}'].misp`;
    const attributes: readonly unknown[] = Array.isArray(misp['attributes']) ? misp['attributes'] : [];
    return [
      ...inRecord(misp, at, budget),
      ...attributes.flatMap((attribute: unknown, index) =>
        isJsonObject(attribute) ? inRecord(attribute, `${at}.attributes[${index}]`, budget) : [],
      ),
    ];
  });
}

function inRecord(
  record: JsonObject,
  at: string,
  budget: ReadingBudget | undefined,
): readonly MispIdentifier[] {
  const { object_relation: relation, type, value } = record;
  const kinds = fields.get(String(relation)) ?? fields.get(String(type));
  if (kinds === undefined || typeof value !== 'string') return [];
  const reading = readCarried({ property: 'value', kinds }, value, { budget });
  return reading.kind === 'nobody' ? [] : [{ path: `${at}.value`, reading }];
}
