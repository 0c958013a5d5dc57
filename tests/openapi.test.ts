import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Validator } from '@seriousme/openapi-schema-validator';
import { startTestNode } from '../packages/server/src/testing.ts';

test('The node serves a valid document of OpenAPI 3.1 to anybody', async () => {
  await using node = await startTestNode();
  const response = await fetch(`${node.url}/api/openapi.json`);
  assert.equal(response.status, 200);
  const document = JSON.parse(await response.text());
  const result = await new Validator().validate(document);
  assert.deepEqual(result.errors ?? [], []);
  assert.equal(result.valid, true);
  assert.equal(document.openapi, '3.1.0');
});
