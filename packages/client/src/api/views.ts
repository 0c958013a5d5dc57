import { asBoolean, asList, asNumber, asObject, asOptionalText, asText, asTexts } from '../narrow.ts';

/** Who holds the token that asks. */
export interface Me {
  readonly tokenId: string;
  readonly organisation: { readonly id: string; readonly name: string };
  readonly person: string | undefined;
  readonly role: string;
  readonly scopes: readonly string[];
  readonly expires: string | undefined;
}

export interface Organisation {
  /** A STIX identity id. */
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly created: string;
  readonly suspended: boolean;
  /** Whether a person of its own administers it; until then, the node's operator can let an administrator in. */
  readonly administered: boolean;
  /** When somebody whom the node's operator let in last became its administrator. */
  readonly enrolled: string | undefined;
  /** Organisations to which TLP:AMBER may be passed on (rule G4). */
  readonly clients: readonly string[];
  /** Organisations that may publish on this one's behalf (rule G7). */
  readonly delegates: readonly string[];
}

export interface Person {
  readonly id: string;
  readonly organisation: string;
  readonly name: string;
  readonly email: string | undefined;
  readonly role: string;
  readonly removed: boolean;
}

/** A person who has just been added, and the secret with which they make their first token. */
export interface EnrolledPerson extends Person {
  /** Works once; it is kept nowhere. */
  readonly enrolment: { readonly text: string; readonly expires: string };
}

export interface Token {
  readonly id: string;
  readonly organisation: string;
  readonly person: string | undefined;
  readonly label: string;
  readonly scopes: readonly string[];
  /** The person who made it. */
  readonly madeBy: string | undefined;
  readonly created: string;
  readonly expires: string | undefined;
  readonly lastUsed: string | undefined;
  readonly revoked: string | undefined;
}

/** A token at its making: the only time that its text is shown. */
export interface NewTokenAnswer extends Token {
  readonly text: string;
}

export interface CollectionMember {
  readonly kind: 'organisation' | 'person';
  readonly id: string;
  readonly read: boolean;
  readonly write: boolean;
}

export interface Collection {
  readonly id: string;
  readonly alias: string | undefined;
  readonly title: string;
  readonly description: string | undefined;
  readonly owner: string;
  readonly audience: string;
  readonly defaultMarking: string;
  readonly audienceWrites: boolean;
  readonly allowsOnBehalf: boolean;
  readonly allowsAnonymous: boolean;
  /** What becomes of objects that name subscribers in plain (rule G9); undefined where the node does not say. */
  readonly personalData: string | undefined;
  readonly canRead: boolean;
  readonly canWrite: boolean;
  readonly members: readonly CollectionMember[];
}

/** What a change of a collection does, or would do (rule G5). */
export interface CollectionEffect {
  /** True: nothing was changed. */
  readonly preview: boolean;
  readonly collection: Collection;
  /** Entries that become readable, and by whom. */
  readonly entries: number;
  readonly audience: string | undefined;
  readonly organisations: readonly string[];
  readonly people: readonly string[];
  /** What the change does not do, for a person to read. */
  readonly notes: readonly string[];
}

/** One thing that is wrong with an object. */
export interface PublishFinding {
  readonly path: string;
  readonly rule: string;
  readonly message: string;
}

/** What became of one object (rule G1). */
export interface PublishResult {
  /** Its place in what was sent, from 0. */
  readonly index: number;
  readonly id: string | undefined;
  readonly type: string | undefined;
  readonly status: 'accepted' | 'unchanged' | 'refused';
  readonly version: string | undefined;
  readonly position: number | undefined;
  readonly code: string | undefined;
  /** The rule of the exchange that a refusal rests on. */
  readonly rule: string | undefined;
  readonly message: string | undefined;
  readonly errors: readonly PublishFinding[];
  readonly warnings: readonly PublishFinding[];
  /** Where it differs from the version that is there (rule L3). */
  readonly differs: readonly string[];
}

export interface PublishAnswer {
  readonly accepted: number;
  readonly unchanged: number;
  readonly refused: number;
  readonly results: readonly PublishResult[];
}

/** Something that STIX could not carry, or that was left out on purpose. */
export interface ImportLoss {
  readonly at: string;
  readonly what: string;
  readonly why: string;
}

export interface ImportAnswer extends PublishAnswer {
  /** As what it was read. */
  readonly format: string;
  /** True: nothing was published; `results` are those that are not valid. */
  readonly preview: boolean;
  readonly losses: readonly ImportLoss[];
  /** Losses beyond those that are told. */
  readonly lossesLeftOut: number;
  /** Of a preview: what would be published. */
  readonly objects: readonly unknown[];
}

