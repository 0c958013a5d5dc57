import type { Doubt, Parsed } from '../parsed.ts';
import { notUnderstood, understood } from '../parsed.ts';
import type { GlobalTitle } from '../signalling/global-title.ts';
import { parseGlobalTitle } from '../signalling/global-title.ts';
import type { Fields } from './fields.ts';
import { field } from './fields.ts';

/**
 * Who has a global title and who uses it. Operators let titles to others, who let them on: what comes from one need not come from
 * the operator to whom its digits belong.
 */
export interface GlobalTitleHolding {
  readonly title: GlobalTitle;
  /** To whom the regulator gave the range. */
  readonly assignee: string | undefined;
  /** Who lets it. */
  readonly lessor: string | undefined;
  /** Who has it on lease. */
  readonly lessee: string | undefined;
  /** Who has it from the lessee. */
  readonly subLessee: string | undefined;
  /** Who uses it in the end, as far as is known. */
  readonly user: string | undefined;
  readonly doubts: readonly Doubt[];
}

/** Reads `gt` and the roles as MISP's object `ss7-attack` names them: `GtAssignee`, `GtLessor`, `GtLessee`, `GtSubLessee`. */
export function readGlobalTitleHolding(fields: Fields): Parsed<GlobalTitleHolding> {
  const title = parseGlobalTitle(field(fields, 'gt', 'global_title', 'GlobalTitle') ?? '');
  if (!title.ok) return title;
  const assignee = field(fields, 'GtAssignee', 'assignee');
  const lessor = field(fields, 'GtLessor', 'lessor');
  const lessee = field(fields, 'GtLessee', 'lessee');
  const subLessee = field(fields, 'GtSubLessee', 'sub_lessee');
  if ([assignee, lessor, lessee, subLessee].some((name) => name !== undefined && name.length > longestName))
    return notUnderstood(`The name of an organisation has ${longestName} characters at the most.`);
  return understood({
    title: title.value,
    assignee,
    lessor,
    lessee,
    subLessee,
    user: subLessee ?? lessee ?? assignee ?? lessor,
    doubts: [...title.value.doubts, ...chainDoubts({ assignee, lessor, lessee, subLessee })],
  });
}

const longestName = 256;

function chainDoubts(roles: {
  readonly assignee: string | undefined;
  readonly lessor: string | undefined;
  readonly lessee: string | undefined;
  readonly subLessee: string | undefined;
}): readonly Doubt[] {
  const doubts: Doubt[] = [];
  if (roles.subLessee !== undefined && roles.lessee === undefined)
    doubts.push({ code: 'ambiguous', message: 'It is let on by somebody who is not named.' });
  if (roles.lessee !== undefined && roles.lessor === undefined && roles.assignee === undefined)
    doubts.push({ code: 'ambiguous', message: 'Who lets it is not named.' });
  if (roles.lessor !== undefined && roles.assignee !== undefined && roles.lessor !== roles.assignee)
    doubts.push({ code: 'not-standard', message: 'It is let by another than the one to whom it was given.' });
  return doubts;
}
