import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, rmSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { blameLines, discoverRepository, headOf, listFiles, workingTreeChanges } from '../../server/git/index.ts';
import { testFolder } from '../support/folder.ts';
import { commitFiles, git, writeFiles } from '../support/git.ts';
import { callEverything, opened, startRepository, wholeLog } from './support.ts';

const HOOKS = ['post-index-change', 'pre-commit', 'post-checkout', 'reference-transaction', 'fsmonitor-watchman', 'pre-auto-gc'];

let root = '';
let witness = '';

/** A repository in which every setting known to run a program would leave a line in a file outside of it. */
beforeEach(() => {
  root = startRepository();
  commitFiles(root, 'first', { 'a.txt': 'one\ntwo\n', 'a.png': 'x', 'b.secret': 'one\n' });
  commitFiles(root, 'second', {
    'a.txt': 'one\nTWO\n',
    '.gitattributes': '*.txt diff=evil\n*.png diff=evil\n*.secret filter=evil\n*.log filter=long\n',
  });
  witness = join(testFolder(), 'witness');
  const script = join(testFolder(), 'evil.sh');
  writeFiles(join(script, '..'), { 'evil.sh': `#!/bin/sh\necho "$0 $*" >> '${witness}'\ncat 2>/dev/null || true\n` });
  chmodSync(script, 0o755);
  const settings = {
    'core.fsmonitor': script,
    'core.pager': script,
    'core.editor': script,
    'core.sshCommand': script,
    'core.askPass': script,
    'core.alternateRefsCommand': script,
    'pager.log': script,
    'pager.status': script,
    'pager.blame': script,
    'diff.external': script,
    'diff.evil.command': script,
    'diff.evil.textconv': script,
    'filter.evil.clean': script,
    'filter.evil.smudge': script,
    'filter.evil.process': script,
    'filter.evil.required': 'true',
    'gpg.program': script,
    'gpg.ssh.program': script,
    'log.showSignature': 'true',
    'credential.helper': `!${script}`,
    'alias.log': `!${script}`,
    'alias.status': `!${script}`,
    'alias.evil': `!${script}`,
    'sequence.editor': script,
    'status.submoduleSummary': 'true',
    'trailer.evil.command': script,
    'uploadpack.packObjectsHook': script,
    'remote.origin.url': `ext::${script}`,
    'remote.origin.promisor': 'true',
    'remote.origin.partialclonefilter': 'blob:none',
    'protocol.ext.allow': 'always',
    'maintenance.auto': 'true',
    'gc.auto': '1',
    'interactive.diffFilter': script,
  };
  for (const [name, value] of Object.entries(settings)) git(root, ['config', name, value]);
  git(root, ['config', 'core.hooksPath', 'hooks']);
  for (const folder of ['hooks', '.git/hooks']) {
    for (const hook of HOOKS) {
      writeFiles(root, { [`${folder}/${hook}`]: readFileSync(script) });
      chmodSync(join(root, folder, hook), 0o755);
    }
  }
  // The same length and another time, so that git has to look into the file to know whether it changed.
  writeFiles(root, { 'b.secret': 'two\n', 'a.txt': 'one\ntwo\n' });
  utimesSync(join(root, 'b.secret'), 1, 1);
});

test('nothing that a repository configures is ever run', async () => {
  await callEverything(await opened(root), ['a.txt', 'a.png', 'b.secret']);
  expect(existsSync(witness) ? readFileSync(witness, 'utf8') : '').toBe('');
});

test('the same repository runs programs when git is not hardened, so the test above can fail', () => {
  expect(existsSync(witness)).toBe(false);
  for (const command of [
    ['status', '--short'],
    ['diff', '--ext-diff'],
    ['log', '-1', '--patch', '--ext-diff'],
    ['blame', 'b.secret'],
  ]) {
    spawnSync('git', command, { cwd: root, stdio: 'ignore' });
    expect(existsSync(witness), command.join(' ')).toBe(true);
    rmSync(witness);
  }
});

test('answers are right in spite of the hostile configuration', async () => {
  const repository = await opened(root);
  expect((await wholeLog(repository)).map(({ subject, paths }) => [subject, paths.length])).toEqual([
    ['second', 2],
    ['first', 3],
  ]);
  expect(await workingTreeChanges(repository)).toEqual(['a.txt', 'b.secret', ...HOOKS.map((hook) => `hooks/${hook}`).sort()]);
  expect((await blameLines(repository, 'b.secret', { first: 0, last: 0 })).map(({ sha }) => sha)).toEqual(['']);
});

test('variables that redirect git are not inherited', async () => {
  const other = startRepository();
  const sha = commitFiles(other, 'other', { 'other.txt': '1' });
  const redirecting = {
    GIT_DIR: join(root, '.git'),
    GIT_WORK_TREE: root,
    GIT_INDEX_FILE: join(root, '.git/index'),
    GIT_EXTERNAL_DIFF: 'false',
  };
  const before = { ...process.env };
  Object.assign(process.env, redirecting, { GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: 'core.bare', GIT_CONFIG_VALUE_0: 'true' });
  try {
    const repository = await opened(other);
    expect(repository).toMatchObject({ root: other, head: sha, bare: false });
    expect(await listFiles(repository)).toEqual(['other.txt']);
  } finally {
    process.env = before;
  }
});

test('a repository that is deleted while it is open gives empty answers or one clear error and never hangs', async () => {
  const repository = await opened(root);
  execFileSync('rm', ['-rf', join(root, '.git')]);
  expect(await headOf(repository)).toBe('');
  expect(await wholeLog(repository)).toEqual([]);
  expect(await listFiles(repository)).toEqual([]);
  expect(await discoverRepository(root)).toHaveProperty('notice');
});
