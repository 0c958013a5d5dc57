import { getDocumentProxy } from 'unpdf';
import type { InputError } from './input.ts';
import { failed } from './input.ts';

/** The text of a PDF, and which of its lines each page begins with. */
export interface PdfText {
  readonly text: string;
  /** Numbers of lines of `text`, from 1; one for each page. */
  readonly pages: readonly number[];
}

export type ReadPdf =
  | { readonly ok: true; readonly value: PdfText }
  | { readonly ok: false; readonly error: InputError };

/** What of a PDF is taken. */
export interface PdfBounds {
  readonly bytes?: number;
  readonly pages?: number;
  /** UTF-16 units of all its text. */
  readonly characters?: number;
}

const bounds = { bytes: 67_108_864, pages: 2_000, characters: 16_777_216 } as const;

type Document = Awaited<ReturnType<typeof getDocumentProxy>>;

/**
 * Reads what is written in a PDF; not what is only drawn, as in scans. Pages, bytes and text are bounded. What a small file can be
 * made to unpack is not: whoever reads PDFs of strangers does it where time and memory can be cut off, such as in a thread.
 */
export async function readPdfText(bytes: Uint8Array, given: PdfBounds = {}): Promise<ReadPdf> {
  const most = { ...bounds, ...given };
  if (bytes.length > most.bytes) return failed(`A PDF has ${most.bytes} bytes at the most.`, 'file');
  if (!isPdf(bytes)) return failed('It is no PDF: it does not begin as one.', 'file');
  let document: Document;
  try {
    // A copy: what is given is transferred, and would be gone for whoever gave it; and views of other types are not taken.
    document = await getDocumentProxy(new Uint8Array(bytes), {
      verbosity: 0,
      useSystemFonts: false,
      disableFontFace: true,
      enableXfa: false,
      useWasm: false,
      isImageDecoderSupported: false,
      isOffscreenCanvasSupported: false,
      maxImageSize: 0,
    });
  } catch (cause) {
    return failed(wordsFor(cause), 'file');
  }
  try {
    return await textOf(document, most);
  } finally {
    await document.loadingTask.destroy();
  }
}

/** Whether bytes begin as a PDF does; some writers put a little before it. */
export function isPdf(bytes: Uint8Array): boolean {
  return new TextDecoder('latin1').decode(bytes.subarray(0, 1_024)).includes('%PDF-');
}

function wordsFor(cause: unknown): string {
  const name = cause instanceof Error ? cause.name : '';
  if (name === 'PasswordException') return 'It is encrypted: take the password away first.';
  return name === 'InvalidPDFException' ? 'It is damaged, or no PDF.' : 'It cannot be read as a PDF.';
}

async function textOf(document: Document, most: Required<PdfBounds>): Promise<ReadPdf> {
  const { numPages } = document;
  if (numPages > most.pages) return failed(`It has ${numPages} pages; ${most.pages} are taken.`, 'file');
  const pages: number[] = [];
  let text = '';
  let lines = 1;
  for (let number = 1; number <= numPages; number += 1) {
    const page = await pageText(document, number, most.characters - text.length);
    if (page === undefined) return failed('The page cannot be read: the file is damaged.', `page ${number}`);
    if (text.length + page.length > most.characters)
      return failed(`A PDF has ${most.characters} characters of text at the most.`, `page ${number}`);
    pages.push(lines);
    text += `${page}\n`;
    lines += page.split('\n').length;
  }
  return { ok: true, value: { text, pages } };
}

/** The text of a page, as much of it as is needed to see that it is too long; undefined where the page is damaged. */
async function pageText(document: Document, number: number, most: number): Promise<string | undefined> {
  let text = '';
  try {
    const page = await document.getPage(number);
    const reader = page.streamTextContent().getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      // The rest of a page that is too long is read and thrown away: a stream that is cancelled ends in a rejection of its own.
      if (text.length <= most) for (const item of itemsOf(value)) text += item;
    }
    page.cleanup();
  } catch {
    return undefined;
  }
  // What ends a line elsewhere would make places wrong; what is no character is of no use.
  return text
    .replace(/\r\n?|[\u2028\u2029\f\v]/g, '\n')
    .replaceAll('\u0000', ' ')
    .toWellFormed();
}

function itemsOf(chunk: unknown): readonly string[] {
  const items: unknown =
    typeof chunk === 'object' && chunk !== null ? Reflect.get(chunk, 'items') : undefined;
  if (!Array.isArray(items)) return [];
  return items.flatMap((item: unknown) => {
    const { str, hasEOL } = Object(item);
    return typeof str === 'string' ? [hasEOL === true ? `${str}\n` : str] : [];
  });
}
