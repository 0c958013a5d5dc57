import { isUuid, makeStixId, uuidV5 } from '@belltower/stix';
import {
  type Framework,
  frameworkObjectId,
  frameworkReleases,
  technique,
  techniqueNamespace,
  techniqueObjectId,
  telecomExtensionAuthor,
} from '@belltower/telecom';
import { CountedLosses } from '../counted-losses.ts';
import { cleanText, framedObject, framedRelationship, type ObjectFrame } from '../framework-object.ts';
import type { Json } from '../json.ts';
import { plainText } from '../json.ts';
import type { Loss } from '../loss.ts';
import { clusterReferences, textsOf } from './cluster-references.ts';
import { type GalaxyType, galaxyTypeOf, sourceNameOf } from './galaxy-types.ts';
import { killChainPhases } from './kill-chain.ts';
import { type Cluster, type Galaxy, type GalaxyError, readGalaxy } from './read-galaxy.ts';

/** STIX objects, and what they could not carry. */
export interface FromMispGalaxy {
  readonly objects: readonly Json[];
  readonly losses: readonly Loss[];
}

export type GalaxyConversion =
  | { readonly ok: true; readonly value: FromMispGalaxy }
  | { readonly ok: false; readonly error: GalaxyError };

/** When clusters were made nobody says; the beginning of MISP's calendar. */
const noTime = '1970-01-01T00:00:01.000Z';

/**
 * A file of clusters of a MISP galaxy as STIX 2.1: attack patterns, intrusion sets, malware, tools and so on, by the type of the galaxy.
 * The UUID of a cluster becomes that of its object, so those of ATT&CK have MITRE's own ids. Techniques of MoTIF and FiGHT have the
 * ids that `techniqueObjects` gives them.
 *
 * @param about.now the time of the conversion: files say nothing of times, and a later conversion makes later versions
 */
export function fromMispGalaxy(text: string, about: { readonly now: string }): GalaxyConversion {
  const read = readGalaxy(text);
  if (!read.ok) return read;
  const is = galaxyTypeOf(read.value.type);
  if (is === undefined) {
    const message = `STIX has no type for what the galaxy ${read.value.type} holds.`;
    return { ok: false, error: { message, at: '$.type' } };
  }
  return { ok: true, value: new GalaxyConverter(read.value, is, about.now).convert() };
}

const frameworkOf: ReadonlyMap<string, Framework> = new Map([
  ['gsma-motif', 'gsma-motif'],
  ['mitre-fight', 'mitre-fight'],
]);
/** Types that have `aliases`, and those that have `kill_chain_phases`. */
const withAliases: ReadonlySet<string> = new Set([
  'attack-pattern',
  'campaign',
  'intrusion-set',
  'malware',
  'threat-actor',
  'tool',
]);
const withPhases: ReadonlySet<string> = new Set(['attack-pattern', 'malware', 'tool']);

/** Relations of MISP that STIX or ATT&CK has as well, and between which objects. */
const relationTypes: ReadonlyMap<unknown, string> = new Map([
  ['subtechnique-of', 'attack-pattern'],
  ['variant-of', 'malware'],
]);

/** One conversion, with the ids that its relations go to. */
class GalaxyConverter {
  readonly #galaxy: Galaxy;
  readonly #is: GalaxyType;
  readonly #source: string;
  readonly #framework: Framework | undefined;
  readonly #frame: ObjectFrame;
  readonly #losses = new CountedLosses();

