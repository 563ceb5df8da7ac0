import { describe, expect, it } from 'vitest';
import { readLog } from '../../server/git/index.ts';
import { changedWords, withChangedWords } from '../../server/indexing/changed-words.ts';
import { opened, startRepository } from '../git/support.ts';
import { commitFiles, git } from '../support/git.ts';

describe('the words of changed lines', () => {
  it('are split and stemmed as everywhere, each once, the most frequent first', () =>
    expect(changedWords([{ path: 'a.ts', lines: ['loadInt32(retries)', 'retry()', 'const retries = 1'] }])).toEqual([
      'retry',
      'int32',
      'load',
    ]));

  it('are none of files that nobody wrote', () =>
    expect(
      changedWords([
        { path: 'package-lock.json', lines: ['"lodash"'] },
        { path: 'vendor/a.js', lines: ['left'] },
      ]),
    ).toEqual([]));

  it('are at most 300', () =>
    expect(changedWords([{ path: 'a.txt', lines: Array.from({ length: 400 }, (_, at) => `w${at}`) }])).toHaveLength(300));
});

it('commits keep their order and batches, and each that is no merge has its words', async () => {
  const folder = startRepository();
  commitFiles(folder, 'first', { 'a.ts': 'publishOrders();\n' });
  commitFiles(folder, 'second', { 'a.ts': 'pollOutbox();\n' });
  const repository = await opened(folder);
  const found = [];
  for await (const { commits, words } of withChangedWords(repository, readLog(repository)))
    for (const { sha, subject } of commits) found.push([subject, words.get(sha)]);
  expect(found).toEqual([
    ['second', ['order', 'outbox', 'pol', 'publish']],
    ['first', ['order', 'publish']],
  ]);
  expect(git(folder, ['status', '--porcelain'])).toBe('');
});
