import type { Json } from '../json.ts';
import type { Loss } from '../loss.ts';
import { splitReports } from './split-reports.ts';
import type { MispAbout } from './to-misp.ts';
import { toMisp } from './to-misp.ts';

/** Events of MISP out of STIX objects: one of everything where there is one report or none, else one for each report and one for the rest. */
export function toMispEvents(
  objects: readonly Json[],
  about: MispAbout,
): { readonly events: readonly Json[]; readonly losses: readonly Loss[] } {
  const reports = new Set(objects.flatMap(({ type, id }) => (type === 'report' ? [id] : [])));
  const parts = reports.size > 1 ? splitReports(objects) : [{ objects }];
  const written = parts.map((part) => toMisp(part.objects, about));
  return { events: written.map(({ event }) => event), losses: written.flatMap(({ losses }) => losses) };
}
