import { chmodSync, existsSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commitGraphReader } from '../../server/git/index.ts';
import { currentHistory } from '../../server/history/current.ts';
import { LineHistories } from '../../server/history/line-history.ts';
import { keepCommitGraph } from '../../server/indexing/commit-graph.ts';
import { graphFolder } from '../../server/store/folder.ts';
import { opened } from '../git/support.ts';
import { testFolder } from '../support/folder.ts';
import { git } from '../support/git.ts';
import { testRepository } from '../support/repository.ts';

const COMMITS = Array.from({ length: 30 }, (_, index) => ({
  message: `Change ${index}\n`,
  files: { [`src/part${index % 3}.ts`]: `first line\nline ${index}\n` },
}));
const TEXT = 'first line\nline 27\n';
const ALL = { least: 1, most: 1 };

async function subjectsAt(root: string, indexFolder?: string): Promise<readonly string[]> {
  const read = commitGraphReader();
  const histories = new LineHistories(undefined, async () => indexFolder && read(graphFolder(indexFolder)));
  const { commits } = await histories.at(await currentHistory(await opened(root)), {
    path: 'src/part0.ts',
    text: TEXT,
    unsaved: true,
    line: 1,
  });
  return commits.map(({ subject }) => subject);
}

const graphOf = (indexFolder: string): string => join(graphFolder(indexFolder), 'info/commit-graph');

async function withGraph() {
  const { root } = testRepository({ 'README.md': '# Shop\n' }, { commits: COMMITS });
  const indexFolder = testFolder();
  expect(await keepCommitGraph(await opened(root), indexFolder, ALL)).toBe(true);
  return { root, indexFolder };
}

describe('the commit-graph of a large repository', () => {
  it('is written into the index folder, once for each HEAD, and nothing of the repository changes', async () => {
    const { root } = testRepository({ 'README.md': '# Shop\n' }, { commits: COMMITS });
    const before = readdirSync(join(root, '.git'), { recursive: true }).sort();
    const indexFolder = testFolder();
    const repository = await opened(root);
    expect(await keepCommitGraph(repository, indexFolder)).toBe(false);
    expect(existsSync(graphFolder(indexFolder))).toBe(false);
    expect(await keepCommitGraph(repository, indexFolder, ALL)).toBe(true);
    expect(statSync(graphOf(indexFolder)).size).toBeGreaterThan(1_000);
    expect(await keepCommitGraph(repository, indexFolder, ALL)).toBe(false);
    expect(readdirSync(join(root, '.git'), { recursive: true }).sort()).toEqual(before);
  });

  it('changes no answer, also when history went on without it', async () => {
    const { root, indexFolder } = await withGraph();
    expect(await subjectsAt(root, indexFolder)).toEqual(await subjectsAt(root));
    git(root, ['-c', 'user.name=A', '-c', 'user.email=a@b.c', 'commit', '--quiet', '--allow-empty', '-m', 'Later']);
    expect(await subjectsAt(root, indexFolder)).toEqual(['Change 27', 'Change 24', 'Change 21']);
    expect(await keepCommitGraph(await opened(root), indexFolder, ALL)).toBe(true);
  });

  it.each<[string, (path: string) => void]>([
    ['has a flipped bit', (path) => flip(path)],
    ['was cut', (path) => truncateSync(path, 700)],
    ['is empty', (path) => truncateSync(path, 0)],
    ['is garbage', (path) => writeFileSync(path, 'garbage'.repeat(300))],
    ['was deleted', (path) => rmSync(path)],
  ])('is not used where it %s, and is written anew', async (_, damage) => {
    const { root, indexFolder } = await withGraph();
    const path = graphOf(indexFolder);
    chmodSync(path, 0o644);
    damage(path);
    expect(await commitGraphReader()(graphFolder(indexFolder))).toBeUndefined();
    expect(await subjectsAt(root, indexFolder)).toEqual(await subjectsAt(root));
    expect(await keepCommitGraph(await opened(root), indexFolder, ALL)).toBe(true);
    expect(await commitGraphReader()(graphFolder(indexFolder))).toBe(graphFolder(indexFolder));
  });

  it('is left alone by git where commits are replaced, whenever that was done', async () => {
    const { root, indexFolder } = await withGraph();
    const sha = git(root, ['rev-parse', 'HEAD~2']).trim();
    const made = git(root, [
      '-c',
      'user.name=A',
      '-c',
      'user.email=a@b.c',
      'commit-tree',
      `${sha}^{tree}`,
      '-p',
      `${sha}^`,
      '-m',
      'Said otherwise',
    ]);
    git(root, ['replace', sha, made.trim()]);
    const replaced = ['Said otherwise', 'Change 24', 'Change 21'];
    expect(await subjectsAt(root, indexFolder)).toEqual(replaced);
    const later = join(indexFolder, 'later');
    await keepCommitGraph(await opened(root), later, ALL);
    expect(await subjectsAt(root, later)).toEqual(replaced);
    git(root, ['replace', '--delete', sha]);
    expect(await subjectsAt(root, later)).toEqual(['Change 27', 'Change 24', 'Change 21']);
  });

  it('is left alone by git where commits are grafted', async () => {
    const { root, indexFolder } = await withGraph();
    const [newest, ...older] = git(root, ['rev-list', 'HEAD']).trim().split('\n');
    const skipped = older[2] ?? expect.fail('too few commits');
    writeFileSync(join(root, '.git/info/grafts'), `${newest} ${skipped}\n`);
    const grafted = await subjectsAt(root);
    expect(await subjectsAt(root, indexFolder)).toEqual(grafted);
    expect(grafted).not.toContain('Change 27');
  });

  it('is none for a shallow clone, and none where the folder cannot be named in a list', async () => {
    const { root } = testRepository({ 'README.md': '# Shop\n' }, { commits: COMMITS });
    const clone = join(testFolder(), 'clone');
    git(root, ['clone', '--quiet', '--depth=5', `file://${root}`, clone]);
    expect(await keepCommitGraph(await opened(clone), testFolder(), ALL)).toBe(false);
    expect(await keepCommitGraph(await opened(root), join(testFolder(), 'a:b;c'), ALL)).toBe(false);
  });
});

function flip(path: string): void {
  const bytes = readFileSync(path);
  const at = Math.floor(bytes.length / 2);
  bytes[at] = (bytes[at] ?? 0) ^ 4;
  writeFileSync(path, bytes);
}
