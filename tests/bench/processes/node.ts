// A node as an operator runs it, set up by its environment.
import { readConfig, startNode } from '../../../packages/server/src/main.ts';
import { attendParent } from './attend-parent.ts';

const node = await startNode(readConfig(process.env));
attendParent({ url: node.url, token: node.firstStartToken ?? '' }, async () => node[Symbol.asyncDispose]());
