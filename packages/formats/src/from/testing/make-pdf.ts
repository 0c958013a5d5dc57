/** What a page holds: operators of text, or octets that a filter unpacks to them. */
export interface TestPage {
  readonly content: string | Uint8Array;
  /** Of the stream, such as `/Filter /FlateDecode`. */
  readonly entries?: string;
}

/** The operators that write some lines. */
export function pageOfLines(lines: readonly string[]): TestPage {
  const written = lines.map((line) => `(${line.replace(/[\\()]/g, '\\$&')}) Tj 0 -20 Td`);
  return { content: `BT /F1 12 Tf 72 700 Td ${written.join(' ')} ET` };
}

/** A small PDF of some pages, as writers of the nineties made them (ISO 32000-1 §7.5). */
export function makePdf(pages: readonly TestPage[], trailer = ''): Uint8Array {
  const encoder = new TextEncoder();
  const parts: Uint8Array[] = [];
  const offsets: number[] = [];
  let length = 0;
  const push = (part: string | Uint8Array) => {
    const octets = typeof part === 'string' ? encoder.encode(part) : part;
    parts.push(octets);
    length += octets.length;
  };
  const object = (...content: readonly (string | Uint8Array)[]) => {
    offsets.push(length);
    push(`${offsets.length} 0 obj\n`);
    for (const part of content) push(part);
    push('\nendobj\n');
  };
  push('%PDF-1.4\n');
  object('<< /Type /Catalog /Pages 2 0 R >>');
  object(
    `<< /Type /Pages /Kids [${pages.map((_, at) => `${4 + at * 2} 0 R`).join(' ')}] /Count ${pages.length} >>`,
  );
  object('<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>');
  for (const [at, { content, entries = '' }] of pages.entries()) {
    const octets = typeof content === 'string' ? encoder.encode(content) : content;
    const resources = '/Resources << /Font << /F1 3 0 R >> >>';
    object(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] ${resources} /Contents ${5 + at * 2} 0 R >>`,
    );
    object(`<< /Length ${octets.length} ${entries} >>\nstream\n`, octets, '\nendstream');
  }
  const table = length;
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  push(`xref\n0 ${offsets.length + 1}\n0000000000 65535 f \n${rows}`);
  push(`trailer << /Size ${offsets.length + 1} /Root 1 0 R ${trailer} >>\nstartxref\n${table}\n%%EOF`);
  const pdf = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    pdf.set(part, at);
    at += part.length;
  }
  return pdf;
}
