import type { Finding } from '@belltower/stix';
import type { PersonalPlace } from '@belltower/telecom';
import { personalKindTitles } from '@belltower/telecom';

/** What a publisher is told of places that name subscribers in plain (rule G9). What stands there is not repeated. */
export function personalDataFindings(places: readonly PersonalPlace[]): readonly Finding[] {
  return places.map(({ path, kind }) => ({
    path,
    rule: 'personal-data',
    message:
      kind === undefined
        ? 'There are too many values in this bundle to see which of them name subscribers; send it in smaller parts (G9)'
        : `It names a subscriber or a device in plain: ${personalKindTitles[kind]} (G9)`,
  }));
}
