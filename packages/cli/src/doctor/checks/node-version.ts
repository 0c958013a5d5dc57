import type { Check } from '../check.ts';
import { fine, problem } from '../finding.ts';

const least = 24;

/** Whether this Node runs the program's sources and has what they use. */
export const nodeVersion: Check<unknown> = {
  name: 'Node.js',
  async run() {
    const { node } = process.versions;
    if (Number(node.split('.')[0]) >= least) return [fine(`Node ${node}`)];
    return [
      problem(
        `This is Node ${node}, and Belltower needs ${least}`,
        'Start it with the launcher bin/belltower.mjs, which finds the right one, or install Node 24.',
      ),
    ];
  },
};
