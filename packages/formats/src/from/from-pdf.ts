import type { FoundPlace } from '../text/found.ts';
import { fromText } from './from-text.ts';
import type { InputAbout, ReadInput } from './input.ts';
import type { PdfText } from './pdf-text.ts';
import { readPdfText } from './pdf-text.ts';

/** What stands in a PDF, as `fromText` has it; places name the page and the line on it. */
export async function fromPdf(bytes: Uint8Array, about: InputAbout): Promise<ReadInput> {
  const read = await readPdfText(bytes);
  return read.ok ? fromPdfText(read.value, about) : read;
}

/** The same of a PDF whose text has been read already. */
export function fromPdfText({ text, pages }: PdfText, about: InputAbout): ReadInput {
  return fromText(text, about, (place) => {
    const { page, line } = placeOnPage(place, pages);
    return `page ${page}, line ${line}`;
  });
}

/** The page of a place in the text of a PDF, and the line on that page, from 1. */
export function placeOnPage(
  { line }: Pick<FoundPlace, 'line'>,
  pages: readonly number[],
): { readonly page: number; readonly line: number } {
  const page = Math.max(1, pages.findLastIndex((first) => first <= line) + 1);
  return { page, line: line - (pages[page - 1] ?? 1) + 1 };
}
