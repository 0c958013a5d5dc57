export { type ApiClient, type ApiOptions, createApiClient } from './api/api-client.ts';
export type {
  CollectionSettings,
  ImportOptions,
  NewCollection,
  NewOrganisation,
  NewPerson,
  NewToken,
  OrganisationChange,
  PublishOptions,
  Redemption,
} from './api/commands.ts';
export type {
  AuditRecord,
  Collection,
  CollectionEffect,
  CollectionMember,
  EnrolledPerson,
  ImportAnswer,
  ImportLoss,
  Me,
  NewTokenAnswer,
  Organisation,
  Person,
  PublishAnswer,
  PublishFinding,
  PublishResult,
  Token,
  WithdrawnVersion,
} from './api/views.ts';
export { ClientError, type ClientErrorDetails } from './client-error.ts';
export type { ConnectionOptions, Fetch } from './http/connection.ts';
export type { Credentials } from './http/credentials.ts';
export type { Sleep } from './http/sleep.ts';
export { EventStreamParser, type StreamEvent } from './live/event-stream-parser.ts';
export type { LiveEntry, ObjectEntry, WithdrawalEntry } from './live/live-entry.ts';
export { type WatchOptions, type WatchState, watch } from './live/watch.ts';
export type { TaxiiPage } from './taxii/pages.ts';
export type { TaxiiCursor, TaxiiMatch, TaxiiQuery } from './taxii/query.ts';
export type {
  TaxiiApiRoot,
  TaxiiCollection,
  TaxiiDiscovery,
  TaxiiManifestRecord,
  TaxiiStatus,
  TaxiiStatusDetails,
} from './taxii/resources.ts';
export { createTaxiiClient, type TaxiiClient, type TaxiiObjectPage } from './taxii/taxii-client.ts';
export type { TaxiiOptions } from './taxii/taxii-requests.ts';
