import { parentPort } from 'node:worker_threads';
import { judgeBundle } from './judge-bundle.ts';
import type { JudgeReply, JudgeRequest } from './judge-messages.ts';

// The thread that judges large bundles, so that whoever asks for something small does not wait for them.

/** Objects in one message: reading it takes a millisecond or two. */
const objectsAtOnce = 500;

const post = (reply: JudgeReply) => parentPort?.postMessage(reply);

parentPort?.on('message', ({ text, limits }: JudgeRequest) => {
  const judgement = judgeBundle(text, limits);
  if (!judgement.ok) {
    post({ kind: 'refused', refusal: judgement.refusal });
    return;
  }
  for (let from = 0; from < judgement.value.length; from += objectsAtOnce)
    post({ kind: 'judged', objects: judgement.value.slice(from, from + objectsAtOnce) });
  post({ kind: 'done' });
});
