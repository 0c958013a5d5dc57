import { type JsonObject, ownString } from './json-object.ts';
import { quote, type Report } from './report.ts';

const cve = /^CVE-\d{4}-\d{4,19}$/;
const capec = /^CAPEC-\d{1,9}$/;
const likeCve = /^CVE-\d{4}-\d{4,19}$/i;
const likeCapec = /^CAPEC-\d{1,9}$/i;

/** An external reference says something (STIX 2.1 §2.5.2), and CVE and CAPEC ids are given in their form (§4.1.1, §4.19.1). */
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
  const source = ownString(object, 'source_name');
  const id = ownString(object, 'external_id');
  if (source === undefined || id === undefined) return;
  if ((source.toLowerCase() === 'cve' || likeCve.test(id)) && !(source === 'cve' && cve.test(id))) {
    const found = `found ${quote(source)} and ${quote(id)}`;
    report.add('cve-reference', `a CVE has source_name "cve" and external_id "CVE-year-number"; ${found}`);
  }
  if ((source.toLowerCase() === 'capec' || likeCapec.test(id)) && !(source === 'capec' && capec.test(id))) {
    const found = `found ${quote(source)} and ${quote(id)}`;
    report.add('capec-reference', `a CAPEC has source_name "capec" and external_id "CAPEC-number"; ${found}`);
  }
}
