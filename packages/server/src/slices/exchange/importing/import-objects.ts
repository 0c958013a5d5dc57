import type { InputAbout } from '@belltower/formats';
import { ReceivedBody, textOfBlocks } from '../../../platform/http/received-body.ts';
import type { Outcome } from '../../../platform/http/refusal.ts';
import { accept } from '../../../platform/http/refusal.ts';
import type { Actor } from '../../identity/index.ts';
import type { ImportAnswer, ObjectResult } from '../contract.ts';
import { countResults } from '../contract.ts';
import type { Judges } from '../judging/judges.ts';
import type { PublishCommand } from '../publish.ts';
import type { ConvertRequest, ImportFormat } from './convert-messages.ts';
import type { Converter } from './converter.ts';

/** What somebody brings in another format than STIX 2.1. */
export interface ImportCommand {
  readonly actor: Actor;
  readonly collectionId: string;
  /** It is used up. */
  readonly body: ReceivedBody;
  readonly format?: ImportFormat | undefined;
  /** Media type. */
  readonly type: string;
  readonly about: Pick<InputAbout, 'now' | 'name' | 'tlp' | 'columns' | 'sure'>;
  readonly onBehalfOf?: string | undefined;
  readonly anonymous?: boolean | undefined;
  /** Converts and validates, and publishes nothing. */
  readonly preview?: boolean | undefined;
}

interface Parts {
  readonly converter: Converter;
  readonly judges: Judges;
  readonly publish: (command: PublishCommand) => Promise<Outcome<readonly ObjectResult[]>>;
  readonly uuid: () => string;
  readonly limits: ConvertRequest['limits'];
}

/**
 * Makes STIX 2.1 of it, and publishes that as anything else is published: same rules, a result for each object. What names no author is of
 * whoever publishes it; without their name, ids are made of a secret, so that nobody finds them out by trying.
 */
export async function importObjects(parts: Parts, command: ImportCommand): Promise<Outcome<ImportAnswer>> {
  const { actor, collectionId, body, format, type, onBehalfOf, anonymous = false, preview = false } = command;
  const owner = anonymous ? { secret: parts.uuid() } : { creator: onBehalfOf ?? actor.organisationId };
  const conversion = await parts.converter.convert({
    blocks: body.blocks(),
    format,
    type,
    about: { ...command.about, ...owner },
    limits: parts.limits,
  });
  if (!conversion.ok) return conversion;
  const { blocks, objects, losses, lossesLeftOut, format: readAs } = conversion.value;
  const told = { format: readAs, preview, losses, lossesLeftOut };
  // Losses say why there is nothing; an envelope without objects is none.
  if (objects === 0) return accept({ ...countResults([]), ...told });
  if (preview) return judgeOnly(parts, { blocks, told });
  const results = await parts.publish({ actor, collectionId, body: received(blocks), onBehalfOf, anonymous });
  return results.ok ? accept({ ...countResults(results.value), ...told }) : results;
}

interface Previewed {
  readonly blocks: readonly Uint8Array<ArrayBuffer>[];
  readonly told: Pick<ImportAnswer, 'format' | 'preview' | 'losses' | 'lossesLeftOut'>;
}

/** What would go to the gate, and what of it is not valid. */
async function judgeOnly({ judges }: Parts, { blocks, told }: Previewed): Promise<Outcome<ImportAnswer>> {
  const { objects }: { readonly objects: readonly unknown[] } = JSON.parse(textOfBlocks(blocks) ?? '');
  const judged = await judges.judge(received(blocks));
  if (!judged.ok) return judged;
  const refused = judged.value.flatMap((one) => (one.facts === undefined ? [one.refusal] : []));
  return accept({ ...countResults(refused), ...told, objects });
}

function received(blocks: readonly Uint8Array[]): ReceivedBody {
  const body = new ReceivedBody();
  for (const block of blocks) body.add(block);
  return body;
}
