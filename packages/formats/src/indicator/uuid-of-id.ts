/** The UUID in a STIX id; for what is no id, a text that cannot break a rule or a comment. */
export function uuidOfId(id: string): string {
  return /--([0-9a-f-]{36})$/.exec(id)?.[1] ?? 'unknown';
}
