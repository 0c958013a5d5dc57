import { PATTERN_KEYWORDS, type Token } from './token.ts';

/** What somebody probably meant at the token `index`, as a sentence. */
export function nearMiss(tokens: readonly Token[], index: number): string | undefined {
  const token = tokens[index];
  const previous = tokens[index - 1];
  if (token === undefined) return undefined;
  if (token.kind === 'word') return wordMiss(token, previous);
  if (token.value === '.' && tokens[index - 2]?.value === '[') {
    return `Between the object type and its property stands a colon: ${previous?.value ?? ''}:${tokens[index + 1]?.value ?? 'name'}`;
  }
  if ((token.kind === 'integer' || token.kind === 'float') && previous?.value === '.') {
    return "A property name that begins with a digit stands between apostrophes, for instance .'3des'";
  }
  if (token.kind === 'string' && (previous?.value === 'START' || previous?.value === 'STOP')) {
    return `A timestamp has the prefix t: t'${token.value}'`;
  }
  if (
    token.kind === 'string' &&
    (previous?.value === '[' || previous?.value === 'AND' || previous?.value === 'OR')
  ) {
    return 'The object path stands on the left: type:property = constant';
  }
  if (token.kind === 'sign' && previous?.kind === 'sign')
    return 'The comparison signs are =, !=, <, <=, > and >=.';
  return undefined;
}

function wordMiss(token: Token, previous: Token | undefined): string | undefined {
  const upper = token.value.toUpperCase();
  if (token.value !== upper && PATTERN_KEYWORDS.has(upper)) return `Keywords are capitals: ${upper}`;
  const lower = token.value.toLowerCase();
  if (token.value !== lower && (lower === 'true' || lower === 'false')) return `Write ${lower}.`;
  if (/^(?:MILLISECONDS?|SECOND|SECS?|MINUTES?|HOURS?|DAYS?|WEEKS?)$/.test(upper)) {
    return 'WITHIN counts in SECONDS only.';
  }
  if (upper === 'TIME') return 'The word is TIMES.';
  if (/^(?:NULL|NONE|NIL)$/.test(upper))
    return 'There is no null in patterns: NOT EXISTS type:property tests for absence.';
  if (/^(?:CONTAINS|REGEX|REGEXP|RLIKE|ILIKE)$/.test(upper))
    return "The operators for text are LIKE '%…%' and MATCHES '…'.";
  if (/^(?:FOLLOWED|THEN|FOLLOWED_BY|FOLLOWED-BY)$/.test(upper)) return 'The operator is FOLLOWEDBY.';
  if (/^(?:IS-?SUBSET|SUBSET|IS_SUBSET|CIDR)$/.test(upper))
    return "The operator is ISSUBSET '198.51.100.0/24'.";
  const afterValueSign =
    previous?.kind === 'sign' || /^(?:LIKE|MATCHES|ISSUBSET|ISSUPERSET)$/.test(previous?.value ?? '');
  if (afterValueSign && !PATTERN_KEYWORDS.has(token.value)) {
    return `A string stands between apostrophes: '${token.value}'`;
  }
  return undefined;
}
