import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { FINDING_RULES } from '../../server/decisions/index.ts';
import { type ChangedLines, changedLines } from '../../server/engine/changed-lines.ts';
import { testRepository } from '../support/repository.ts';

const span = (line: number) => ({ start: { line, character: 0 }, end: { line, character: 5 } });
const FILES = {
  'a.ts': '// one\n// two\n// ADR-7\n',
  'docs/adr/0007-keep.md': '# 7. Keep\n\n## Decision\n\nYes, we keep it where it is.\n',
  'docs/adr/0008-move.md': '# 8. Move\n\n## Decision\n\nNo, we move it elsewhere, and soon.\n',
};
const read = async (root: string, base?: string): Promise<ChangedLines> => {
  const changed = await changedLines(root, base);
  return 'refused' in changed ? expect.fail(changed.refused) : changed;
};

it('what changed are the lines of the difference, and new files as a whole', async () => {
  const repository = testRepository(FILES);
  writeFileSync(join(repository.root, 'a.ts'), '// one\n// 2\n// ADR-7\n');
  writeFileSync(join(repository.root, 'b.ts'), '// new\n');
  const { touches } = await read(repository.root);
  expect([0, 1, 2].map((line) => touches('a.ts', span(line)))).toEqual([false, true, false]);
  expect(touches('b.ts', span(9))).toBe(true);
  expect(touches('docs/adr/0007-keep.md', span(0))).toBe(false);
});

it('a finding in a file that nobody touched counts where what it misses was deleted or renamed', async () => {
  const repository = testRepository(FILES);
  rmSync(join(repository.root, 'docs/adr/0007-keep.md'));
  renameSync(join(repository.root, 'docs/adr/0008-move.md'), join(repository.root, 'docs/adr/0009-move.md'));
  const { concerns } = await read(repository.root);
  const [rule] = FINDING_RULES;
  if (!rule) return expect.fail('There are no rules.');
  const misses = (message: string) => concerns('c.md', { rule: rule.id, severity: 'warning', message, span: span(0) });
  expect(misses('This link points to docs/adr/0007-keep.md, which does not exist.')).toBe(true);
  expect(misses('"ADR-7" does not match any record in this repository.')).toBe(true);
  expect(misses('docs/adr/0008-move.md does not exist. The record is now docs/adr/0009-move.md.')).toBe(true);
  expect(misses('"ADR-3" does not match any record in this repository.')).toBe(false);
  expect(misses('ADR 7 "Keep" was superseded.')).toBe(false);
});

it('a folder without git, and a commit that is not there, are refused in a sentence', async () => {
  const repository = testRepository(FILES);
  expect(await changedLines(repository.root, 'nowhere')).toMatchObject({
    refused: expect.stringContaining('There is no commit "nowhere"'),
  });
});
