import type { ListedIndicator } from '../indicator/read-indicator.ts';
import type { TargetKind } from '../indicator/target.ts';
import type { Written, WrittenFile } from '../loss.ts';
import { type Entry, entriesOf } from './entries.ts';
import { numberPrefixes } from './number-prefixes.ts';

const numbers = ['msisdn', 'number-range'] as const satisfies readonly TargetKind[];
const addresses = ['ipv4', 'ipv6'] as const satisfies readonly TargetKind[];

const aclFile = 'belltower-acl.conf';

const head = `; Calls from and to listed numbers are rejected (cause 21), until each number's time is over. To take it in:
;   extensions.conf   #include belltower-extensions.conf
;                     and first in each context   Gosub(belltower,s,1(\${EXTEN}))
;   acl.conf          #include ${aclFile}, where it was written
;   pjsip.conf        a section of type=acl with acl=belltower
[belltower]
exten => s,1,Gosub(belltower-number,s,1(\${CALLERID(num)}))
 same => n,Gosub(belltower-number,s,1(\${ARG1}))
 same => n,Return()

; Looks for every beginning of a number, and for those that are meant for numbers of its length only.
[belltower-number]
exten => s,1,Set(LOCAL(number)=\${FILTER(0-9,\${ARG1})})
 same => n,ExecIf($["\${number:0:2}" = "00"]?Set(LOCAL(number)=\${number:2}))
 same => n,Set(LOCAL(at)=1)
 same => n(next),GotoIf($[\${at} > \${LEN(\${number})} | \${at} > 15]?end)
 same => n,Set(LOCAL(key)=\${number:0:\${at}})
 same => n,GosubIf(\${DIALPLAN_EXISTS(belltower-listed,\${key},1)}?belltower-listed,\${key},1)
 same => n,Set(LOCAL(key)=\${key}l\${LEN(\${number})})
 same => n,GosubIf(\${DIALPLAN_EXISTS(belltower-listed,\${key},1)}?belltower-listed,\${key},1)
 same => n,Set(LOCAL(at)=$[\${at} + 1])
 same => n,Goto(next)
 same => n(end),Return()

[belltower-listed]
`;

/** A dial plan of Asterisk that rejects numbers, and where files can stand beside it, a named list of addresses (ACL). */
export function writeAsterisk(
  indicators: readonly ListedIndicator[],
  { files = false }: { readonly files?: boolean } = {},
): Written {
  const { entries, losses } = entriesOf(indicators, {
    carries: new Set<TargetKind>(files ? [...numbers, ...addresses] : numbers),
    format: files ? 'A dial plan of Asterisk with a list of addresses' : 'A dial plan of Asterisk',
  });
  const of = (kinds: readonly TargetKind[]) => entries.filter(({ target }) => kinds.includes(target.kind));
  const denied = of(addresses).map(({ target: { kind, value } }) => {
    const all = kind === 'ipv4' ? '/32' : '/128';
    return `deny = ${value.includes('/') ? value : `${value}${all}`}\n`;
  });
  const acl: WrittenFile = { name: aclFile, text: `[belltower]\n${denied.join('')}` };
  return {
    text: `${head}${[...extensionsOf(of(numbers))].map(([key, until]) => extension(key, until)).join('')}`,
    ...(files ? { files: [acl] } : {}),
    count: entries.length,
    losses,
  };
}

/** Beginnings of numbers, with `l` and a length where that is said, and when they end in seconds since 1970. */
function extensionsOf(entries: readonly Entry[]): ReadonlyMap<string, number> {
  const extensions = new Map<string, number>();
  for (const { target, until } of entries) {
    const seconds = Math.floor(Date.parse(until ?? '') / 1_000);
    const end = Number.isNaN(seconds) ? Number.POSITIVE_INFINITY : seconds;
    for (const { digits, length } of numberPrefixes(target)) {
      const key = length === undefined ? digits : `${digits}l${length}`;
      extensions.set(key, Math.max(end, extensions.get(key) ?? end));
    }
  }
  return extensions;
}

function extension(key: string, until: number): string {
  if (until === Number.POSITIVE_INFINITY) return `exten => ${key},1,Hangup(21)\n`;
  return `exten => ${key},1,ExecIf($[\${EPOCH} < ${until}]?Hangup(21))\n same => n,Return()\n`;
}