export interface WithdrawnVersion {
  readonly version: string;
  /** Not told to whoever may publish to the collection and not read it. */
  readonly position: number | undefined;
}

export interface AuditRecord {
  readonly id: string;
  readonly at: string;
  readonly organisation: string | undefined;
  readonly person: string | undefined;
  readonly token: string | undefined;
  readonly action: string;
  readonly target: string;
  readonly detail: unknown;
}

export function readMe(value: unknown): Me {
  const me = asObject(value, '$');
  const organisation = asObject(me['organisation'], '$.organisation');
  return {
    tokenId: asText(me['token'], '$.token'),
    organisation: {
      id: asText(organisation['id'], '$.organisation.id'),
      name: asText(organisation['name'], '$.organisation.name'),
    },
    person: asOptionalText(me['person'], '$.person'),
    role: asText(me['role'], '$.role'),
    scopes: asTexts(me['scopes'], '$.scopes'),
    expires: asOptionalText(me['expires'], '$.expires'),
  };
}

export function readOrganisation(value: unknown, at = '$'): Organisation {
  const row = asObject(value, at);
  return {
    id: asText(row['id'], `${at}.id`),
    name: asText(row['name'], `${at}.name`),
    kind: asText(row['kind'], `${at}.kind`),
    created: asText(row['created'], `${at}.created`),
    suspended: asBoolean(row['suspended'], `${at}.suspended`),
    administered: asBoolean(row['administered'], `${at}.administered`),
    enrolled: asOptionalText(row['enrolled'], `${at}.enrolled`),
    clients: asTexts(row['clients'], `${at}.clients`),
    delegates: asTexts(row['delegates'], `${at}.delegates`),
  };
}

export function readPerson(value: unknown, at = '$'): Person {
  const row = asObject(value, at);
  return {
    id: asText(row['id'], `${at}.id`),
    organisation: asText(row['organisation'], `${at}.organisation`),
    name: asText(row['name'], `${at}.name`),
    email: asOptionalText(row['email'], `${at}.email`),
    role: asText(row['role'], `${at}.role`),
    removed: asBoolean(row['removed'], `${at}.removed`),
  };
}

export function readEnrolledPerson(value: unknown): EnrolledPerson {
  const enrolment = asObject(asObject(value, '$')['enrolment'], '$.enrolment');
  return {
    ...readPerson(value),
    enrolment: {
      text: asText(enrolment['text'], '$.enrolment.text'),
      expires: asText(enrolment['expires'], '$.enrolment.expires'),
    },
  };
}

export function readToken(value: unknown, at = '$'): Token {
  const row = asObject(value, at);
  return {
    id: asText(row['id'], `${at}.id`),
    organisation: asText(row['organisation'], `${at}.organisation`),
    person: asOptionalText(row['person'], `${at}.person`),
    label: asText(row['label'], `${at}.label`),
    scopes: asTexts(row['scopes'], `${at}.scopes`),
    madeBy: asOptionalText(row['madeBy'], `${at}.madeBy`),
    created: asText(row['created'], `${at}.created`),
    expires: asOptionalText(row['expires'], `${at}.expires`),
    lastUsed: asOptionalText(row['lastUsed'], `${at}.lastUsed`),
    revoked: asOptionalText(row['revoked'], `${at}.revoked`),
  };
}

export function readNewToken(value: unknown): NewTokenAnswer {
  return { ...readToken(value), text: asText(asObject(value, '$')['token'], '$.token') };
}

export function readCollectionView(value: unknown, at = '$'): Collection {
  const row = asObject(value, at);
  return {
    id: asText(row['id'], `${at}.id`),
    alias: asOptionalText(row['alias'], `${at}.alias`),
    title: asText(row['title'], `${at}.title`),
    description: asOptionalText(row['description'], `${at}.description`),
    owner: asText(row['owner'], `${at}.owner`),
    audience: asText(row['audience'], `${at}.audience`),
    defaultMarking: asText(row['defaultMarking'], `${at}.defaultMarking`),
    audienceWrites: asBoolean(row['audienceWrites'], `${at}.audienceWrites`),
    allowsOnBehalf: asBoolean(row['allowsOnBehalf'], `${at}.allowsOnBehalf`),
    allowsAnonymous: asBoolean(row['allowsAnonymous'], `${at}.allowsAnonymous`),
    personalData: asOptionalText(row['personalData'], `${at}.personalData`),
    canRead: asBoolean(row['canRead'], `${at}.canRead`),
    canWrite: asBoolean(row['canWrite'], `${at}.canWrite`),
    members: asList(row['members'], `${at}.members`, readMember),
  };
}

