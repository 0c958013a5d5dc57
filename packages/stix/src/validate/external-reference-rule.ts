import { isJsonObject, type JsonObject, own, ownString } from '../json/json-object.ts';
import { quote, type Report } from './report.ts';

/** An external reference says something beside its source (STIX 2.1 §2.5.2). */
export function checkExternalReference(object: JsonObject, report: Report): void {
  if (!['description', 'url', 'external_id'].some((name) => Object.hasOwn(object, name))) {
    report.add(
      'external-reference-content',
      'needs a description, a url or an external_id beside source_name',
    );
  }
  if (Object.hasOwn(object, 'url') && !Object.hasOwn(object, 'hashes')) {
    report.add('external-reference-hashes', 'should have hashes of what is at its url');
  }
}

/** A catalogue whose ids one type of object gives in a form of their own. */
interface Catalogue {
  readonly rule: 'cve-reference' | 'capec-reference';
  readonly source: string;
  readonly form: RegExp;
  readonly words: string;
}

const cve: Catalogue = {
  rule: 'cve-reference',
  source: 'cve',
  form: /^CVE-\d{4}-\d{4,19}$/,
  words: 'a CVE has source_name "cve" and external_id "CVE-year-number"',
};
const capec: Catalogue = {
  rule: 'capec-reference',
  source: 'capec',
  form: /^CAPEC-\d{1,9}$/,
  words: 'a CAPEC has source_name "capec" and external_id "CAPEC-number"',
};

/** CVE ids of a vulnerability are given in their form (STIX 2.1 §4.19.1). */
export function checkVulnerability(object: JsonObject, report: Report): void {
  checkCatalogue(object, cve, report);
}

/** CAPEC ids of an attack pattern are given in their form (STIX 2.1 §4.1.1). */
export function checkAttackPattern(object: JsonObject, report: Report): void {
  checkCatalogue(object, capec, report);
}

/** An id that one reference gives as asked may stand in further ones, as what another source says about it. */
function checkCatalogue(object: JsonObject, catalogue: Catalogue, report: Report): void {
  const references = own(object, 'external_references');
  if (!Array.isArray(references) || !report.enter('external_references')) return;
  const given = new Set<string>();
  for (const reference of references) {
    const { source, id } = partsOf(reference);
    if (source === catalogue.source && id !== undefined && catalogue.form.test(id)) given.add(id);
  }
  for (let at = 0; at < references.length; at += 1) {
    const { source, id } = partsOf(references[at]);
    if (source === undefined || id === undefined || given.has(id)) continue;
    if (source.toLowerCase() !== catalogue.source && !catalogue.form.test(id.toUpperCase())) continue;
    report.addAt(at, catalogue.rule, `${catalogue.words}; found ${quote(source)} and ${quote(id)}`);
  }
  report.leave();
}

function partsOf(reference: unknown): {
  readonly source?: string | undefined;
  readonly id?: string | undefined;
} {
  if (!isJsonObject(reference)) return {};
  return { source: ownString(reference, 'source_name'), id: ownString(reference, 'external_id') };
}
