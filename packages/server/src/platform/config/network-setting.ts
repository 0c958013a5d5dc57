import { BlockList, isIP } from 'node:net';
import { z } from 'zod';
import type { Setting, SettingGroup } from './setting.ts';

const allowed = 'addresses or networks such as 10.0.0.0/8 with commas between them';

/** Addresses and networks; without it there are none. */
export function networks(described: {
  readonly name: `BELLTOWER_${string}`;
  readonly group: SettingGroup;
  readonly says: string;
}): Setting<BlockList> {
  return {
    ...described,
    allowed,
    unit: undefined,
    fallback: undefined,
    secret: false,
    schema: z
      .string()
      .optional()
      .transform((text, context) => {
        const list = new BlockList();
        for (const item of text?.split(',') ?? []) {
          if (addTo(list, item.trim())) continue;
          context.addIssue({ code: 'custom', message: `has to be ${allowed}` });
          return z.NEVER;
        }
        return list;
      }),
  };
}

function addTo(list: BlockList, item: string): boolean {
  const [address = '', length, more] = item.split('/');
  const version = isIP(address);
  if (version === 0 || more !== undefined) return false;
  const bits = version === 4 ? 32 : 128;
  const prefix = length === undefined ? bits : /^\d{1,3}$/.test(length) ? Number(length) : bits + 1;
  if (prefix > bits) return false;
  list.addSubnet(address, prefix, version === 4 ? 'ipv4' : 'ipv6');
  return true;
}