  constructor(galaxy: Galaxy, is: GalaxyType, now: string) {
    this.#galaxy = galaxy;
    this.#is = is;
    this.#source = sourceNameOf(galaxy.type);
    this.#framework = frameworkOf.get(this.#source);
    this.#frame =
      this.#framework === undefined
        ? { created: noTime, now }
        : {
            created: frameworkReleases[this.#framework].published,
            now,
            creator: telecomExtensionAuthor.id,
          };
  }

  convert(): FromMispGalaxy {
    const objects = new Map<string, Json>();
    const ids = new Map<string, string>();
    for (const cluster of this.#galaxy.clusters) {
      const id = this.#idOf(cluster);
      if (cluster.uuid !== undefined) ids.set(cluster.uuid, id);
      if (objects.has(id)) this.#lose(cluster.at, 'cluster', 'Another one has the same id.');
      else objects.set(id, this.#object(cluster, id));
    }
    for (const cluster of this.#galaxy.clusters)
      for (const relationship of this.#relationships(cluster, ids))
        objects.set(String(relationship['id']), relationship);
    const maker = this.#framework === undefined || objects.size === 0 ? [] : [telecomExtensionAuthor];
    return { objects: [...maker, ...objects.values()], losses: this.#losses.all() };
  }

  #idOf({ uuid, value, meta }: Cluster): string {
    const { type } = this.#is;
    const [number] = textsOf(meta['external_id']);
    if (this.#framework !== undefined && number !== undefined)
      return frameworkObjectId(type, this.#framework, number);
    if (uuid !== undefined && isUuid(uuid)) return makeStixId(type, uuid);
    const name = uuid ?? `${this.#galaxy.type} ${value}`;
    return makeStixId(type, uuidV5(techniqueNamespace, `misp-galaxy ${name.toWellFormed()}`));
  }

  #object(cluster: Cluster, id: string): Json {
    const { type, properties } = this.#is;
    const { meta, at } = cluster;
    const description = cleanText(cluster.description);
    const aliases = withAliases.has(type) ? textsOf(meta['synonyms']) : [];
    const phases = withPhases.has(type) ? killChainPhases(meta['kill_chain'], this.#galaxy.type) : [];
    const references = clusterReferences(cluster, this.#source);
    const carried = new Set([
      'external_id',
      'refs',
      ...(withAliases.has(type) ? ['synonyms'] : []),
      ...(withPhases.has(type) ? ['kill_chain'] : []),
    ]);
    for (const [key, value] of Object.entries(meta))
      if (!carried.has(key) && !isEmpty(value))
        this.#lose(
          `${at}.meta.${key.slice(0, 100)}`,
          key.slice(0, 100) || 'meta',
          'STIX has no property for it.',
        );
    return {
      ...framedObject(id, this.#frame),
      ...(cluster.revoked ? { revoked: true } : {}),
      name: cleanText(cluster.value),
      ...(description === '' ? {} : { description }),
      ...(aliases.length === 0 ? {} : { aliases }),
      ...properties,
      ...(phases.length === 0 ? {} : { kill_chain_phases: phases }),
      ...(references.length === 0 ? {} : { external_references: references }),
    };
  }

  #relationships(cluster: Cluster, ids: ReadonlyMap<string, string>): readonly Json[] {
    const source = this.#idOf(cluster);
    const { related, at } = cluster;
    return [
      ...this.#knownRelations(cluster, source),
      ...related.flatMap(({ type, tags, 'dest-uuid': dest }, index) => {
        const place = `${at}.related[${index}]`;
        const target = typeof dest === 'string' ? ids.get(dest.toLowerCase()) : undefined;
        if (target === undefined) {
          this.#lose(
            place,
            'relation',
            'It goes to a cluster of another file, whose type is not known here.',
          );
          return [];
        }
        if (target === source) return [];
        if (tags !== undefined)
          this.#lose(`${place}.tags`, 'tags', 'Relationships of STIX have no likelihood.');
        const kept = relationTypes.get(type) === this.#is.type;
        if (!kept && type !== 'similar')
          this.#lose(
            `${place}.type`,
            plainText(type).slice(0, 100) || 'type',
            'It is written as related-to.',
          );
        const relation = { source, type: kept ? plainText(type) : 'related-to', target };
        return [framedRelationship(relation, this.#frame)];
      }),
    ];
  }

  /** What the galaxy leaves to its readers: parts of techniques by their numbers, and techniques of others in the words of its references. */
  #knownRelations({ meta }: Cluster, source: string): readonly Json[] {
    const [number = ''] = textsOf(meta['external_id']);
    const known = this.#framework === undefined ? undefined : technique(number);
    if (known === undefined) return [];
    const parent = known.parent === undefined ? undefined : techniqueObjectId(known.parent);
    return [
      ...(parent === undefined ? [] : [{ source, type: 'subtechnique-of', target: parent }]),
      ...known.links.flatMap((link) => {
        const target = techniqueObjectId(link);
        return target === undefined ? [] : [{ source, type: 'related-to', target }];
      }),
    ].map((relation) => framedRelationship(relation, this.#frame));
  }

  #lose(at: string, what: string, why: string): void {
    this.#losses.add({ at, what, why });
  }
}

function isEmpty(value: unknown): boolean {
  return value === null || value === '' || (Array.isArray(value) && value.length === 0);
}
