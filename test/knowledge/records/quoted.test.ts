import { expect, test } from 'vitest';
import { record } from './support.ts';

const withLine = (line: string): string =>
  `---\nstatus: accepted\n---\n# Keep records\n\n## Consequences\n\nA decision that is replaced keeps its file, and gets\n${line}\n`;

test.each([
  '`status: superseded` and links to its successor.',
  '``status: superseded`` in its front matter.',
  '  `status = deprecated`, as we said.',
])('a sentence that goes on with %j on its next line does not change the status of its record', (line) => {
  expect(record(withLine(line)).status?.value).toBe('accepted');
});

test.each(['`Status`: Rejected', '**Status:** `Rejected`'])('%j is the status of a record all the same', (line) => {
  expect(record(`# Keep records\n\n${line}\n\n## Decision\n\nWe keep them.\n`).status?.value).toBe('rejected');
});
