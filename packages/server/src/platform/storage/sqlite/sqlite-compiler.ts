import {
  type BinaryOperationNode,
  FunctionNode,
  OperatorNode,
  type SelectModifierNode,
  SqliteQueryCompiler,
  ValueNode,
} from 'kysely';
import { checkArray } from '../sql-value.ts';
import type { WorkerSettings } from './messages.ts';

const rowLocks: readonly (string | undefined)[] = [
  'ForUpdate',
  'ForNoKeyUpdate',
  'ForShare',
  'ForKeyShare',
  'NoWait',
  'SkipLocked',
];

/**
 * Writes SQLite's own form of two things that the stores say in PostgreSQL's way: a row lock, which a transaction that
 * is the only writer does not need, and `= any(array)`, see `inList`.
 */
export class SqliteCompiler extends SqliteQueryCompiler {
  readonly #mode: WorkerSettings['mode'];

  constructor(mode: WorkerSettings['mode']) {
    super();
    this.#mode = mode;
  }

  protected override visitSelectModifier(node: SelectModifierNode): void {
    if (!rowLocks.includes(node.modifier)) super.visitSelectModifier(node);
    // PostgreSQL refuses it in a read-only transaction as well.
    else if (this.#mode === 'read') throw new Error('A row can be locked in write() only, not through read');
  }

  protected override visitBinaryOperation(node: BinaryOperationNode): void {
    const values = arrayOf(node);
    if (values === undefined) {
      super.visitBinaryOperation(node);
      return;
    }
    this.visitNode(node.leftOperand);
    this.append(' in (select value from json_each(');
    this.appendValue(JSON.stringify(checkArray(values, 'list')));
    this.append('))');
  }
}

function arrayOf({ operator, rightOperand }: BinaryOperationNode): readonly unknown[] | undefined {
  if (!OperatorNode.is(operator) || operator.operator !== '=') return undefined;
  if (!FunctionNode.is(rightOperand) || rightOperand.func !== 'any') return undefined;
  const [argument] = rightOperand.arguments;
  if (argument === undefined || !ValueNode.is(argument) || !Array.isArray(argument.value)) return undefined;
  return argument.value;
}
