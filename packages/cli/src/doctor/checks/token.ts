import { ClientError, type Me } from '@belltower/client';
import { connect } from '../../session/session.ts';
import type { Check, ClientSubject } from '../check.ts';
import { type Finding, fine, noted, problem, skipped, warning } from '../finding.ts';

const day = 86_400_000;

/** Whether the node takes the token, what it allows, and how long it lasts. */
export const token: Check<ClientSubject> = {
  name: 'Token',
  async run(subject) {
    const { server, token: text, now } = subject;
    if (server === undefined) return [skipped('Needs the address of a node')];
    if (text === undefined) {
      return [noted('There is no token: only public collections can be read', 'Run "belltower login".')];
    }
    const shape = shapeOf(text);
    if (shape !== undefined) return [shape];
    try {
      return allowed(await connect({ server, token: text }).api.me(), now());
    } catch (error) {
      if (!(error instanceof ClientError)) throw error;
      if (error.code === 'unauthenticated') return [notTaken(subject)];
      if (error.status === undefined) return [skipped('Needs a node that answers')];
      return [problem(`The node answers ${error.status} (${error.code})`, 'Ask its operator.')];
    }
  },
};

function shapeOf(text: string): Finding | undefined {
  if (/^be_/.test(text)) {
    return problem('This is an enrolment, not a token', 'Come in with it first: "belltower enrol".');
  }
  if (/^bt_[0-9a-f]{16}_[\w-]{43}$/.test(text)) return undefined;
  return problem(
    'This has not the form of a token: bt_, 16 characters, _, 43 characters',
    'Copy it whole, without spaces; it may have been cut when it was pasted.',
  );
}

function notTaken({ server, token: text, profile }: ClientSubject): Finding {
  if (profile !== undefined && profile.server !== server && profile.token === text) {
    return problem(
      `This token belongs to another node: it is the one of ${profile.server}`,
      `A token is good on the node that made it. Get one of ${server}.`,
    );
  }
  return problem(
    'The node does not take this token: it has ended, was revoked, or belongs to another node',
    'Is --server the node that made it? If so, get a new one from an administrator of your organisation.',
  );
}

function allowed({ organisation, role, scopes, expires }: Me, now: number): readonly Finding[] {
  const findings: Finding[] = [fine(`It is good, for ${organisation.name} (${role})`)];
  const without = (['read', 'publish'] as const).filter((scope) => !scopes.includes(scope));
  const says = `It allows: ${scopes.join(', ')}`;
  if (without.length === 0) findings.push(fine(says));
  else findings.push(noted(`${says}; not: ${without.join(', ')}`, 'A token for more is made anew.'));
  if (expires === undefined) return findings;
  const days = Math.floor((Date.parse(expires) - now) / day);
  const ends = `It ends in ${days === 1 ? '1 day' : `${days} days`}, on ${expires.slice(0, 10)}`;
  findings.push(days < 14 ? warning(ends, 'Make another in time: "belltower token create".') : fine(ends));
  return findings;
}
