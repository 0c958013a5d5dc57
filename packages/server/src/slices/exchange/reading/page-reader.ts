import type { Kysely } from 'kysely';
import type { ObjectQuery } from '../content/read-store.ts';
import { positionAt, readTexts } from '../content/read-store.ts';
import { emptyAt, logEnds, readStanding, touchedPositions } from '../content/standing-store.ts';
import type { ReadGrant } from '../read-grant.ts';
import { ByteCache } from './byte-cache.ts';
import type { ViewSource } from './collection-view.ts';
import { CollectionView } from './collection-view.ts';
import type { Gathered } from './gather-page.ts';
import { gatherPage } from './gather-page.ts';
import { HeadWatch } from './head-watch.ts';
import { runOf } from './run.ts';
import { RunList } from './run-list.ts';
import type { PagePlace, TextPage } from './text-page.ts';

/** Which page of a collection is wanted. */
export interface TextPageQuery extends ObjectQuery, PagePlace {}

/** Reads pages of objects, from memory where they are asked for in their last versions and without a filter. */
export interface PageReader {
  read(grant: ReadGrant, query: TextPageQuery): Promise<TextPage>;
  /** Bytes that are kept. */
  readonly bytes: number;
}

/** Loads that bring a page nothing, after which it is read without memory: others change the collection quicker than we read it. */
const patience = 3;

/** Where a page came from: out of memory as it was, after something was loaded into it, or from the database alone. */
export type PageSource = 'hit' | 'loaded' | 'miss';

/** `bytes`: how much memory may be taken; 0 for none. */
export function createPageReader(
  db: Kysely<object>,
  { bytes, answered }: { readonly bytes: number; readonly answered?: (from: PageSource) => void },
): PageReader {
  const cache = new ByteCache(bytes);
  const heads = new HeadWatch((collectionIds) => logEnds(db, collectionIds));
  const views = new Map<string, CollectionView>();

  return {
    read: (grant, query) => (bytes > 0 && isPlain(query) ? readKept(grant, query) : readUnkept(grant, query)),
    get bytes() {
      return cache.bytes;
    },
  };

  async function readKept(grant: ReadGrant, query: TextPageQuery): Promise<TextPage> {
    const end = await heads.end(grant.collectionId);
    const view = viewOf(grant, end);
    if (view.head < end.position) await view.reach(end);
    const place = await placeOf(view, grant, query);
    let best = place.after - 1;
    let loads = 0;
    for (let vain = 0; vain < patience; ) {
      const found = view.gather(place);
      if ('parts' in found) {
        answered?.(loads === 0 ? 'hit' : 'loaded');
        return pageOf(view, found);
      }
      loads += 1;
      vain = found.from > best ? 0 : vain + 1;
      best = Math.max(best, found.from);
      await view.load(found);
    }
    return readUnkept(grant, query);
  }

  function readUnkept(grant: ReadGrant, query: TextPageQuery): Promise<TextPage> {
    answered?.('miss');
    return readFromLog(db, grant, query);
  }

  function viewOf(grant: ReadGrant, end: { readonly position: number; readonly added: number }) {
    const known = views.get(grant.collectionId);
    if (known !== undefined) return known;
    const source: ViewSource = {
      standing: (range, most) => readStanding(db, grant, range, most),
      emptyAt: (range) => emptyAt(db, grant, range),
      touched: (range, most) => touchedPositions(db, grant, range, most),
    };
    const view = new CollectionView({ source, cache }, end);
    views.set(grant.collectionId, view);
    return view;
  }

  /** Where the page begins as a position: memory usually knows where a time is. */
  async function placeOf(view: CollectionView, grant: ReadGrant, query: TextPageQuery): Promise<PagePlace> {
    const { after, addedAfter } = query;
    if (addedAfter === Number.NEGATIVE_INFINITY) return query;
    const behind = view.behind(addedAfter) ?? (await positionAt(db, grant, addedAfter));
    return { ...query, after: Math.max(after, behind) };
  }
}

/** Whether the last versions of all objects are asked for, as nearly everybody does. */
function isPlain({ ids, types, specVersions, versions }: ObjectQuery): boolean {
  if (ids !== undefined || types !== undefined || specVersions !== undefined) return false;
  return versions.last && !versions.all && !versions.first && versions.exact.length === 0;
}

function pageOf(view: CollectionView, gathered: Gathered): TextPage {
  const { head } = view;
  const range = { from: (gathered.first?.position ?? 1) - 1, to: gathered.last?.position ?? 0 };
  return { ...gathered, derive: (key, make) => view.derive({ key, range, head }, make) };
}

/** The page as one statement finds it in the log. */
async function readFromLog(db: Kysely<object>, grant: ReadGrant, query: TextPageQuery): Promise<TextPage> {
  const packed = await readTexts(db, grant, query);
  const runs = new RunList();
  const to = Number.MAX_SAFE_INTEGER;
  runs.insert(runOf({ from: query.after, to }, packed));
  const found = gatherPage({ runs, head: to, use: () => undefined }, query);
  if ('rows' in found) throw new Error('A page from the log has no holes');
  return { ...found, more: found.more || !packed.whole, derive: (_, make) => make() };
}
