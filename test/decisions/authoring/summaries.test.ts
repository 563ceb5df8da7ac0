import { expect, it } from 'vitest';
import { summariesOf } from '../../../server/decisions/authoring/graph.ts';
import { readDocument } from '../../../server/knowledge/read.ts';
import { registerOf } from '../../../server/register/register.ts';
import { treeOf } from '../../../server/workspace/tree.ts';
import { documentIndexOf, recordsIn } from '../../support/register.ts';

const RECORD = '# Use ropes\n\n## Status\n\nAccepted\n';

it('a list of decisions has numbers as people write them: with letters where the series has some, else alone', () => {
  const documents = recordsIn({ 'docs/adr/A-13-keys.md': RECORD, 'docs/adr/0007-ropes.md': RECORD, 'docs/rfcs/0002-nets.md': RECORD });
  const listed = summariesOf(registerOf(documentIndexOf(documents), treeOf([])));
  expect(listed.map(({ path, number, numberLabel }) => [path, number, numberLabel])).toEqual([
    ['docs/adr/0007-ropes.md', '7', undefined],
    ['docs/adr/A-13-keys.md', '13', 'A-13'],
    ['docs/rfcs/0002-nets.md', '2', undefined],
  ]);
});

it('a record that could not be read is listed with the number of its file name', () => {
  const unread = readDocument({ path: 'docs/adr/0009-lost.md', kind: 'decision', format: 'markdown', text: '', sha: '' });
  const { number: _, ...withoutNumber } = unread;
  const [listed] = summariesOf(registerOf(documentIndexOf([withoutNumber]), treeOf([])));
  expect(listed).toMatchObject({ path: 'docs/adr/0009-lost.md', number: '9' });
});
