// The rules, written down once more and independently of the product's code: who may read, who may publish, and what may go
// where.

/** TLP 2.0, from the widest to the narrowest. */
export type Level = 'clear' | 'green' | 'amber' | 'amber+strict' | 'red';
/** Whom a collection reaches, from the widest to the narrowest. */
export type Audience = 'public' | 'community' | 'organisations' | 'people';
/** All of them. */
export const levels: readonly Level[] = ['clear', 'green', 'amber', 'amber+strict', 'red'];

/** Somebody who asks: nobody, or a token. */
export interface Holder {
  readonly label: string;
  readonly token: string | undefined;
  readonly organisation: string;
  readonly person: string | undefined;
  readonly scopes: readonly string[];
}

/** A collection, and what has to be readable in it. */
export interface Room {
  readonly id: string;
  readonly owner: string;
  readonly audience: Audience;
  readonly fallback: Level;
  readonly audienceWrites: boolean;
  readonly members: readonly {
    readonly kind: string;
    readonly id: string;
    readonly organisation: string;
    readonly read: boolean;
    readonly write: boolean;
  }[];
  /** Ids of the objects that have to be readable here. */
  readonly holds: Set<string>;
}

function isNamed(room: Room, holder: Holder, right: 'read' | 'write'): boolean {
  return room.members.some((member) => {
    if (!member[right]) return false;
    if (member.kind === 'person') return member.id === holder.person;
    return room.audience !== 'people' && member.id === holder.organisation;
  });
}

/** Who reads: the table "Access, in one place". */
export function shouldRead(room: Room, holder: Holder): boolean {
  if (room.audience === 'public') return true;
  if (!holder.scopes.includes('read')) return false;
  if (room.audience === 'community') return true;
  if (room.audience === 'people') return holder.scopes.includes('red') && isNamed(room, holder, 'read');
  return room.owner === holder.organisation || isNamed(room, holder, 'read');
}

/** Who may publish at all. */
export function shouldWrite(room: Room, holder: Holder): boolean {
  if (!holder.scopes.includes('publish')) return false;
  if (isNamed(room, holder, 'write')) return true;
  if (room.audience === 'people') return room.audienceWrites && isNamed(room, holder, 'read');
  if (room.owner === holder.organisation) return true;
  if (!room.audienceWrites) return false;
  return room.audience !== 'organisations' || isNamed(room, holder, 'read');
}

/** What somebody publishes. */
export interface Item {
  readonly id: string;
  readonly marking: Level | undefined;
  readonly creator: string | undefined;
}

/** What may go where: G3 for what is one’s own, G4 for what is passed on. */
export function shouldAccept(room: Room, holder: Holder, item: Item, clients: readonly string[]): boolean {
  const own = item.creator === undefined || item.creator === holder.organisation;
  const width = ['people', 'organisations', 'community', 'public'].indexOf(room.audience);
  if (own) {
    const strictest = Math.max(levels.indexOf(item.marking ?? 'clear'), levels.indexOf(room.fallback));
    const widest = { clear: 3, green: 2, amber: 2, 'amber+strict': 1, red: 0 }[levels[strictest] ?? 'red'];
    return width <= widest;
  }
  const readers = new Set(room.members.filter((member) => member.read).map((member) => member.organisation));
  if (room.audience === 'organisations') readers.add(room.owner);
  const within = (allowed: readonly string[]) =>
    width <= 1 && [...readers].every((id) => allowed.includes(id));
  switch (item.marking ?? room.fallback) {
    case 'clear':
      return true;
    case 'green':
      return width <= 2;
    case 'amber':
      return within([holder.organisation, ...clients]);
    case 'amber+strict':
      return within([holder.organisation]);
    case 'red':
      return false;
  }
}

/** The default markings that fit an audience. */
export const defaults: Readonly<Record<Audience, readonly Level[]>> = {
  public: ['clear'],
  community: ['clear', 'green', 'amber'],
  organisations: ['clear', 'green', 'amber', 'amber+strict'],
  people: levels,
};
