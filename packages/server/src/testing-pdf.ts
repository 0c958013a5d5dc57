/** A PDF of one page with a line of text, or with a stream that Flate unpacks (ISO 32000-1 §7.5). Its cross references are left to the reader. */
export function makePdf(content: string | Uint8Array): Uint8Array<ArrayBuffer> {
  const [octets, filter] =
    typeof content === 'string'
      ? [Buffer.from(`BT /F1 12 Tf 72 700 Td (${content}) Tj ET`), '']
      : [Buffer.from(content), '/Filter /FlateDecode'];
  const head = `%PDF-1.4
1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj
2 0 obj << /Type /Pages /Kids [4 0 R] /Count 1 >> endobj
3 0 obj << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> endobj
4 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >> /Contents 5 0 R >> endobj
5 0 obj << /Length ${octets.length} ${filter} >>
stream
`;
  const tail = '\nendstream endobj\ntrailer << /Root 1 0 R >>\n%%EOF';
  return new Uint8Array(Buffer.concat([Buffer.from(head), octets, Buffer.from(tail)]));
}
