import fc from 'fast-check';
import { expect, test } from 'vitest';
import { changedPaths, commitDifference, countCommits, listCommits } from '../../server/git/index.ts';
import { commitFiles, git } from '../support/git.ts';
import { opened, startRepository } from './support.ts';

/** Three commits on main, oldest first. */
const threeCommits = () => {
  const root = startRepository();
  const shas = ['one', 'two', 'three'].map((name, index) =>
    commitFiles(root, name, { [`${name}.txt`]: name }, { date: `${1_700_000_000 + index} +0000` }),
  );
  const [one = '', two = '', three = ''] = shas;
  return { root, one, two, three };
};

test('a fast-forward adds the new commits, newest first', async () => {
  const { root, one, two, three } = threeCommits();
  expect(await commitDifference(await opened(root), one, three)).toEqual({ added: [three, two], removed: [], gone: false });
});

test('the same head changes nothing', async () => {
  const { root, three } = threeCommits();
  expect(await commitDifference(await opened(root), three, three)).toEqual({ added: [], removed: [], gone: false });
});

test('from no commit everything is added, to no commit everything is removed', async () => {
  const { root, one, two, three } = threeCommits();
  const repository = await opened(root);
  expect(await commitDifference(repository, '', three)).toEqual({ added: [three, two, one], removed: [], gone: false });
  expect(await commitDifference(repository, two, '')).toEqual({ added: [], removed: [two, one], gone: false });
});

test('a reset to an older commit removes what came after it', async () => {
  const { root, one, two, three } = threeCommits();
  expect(await commitDifference(await opened(root), three, one)).toEqual({ added: [], removed: [three, two], gone: false });
});

test('a rebase replaces the rewritten commits and keeps the base', async () => {
  const { root, one, two, three } = threeCommits();
  git(root, ['checkout', '--quiet', '-b', 'base', one]);
  const other = commitFiles(root, 'other', { 'other.txt': '1' });
  git(root, ['checkout', '--quiet', 'main']);
  git(root, ['rebase', '--quiet', 'base']);
  const rewritten = git(root, ['rev-list', '--max-count=2', 'HEAD']).split('\n');
  const difference = await commitDifference(await opened(root), three, 'HEAD');
  expect([...difference.added].sort()).toEqual([...rewritten, other].sort());
  expect([...difference.removed].sort()).toEqual([two, three].sort());
  expect(difference.gone).toBe(false);
});

test('a branch switch removes what only the old branch has and adds what only the new one has', async () => {
  const { root, two, three } = threeCommits();
  git(root, ['checkout', '--quiet', '-b', 'side', two]);
  const side = commitFiles(root, 'side', { 'side.txt': '1' });
  expect(await commitDifference(await opened(root), three, side)).toEqual({ added: [side], removed: [three], gone: false });
});

test('an indexed commit that is no longer in the object database is reported as gone, with everything to add', async () => {
  const { root, one, two, three } = threeCommits();
  const repository = await opened(root);
  git(root, ['reset', '--quiet', '--hard', two]);
  const amended = commitFiles(root, 'three again', { 'three.txt': 'again' });
  git(root, ['reflog', 'expire', '--expire=now', '--all']);
  git(root, ['gc', '--quiet', '--prune=now']);
  const difference = await commitDifference(repository, three, amended);
  expect(difference).toEqual({ added: [amended, two, one], removed: [], gone: true });
  expect(await countCommits(repository, three, amended)).toBe(3);
  expect(await changedPaths(repository, three, amended)).toBeUndefined();
});

test('a name that is not a commit counts as gone and never becomes an option of git', async () => {
  const { root, three } = threeCommits();
  const repository = await opened(root);
  for (const name of ['--all', 'HEAD..HEAD', 'no such thing', '^HEAD', 'f'.repeat(40)]) {
    expect(await commitDifference(repository, name, three)).toMatchObject({ removed: [], gone: true });
    expect(await changedPaths(repository, name, three)).toBeUndefined();
    expect(await countCommits(repository, three, name)).toBe(0);
  }
});

