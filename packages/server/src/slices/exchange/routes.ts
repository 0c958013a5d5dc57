import { isStixId } from '@belltower/stix';
import type { Context } from 'hono';
import { Hono } from 'hono';
import { z } from 'zod';
import { readBody, readJson } from '../../platform/http/body.ts';
import { echo } from '../../platform/http/echo.ts';
import type { HttpApp, HttpEnvironment } from '../../platform/http/environment.ts';
import { parseQuery } from '../../platform/http/parse-query.ts';
import { orRefuse, RefusalError } from '../../platform/http/refusal.ts';
import type { Platform } from '../../platform/platform.ts';
import type { Collection, Collections, CollectionView } from '../collections/index.ts';
import {
  collectionChange,
  mayLimit,
  mayPublish,
  mayRead,
  maySee,
  newCollection,
} from '../collections/index.ts';
import type { Actor, Identity } from '../identity/index.ts';
import { requireActor } from '../identity/index.ts';
import { countResults } from './contract.ts';
import { versionKey, versionTimestamp } from './entry.ts';
import type { Exchange } from './exchange.ts';
import { readImportRequest } from './importing/import-request.ts';

const publishTypes: readonly string[] = [
  'application/json',
  'application/stix+json',
  'application/taxii+json',
];
const publishQuery = z.strictObject({
  on_behalf_of: z.string().max(60).optional(),
  anonymous: z.enum(['true', 'false']).optional(),
});

interface Parts {
  readonly identity: Identity;
  readonly collections: Collections;
  readonly exchange: Exchange;
  readonly platform: Pick<Platform, 'clock'>;
}

/** `/api/collections`: the collections themselves, publishing with a result for each object, and withdrawal. */
export function exchangeRoutes({ platform, identity, collections, exchange }: Parts): HttpApp {
  const routes: HttpApp = new Hono<HttpEnvironment>();

  routes.get('/collections', async (context) => {
    const actor = await requireActor(identity, context);
    const seen = (await collections.all()).filter((collection) => maySee(collection, actor));
    return context.json({ collections: seen.map((collection) => collectionView(collection, actor)) });
  });

  routes.post('/collections', async (context) => {
    const actor = await requireActor(identity, context);
    const collection = orRefuse(await collections.create(actor, await readJson(context, newCollection)));
    return context.json(collectionView(collection, actor), 201);
  });

  routes.get('/collections/:collection', async (context) => {
    const { actor, collection } = await seen(context);
    return context.json(collectionView(collection, actor));
  });

  routes.patch('/collections/:collection', async (context) => {
    const { actor, collection } = await seen(context);
    const change = await readJson(context, collectionChange);
    const effect = orRefuse(await exchange.changeCollection({ actor, collectionId: collection.id, change }));
    const { newReaders, entries, notes } = effect;
    return context.json({
      preview: change.preview,
      collection: collectionView(effect.collection, actor),
      becomesReadable: { entries, by: { ...newReaders, audience: newReaders.audience ?? null } },
      notes,
    });
  });

  routes.post('/collections/:collection/objects', async (context) => {
    const { actor, collection } = await seen(context);
    const query = parseQuery(context, publishQuery);
    requireType(context);
    const body = await readBody(context);
    const command = {
      actor,
      collectionId: collection.id,
      body,
      onBehalfOf: query.on_behalf_of,
      anonymous: query.anonymous === 'true',
    };
    const results = orRefuse(await exchange.publish(command));
    return context.json(countResults(results));
  });

  routes.post('/collections/:collection/import', async (context) => {
    const { actor, collection } = await seen(context);
    // Before the body: what may not be published is not worth reading.
    if (!mayPublish(collection, actor)) {
      const message = 'Your token may not publish to this collection.';
      throw new RefusalError({ code: 'forbidden', message });
    }
    const about = readImportRequest(context, platform.clock);
    const body = await readBody(context);
    return context.json(
      orRefuse(await exchange.importObjects({ actor, collectionId: collection.id, body, ...about })),
    );
  });

  routes.delete('/collections/:collection/objects/:object', async (context) => {
    const { actor, collection } = await seen(context);
    const version = context.req.query('version');
    const key = version === undefined ? undefined : versionKey(version);
    const objectId = context.req.param('object');
    if (!isStixId(objectId)) {
      throw new RefusalError({ code: 'not-found', message: 'The collection holds no object of this id.' });
    }
    const withdrawn = orRefuse(
      await exchange.withdraw({
        actor,
        collectionId: collection.id,
        objectId,
        choose: (versions) => versions.filter((standing) => key === undefined || standing.version === key),
      }),
    );
    return context.json({
      withdrawn: withdrawn.map((item) => ({
        version: versionTimestamp(item.version),
        position: item.position,
      })),
    });
  });

  return routes;

  async function seen(context: Context<HttpEnvironment>): Promise<{ actor: Actor; collection: Collection }> {
    const actor = await requireActor(identity, context);
    const name = context.req.param('collection') ?? '';
    const collection = await collections.find(name);
    if (collection !== undefined && maySee(collection, actor)) return { actor, collection };
    throw new RefusalError({
      code: 'not-found',
      message: `There is no collection ${echo(name)} for you.`,
    });
  }
}

/** What a type says besides its name has to be true: the charset that JSON has, and the version that is spoken here. */
const typeParameters = /^(?:\s*(?:charset\s*=\s*"?utf-8"?|version\s*=\s*"?2\.1"?)\s*(?:;|$))*$/i;

function requireType(context: Context<HttpEnvironment>): void {
  const [type = '', ...parameters] = (context.req.header('content-type') ?? '').split(';');
  if (publishTypes.includes(type.trim().toLowerCase()) && typeParameters.test(parameters.join(';'))) return;
  throw new RefusalError({
    code: 'unsupported-media-type',
    message: `A bundle comes as one of: ${publishTypes.join(', ')}; in UTF-8, and version 2.1 where one is named.`,
    at: 'Content-Type',
  });
}

function collectionView(collection: Collection, actor: Actor): CollectionView {
  const inside = mayRead(collection, actor) || mayLimit(collection, actor);
  return {
    id: collection.id,
    alias: collection.alias ?? null,
    title: collection.title,
    description: collection.description ?? null,
    owner: collection.ownerId,
    audience: collection.audience,
    defaultMarking: collection.defaultMarking,
    audienceWrites: collection.audienceWrites,
    allowsOnBehalf: collection.allowsOnBehalf,
    allowsAnonymous: collection.allowsAnonymous,
    personalData: collection.personalData,
    canRead: mayRead(collection, actor),
    canWrite: mayPublish(collection, actor),
    members: inside ? collection.members.map(({ kind, id, read, write }) => ({ kind, id, read, write })) : [],
  };
}
