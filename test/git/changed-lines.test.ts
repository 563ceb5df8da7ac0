import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readChangedLines } from '../../server/git/index.ts';
import { commitFiles, git } from '../support/git.ts';
import { opened, startRepository } from './support.ts';

const shasOf = (folder: string): string[] => git(folder, ['rev-list', 'HEAD']).split('\n');

describe('the lines that commits changed', () => {
  it('are those added and removed, file by file, with the function around them; also of the first commit', async () => {
    const folder = startRepository();
    commitFiles(folder, 'first', { 'a.ts': 'function poll() {\n  one();\n\n\n\n  two();\n}\n', 'b.md': '-- a dash\n' });
    commitFiles(folder, 'second', { 'a.ts': 'function poll() {\n  one();\n\n\n\n  three();\n}\n', 'b.md': '++ a plus\n' });
    const [second = '', first = ''] = shasOf(folder);
    const read = await readChangedLines(await opened(folder), [second, first]);
    expect([...read.keys()]).toEqual([second, first]);
    expect(read.get(second)).toEqual([
      { path: 'a.ts', lines: ['function poll() {', '  two();', '  three();'] },
      { path: 'b.md', lines: ['-- a dash', '++ a plus'] },
    ]);
    expect(read.get(first)?.map(({ path, lines }) => [path, lines.length])).toEqual([
      ['a.ts', 4],
      ['b.md', 1],
    ]);
  });

  it('are at most a thousand of a commit, none of them longer than 400 characters, none of a file of more than 300 kB', async () => {
    const folder = startRepository();
    commitFiles(folder, 'many', {
      'a.txt': `${'x'.repeat(401)}\n${Array.from({ length: 1_200 }, (_, at) => `${at}\n`).join('')}`,
      'data.json': '"a"\n'.repeat(100_000),
    });
    const [sha = ''] = shasOf(folder);
    const files = (await readChangedLines(await opened(folder), [sha])).get(sha);
    expect(files?.map(({ path, lines }) => [path, lines.length])).toEqual([
      ['a.txt', 1_000],
      ['data.json', 0],
    ]);
  });

  it('are left out for commits that git cannot compare, for merges and for what names no commit', async () => {
    const folder = startRepository();
    for (const text of ['one\n', 'two\n', 'three\n', 'four\n']) commitFiles(folder, text.trim(), { 'a.txt': text });
    git(folder, ['checkout', '--quiet', '-b', 'side', 'HEAD~1']);
    commitFiles(folder, 'aside', { 'b.txt': 'b\n' });
    git(folder, ['merge', '--quiet', '--no-edit', '-']);
    const lost = git(folder, ['rev-parse', 'HEAD~2:a.txt']);
    rmSync(join(folder, '.git/objects', lost.slice(0, 2), lost.slice(2)));
    const shas = shasOf(folder);
    const read = await readChangedLines(await opened(folder), [...shas, '--all', 'f'.repeat(40)]);
    const subjects = [...read]
      .filter(([, files]) => files.some(({ lines }) => lines.length > 0))
      .map(([sha]) => git(folder, ['log', '-1', '--format=%s', sha]));
    expect(subjects.sort()).toEqual(['aside', 'one', 'two']);
  });
});
