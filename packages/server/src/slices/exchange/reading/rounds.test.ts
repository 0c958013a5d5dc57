import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Rounds } from './rounds.ts';

const turns = async (count: number) => {
  for (let turn = 0; turn < count; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};

test('R5 an answer is never older than its question, look-ups come one after another, and none is too large', async () => {
  const asking = fc.array(fc.record({ question: fc.constantFrom('a', 'b', 'c', 'd'), pause: fc.nat(3) }), {
    minLength: 1,
    maxLength: 30,
  });
  await fc.assert(
    fc.asyncProperty(asking, fc.integer({ min: 1, max: 3 }), fc.nat(4), async (questions, most, slow) => {
      let moment = 0;
      let running = 0;
      const rounds = new Rounds<number>(async (asked) => {
        running += 1;
        assert.equal(running, 1);
        assert.ok(asked.length > 0 && asked.length <= most);
        const began = moment;
        await turns(slow);
        running -= 1;
        return new Map(asked.filter((question) => question !== 'd').map((question) => [question, began]));
      }, most);
      const ask = async (question: string) => {
        moment += 1;
        const askedAt = moment;
        const answer = await rounds.ask(question);
        if (question === 'd') assert.equal(answer, undefined);
        else assert.ok(answer !== undefined && answer >= askedAt, `${answer} for a question of ${askedAt}`);
      };
      const all: Promise<void>[] = [];
      for (const { question, pause } of questions) {
        all.push(ask(question));
        await turns(pause);
      }
      await Promise.all(all);
    }),
    { numRuns: 200 },
  );
});

test('a look-up that fails is told to those who asked, and the next one is made', async () => {
  let fail = true;
  const rounds = new Rounds<number>(async (asked) => {
    if (fail) throw new Error('out of reach');
    return new Map(asked.map((question) => [question, 1]));
  }, 10);
  await Promise.all([assert.rejects(rounds.ask('a'), /out of reach/), assert.rejects(rounds.ask('b'))]);
  fail = false;
  assert.equal(await rounds.ask('a'), 1);
});
