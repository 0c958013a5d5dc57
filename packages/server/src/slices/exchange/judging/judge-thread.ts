import { parentPort } from 'node:worker_threads';
import type { Judged } from './judge-bundle.ts';
import { judgeBundle } from './judge-bundle.ts';
import type { JudgeReply, JudgeRequest } from './judge-messages.ts';

// The thread that judges large bundles, so that whoever asks for something small does not wait for them.

/** Objects in one message, which leaves before the next ones are judged: reading it takes a millisecond. */
const objectsAtOnce = 250;

const post = (reply: JudgeReply) => parentPort?.postMessage(reply);

parentPort?.on('message', ({ body, limits }: JudgeRequest) => {
  const judgement = judgeBundle(body, limits);
  if (!judgement.ok) {
    post({ kind: 'refused', refusal: judgement.refusal });
    return;
  }
  let objects: Judged[] = [];
  for (const judged of judgement.value) {
    objects.push(judged);
    if (objects.length < objectsAtOnce) continue;
    post({ kind: 'judged', objects });
    objects = [];
  }
  post({ kind: 'judged', objects });
  post({ kind: 'done' });
});
