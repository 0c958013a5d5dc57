/**
 * Milliseconds that an answer asks to wait for (`Retry-After`, RFC 9110 §10.2.3). A date is read against the answer's own `Date`, so that
 * no clock is needed and a wrong one does no harm. Undefined where the answer asks for nothing.
 */
export function retryAfter(headers: Headers): number | undefined {
  const text = headers.get('retry-after')?.trim();
  if (text === undefined) return undefined;
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1_000;
  const until = Date.parse(text);
  const sent = Date.parse(headers.get('date') ?? '');
  return Number.isNaN(until) || Number.isNaN(sent) ? undefined : Math.max(0, until - sent);
}
