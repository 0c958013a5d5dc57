// A node as an operator runs it, set up by its environment.
import { keepCompiledCode } from '../../../packages/cli/src/keep-compiled-code.ts';
import { attendParent } from './attend-parent.ts';

keepCompiledCode(process.env);
const { readConfig, startNode } = await import('../../../packages/server/src/main.ts');

const node = await startNode(readConfig(process.env));
attendParent({ url: node.url, token: node.firstStartToken ?? '' }, async () => node[Symbol.asyncDispose]());
