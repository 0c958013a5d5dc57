import { derivedUuid } from '../derived-uuid.ts';
import type { Json } from '../json.ts';
import { plainText } from '../json.ts';
import { mispTags, tagField } from './misp-tags.ts';
import { secondsOf } from './misp-time.ts';

/** A template of MISP for attacks by a protocol, with the relations in which it has what a signalling message says. */
interface AttackTemplate {
  readonly name: string;
  readonly uuid: string;
  readonly version: string;
  readonly op_code: string;
  readonly application?: string;
  readonly category?: string;
  /** The relation of a node, by its place and its type. */
  readonly node: (
    place: 'src_ref' | 'dst_ref',
    node: Json,
  ) => readonly [relation: string, type: string] | undefined;
  readonly subscriber: Readonly<Record<string, string>>;
}

const templates: ReadonlyMap<unknown, AttackTemplate> = new Map<unknown, AttackTemplate>([
  [
    'map',
    {
      name: 'ss7-attack',
      uuid: 'f3493d8b-a7ab-48d0-a775-046c4d64d782',
      version: '5',
      op_code: 'MapOpCode',
      application: 'MapApplicationContext',
      category: 'Category',
      node: (place, { type }) => {
        const kind = type === 'ss7-global-title' ? 'GT' : type === 'ss7-point-code' ? 'PC' : undefined;
        return kind === undefined ? undefined : [`Sccp${place === 'src_ref' ? 'Cg' : 'Cd'}${kind}`, 'text'];
      },
      subscriber: { 'mobile-subscriber-id': 'MapImsi', 'phone-number': 'MapMsisdn' },
    },
  ],
  [
    'diameter',
    {
      name: 'diameter-attack',
      uuid: 'a3fdce4c-8e21-4acc-ab8e-9976e9165a12',
      version: '2',
      op_code: 'CmdCode',
      application: 'ApplicationId',
      category: 'category',
      node: (place, { type, node_kind: kind }) =>
        type === 'diameter-node'
          ? [
              `${place === 'src_ref' ? 'Origin' : 'Destination'}-${kind === 'realm' ? 'Realm' : 'Host'}`,
              'text',
            ]
          : undefined,
      subscriber: { 'mobile-subscriber-id': 'Username' },
    },
  ],
  [
    'gtp-c',
    {
      name: 'gtp-attack',
      uuid: '6b3c48d2-0ca6-4608-9c36-455105439145',
      version: '4',
      op_code: 'GtpMessageType',
      node: (place, { type }) => {
        if (type !== 'ipv4-addr' && type !== 'ipv6-addr') return undefined;
        return place === 'src_ref' ? ['ipSrc', 'ip-src'] : ['ipDest', 'ip-dst'];
      },
      subscriber: { 'mobile-subscriber-id': 'GtpImsi', 'phone-number': 'GtpMsisdn' },
    },
  ],
]);

/** Attack objects of MISP for signalling messages that did not come from there, and the ids of all that they say. */
export interface ForeignAttacks {
  readonly objects: readonly Json[];
  readonly told: ReadonlySet<unknown>;
}

/** Signalling messages as MISP has them. What a message refers to stands in its object and needs no attribute of its own. */
export function foreignAttacks(
  objects: readonly Json[],
  { told, now }: { readonly told: ReadonlySet<unknown>; readonly now: string },
): ForeignAttacks {
  const messages = objects.filter(({ type, id }) => type === 'signalling-message' && !told.has(id));
  if (messages.length === 0) return { objects: [], told: new Set() };
  const byId = new Map(objects.map((object) => [object['id'], object]));
  const said = new Set<unknown>();
  const made = messages.flatMap((message) => {
    const template = templates.get(message['protocol']);
    return template === undefined ? [] : [attackObject(message, template, { byId, said, now })];
  });
  return { objects: made, told: said };
}

function attackObject(
  message: Json,
  template: AttackTemplate,
  { byId, said, now }: { byId: ReadonlyMap<unknown, Json>; said: Set<unknown>; now: string },
): Json {
  const id = plainText(message['id']);
  const start = plainText(message['start']);
  const timestamp = secondsOf(start || now);
  const fields: (readonly [relation: string | undefined, type: string, value: string, of?: Json])[] = [
    [template.op_code, 'text', plainText(message['op_code'])],
    [template.application, 'text', plainText(message['application_context'] ?? message['application_id'])],
    [
      template.category,
      'text',
      message['category'] === undefined ? '' : `Cat${plainText(message['category'])}`,
    ],
    ['first-seen', 'datetime', start],
    [
      'text',
      'text',
      `${plainText(message['protocol'])} ${plainText(message['operation'] ?? message['op_code'])}`,
    ],
  ];
  for (const place of ['src_ref', 'dst_ref'] as const) {
    const node = byId.get(message[place]);
    const [relation, type] = (node === undefined ? undefined : template.node(place, node)) ?? [];
    if (node === undefined || type === undefined) continue;
    fields.push([relation, type, plainText(node['value']), node]);
    said.add(node['id']);
  }
  const subscriber = byId.get(message['subscriber_ref']);
  const relation = subscriber === undefined ? undefined : template.subscriber[plainText(subscriber['type'])];
  if (subscriber !== undefined && relation !== undefined) {
    fields.push([relation, 'text', plainText(subscriber['value']), subscriber]);
    said.add(subscriber['id']);
  }
  said.add(message['id']);
  return {
    uuid: id.split('--')[1] ?? '',
    name: template.name,
    template_uuid: template.uuid,
    template_version: template.version,
    'meta-category': 'network',
    timestamp,
    Attribute: fields.flatMap(([object_relation, type, value, of = message]) =>
      object_relation === undefined || value === ''
        ? []
        : [
            {
              uuid: derivedUuid(`${id} ${object_relation} ${value}`),
              object_relation,
              type,
              category: type === 'text' || type === 'datetime' ? 'Other' : 'Network activity',
              value,
              to_ids: false,
              timestamp,
              ...tagField([...new Set([...mispTags(message), ...mispTags(of)])]),
            },
          ],
    ),
  };
}
