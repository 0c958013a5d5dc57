/** Where the scripts of the two proxies, which have one ancestor, differ. */
export interface SipDialect {
  readonly name: string;
  /** Modules that the operator's own configuration loads: twice is once too often. */
  readonly modules: readonly string[];
  /** Which block runs at the start. */
  readonly start: string;
  readonly mainRoute: string;
  readonly definition: readonly string[];
  readonly nothing: string;
  /** Keeps `$var(bt_until)` under `$var(bt_key)`. */
  readonly store: string;
  /** Leaves the route where there is no `$var(bt_key)`, else sets `$var(bt_until)`. */
  readonly fetch: readonly string[];
  readonly refuse: string;
  readonly inRange: (range: readonly string[]) => string;
}

export const kamailio: SipDialect = {
  name: 'Kamailio',
  modules: ['pv', 'xlog', 'sl', 'htable', 'ipops'],
  start: 'event_route[htable:mod-init]',
  mainRoute: 'request_route',
  definition: ['modparam("htable", "htable", "belltower=>size=14;")'],
  nothing: '$null',
  store: '$sht(belltower=>$var(bt_key)) = $(var(bt_until){s.int});',
  fetch: [
    'if ($sht(belltower=>$var(bt_key)) == $null) return(-1);',
    '$var(bt_until) = $sht(belltower=>$var(bt_key));',
  ],
  refuse: 'sl_send_reply("403", "Forbidden");',
  inRange: (ranges) => `is_in_subnet("$si", "${ranges.join(',')}")`,
};

export const opensips: SipDialect = {
  name: 'OpenSIPS',
  modules: ['sl', 'cachedb_local'],
  start: 'startup_route',
  mainRoute: 'route',
  definition: [
    'modparam("cachedb_local", "cache_collections", "belltower=14")',
    'modparam("cachedb_local", "cachedb_url", "local:belltower:///belltower")',
  ],
  nothing: 'NULL',
  store: 'cache_store("local:belltower", "$var(bt_key)", "$var(bt_until)");',
  fetch: [
    'if (!cache_fetch("local:belltower", "$var(bt_key)", $avp(bt_until))) return(-1);',
    '$var(bt_until) = $(avp(bt_until){s.int});',
  ],
  refuse: 'sl_send_reply(403, "Forbidden");',
  inRange: (ranges) => `(${ranges.map((range) => `$(si{ip.matches,${range}}) == 1`).join(' || ')})`,
};

export interface SipEntries {
  /** Until when each key holds, in seconds since 1970; 0 for ever. */
  readonly keys: ReadonlyMap<string, number>;
  /** Ranges of addresses by the same. */
  readonly ranges: ReadonlyMap<number, readonly string[]>;
}

/** Rounds that a loop makes at the most: proxies end them at 100 (`max_while_loops`). */
const mostRounds = 45;
/** Characters that one string of the script has, more or less. */
const longString = 50_000;
const mostRanges = 20;

/**
 * Keys are few strings with many keys each, taken apart at the start: a statement for each would take a proxy's private memory many
 * times over.
 */
