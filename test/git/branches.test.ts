import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { defaultBranch } from '../../server/git/index.ts';
import { commitFiles, git } from '../support/git.ts';
import { opened, startRepository } from './support.ts';

test('the default branch of a clone is that of its origin, whatever its name', async () => {
  const root = startRepository();
  commitFiles(root, 'one', { 'one.txt': '1' });
  git(root, ['branch', '--move', 'stable']);
  const folder = mkdtempSync(join(tmpdir(), 'lintel-clone-'));
  try {
    git(folder, ['clone', '--quiet', root, 'clone']);
    expect(await defaultBranch(await opened(join(folder, 'clone')))).toBe('origin/stable');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('without an origin the default branch is the first of the usual names that exists', async () => {
  const root = startRepository();
  commitFiles(root, 'one', { 'one.txt': '1' });
  git(root, ['checkout', '--quiet', '-b', 'topic']);
  git(root, ['branch', 'trunk']);
  expect(await defaultBranch(await opened(root))).toBe('main');
  git(root, ['branch', '--delete', '--force', 'main']);
  expect(await defaultBranch(await opened(root))).toBe('trunk');
  git(root, ['branch', '--delete', '--force', 'trunk']);
  expect(await defaultBranch(await opened(root))).toBeUndefined();
});

test('a repository without commits has no default branch', async () => {
  expect(await defaultBranch(await opened(startRepository()))).toBeUndefined();
});
