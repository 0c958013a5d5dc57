/** What a node has to reach at the least, by the name of the line: units a second, on two shared cores. */
export const targets: ReadonlyMap<string, number> = new Map([
  ['ingest', 7_750],
  ['TAXII pages of 100', 3_100],
  ['TAXII pages of 1000', 420],
  ['match[id]', 7_200],
  ['full pull', 60_000],
]);
