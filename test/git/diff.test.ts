import { chmodSync, existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readDiff } from '../../server/git/index.ts';
import { commitFiles, git, writeFiles } from '../support/git.ts';
import { opened, startRepository } from './support.ts';

const LINES = Array.from({ length: 40 }, (_, at) => `line ${at + 1}\n`);

describe('the difference between the last commit and the work tree', () => {
  it('is listed file by file, staged or not', async () => {
    const folder = startRepository();
    commitFiles(folder, 'first', { 'a.ts': LINES.join(''), 'b.ts': 'b\n', 'same.ts': 's\n' });
    writeFiles(folder, { 'a.ts': LINES.with(1, 'second\n').with(30, 'later\n').join(''), 'new.ts': 'n\n', 'untracked.ts': 'u\n' });
    rmSync(join(folder, 'b.ts'));
    git(folder, ['add', 'new.ts']);
    expect(await readDiff(await opened(folder), 'work-tree', { context: 1 })).toEqual({
      files: [
        {
          path: 'a.ts',
          change: 'changed',
          hunks: [
            {
              old: { first: 0, last: 2 },
              new: { first: 0, last: 2 },
              lines: [
                { kind: 'context', text: 'line 1' },
                { kind: 'removed', text: 'line 2' },
                { kind: 'added', text: 'second' },
                { kind: 'context', text: 'line 3' },
              ],
            },
            {
              old: { first: 29, last: 31 },
              new: { first: 29, last: 31 },
              section: 'line 29',
              lines: [
                { kind: 'context', text: 'line 30' },
                { kind: 'removed', text: 'line 31' },
                { kind: 'added', text: 'later' },
                { kind: 'context', text: 'line 32' },
              ],
            },
          ],
        },
        {
          path: 'b.ts',
          change: 'deleted',
          hunks: [{ old: { first: 0, last: 0 }, new: { first: 0, last: -1 }, lines: [{ kind: 'removed', text: 'b' }] }],
        },
        {
          path: 'new.ts',
          change: 'added',
          hunks: [{ old: { first: 0, last: -1 }, new: { first: 0, last: 0 }, lines: [{ kind: 'added', text: 'n' }] }],
        },
      ],
      unreadable: [],
    });
  });

  it('has hunks of exactly the changed lines when no context is asked for', async () => {
    const folder = startRepository();
    commitFiles(folder, 'first', { 'a.ts': LINES.join('') });
    writeFiles(folder, { 'a.ts': LINES.toSpliced(3, 1).toSpliced(20, 0, 'x\n', 'y\n').join('') });
    const { files } = await readDiff(await opened(folder), 'work-tree');
    expect(files[0]?.hunks.map(({ old, new: fresh }) => [old, fresh])).toEqual([
      [
        { first: 3, last: 3 },
        { first: 3, last: 2 },
      ],
      [
        { first: 21, last: 20 },
        { first: 20, last: 21 },
      ],
    ]);
  });

  it('has the real names of files that git quotes', async () => {
    const folder = startRepository();
    const names = [
      'my file.ts',
      'größe.ts',
      'tab\there.ts',
      'quote".ts',
      'back\\slash.ts',
      'nested/line\nend.ts',
      'x b/x b.ts',
      '\u0001.ts',
    ];
    commitFiles(folder, 'first', Object.fromEntries(names.map((name) => [name, 'a\n'])));
    writeFiles(folder, Object.fromEntries(names.map((name) => [name, 'b\n'])));
    const { files, unreadable } = await readDiff(await opened(folder), 'work-tree');
    expect(files.map(({ path }) => path).sort()).toEqual([...names].sort());
    expect(unreadable).toEqual([]);
  });

  it('names binary files without content, and is not fooled by text that looks like a patch', async () => {
    const folder = startRepository();
    commitFiles(folder, 'first', { 'a.md': 'x\n', 'b c.bin': new Uint8Array([0, 1, 2]) });
    writeFiles(folder, {
      'a.md': 'x\n--- a/evil.ts\n+++ b/evil.ts\n@@ -1 +1 @@\ndiff --git a/evil.ts b/evil.ts\n',
      'b c.bin': new Uint8Array([0, 1, 3]),
    });
    const { files, unreadable } = await readDiff(await opened(folder), 'work-tree');
    expect(files.map(({ path, binary }) => [path, binary ?? false])).toEqual([
      ['a.md', false],
      ['b c.bin', true],
    ]);
    expect(files[0]?.hunks).toHaveLength(1);
    expect(unreadable).toEqual([]);
  });

  it('runs no program that the repository names', async () => {
    const folder = startRepository();
    commitFiles(folder, 'first', { 'a.ts': 'x\n', '.gitattributes': '*.ts diff=evil filter=evil\n' });
    const trace = join(folder, 'ran');
    for (const key of ['diff.evil.command', 'diff.evil.textconv', 'filter.evil.clean', 'diff.external', 'core.fsmonitor'])
      git(folder, ['config', key, `touch '${trace}' #`]);
    writeFiles(folder, { 'a.ts': 'y\n' });
    const { files } = await readDiff(await opened(folder), 'work-tree');
    expect(files.map(({ path }) => path)).toContain('a.ts');
    expect(existsSync(trace)).toBe(false);
  });

  it('does not depend on how the repository configures diffs', async () => {
    const folder = startRepository();
    commitFiles(folder, 'first', { 'sub/a.ts': 'one\n\nthree\n', 'sub/z.ts': 'z\n' });
    writeFiles(folder, { 'sub/a.ts': 'one\n\nthree!\n' });
    const plain = await readDiff(await opened(folder), 'work-tree', { context: 2 });
    const settings = {
      noprefix: 'true',
      mnemonicPrefix: 'true',
      suppressBlankEmpty: 'true',
      context: '9',
      relative: 'true',
      colorMoved: 'zebra',
    };
    for (const [key, value] of Object.entries(settings)) git(folder, ['config', `diff.${key}`, value]);
    git(folder, ['config', 'color.diff', 'always']);
    expect(await readDiff(await opened(folder), 'work-tree', { context: 2 })).toEqual(plain);
    expect(plain.files).toHaveLength(1);
  });

  it('is empty in a clean work tree and before the first commit', async () => {
    const folder = startRepository();
    writeFiles(folder, { 'a.ts': 'x\n' });
    expect(await readDiff(await opened(folder), 'work-tree')).toEqual({ files: [], unreadable: [] });
    commitFiles(folder, 'first');
    expect(await readDiff(await opened(folder), 'work-tree')).toEqual({ files: [], unreadable: [] });
  });

  it('calls a file whose permissions alone changed a change of mode, and one whose content changed as well changed', async () => {
    const folder = startRepository();
    commitFiles(folder, 'first', { 'run me.sh': 'x\n', 'both.sh': 'x\n' });
    git(folder, ['config', 'core.fileMode', 'true']);
    for (const name of ['run me.sh', 'both.sh']) chmodSync(join(folder, name), 0o755);
    writeFiles(folder, { 'both.sh': 'y\n' });
    const { files } = await readDiff(await opened(folder), 'work-tree');
    expect(files.map(({ path, change, hunks }) => [path, change, hunks.length])).toEqual([
      ['both.sh', 'changed', 1],
      ['run me.sh', 'mode', 0],
    ]);
  });

  it('does not include submodules', async () => {
    const inner = startRepository();
    const first = commitFiles(inner, 'one', { 'x.ts': 'x\n' });
    const folder = startRepository();
    commitFiles(folder, 'first', { 'a.ts': 'a\n' });
    git(folder, ['update-index', '--add', '--cacheinfo', `160000,${first},module`]);
    git(folder, ['commit', '--quiet', '-m', 'module']);
    git(folder, ['update-index', '--cacheinfo', `160000,${first.replace(/^./, (digit) => (digit === '0' ? '1' : '0'))},module`]);
    writeFiles(folder, { 'a.ts': 'b\n' });
    git(folder, ['add', 'a.ts']);
    expect((await readDiff(await opened(folder), 'index')).files.map(({ path }) => path)).toEqual(['a.ts']);
  });
});

