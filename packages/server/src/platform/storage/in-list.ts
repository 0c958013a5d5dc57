import {
  BinaryOperationNode,
  type Expression,
  ExpressionWrapper,
  FunctionNode,
  OperatorNode,
  type SqlBool,
  ValueNode,
} from 'kysely';

/**
 * `column in (values)` as one parameter, however long the list: `where((eb) => inList(eb.ref('id'), ids))`. An empty list matches
 * nothing. The text of the statement does not depend on the number of values, so it is prepared once.
 *
 * Compiles to `column = any($1)` on PostgreSQL; the SQLite dialect writes the same node as a subquery on `json_each`.
 */
export function inList<Value extends string | number>(
  column: Expression<Value> | Expression<Value | null>,
  values: readonly NoInfer<Value>[],
): Expression<SqlBool> {
  return new ExpressionWrapper(
    BinaryOperationNode.create(
      column.toOperationNode(),
      OperatorNode.create('='),
      FunctionNode.create('any', [ValueNode.create(values)]),
    ),
  );
}
