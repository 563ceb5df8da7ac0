import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { currentHistory } from '../../server/history/current.ts';
import { LineHistories } from '../../server/history/line-history.ts';
import type { LineHistory } from '../../server/model/history.ts';
import { opened, startRepository } from '../git/support.ts';
import { testFolder } from '../support/folder.ts';
import { git } from '../support/git.ts';

const NAMES = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.org', '-c', 'commit.gpgsign=false'];
const WHY = 'The old order fails when two hosts start at once, because both take the lock.';

/** Commits the text of a file, with a message. */
function commit(root: string, text: string, message: string | Buffer, path = 'a.ts', more: readonly string[] = []): string {
  writeFileSync(join(root, path), text);
  git(root, ['add', '--all']);
  const file = join(testFolder(), 'message');
  writeFileSync(file, message);
  git(root, [...NAMES, ...more, 'commit', '--quiet', '--allow-empty', '--cleanup=verbatim', '-F', file]);
  return git(root, ['rev-parse', 'HEAD']).trim();
}

async function lineOf(root: string, line: number, text: string, path = 'a.ts', histories = new LineHistories()): Promise<LineHistory> {
  const history = await currentHistory(await opened(root));
  return histories.at(history, { path, text, unsaved: true, line });
}

const subjects = ({ commits }: LineHistory) =>
  commits.map(({ subject, touch }) => (touch === undefined ? subject : `${subject} [${touch}]`));

const FIRST = 'take(lock, first);\nrun(first);\n';
const SECOND = 'take( lock, first )\nrun(first);\n';

