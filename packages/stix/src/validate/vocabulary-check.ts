import { quote, type Report } from './report.ts';
import { isLowerHyphenated } from './string-forms.ts';
import { wrongType } from './wrong-type.ts';

interface Vocabulary {
  readonly name: string;
  readonly terms: readonly string[];
  readonly open: boolean;
}

/** Compiles the check of a vocabulary, the standard's or an extension's (STIX 2.1 §2.4, §2.14). */
export function compileVocabulary({ name, open, ...vocabulary }: Vocabulary) {
  const terms: ReadonlySet<string> = new Set(vocabulary.terms);
  return (value: unknown, report: Report): void => {
    if (typeof value !== 'string') wrongType(`a term of ${name}`, value, report);
    else if (!terms.has(value)) {
      const message = `${quote(value)} is not in ${name}.${report.hint(value, terms)}`;
      report.add(open ? 'vocabulary-value' : 'enum-value', message);
      if (open && !isLowerHyphenated(value)) {
        report.add('vocabulary-form', `${quote(value)} should be lowercase with hyphens between words`);
      }
    }
  };
}
