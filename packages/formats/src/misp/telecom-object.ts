import { mobileNetworkId, parseCell, parsePlmn, telecomObservable, telecomSco } from '@belltower/telecom';
import type { Json } from '../json.ts';
import type { Context } from './event-context.ts';
import { operatorIdentity } from './event-context.ts';
import type { MispAttribute } from './misp-event.ts';
import { messageOf, readFacts } from './telecom-message.ts';
import type { Identifier, Told } from './telecom-readings.ts';
import { readTelecom, relationOf } from './telecom-readings.ts';
import type { Fact, Property, Template } from './telecom-templates.ts';
import { standardSco } from './telecom-values.ts';

type Sco = Json & { readonly id: string };

/** What an object of MISP tells of telecom. */
export interface TelecomObject {
  /** Observables, without markings; those of identifiers come with the attributes that name them. */
  readonly observables: readonly { readonly sco: Sco; readonly attribute?: MispAttribute }[];
  readonly first: string | undefined;
  readonly last: string | undefined;
  readonly labels: readonly string[];
  /** Patterns of attributes that are for detection. */
  readonly patterns: ReadonlyMap<MispAttribute, string>;
  /** Attributes that the observables, and what is said of them here, tell wholly. */
  readonly told: ReadonlySet<MispAttribute>;
  readonly misfits: ReadonlyMap<MispAttribute, string>;
}

/** Takes an object of a telecom template apart. */
export function readTelecomObject(
  { name, attributes }: { readonly name: string; readonly attributes: readonly MispAttribute[] },
  template: Template,
  context: Pick<Context, 'identities'>,
): TelecomObject {
  const { identifiers, properties, facts, misfits } = readTelecom(attributes, template);
  const about = readFacts(facts, { protocol: template.protocol, name });
  const told = new Set<MispAttribute>([...about.used].map(({ attribute }) => attribute));
  const said = new Properties(properties, told, context);
  const network = networkOf(facts, said, told);
  const named = identifiers.map((one) => ({
    attribute: one.attribute,
    sco: said.applied(one, identifiers.filter(({ relation }) => relation === one.relation).length),
  }));
  for (const { attribute } of identifiers) told.add(attribute);
  for (const attribute of impliedOf(attributes, identifiers, template)) told.add(attribute);
  const traffic = trafficOf(identifiers, said);
  const message = messageOf(about, identifiers, template.protocol);
  const others = [...network, traffic, message].flatMap((sco) => (sco === undefined ? [] : [{ sco }]));
  return {
    observables: [...named, ...others],
    first: about.first,
    last: about.last,
    labels: about.labels,
    patterns: new Map(
      identifiers.flatMap(({ attribute, pattern }) =>
        pattern === undefined ? [] : [[attribute, pattern] as const],
      ),
    ),
    told,
    misfits,
  };
}

/** What attributes say of the identifiers of other attributes. It is noted which of them were of use. */
class Properties {
  readonly #told: Set<MispAttribute>;
  readonly #context: Pick<Context, 'identities'>;
  readonly #all: readonly Told<Property>[];

  constructor(
    all: readonly Told<Property>[],
    told: Set<MispAttribute>,
    context: Pick<Context, 'identities'>,
  ) {
    this.#all = all;
    this.#told = told;
    this.#context = context;
  }

  /** An identifier with what is said of it; where several stand under one relation, nobody can tell which of them is meant. */
  applied({ relation, sco }: Identifier, count: number): Sco {
    return { ...sco, ...(count === 1 ? this.of(relation, (property) => property !== 'port') : {}) };
  }

  of(relation: string, isWanted: (property: Property) => boolean): Json {
    const found: Record<string, unknown> = {};
    for (const { attribute, what, of, value } of this.#all) {
      if (!of.includes(relation) || !isWanted(what)) continue;
      if (what === 'assignee_ref' || what === 'lessee_ref')
        found[what] ??= operatorIdentity(String(value), this.#context);
      else if (what in found && found[what] !== value) continue;
      else found[what] = value;
      this.#told.add(attribute);
    }
    return found;
  }
}

/** Attributes that only repeat a part of an identifier that is there. */
function impliedOf(
  attributes: readonly MispAttribute[],
  identifiers: readonly Identifier[],
  { rules }: Template,
): readonly MispAttribute[] {
  const there = new Set(identifiers.map(({ relation }) => relation));
  return attributes.filter((attribute) => {
    const relation = relationOf(attribute);
    const rule = Object.hasOwn(rules, relation) ? rules[relation] : undefined;
    return rule?.is === 'implied' && there.has(rule.by);
  });
}

/** The network and the cell whose codes stand in attributes of their own. */
function networkOf(facts: readonly Told<Fact>[], said: Properties, told: Set<MispAttribute>): readonly Sco[] {
  const of = (name: Fact) => facts.find(({ what }) => what === name);
  const [mcc, mnc, lac, cell] = [of('mcc'), of('mnc'), of('lac'), of('cell')];
  if (mcc === undefined || mnc === undefined) return [];
  const plmn = parsePlmn(`${mcc.value}-${String(mnc.value).padStart(2, '0')}`);
  if (!plmn.ok) return [];
  const use = (...used: readonly Told<Fact>[]) => {
    for (const { attribute } of used) told.add(attribute);
  };
  use(mcc, mnc);
  const network = {
    ...telecomSco(mobileNetworkId, { plmn: plmn.value.value }),
    ...said.of('network', () => true),
  };
  if (lac === undefined || cell === undefined) return [network];
  const parsed = parseCell(`cgi:${plmn.value.value}-${lac.value}-${cell.value}`);
  const place = parsed.ok ? telecomObservable(parsed.value) : undefined;
  if (place === undefined) return [network];
  use(lac, cell);
  return [network, place];
}

/** The packets between the addresses of an attack, with their ports. */
function trafficOf(identifiers: readonly Identifier[], said: Properties): Sco | undefined {
  const of = (place: string) =>
    identifiers.find(({ rule, sco }) => rule.place === place && /^ipv[46]-addr$/.test(String(sco['type'])));
  const [source, target] = [of('src_ref'), of('dst_ref')];
  const first = source ?? target;
  if (first === undefined) return undefined;
  const port = (end: Identifier | undefined) =>
    end === undefined ? undefined : said.of(end.relation, (property) => property === 'port')['port'];
  const ports = { src_port: port(source), dst_port: port(target) };
  return standardSco({
    type: 'network-traffic',
    spec_version: '2.1',
    ...(source === undefined ? {} : { src_ref: source.sco.id }),
    ...(target === undefined ? {} : { dst_ref: target.sco.id }),
    ...(ports.src_port === undefined ? {} : { src_port: ports.src_port }),
    ...(ports.dst_port === undefined ? {} : { dst_port: ports.dst_port }),
    protocols: [first.sco['type'] === 'ipv4-addr' ? 'ipv4' : 'ipv6', 'udp', 'gtp'],
  });
}
