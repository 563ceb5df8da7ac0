import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readState } from '../../server/store/state.ts';
import { testFolder } from '../support/folder.ts';
import { commitFiles, git, writeFiles } from '../support/git.ts';
import { testRepository } from '../support/repository.ts';
import { lintel } from './cli.ts';
import { contentsOf, freshContents, GOOD, GOOD_PATH, indexHere, record, testIndexFolder } from './support.ts';

/** Indexes, and checks that the index holds what a fresh one holds. Answers what status would say of the repository. */
const index = async (root: string, indexFolder: string): Promise<{ readonly notices: string; readonly ids: readonly string[] }> => {
  await indexHere({ root, indexFolder });
  const contents = await contentsOf(indexFolder);
  expect(contents).toEqual(await freshContents(root));
  const read = await readState(indexFolder);
  return {
    notices: read.status === 'present' ? read.state.notices.join('\n') : read.status,
    ids: contents.map((row) => (JSON.parse(row) as { id: string }).id),
  };
};

const commitsIn = (ids: readonly string[]): number => ids.filter((id) => id.startsWith('commit:')).length;
const rule = (number: number): Record<string, string> => ({ [`docs/adr/000${number}-rule.md`]: record(number, `Keep rule ${number}`) });

describe('an index follows its repository', () => {
  it('through branch switches, rebases, force pushes and the collection of the old head', async () => {
    const { root } = testRepository(GOOD);
    const folder = testFolder('lintel-index');
    expect(commitsIn((await index(root, folder)).ids)).toBe(1);

    git(root, ['checkout', '--quiet', '-b', 'side']);
    commitFiles(root, 'Add rule 2', rule(2));
    commitFiles(root, 'Add rule 3', rule(3));
    expect(commitsIn((await index(root, folder)).ids)).toBe(3);

    git(root, ['checkout', '--quiet', 'main']);
    expect(commitsIn((await index(root, folder)).ids)).toBe(1);

    commitFiles(root, 'Add rule 4', rule(4));
    git(root, ['checkout', '--quiet', 'side']);
    await index(root, folder);
    git(root, ['rebase', '--quiet', 'main']);
    expect(commitsIn((await index(root, folder)).ids)).toBe(4);

    git(root, ['reset', '--quiet', '--hard', 'main']);
    commitFiles(root, 'Pushed by force', rule(5));
    git(root, ['branch', '--quiet', '--force', 'main']);
    git(root, ['reflog', 'expire', '--expire=now', '--all']);
    git(root, ['gc', '--quiet', '--prune=now']);
    expect(commitsIn((await index(root, folder)).ids)).toBe(3);
  });

  it('from a plain folder to a repository without commits, to the first commit, and back', async () => {
    const root = testFolder('lintel-plain');
    const folder = testFolder('lintel-index');
    writeFiles(root, GOOD);
    const plain = await index(root, folder);
    expect(plain.notices).toMatch(/is not in a git repository\. Only its files are indexed, no commits\./);
    expect(plain.ids).toContain(`${GOOD_PATH}#0`);

    git(root, ['init', '--quiet']);
    expect((await index(root, folder)).notices).toContain('The repository has no commits yet.');
    commitFiles(root, 'The first one');
    expect(commitsIn((await index(root, folder)).ids)).toBe(1);
    git(root, ['checkout', '--quiet', '--orphan', 'empty']);
    expect(commitsIn((await index(root, folder)).ids)).toBe(0);
    commitFiles(root, 'The other first one');
    expect(commitsIn((await index(root, folder)).ids)).toBe(1);
    rmSync(join(root, '.git'), { recursive: true });
    expect(commitsIn((await index(root, folder)).ids)).toBe(0);
  });

  it('when a shallow clone is deepened, and when a partial clone has gaps', async () => {
    const origin = testRepository(GOOD, { commits: [2, 3, 4].map((number) => ({ message: `Add rule ${number}`, files: rule(number) })) });
    const shallow = join(testFolder('lintel-clones'), 'shallow');
    git(origin.root, ['clone', '--quiet', '--depth=2', `file://${origin.root}`, shallow]);
    const folder = testFolder('lintel-index');
    const before = await index(shallow, folder);
    expect(before.notices).toContain('git fetch --unshallow');
    expect(commitsIn(before.ids)).toBe(2);
    git(shallow, ['fetch', '--quiet', '--unshallow']);
    const after = await index(shallow, folder);
    expect(after.notices).not.toContain('shallow');
    expect(commitsIn(after.ids)).toBe(4);

    const partial = join(testFolder('lintel-clones'), 'partial');
    git(origin.root, ['config', 'uploadpack.allowFilter', 'true']);
    git(origin.root, ['clone', '--quiet', '--filter=blob:none', `file://${origin.root}`, partial]);
    const gaps = await index(partial, testFolder('lintel-index'));
    expect(gaps.notices).toMatch(/clone is partial/);
    expect(commitsIn(gaps.ids)).toBe(4);
  });

  it('in a linked work tree, with a submodule, and in a bare repository', async () => {
    const { root } = testRepository(GOOD);
    const tree = join(testFolder('lintel-trees'), 'linked');
    git(root, ['worktree', 'add', '--quiet', '-b', 'linked', tree]);
    commitFiles(tree, 'Add rule 2', rule(2));
    expect((await index(tree, testFolder('lintel-index'))).ids).toContain('docs/adr/0002-rule.md#0');

    const other = testRepository({ 'docs/adr/0009-of-the-library.md': record(9, 'Belong to the library') });
    const folder = testFolder('lintel-index');
    git(root, ['submodule', '--quiet', 'add', other.root, 'library']);
    commitFiles(root, 'Add the library');
    expect((await index(root, folder)).ids.filter((id) => id.startsWith('library/'))).toEqual([]);
    // Watchers see files of submodules too.
    await indexHere({ root, indexFolder: folder, paths: ['library/docs/adr/0009-of-the-library.md'] });
    expect((await index(root, folder)).ids.filter((id) => id.startsWith('library/'))).toEqual([]);

    const bare = join(testFolder('lintel-clones'), 'bare.git');
    git(root, ['clone', '--quiet', '--bare', root, bare]);
    const read = await index(bare, testFolder('lintel-index'));
    expect(read.notices).toContain('The repository is bare: files are read from HEAD.');
    expect(read.ids).toContain(`${GOOD_PATH}#0`);
  });

  it('when the limit of commits or of file sizes in lintel.yaml changes', async () => {
    const { root } = testRepository(
      { ...GOOD, 'docs/adr/0002-large.md': record(2, 'Be large', 'Large words. '.repeat(200)) },
      { commits: [3, 4, 5].map((number) => ({ message: `Add rule ${number}`, files: rule(number) })) },
    );
    const folder = testFolder('lintel-index');
    for (const [text, commits] of [
      ['', 4],
      ['commits: { limit: 2 }\n', 2],
      ['commits: { limit: 3 }\nlimits: { fileSize: 1024 }\n', 3],
      ['limits: { fileSize: 1024 }\n', 4],
      ['', 4],
    ] as const) {
      writeFiles(root, { 'lintel.yaml': text });
      expect(commitsIn((await index(root, folder)).ids), text).toBe(commits);
    }
    writeFiles(root, { 'lintel.yaml': 'commits: { limit: 2 }\n' });
    commitFiles(root, 'One more');
    expect(commitsIn((await index(root, folder)).ids)).toBe(2);
  });

  it('without git for a time: the commits stay, a notice says what is missing, and nothing comes twice', async () => {
    const { root } = testRepository(GOOD, { commits: [{ message: 'Add rule 2', files: rule(2) }] });
    const folder = testIndexFolder(root);
    await index(root, folder);
    writeFiles(root, rule(3));
    const environment = { PATH: testFolder('lintel-empty'), Path: '' };
    const { code, stdout, stderr } = await lintel(['search', 'hemp', '--json'], { folder: root, indexFolder: folder, environment });
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringMatching(/Git was not found\. Install git .*no commits/) });
    expect(stdout).toContain(GOOD_PATH);
    const without = await contentsOf(folder);
    expect(without.filter((row) => row.includes('"id":"commit:'))).toHaveLength(2);
    expect(without.some((row) => row.includes('0003-rule'))).toBe(true);
    commitFiles(root, 'Add rule 3');
    expect(commitsIn((await index(root, folder)).ids)).toBe(3);
  });

  it('when the repository is moved to another place', async () => {
    const { root } = testRepository(GOOD);
    const folder = testFolder('lintel-index');
    await index(root, folder);
    const moved = join(testFolder('lintel-moved'), 'here');
    mkdirSync(join(moved, '..'), { recursive: true });
    renameSync(root, moved);
    expect((await index(moved, folder)).ids).toContain(`${GOOD_PATH}#0`);
  });
});
