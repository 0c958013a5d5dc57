/**
 * Headers of every answer, also of errors, streams and what no route takes: nothing is to be sniffed, framed, kept, run, opened
 * from another origin, or sent on as a referrer. A handler may say otherwise for its own answer. What concerns pages that run
 * scripts (permissions, embedding) is left out: there are none.
 */
export const securityHeaders: Readonly<Record<string, string>> = {
  'Cache-Control': 'no-store',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'X-Permitted-Cross-Domain-Policies': 'none',
};

/** Of every answer that travels over TLS: a client that speaks it goes on doing so, for a year (RFC 6797). */
export const strictTransport: Readonly<Record<string, string>> = {
  'Strict-Transport-Security': 'max-age=31536000',
};