test('a merge that left the first-parent line is removed although its commit is still reachable', async () => {
  const { root, one, three } = threeCommits();
  git(root, ['checkout', '--quiet', '-b', 'side', one]);
  const side = commitFiles(root, 'side', { 'side.txt': '1' });
  git(root, ['checkout', '--quiet', '-b', 'feature', one]);
  const feature = commitFiles(root, 'feature', { 'feature.txt': '1' });
  git(root, ['checkout', '--quiet', 'main']);
  git(root, ['merge', '--quiet', '--no-ff', '-m', 'Merge feature', 'feature']);
  const landed = git(root, ['rev-parse', 'HEAD']);
  git(root, ['checkout', '--quiet', 'side']);
  git(root, ['merge', '--quiet', '--no-ff', '-m', 'Merge main the wrong way round', 'main']);
  const turned = git(root, ['rev-parse', 'HEAD']);
  const repository = await opened(root);
  const there = await commitDifference(repository, landed, turned);
  expect([...there.added].sort()).toEqual([side, turned].sort());
  expect(there.removed).toEqual([landed]);
  const back = await commitDifference(repository, turned, landed);
  expect(back.added).toEqual([landed]);
  expect([...back.removed].sort()).toEqual([side, turned].sort());
  expect(await listCommits(repository, { to: landed })).toEqual(expect.arrayContaining([three, feature, landed]));
});

/** A history of commits and merges in any shape, as fast-import marks: each commit names one or two earlier ones as parents. */
const history = fc.array(fc.tuple(fc.nat(), fc.nat(), fc.boolean()), { minLength: 2, maxLength: 14 });

test('applying a difference to the log of one head gives the log of the other, for any shape of history', async () => {
  await fc.assert(
    fc.asyncProperty(history, fc.nat(), fc.nat(), async (shape, left, right) => {
      const root = startRepository();
      const stream = shape.map(([first, second, merges], index) => {
        const parent = index === 0 ? '' : `from :${(first % index) + 1}\n`;
        const other = (second % Math.max(1, index)) + 1;
        const merge = merges && index > 1 && other !== (first % index) + 1 ? `merge :${other}\n` : '';
        return `commit refs/heads/c${index}\nmark :${index + 1}\ncommitter A <a@b> ${1_700_000_000 + index * 60} +0000\ndata 2\nc\n${parent}${merge}\n`;
      });
      git(root, ['fast-import', '--quiet'], { input: stream.join('') });
      const repository = await opened(root);
      const from = git(root, ['rev-parse', `c${left % shape.length}`]);
      const to = git(root, ['rev-parse', `c${right % shape.length}`]);
      const { added, removed } = await commitDifference(repository, from, to);
      const before = await listCommits(repository, { to: from });
      const after = await listCommits(repository, { to });
      expect(removed.filter((sha) => !before.includes(sha))).toEqual([]);
      expect(added.filter((sha) => before.includes(sha))).toEqual([]);
      expect([...before.filter((sha) => !removed.includes(sha)), ...added].sort()).toEqual([...after].sort());
    }),
    { numRuns: 15 },
  );
});

test('the number of commits between two heads is that of the log', async () => {
  const { root, one, three } = threeCommits();
  const repository = await opened(root);
  expect(await countCommits(repository, one, three)).toBe(2);
  expect(await countCommits(repository, '', three)).toBe(3);
  expect(await countCommits(repository, three, three)).toBe(0);
});

test('changed paths include both names of a rename, deletions and unusual names', async () => {
  const root = startRepository();
  const first = commitFiles(root, 'first', { 'old.txt': 'same\n', 'gone.txt': '1', 'kept.txt': '1' });
  git(root, ['mv', 'old.txt', 'new\nname.txt']);
  git(root, ['rm', '--quiet', 'gone.txt']);
  const second = commitFiles(root, 'second', { 'größe.txt': '1' });
  const repository = await opened(root);
  expect(await changedPaths(repository, first, second)).toEqual(['gone.txt', 'größe.txt', 'new\nname.txt', 'old.txt']);
  expect(await changedPaths(repository, '', first)).toEqual(['gone.txt', 'kept.txt', 'old.txt']);
  expect(await changedPaths(repository, second, second)).toEqual([]);
});
