import type { Config } from '@belltower/server';
import type { Finding } from './finding.ts';

/** One thing that can be wrong. */
export interface Check<Subject> {
  /** A word or two, as it stands before what is found. */
  readonly name: string;
  run(subject: Subject): Promise<readonly Finding[]>;
}

type Server = typeof import('@belltower/server');

/** A node's set-up on this machine. */
export interface NodeSubject {
  readonly server: Server;
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** Undefined where the settings cannot be used. */
  readonly config: Config | undefined;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** The same for checks that need settings. */
export type ConfiguredSubject = NodeSubject & { readonly config: Config };

/** A check that is left out where the settings cannot be used. */
export function configured(
  name: string,
  run: (subject: ConfiguredSubject) => Promise<readonly Finding[]>,
): Check<NodeSubject> {
  return {
    name,
    async run(subject) {
      const { config } = subject;
      if (config === undefined) return [{ level: 'skipped', says: 'Needs settings that can be used' }];
      return run({ ...subject, config });
    },
  };
}

/** How this machine talks to a node. */
export interface ClientSubject {
  /** What the profile of `belltower login` holds; undefined where there is none. */
  readonly profile: { readonly server: string; readonly token: string } | undefined;
  readonly profileFile: string;
  /** The node that commands talk to; undefined where none is named. */
  readonly server: string | undefined;
  /** The token that they send there. */
  readonly token: string | undefined;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}
