import { CanonicalJsonError } from '../identifier/canonical-json.ts';
import { contributingProperties, deterministicId } from '../identifier/deterministic-id.ts';
import { isStixId, type StixId, typeOfId, uuidVersionOfId } from '../identifier/stix-id.ts';
import { type JsonObject, own } from '../json/json-object.ts';
import type { ObjectShape } from '../model/check.ts';
import { article } from './article.ts';
import { quote, type Report } from './report.ts';

/** Checks the id of an object (STIX 2.1 §2.9); `shape` is missing for types that are not known. */
export function checkId(
  object: JsonObject,
  of: { readonly type: string; readonly shape: ObjectShape | undefined },
  report: Report,
): void {
  const id = own(object, 'id');
  if (id === undefined) return;
  if (typeof id !== 'string') {
    report.addAt('id', 'property-type', `expected an id, found ${quote(id)}`);
  } else if (!isStixId(id)) {
    report.addAt(
      'id',
      'id-form',
      `${quote(id)} is not ${quote(`${of.type}--`)} followed by a UUID of RFC 4122`,
    );
  } else if (typeOfId(id) !== of.type) {
    report.addAt(
      'id',
      'id-type',
      `${quote(id)} has to begin with the type of the object, ${quote(`${of.type}--`)}`,
    );
  } else if (of.shape?.class === 'sco') checkObservableId(object, { id, shape: of.shape }, report);
  else if (of.shape !== undefined && uuidVersionOfId(id) !== 4) {
    report.addAt('id', 'id-uuid-version', `should have a UUIDv4, this is a UUIDv${uuidVersionOfId(id)}`);
  }
}

function checkObservableId(
  object: JsonObject,
  of: { readonly id: StixId; readonly shape: ObjectShape },
  report: Report,
): void {
  const version = uuidVersionOfId(of.id);
  if ((of.shape.contributing ?? []).length === 0) {
    if (version !== 4)
      report.addAt('id', 'id-uuid-version', `${article(of.shape.name)} should have a UUIDv4`);
    return;
  }
  if (contributingProperties(object, of.shape.contributing) === undefined) {
    if (version === 4) return;
    const names = of.shape.contributing?.join(', ') ?? '';
    report.addAt('id', 'sco-id-uuid4', `needs a UUIDv4, since it has none of ${names}`);
    return;
  }
  if (version !== 5) {
    report.addAt(
      'id',
      'id-uuid-version',
      `${article(of.shape.name)} should have a UUIDv5, this is a UUIDv${version}`,
    );
  } else if (!report.tooDeep && report.checks('sco-id-value')) checkValue(object, of, report);
}

function checkValue(
  object: JsonObject,
  { id, shape }: { readonly id: StixId; readonly shape: ObjectShape },
  report: Report,
): void {
  const expected = expectedId(object, shape);
  if (expected === undefined || expected === id.toLowerCase()) return;
  const message = `should be ${expected}, which its ID contributing properties give (unless another namespace is used)`;
  report.addAt('id', 'sco-id-value', message);
}

function expectedId(object: JsonObject, shape: ObjectShape): StixId | undefined {
  try {
    return deterministicId(object, shape.contributing);
  } catch (error) {
    // Half a surrogate pair has no canonical form; the string itself has been reported.
    if (error instanceof CanonicalJsonError) return undefined;
    throw error;
  }
}
