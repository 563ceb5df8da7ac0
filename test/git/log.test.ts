import { unlinkSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { listCommits, logOfFile, readLog, showCommit } from '../../server/git/index.ts';
import { testFolder } from '../support/folder.ts';
import { commitFiles, git, writeFiles } from '../support/git.ts';
import { opened, startRepository, wholeLog } from './support.ts';

const day = (number: number): string => `${1_700_000_000 + number * 86_400} +0200`;

/** Merges a branch that changed `side.txt` into main, which changed `main.txt` since. */
const withMerge = (): { root: string; base: string; side: string; main: string; merge: string } => {
  const root = startRepository();
  const base = commitFiles(root, 'base', { 'main.txt': '1', 'side.txt': '1' }, { date: day(0) });
  git(root, ['checkout', '--quiet', '-b', 'side']);
  const side = commitFiles(root, 'side', { 'side.txt': '2' }, { date: day(1) });
  git(root, ['checkout', '--quiet', 'main']);
  const main = commitFiles(root, 'main', { 'main.txt': '2' }, { date: day(2) });
  git(root, ['merge', '--quiet', '--no-ff', '-m', 'Merge side', 'side'], { date: day(3) });
  return { root, base, side, main, merge: git(root, ['rev-parse', 'HEAD']) };
};

test('a commit is read with message, trailers, author, date and changed paths', async () => {
  const root = startRepository();
  const first = commitFiles(root, 'first', { 'kept.txt': 'k', 'gone.txt': 'g', 'old name.txt': 'a\nb\nc\nd\n' }, { date: day(0) });
  unlinkSync(join(root, 'gone.txt'));
  git(root, ['mv', 'old name.txt', 'new name.txt']);
  const message = 'Use Kafka for orders\n\nBecause the queue was lost.\n\nDecision: 0007\nRefs: #12,\n  #13\n';
  const second = commitFiles(root, message, { 'kept.txt': 'k2', 'new.txt': 'n' }, { date: day(1) });
  const log = await wholeLog(await opened(root));
  expect(log).toEqual([
    {
      sha: second,
      parents: [first],
      subject: 'Use Kafka for orders',
      body: 'Because the queue was lost.\n\nDecision: 0007\nRefs: #12,\n  #13',
      trailers: [
        { key: 'Decision', value: '0007' },
        { key: 'Refs', value: '#12, #13' },
      ],
      author: 'Ada Lovelace',
      date: '2023-11-16T00:13:20+02:00',
      paths: [
        { status: 'D', path: 'gone.txt' },
        { status: 'M', path: 'kept.txt' },
        { status: 'R', path: 'new name.txt', from: 'old name.txt' },
        { status: 'A', path: 'new.txt' },
      ],
      merge: false,
    },
    expect.objectContaining({ sha: first, parents: [], body: '', trailers: [], merge: false }),
  ]);
  expect(log[1]?.paths.map(({ status }) => status)).toEqual(['A', 'A', 'A']);
});

test('a merge on the first-parent line carries the paths that it brought in', async () => {
  const { root, base, side, main, merge } = withMerge();
  const log = await wholeLog(await opened(root));
  expect(log.map(({ sha }) => sha)).toEqual([merge, main, side, base]);
  expect(log[0]).toMatchObject({ merge: true, parents: [main, side], paths: [{ status: 'M', path: 'side.txt' }] });
});

test('a merge inside a side branch is not part of the log', async () => {
  const { root } = withMerge();
  git(root, ['checkout', '--quiet', 'side']);
  commitFiles(root, 'more', { 'more.txt': '1' }, { date: day(4) });
  git(root, ['merge', '--quiet', '--no-ff', '-m', 'Merge main into side', 'main'], { date: day(5) });
  git(root, ['checkout', '--quiet', 'main']);
  commitFiles(root, 'main again', { 'main.txt': '3' }, { date: day(6) });
  git(root, ['merge', '--quiet', '--no-ff', '-m', 'Merge side again', 'side'], { date: day(7) });
  const subjects = (await wholeLog(await opened(root))).map(({ subject }) => subject);
  expect(subjects).toEqual(['Merge side again', 'main again', 'more', 'Merge side', 'main', 'side', 'base']);
});

test('the list of commits names the same commits in the same order as the log', async () => {
  const { root } = withMerge();
  const repository = await opened(root);
  const log = await wholeLog(repository);
  expect(await listCommits(repository, { to: 'HEAD' })).toEqual(log.map(({ sha }) => sha));
});

test('a range, a limit and a list of names each restrict the log', async () => {
  const { root, base, side, main, merge } = withMerge();
  const repository = await opened(root);
  const shas = async (options: Parameters<typeof wholeLog>[1]) => (await wholeLog(repository, options)).map(({ sha }) => sha);
  expect(await shas({ range: { from: main, to: merge } })).toEqual([merge, side]);
  expect(await shas({ limit: 2 })).toEqual([merge, main]);
  expect(await shas({ limit: 0 })).toEqual([]);
  expect(await shas({ commits: [base, merge] })).toEqual([base, merge]);
  expect(await shas({ commits: [base, '0'.repeat(40), '--all', side] })).toEqual([base, side]);
  expect(await shas({ range: { to: 'no-such-branch' } })).toEqual([]);
  expect(await shas({ range: { to: '--all' } })).toEqual([]);
});

test('a repository without commits has an empty log', async () => {
  expect(await wholeLog(await opened(startRepository()))).toEqual([]);
});

test('an empty commit, an empty message and a commit without an author name are read', async () => {
  const root = startRepository();
  commitFiles(root, 'empty one');
  commitFiles(root, '', { a: '1' });
  const tree = git(root, ['rev-parse', 'HEAD^{tree}']);
  const raw = `tree ${tree}\nparent ${git(root, ['rev-parse', 'HEAD'])}\nauthor  <> 99999999999999999999 +9999\ncommitter  <> 0 +0000\n\nno one\n`;
  const odd = git(root, ['hash-object', '-t', 'commit', '-w', '--literally', '--stdin'], { input: raw });
  git(root, ['update-ref', 'refs/heads/main', odd]);
  const log = await wholeLog(await opened(root));
  expect(log.map(({ subject }) => subject).sort()).toEqual(['', 'empty one', 'no one']);
  expect(log.find(({ subject }) => subject === 'empty one')?.paths).toEqual([]);
  expect(log.find(({ sha }) => sha === odd)?.author).toBe('');
});

test('a message that is not UTF-8 keeps its letters, declared or not', async () => {
  const root = startRepository();
  const latin = Buffer.from('Größe geändert', 'latin1');
  commitFiles(root, latin, { a: '1' }, { date: day(0) });
  git(root, ['config', 'i18n.commitEncoding', 'ISO-8859-1']);
  commitFiles(root, latin, { a: '2' }, { date: day(1) });
  expect((await wholeLog(await opened(root))).map(({ subject }) => subject)).toEqual(['Größe geändert', 'Größe geändert']);
});

test('a huge message is cut and a message with a NUL ends there', async () => {
  const root = startRepository();
  commitFiles(root, `subject\n\n${'word '.repeat(1_000_000)}\n`, { a: '1' }, { date: day(0) });
  const tree = git(root, ['rev-parse', 'HEAD^{tree}']);
  const parent = git(root, ['rev-parse', 'HEAD']);
  const raw = `tree ${tree}\nparent ${parent}\nauthor A <a@b> 1800000000 +0000\ncommitter A <a@b> 1800000000 +0000\n\nbefore\0after\n`;
  const odd = git(root, ['hash-object', '-t', 'commit', '-w', '--literally', '--stdin'], { input: raw });
  git(root, ['update-ref', 'refs/heads/main', odd]);
  const log = await wholeLog(await opened(root));
  expect(log[0]).toMatchObject({ sha: odd, subject: 'before', body: '' });
  expect(log[1]?.subject).toBe('subject');
  expect(log[1]?.body.length).toBe(65_536);
});

test('paths with line ends, quotes, tabs, letters of all kinds and the look of a log are read unchanged', async () => {
  const root = startRepository();
  const names = [
    'line\nend',
    '"quoted"',
    'tab\there',
    'größe/日本語 🎉.md',
    ' leading',
    '-dash',
    ':(glob)*',
    'R100',
    'a'.repeat(40),
    '\\back',
  ];
  const sha = commitFiles(root, 'weird', Object.fromEntries(names.map((name) => [name, name])));
  const [commit] = await wholeLog(await opened(root));
  expect(commit?.sha).toBe(sha);
  expect(commit?.paths.map(({ path }) => path).sort()).toEqual([...names].sort());
});

test('any message and any file names come back as they were committed', async () => {
  const root = startRepository();
  const name = fc.stringMatching(/^[^/\0.]{1,20}$/u).filter((text) => text.isWellFormed() && !/^git/i.test(text) && !text.includes('~'));
  const history = fc.array(fc.tuple(fc.string({ unit: 'grapheme', maxLength: 60 }), fc.uniqueArray(name, { minLength: 1, maxLength: 4 })), {
    minLength: 1,
    maxLength: 4,
  });
  await fc.assert(
    fc.asyncProperty(history, async (commits) => {
      const stream = commits.map(([message, names], index) =>
        fastImport(
          message.replaceAll('\0', ' '),
          names.map((file) => `${index}/${file}`),
          index,
        ),
      );
      git(root, ['fast-import', '--quiet', '--force', '--date-format=raw'], { input: `reset refs/heads/main\n${stream.join('')}done\n` });
      const log = await wholeLog(await opened(root));
      const told = log.map(({ paths }) => paths.map(({ path }) => path).sort()).reverse();
      expect(told).toEqual(commits.map(([, names], index) => names.map((file) => `${index}/${file}`).sort()));
      const words = (text: string) => text.split(/\s+/).filter((word) => word !== '');
      const messages = log.map(({ subject, body }) => words(`${subject}\n${body}`)).reverse();
      expect(messages).toEqual(commits.map(([message]) => words(message.replaceAll('\0', ' '))));
    }),
    { numRuns: 25 },
  );
});

/** A commit that adds files, each with contents of its own. */
const fastImport = (message: string, names: readonly string[], index: number): string => {
  const bytes = (text: string): string => `data ${Buffer.byteLength(text)}\n${text}\n`;
  const quoted = (text: string): string => `"${text.replace(/[\\"]/g, '\\$&').replaceAll('\n', '\\n')}"`;
  const files = names.map((file) => `M 100644 inline ${quoted(file)}\n${bytes(`${index} ${file}`)}`);
  return `commit refs/heads/main\ncommitter A <a@b> ${1_700_000_000 + index} +0000\n${bytes(message)}${files.join('')}\n`;
};

test('more than 2,000 changed paths are cut', async () => {
  const root = startRepository();
  commitFiles(root, 'many', Object.fromEntries(Array.from({ length: 2_100 }, (_, index) => [`f${index}`, `${index}`])));
  expect((await wholeLog(await opened(root)))[0]?.paths).toHaveLength(2_000);
});

test('a long log comes in batches and a reader may stop early', async () => {
  const root = startRepository();
  const commits = Array.from(
    { length: 1_200 },
    (_, index) => `commit refs/heads/main\ncommitter A <a@b> ${1_700_000_000 + index} +0000\ndata 2\nc\n\n`,
  );
  git(root, ['fast-import', '--quiet'], { input: commits.join('') });
  const repository = await opened(root);
  const sizes: number[] = [];
  for await (const batch of readLog(repository)) sizes.push(batch.length);
  expect(sizes).toEqual([500, 500, 200]);
  for await (const batch of readLog(repository)) {
    expect(batch).toHaveLength(500);
    break;
  }
});

test('a cancelled log rejects with the reason of the signal', async () => {
  const { root } = withMerge();
  const repository = await opened(root);
  const reason = new Error('enough');
  await expect(wholeLog(repository, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
});

test('the commit at the edge of a shallow clone does not seem to add every file', async () => {
  const { root, side, main, merge } = withMerge();
  commitFiles(root, 'last', { 'last.txt': '1' }, { date: day(4) });
  const clone = join(testFolder(), 'clone');
  git(root, ['clone', '--quiet', '--depth=2', `file://${root}`, clone]);
  const log = await wholeLog(await opened(clone));
  expect(log.map(({ subject, paths }) => [subject, paths.length])).toEqual([
    ['last', 1],
    ['Merge side', 0],
  ]);
  expect(log[1]).toMatchObject({ sha: merge, parents: [] });
  expect([side, main]).not.toContain(log[0]?.sha);
});

test('a partial clone lists commits, paths and exact renames without fetching', async () => {
  const root = startRepository();
  git(root, ['config', 'uploadpack.allowFilter', 'true']);
  commitFiles(root, 'first', { 'a.txt': 'a\n'.repeat(50), 'b.txt': 'b\n'.repeat(50) }, { date: day(0) });
  git(root, ['mv', 'a.txt', 'moved.txt']);
  git(root, ['mv', 'b.txt', 'changed.txt']);
  commitFiles(root, 'second', { 'changed.txt': `${'b\n'.repeat(50)}c\n` }, { date: day(1) });
  const clone = join(testFolder(), 'clone');
  git(root, ['clone', '--quiet', '--no-checkout', '--filter=blob:none', `file://${root}`, clone]);
  const repository = await opened(clone);
  expect(repository.partial).toBe(true);
  const notices: string[] = [];
  const log = await wholeLog(repository, { onNotice: (sentence) => notices.push(sentence) });
  expect(log.map(({ paths }) => paths)).toEqual([
    [
      { status: 'D', path: 'b.txt' },
      { status: 'A', path: 'changed.txt' },
      { status: 'R', path: 'moved.txt', from: 'a.txt' },
    ],
    [
      { status: 'A', path: 'a.txt' },
      { status: 'A', path: 'b.txt' },
    ],
  ]);
  expect(notices).toEqual([]);
  expect(git(clone, ['count-objects'])).toBe('0 objects, 0 kilobytes');
});

test('a clone without trees lists its commits without paths, with one notice', async () => {
  const { root } = withMerge();
  git(root, ['config', 'uploadpack.allowFilter', 'true']);
  const clone = join(testFolder(), 'clone');
  git(root, ['clone', '--quiet', '--no-checkout', '--filter=tree:0', `file://${root}`, clone]);
  const notices: string[] = [];
  const log = await wholeLog(await opened(clone), { onNotice: (sentence) => notices.push(sentence) });
  expect(log.map(({ subject }) => subject)).toEqual(['Merge side', 'main', 'side', 'base']);
  expect(log.every(({ paths }) => paths.length === 0)).toBe(true);
  expect(notices).toEqual([expect.stringContaining('Some objects are missing')]);
});

test('one missing blob costs one commit its renames, not the log', async () => {
  const root = startRepository();
  commitFiles(root, 'first', { 'a.txt': `${'line\n'.repeat(50)}` }, { date: day(0) });
  git(root, ['mv', 'a.txt', 'b.txt']);
  commitFiles(root, 'second', { 'b.txt': `${'line\n'.repeat(50)}more\n` }, { date: day(1) });
  const missing = git(root, ['rev-parse', 'HEAD:b.txt']);
  git(root, ['mv', 'b.txt', 'c.txt']);
  commitFiles(root, 'third', { 'c.txt': 'now something else entirely\n' }, { date: day(2) });
  commitFiles(root, 'fourth', { 'd.txt': 'd' }, { date: day(3) });
  unlinkSync(join(root, '.git', 'objects', missing.slice(0, 2), missing.slice(2)));
  const log = await wholeLog(await opened(root));
  expect(log.map(({ subject, paths }) => [subject, paths.map(({ status }) => status).join('')])).toEqual([
    ['fourth', 'A'],
    ['third', 'DA'],
    ['second', 'DA'],
    ['first', 'A'],
  ]);
});

test('the log of one file continues past a rename on request', async () => {
  const root = startRepository();
  const first = commitFiles(root, 'first', { 'old.md': 'text\n'.repeat(20), other: '1' }, { date: day(0) });
  commitFiles(root, 'unrelated', { other: '2' }, { date: day(1) });
  git(root, ['mv', 'old.md', 'new.md']);
  const second = commitFiles(root, 'rename', {}, { date: day(2) });
  const third = commitFiles(root, 'edit', { 'new.md': 'changed' }, { date: day(3) });
  const repository = await opened(root);
  const shas = async (path: string, options = {}) => (await logOfFile(repository, path, options)).map(({ sha }) => sha);
  expect(await shas('new.md')).toEqual([third, second]);
  expect(await shas('new.md', { follow: true })).toEqual([third, second, first]);
  expect(await shas('new.md', { limit: 1 })).toEqual([third]);
  expect(await shas('missing.md')).toEqual([]);
  expect(await shas(':(glob)*')).toEqual([]);
});

test('a commit is shown to people with message and paths', async () => {
  const root = startRepository();
  writeFiles(root, { 'a.txt': 'a\n' });
  const sha = commitFiles(root, 'Add a\n\nFor the letter.', {}, { date: day(0) });
  const repository = await opened(root);
  const text = `commit ${sha}\nAuthor: Ada Lovelace\nDate:   2023-11-15T00:13:20+02:00\n\nAdd a\n\nFor the letter.\n\nChanged paths\nA  a.txt\n`;
  expect(await showCommit(repository, sha)).toBe(text);
  expect(await showCommit(repository, sha.slice(0, 10))).toBe(text);
  expect(await showCommit(repository, '0'.repeat(40))).toBeUndefined();
  expect(await showCommit(repository, '--output=/tmp/x')).toBeUndefined();
});
