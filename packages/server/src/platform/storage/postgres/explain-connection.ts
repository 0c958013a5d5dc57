/** Why a database cannot be used, and what to do, in the operator's words. Never holds a password. */
export interface Explanation {
  readonly says: string;
  readonly advice: string;
}

/** Puts an error of a connection to PostgreSQL into words; undefined for what is no matter of the set-up. */
export function explainConnection(error: unknown, url: string): Explanation | undefined {
  const place = placeOf(url);
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    const code: unknown = Reflect.get(at, 'code');
    const explain =
      (typeof code === 'string' ? byCode.get(code) : undefined) ??
      byMessage.find(([pattern]) => pattern.test(at instanceof Error ? at.message : ''))?.[1];
    if (explain !== undefined) return explain(place);
  }
  return undefined;
}

interface Place {
  /** `host:port` */
  readonly server: string;
  readonly host: string;
  readonly user: string;
  readonly database: string;
}

function placeOf(text: string): Place {
  const url = new URL(text);
  const host = url.hostname === '' ? (url.searchParams.get('host') ?? 'localhost') : url.hostname;
  const user = decodeURIComponent(url.username) || '(none)';
  const database = decodeURIComponent(url.pathname.slice(1)) || user;
  return { server: `${host}:${url.port === '' ? '5432' : url.port}`, host, user, database };
}

type Explain = (place: Place) => Explanation;

const setting = 'BELLTOWER_DATABASE_URL';

const noHost: Explain = ({ host }) => ({
  says: `There is no machine named ${host}`,
  advice: `Is the host in ${setting} right, and does this machine's DNS know it?`,
});
const noAnswer: Explain = ({ server }) => ({
  says: `${server} gives no answer`,
  advice: 'Is the machine up, and does a firewall let this one through?',
});
const wrongPassword: Explain = ({ user, server }) => ({
  says: `PostgreSQL on ${server} does not let the user "${user}" in: the password is wrong, or there is no such user`,
  advice: `Mend the user and password in ${setting}; characters such as @ and / have to be percent-encoded there.`,
});
const untrusted: Explain = ({ server }) => ({
  says: `The TLS certificate of PostgreSQL on ${server} is not trusted here, has expired, or is for another name`,
  advice: `Name its authority with sslrootcert=FILE in ${setting}, or have a certificate made for this host name.`,
});
const wantsTls: Explain = ({ server, user }) => ({
  says: `PostgreSQL on ${server} has no rule in pg_hba.conf that lets "${user}" in from this machine this way`,
  advice: `Add ?sslmode=require to ${setting} if it wants TLS; otherwise add a rule to pg_hba.conf.`,
});

const byCode: ReadonlyMap<string, Explain> = new Map<string, Explain>([
  ['ENOTFOUND', noHost],
  ['EAI_AGAIN', noHost],
  [
    'ECONNREFUSED',
    ({ server }) => ({
      says: `Nothing listens on ${server} (ECONNREFUSED)`,
      advice: `Is PostgreSQL running, does it listen on that address, and is the port in ${setting} right?`,
    }),
  ],
  ['ETIMEDOUT', noAnswer],
  ['EHOSTUNREACH', noAnswer],
  ['ENETUNREACH', noAnswer],
  ['28P01', wrongPassword],
  ['28000', wantsTls],
  [
    '3D000',
    ({ database, server, user }) => ({
      says: `PostgreSQL on ${server} has no database "${database}"`,
      advice: `Make it: createdb --encoding UTF8 --template template0 --owner ${user} ${database}`,
    }),
  ],
  [
    '42501',
    ({ user, database }) => ({
      says: `The user "${user}" may not make tables in the database "${database}"`,
      advice: `Give it the database, or the right: grant create on schema public to "${user}".`,
    }),
  ],
  [
    '53300',
    ({ server }) => ({
      says: `PostgreSQL on ${server} has no connection left`,
      advice: 'Raise max_connections, or stop what holds them; a node of Belltower takes about 21.',
    }),
  ],
  [
    '57P03',
    ({ server }) => ({
      says: `PostgreSQL on ${server} is starting or stopping`,
      advice: 'Try again in a moment.',
    }),
  ],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', untrusted],
  ['SELF_SIGNED_CERT_IN_CHAIN', untrusted],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', untrusted],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', untrusted],
  ['ERR_TLS_CERT_ALTNAME_INVALID', untrusted],
  ['CERT_HAS_EXPIRED', untrusted],
]);

const byMessage: readonly (readonly [RegExp, Explain])[] = [
  [
    /does not support SSL/,
    ({ server }) => ({
      says: `PostgreSQL on ${server} speaks no TLS, and ${setting} asks for it`,
      advice: 'Turn TLS on there (ssl = on), or leave sslmode out if the network is your own.',
    }),
  ],
  [/timeout expired|timeout exceeded when trying to connect|gave no answer in time/, noAnswer],
  [/password must be a string|SASL|no password/, wrongPassword],
  [
    /Connection terminated unexpectedly|socket hang up|ECONNRESET|invalid response|Received unexpected/,
    ({ server }) => ({
      says: `What listens on ${server} hangs up: it may not be PostgreSQL`,
      advice: `Is the port in ${setting} right?`,
    }),
  ],
];