describe('the commits behind a line', () => {
  it('are those that touched it and the one that made it, with the sentence that says why', async () => {
    const root = startRepository();
    const made = commit(root, FIRST, `Take the lock first\n\n${WHY}\n\nSigned-off-by: Ada <ada@example.org>\n`);
    commit(root, SECOND, 'Run the formatter\n');
    const found = await lineOf(root, 0, SECOND);
    expect(subjects(found)).toEqual(['Run the formatter [layout]', 'Take the lock first']);
    expect(found.commits[1]).toMatchObject({ sha: made, author: 'Ada Lovelace', reason: { sentence: WHY, span: { start: { line: 2 } } } });
  });

  it('of a line that is not committed are none, and it says so', async () => {
    const root = startRepository();
    commit(root, FIRST, 'Start\n');
    expect(await lineOf(root, 2, `${FIRST}new();\n`)).toEqual({ commits: [], uncommitted: true, notices: [] });
  });

  it('of a new file are none', async () => {
    const root = startRepository();
    commit(root, FIRST, 'Start\n');
    writeFileSync(join(root, 'new.ts'), 'a();\n');
    expect((await lineOf(root, 0, 'a();\n', 'new.ts')).commits).toEqual([]);
  });

  it('of a shallow clone end where it does, with what to do about it', async () => {
    const root = startRepository();
    commit(root, FIRST, 'Start\n');
    commit(root, SECOND, 'Run the formatter\n');
    const clone = join(testFolder(), 'clone');
    git(root, ['clone', '--quiet', '--depth=1', `file://${root}`, clone]);
    const found = await lineOf(clone, 0, SECOND);
    expect(found.commits).toEqual([]);
    expect(found.notices).toEqual([expect.stringContaining('Run "git fetch --unshallow"')]);
  });

  it('of a partial clone are as many as its objects tell, and nothing is fetched', async () => {
    const root = startRepository();
    commit(root, FIRST, `Take the lock first\n\n${WHY}\n`);
    commit(root, SECOND, 'Run the formatter\n');
    git(root, ['config', 'uploadpack.allowFilter', 'true']);
    const clone = join(testFolder(), 'clone');
    git(root, ['clone', '--quiet', '--filter=blob:none', `file://${root}`, clone]);
    const before = git(clone, ['rev-list', '--objects', '--all', '--missing=print']);
    const found = await lineOf(clone, 0, SECOND);
    expect(found.commits.length).toBeLessThanOrEqual(1);
    expect(git(clone, ['rev-list', '--objects', '--all', '--missing=print'])).toBe(before);
  });

  it('follow a history that was rewritten meanwhile', async () => {
    const root = startRepository();
    const histories = new LineHistories();
    commit(root, FIRST, 'Start\n');
    expect(subjects(await lineOf(root, 0, FIRST, 'a.ts', histories))).toEqual(['Start']);
    git(root, [...NAMES, 'commit', '--quiet', '--amend', '-m', 'Start anew']);
    expect(subjects(await lineOf(root, 0, FIRST, 'a.ts', histories))).toEqual(['Start anew']);
  });

  it('are those that a replace ref puts in the place of others', async () => {
    const root = startRepository();
    const made = commit(root, FIRST, 'Start\n');
    const tree = git(root, ['rev-parse', `${made}^{tree}`]).trim();
    const other = git(root, [...NAMES, 'commit-tree', tree, '-m', 'Replaced']).trim();
    git(root, ['replace', made, other]);
    expect((await lineOf(root, 0, FIRST)).commits).toMatchObject([{ sha: made, subject: 'Replaced' }]);
  });

  it('are read from messages in other encodings, and from one of a megabyte', async () => {
    const root = startRepository();
    const latin = ['-c', 'i18n.commitEncoding=ISO-8859-1'];
    commit(root, 'a();\n', Buffer.from('Schlüssel prüfen\n', 'latin1'), 'a.ts', latin);
    expect(subjects(await lineOf(root, 0, 'a();\n'))).toEqual(['Schlüssel prüfen']);
    commit(root, 'b(1, 2);\n', `Take b\n\n${WHY}\n\n${'x y z. '.repeat(150_000)}\n`);
    expect((await lineOf(root, 0, 'b(1, 2);\n')).commits[0]?.reason?.sentence).toBe(WHY);
  });

  it('are found in a file of 60,000 lines', async () => {
    const root = startRepository();
    const lines = Array.from({ length: 60_000 }, (_, index) => `value${index}();`);
    commit(root, `${lines.join('\n')}\n`, 'Start\n');
    lines[59_000] = 'other(59000, twice);';
    const text = `${lines.join('\n')}\n`;
    commit(root, text, 'Call the other one\n');
    expect(subjects(await lineOf(root, 59_000, text))[0]).toBe('Call the other one');
  });

  it('of a file in a submodule are not those of the outer repository', async () => {
    const inner = startRepository();
    commit(inner, FIRST, 'Inner\n');
    const outer = startRepository();
    commit(outer, 'x();\n', 'Outer\n', 'x.ts');
    git(outer, [...NAMES, '-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', inner, 'sub']);
    git(outer, [...NAMES, 'commit', '--quiet', '-m', 'Add it']);
    expect((await lineOf(outer, 0, FIRST, 'sub/a.ts')).commits).toEqual([]);
    expect(subjects(await lineOf(join(outer, 'sub'), 0, FIRST))).toEqual(['Inner']);
  });

  it('say that a commit was reverted or fixed later, unless the revert was reverted', async () => {
    const root = startRepository();
    const made = commit(root, FIRST, `Take the lock first\n\n${WHY}\n`);
    const fix = commit(root, `${FIRST}end();\n`, `End it\n\nFixes: ${made.slice(0, 12)} ("Take the lock first")\n`);
    const revert = commit(root, `${FIRST}end();\n`, `Revert "Take the lock first"\n\nThis reverts commit ${made}.\n`);
    const found = await lineOf(root, 0, `${FIRST}end();\n`);
    expect(found.commits[0]).toMatchObject({ revertedBy: { sha: revert }, fixedBy: [{ sha: fix, subject: 'End it' }] });
    commit(root, `${FIRST}end();\n`, `Revert "Revert"\n\nThis reverts commit ${revert}.\n`);
    expect((await lineOf(root, 0, `${FIRST}end();\n`)).commits[0]?.revertedBy).toBeUndefined();
  });

  it('are given up when the caller is', async () => {
    const root = startRepository();
    commit(root, FIRST, 'Start\n');
    const history = await currentHistory(await opened(root));
    const asked = new LineHistories().at(
      history,
      { path: 'a.ts', text: FIRST, unsaved: true, line: 0 },
      AbortSignal.abort(new Error('enough')),
    );
    await expect(asked).rejects.toThrow('enough');
  });
});
