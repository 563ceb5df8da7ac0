import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readPreamble } from '../../../server/knowledge/markup/preamble.ts';
import { readRecord } from '../../../server/knowledge/records/record.ts';
import { lineIndex } from '../../../server/text/lines.ts';

const block = '```\nCAP: 0023\nTitle: Two-Part Payments\nStatus: Final\nCreated: 2019-06-04\nDiscussion: here\nand there\n```\n';
const preambleOf = (text: string) => readPreamble(text, lineIndex(text));
const read = (text: string, path = 'core/cap-0023.md') => readRecord({ path, text, sha: '' });

it.each([
  ['below a heading of its own', `## Preamble\n\n${block}\n## Simple Summary\n\nPay in two parts.\n`],
  ['before everything', `${block}\n# Simple Summary\n\nPay in two parts.\n`],
  ['below the title', `# CAP-0023: Two-Part Payments\n\n## Preamble\n\n${block.replace('```\n', '```text\n')}`],
])('a fenced preamble %s says title, number, status and day', (_, text) => {
  const { title, number, status, date } = read(text);
  expect({ title, number, status: status?.value, date }).toEqual({
    title: 'Two-Part Payments',
    number: '23',
    status: 'accepted',
    date: '2019-06-04',
  });
});

it.each([
  ['after a paragraph', `We configure it so:\n\n${block}`],
  ['that has no status', '```yaml\nname: server\ntitle: Server\nport: 80\n```\n'],
  ['that is never closed', block.slice(0, -4)],
  ['in a programming language', block.replace('```\n', '```js\n')],
])('a code block %s is code', (_, text) => expect(preambleOf(text)).toBeUndefined());

it('never throws and has its entries within the text', () => {
  const line = fc.constantFrom('```', '~~~', 'Title: x', 'Status: Final', '## Preamble', '', 'text', '\uFEFF', ': :', '- a');
  fc.assert(
    fc.property(fc.array(line, { maxLength: 30 }), (lines) => {
      const text = lines.join('\n');
      for (const { values } of preambleOf(text)?.entries ?? [])
        for (const value of values) expect(text.slice(value.start, value.end)).toBe(value.text);
    }),
  );
});