describe('the difference between the last commit and the index', () => {
  it('counts only what is staged, also before the first commit', async () => {
    const folder = startRepository();
    writeFiles(folder, { 'a.ts': 'a\n', 'b.ts': 'b\n' });
    git(folder, ['add', 'a.ts']);
    const { files } = await readDiff(await opened(folder), 'index');
    expect(files.map(({ path, change }) => [path, change])).toEqual([['a.ts', 'added']]);
    commitFiles(folder, 'first');
    writeFiles(folder, { 'a.ts': 'unstaged\n' });
    expect((await readDiff(await opened(folder), 'index')).files).toEqual([]);
  });

  it('cannot be read for a file with merge conflicts, and says which', async () => {
    const folder = startRepository();
    commitFiles(folder, 'first', { 'a.ts': 'a\n', 'b.ts': 'b\n' });
    git(folder, ['checkout', '--quiet', '-b', 'side']);
    commitFiles(folder, 'side', { 'a.ts': 'side\n' });
    git(folder, ['checkout', '--quiet', 'main']);
    commitFiles(folder, 'main', { 'a.ts': 'main\n' });
    expect(() => git(folder, ['merge', 'side'])).toThrow();
    expect(await readDiff(await opened(folder), 'index')).toEqual({
      files: [],
      unreadable: [{ reason: 'unmerged', path: 'a.ts', message: 'a.ts has merge conflicts.' }],
    });
    expect((await readDiff(await opened(folder), 'work-tree')).files.map(({ path }) => path)).toEqual(['a.ts']);
  });
});

