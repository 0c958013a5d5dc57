import assert from 'node:assert/strict';
import { test } from 'node:test';
import { markers, replaceFigures } from './markdown.ts';

test('new figures take the place of the old ones, and the words around them stay', () => {
  const document = `# Speed\n\n${markers.begin}\nold\n${markers.end}\n\nWhat this does not show.\n`;
  const once = replaceFigures(document, 'new');
  assert.equal(once, `# Speed\n\n${markers.begin}\n\nnew\n\n${markers.end}\n\nWhat this does not show.\n`);
  assert.equal(replaceFigures(once, 'new'), once);
});

test('a document without its markers is left alone', () => {
  assert.throws(() => replaceFigures('# Speed\n', 'new'), /needs <!-- figures: begin -->/);
  assert.throws(() => replaceFigures(`${markers.end}\n${markers.begin}`, 'new'));
});