export function sipRoutes(dialect: SipDialect, { keys, ranges }: SipEntries): string {
  const { name, modules, start, mainRoute, definition, nothing, store, fetch, refuse, inRange } = dialect;
  const lines = [
    `# A block list for ${name}, read when it starts; what expires is passed over from then on. To take it in:`,
    `#   modules: ${modules.join(', ')}`,
    '#   include_file "belltower.cfg"',
    `#   ${start} { route(BELLTOWER_LOAD); }`,
    `#   ${mainRoute} { route(BELLTOWER); ... }`,
    ...definition,
    '',
    ...route(
      'BELLTOWER_LOAD',
      stringsOf(keys).flatMap((text) => [`$var(bt_lists) = "${text}";`, 'route(BELLTOWER_FILL);']),
    ),
    ...route('BELLTOWER_FILL', [
      '$var(bt_at) = 0;',
      'while ($(var(bt_lists){s.select,$var(bt_at),;}) != "") {',
      '    $var(bt_list) = $(var(bt_lists){s.select,$var(bt_at),;});',
      '    $var(bt_at) = $var(bt_at) + 1;',
      '    $var(bt_in) = 0;',
      '    while ($(var(bt_list){s.select,$var(bt_in),|}) != "") {',
      '        $var(bt_key) = $(var(bt_list){s.select,$var(bt_in),|});',
      '        $var(bt_in) = $var(bt_in) + 1;',
      '        $var(bt_until) = $(var(bt_list){s.select,$var(bt_in),|});',
      '        $var(bt_in) = $var(bt_in) + 1;',
      `        ${store}`,
      '    }',
      '}',
    ]),
    ...route('BELLTOWER_LISTED', [
      ...fetch,
      'if ($var(bt_until) > 0 && $var(bt_until) <= $Ts) return(-1);',
      'return(1);',
    ]),
    ...route('BELLTOWER_RANGE', [
      ...[...ranges].flatMap(([until, list]) =>
        chunks(list, mostRanges).map((some) => {
          const inTime = until === 0 ? '' : `$Ts < ${until} && `;
          return `if (${inTime}${inRange(some)}) return(1);`;
        }),
      ),
      'return(-1);',
    ]),
    ...route('BELLTOWER_NUMBER', [
      'if ($var(bt_number) =~ "^[+]") $var(bt_number) = $(var(bt_number){s.strip,1});',
      'else if ($var(bt_number) =~ "^00") $var(bt_number) = $(var(bt_number){s.strip,2});',
      'if (!($var(bt_number) =~ "^[0-9]+$")) return(-1);',
      '$var(bt_length) = $(var(bt_number){s.len});',
      '$var(bt_at) = 1;',
      'while ($var(bt_at) <= $var(bt_length) && $var(bt_at) <= 15) {',
      '    $var(bt_key) = "begins:" + $(var(bt_number){s.substr,0,$var(bt_at)});',
      '    if (route(BELLTOWER_LISTED)) return(1);',
      '    $var(bt_key) = $var(bt_key) + "/" + $var(bt_length);',
      '    if (route(BELLTOWER_LISTED)) return(1);',
      '    $var(bt_at) = $var(bt_at) + 1;',
      '}',
      'return(-1);',
    ]),
    ...route('BELLTOWER_HOST', [
      '# the host itself, and what it stands below',
      '$var(bt_at) = 0;',
      'while ($var(bt_host) != "" && $var(bt_at) < 40) {',
      '    $var(bt_key) = "host:" + $(var(bt_host){s.encode.hexa});',
      '    if (route(BELLTOWER_LISTED)) return(1);',
      '    $var(bt_length) = $(var(bt_host){s.select,0,.}{s.len}) + 1;',
      '    $var(bt_host) = $(var(bt_host){s.strip,$var(bt_length)});',
      '    $var(bt_at) = $var(bt_at) + 1;',
      '}',
      'return(-1);',
    ]),
    ...route('BELLTOWER', [
      '# who scans gets no answer',
      '$var(bt_key) = "ip:" + $si;',
      ...when('route(BELLTOWER_LISTED) || route(BELLTOWER_RANGE)', ['exit;']),
      ...when(`$ua != ${nothing}`, [
        '$var(bt_key) = "agent:" + $(ua{s.encode.hexa});',
        ...when('route(BELLTOWER_LISTED)', ['exit;']),
      ]),
      ...['$fU $fd', '$rU $rd'].flatMap((side) => {
        const [user, host] = side.split(' ');
        const refused = when('route(BELLTOWER_LISTED)', [refuse, 'exit;']);
        return [
          ...when(`${user} != ${nothing}`, [
            `$var(bt_number) = ${user};`,
            ...when('route(BELLTOWER_NUMBER)', [refuse, 'exit;']),
            `$var(bt_host) = $(${host?.slice(1)}{s.tolower});`,
            `$var(bt_host) = ${user} + "@" + $var(bt_host);`,
            '$var(bt_key) = "uri:" + $(var(bt_host){s.encode.hexa});',
            ...refused,
          ]),
          `$var(bt_host) = $(${host?.slice(1)}{s.tolower});`,
          ...when('route(BELLTOWER_HOST)', [refuse, 'exit;']),
        ];
      }),
      'return(1);',
    ]),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}

function route(name: string, body: readonly string[]): readonly string[] {
  const all = body.length === 0 ? ['return(1);'] : body;
  return [`route[${name}] {`, ...all.map((line) => `    ${line}`), '}', ''];
}

function when(condition: string, body: readonly string[]): readonly string[] {
  return [`if (${condition}) {`, ...body.map((line) => `    ${line}`), '}'];
}

/** `key|until|key|until;key|until;…`, in strings of bounded length. */
function stringsOf(keys: ReadonlyMap<string, number>): readonly string[] {
  const lists = chunks([...keys], mostRounds).map((some) =>
    some.map(([key, until]) => `${key}|${until}`).join('|'),
  );
  const strings: string[] = [];
  let current: string[] = [];
  let length = 0;
  for (const list of lists) {
    if (current.length > 0 && (length + list.length > longString || current.length >= mostRounds)) {
      strings.push(current.join(';'));
      current = [];
      length = 0;
    }
    current.push(list);
    length += list.length;
  }
  return current.length > 0 ? [...strings, current.join(';')] : strings;
}

function chunks<T>(all: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, at) =>
    all.slice(at * size, (at + 1) * size),
  );
}