describe('the difference between two commits', () => {
  it('shows renames with both names, and what changed inside', async () => {
    const folder = startRepository();
    const from = commitFiles(folder, 'first', { 'old name.ts': LINES.join(''), 'still.ts': LINES.toReversed().join('') });
    renameSync(join(folder, 'old name.ts'), join(folder, 'new\tname.ts'));
    renameSync(join(folder, 'still.ts'), join(folder, 'moved.ts'));
    const to = commitFiles(folder, 'second', { 'new\tname.ts': LINES.with(5, 'other\n').join('') });
    const { files } = await readDiff(await opened(folder), { from, to });
    expect(files.map(({ path, from: before, change, hunks }) => [path, before, change, hunks.length])).toEqual([
      ['moved.ts', 'still.ts', 'renamed', 0],
      ['new\tname.ts', 'old name.ts', 'renamed', 1],
    ]);
  });

  it('does not depend on the work tree', async () => {
    const folder = startRepository();
    const from = commitFiles(folder, 'first', { 'a.ts': 'a\n' });
    const to = commitFiles(folder, 'second', { 'a.ts': 'b' });
    writeFiles(folder, { 'a.ts': 'c\n', 'b.ts': 'x\n' });
    const { files } = await readDiff(await opened(folder), { from, to });
    expect(files.flatMap(({ hunks }) => hunks.flatMap(({ lines }) => lines))).toEqual([
      { kind: 'removed', text: 'a' },
      { kind: 'added', text: 'b', unterminated: true },
    ]);
  });

  it.each([
    ['a commit that is not there', 'f'.repeat(40)],
    ['an option', '--output=/tmp/evil'],
    ['a range', 'HEAD..HEAD'],
  ])('cannot be read for %s', async (_what, to) => {
    const folder = startRepository();
    const from = commitFiles(folder, 'first', { 'a.ts': 'a\n' });
    const { files, unreadable } = await readDiff(await opened(folder), { from, to });
    expect(files).toEqual([]);
    expect(unreadable).toEqual([{ reason: 'git-failed', message: expect.stringContaining(to) }]);
  });

  it('is cut at the limit, keeps whole files before it, and says so', async () => {
    const folder = startRepository();
    const names = Array.from({ length: 50 }, (_, at) => `file-${String(at).padStart(2, '0')}.ts`);
    const from = commitFiles(folder, 'first', { 'z.ts': '' });
    const to = commitFiles(folder, 'second', Object.fromEntries(names.map((name) => [name, LINES.join('')])));
    const repository = await opened(folder);
    const whole = await readDiff(repository, { from, to });
    expect(whole.files).toHaveLength(50);
    for (const mostBytes of [0, 1, 60, 900, 5_000, 5_050, 5_100, 5_150, 5_200]) {
      const { files, unreadable } = await readDiff(repository, { from, to }, { mostBytes });
      expect(unreadable.at(-1)).toEqual({
        reason: 'truncated',
        message: `The difference is larger than ${mostBytes} bytes. Only its beginning was read.`,
      });
      const complete = files.filter(({ path }) => !unreadable.some((one) => one.path === path));
      expect(complete).toEqual(whole.files.slice(0, complete.length));
      expect(files.length - complete.length).toBeLessThanOrEqual(1);
    }
  });

  it('rejects with the reason of the signal when aborted', async () => {
    const folder = startRepository();
    const from = commitFiles(folder, 'first', { 'a.ts': 'a\n' });
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(readDiff(await opened(folder), { from, to: 'HEAD' }, { signal })).rejects.toThrow('enough');
  });
});