function readMember(value: unknown, at: string): CollectionMember {
  const row = asObject(value, at);
  return {
    kind: asText(row['kind'], `${at}.kind`) === 'person' ? 'person' : 'organisation',
    id: asText(row['id'], `${at}.id`),
    read: asBoolean(row['read'], `${at}.read`),
    write: asBoolean(row['write'], `${at}.write`),
  };
}

export function readCollectionEffect(value: unknown): CollectionEffect {
  const answer = asObject(value, '$');
  const readable = asObject(answer['becomesReadable'], '$.becomesReadable');
  const by = asObject(readable['by'], '$.becomesReadable.by');
  return {
    preview: asBoolean(answer['preview'], '$.preview'),
    collection: readCollectionView(answer['collection'], '$.collection'),
    entries: asNumber(readable['entries'], '$.becomesReadable.entries'),
    audience: asOptionalText(by['audience'], '$.becomesReadable.by.audience'),
    organisations: asTexts(by['organisations'], '$.becomesReadable.by.organisations'),
    people: asTexts(by['people'], '$.becomesReadable.by.people'),
    notes: answer['notes'] === undefined ? [] : asTexts(answer['notes'], '$.notes'),
  };
}

export function readImportAnswer(value: unknown): ImportAnswer {
  const answer = asObject(value, '$');
  const objects = answer['objects'];
  return {
    ...readPublishAnswer(value),
    format: asText(answer['format'], '$.format'),
    preview: asBoolean(answer['preview'], '$.preview'),
    losses: asList(answer['losses'], '$.losses', (loss, at) => {
      const row = asObject(loss, at);
      return {
        at: asText(row['at'], `${at}.at`),
        what: asText(row['what'], `${at}.what`),
        why: asText(row['why'], `${at}.why`),
      };
    }),
    lossesLeftOut: asNumber(answer['lossesLeftOut'], '$.lossesLeftOut'),
    objects: Array.isArray(objects) ? objects : [],
  };
}

export function readPublishAnswer(value: unknown): PublishAnswer {
  const answer = asObject(value, '$');
  return {
    accepted: asNumber(answer['accepted'], '$.accepted'),
    unchanged: asNumber(answer['unchanged'], '$.unchanged'),
    refused: asNumber(answer['refused'], '$.refused'),
    results: asList(answer['results'], '$.results', readPublishResult),
  };
}

function readPublishResult(value: unknown, at: string): PublishResult {
  const row = asObject(value, at);
  const status = asText(row['status'], `${at}.status`);
  return {
    index: asNumber(row['index'], `${at}.index`),
    id: asOptionalText(row['id'], `${at}.id`),
    type: asOptionalText(row['type'], `${at}.type`),
    status: status === 'accepted' || status === 'unchanged' ? status : 'refused',
    version: asOptionalText(row['version'], `${at}.version`),
    position: row['position'] === undefined ? undefined : asNumber(row['position'], `${at}.position`),
    code: asOptionalText(row['code'], `${at}.code`),
    rule: asOptionalText(row['rule'], `${at}.rule`),
    message: asOptionalText(row['message'], `${at}.message`),
    errors: asList(row['errors'], `${at}.errors`, readFinding),
    warnings: asList(row['warnings'], `${at}.warnings`, readFinding),
    differs: asTexts(row['differs'], `${at}.differs`),
  };
}

function readFinding(value: unknown, at: string): PublishFinding {
  const row = asObject(value, at);
  return {
    path: asText(row['path'], `${at}.path`),
    rule: asText(row['rule'], `${at}.rule`),
    message: asText(row['message'], `${at}.message`),
  };
}

export function readWithdrawn(value: unknown): readonly WithdrawnVersion[] {
  return asList(asObject(value, '$')['withdrawn'], '$.withdrawn', (item, at) => {
    const row = asObject(item, at);
    return {
      version: asText(row['version'], `${at}.version`),
      position: row['position'] === undefined ? undefined : asNumber(row['position'], `${at}.position`),
    };
  });
}

export function readAuditRecord(value: unknown, at: string): AuditRecord {
  const row = asObject(value, at);
  return {
    id: asText(row['id'], `${at}.id`),
    at: asText(row['at'], `${at}.at`),
    organisation: asOptionalText(row['organisation_id'], `${at}.organisation_id`),
    person: asOptionalText(row['person_id'], `${at}.person_id`),
    token: asOptionalText(row['token_id'], `${at}.token_id`),
    action: asText(row['action'], `${at}.action`),
    target: asText(row['target'], `${at}.target`),
    detail: row['detail'],
  };
}
