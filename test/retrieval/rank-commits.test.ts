import { describe, expect, it } from 'vitest';
import { commitWords, joinCommitWords, rankCommits } from '../../server/retrieval/rank-commits.ts';
import { countWords, wordsOf } from '../../server/retrieval/words.ts';

const commit = (id: string, message: string, { paths = '', changed = '' } = {}) => ({
  id,
  title: message,
  words: joinCommitWords({ message: wordsOf(message), paths: wordsOf(paths), changed: wordsOf(changed) }),
  vector: Float32Array.of(0),
});
const statistics = { total: 100, averageLength: 4, averageChanged: 4, frequency: (word: string) => (word === 'fix' ? 50 : 2) };
const ranked = (text: string, candidates: ReturnType<typeof commit>[]) =>
  rankCommits({ text, words: countWords(wordsOf(text)), vector: Float32Array.of(0) }, candidates, statistics, () => 0);

describe('the words of a commit', () => {
  it.each([
    { message: ['a', 'b'], paths: ['c'], changed: ['d', 'e'] },
    { message: ['a'], paths: [], changed: ['d'] },
    { message: ['a'], paths: ['c'], changed: [] },
    { message: [], paths: [], changed: [] },
  ])('come back as they were stored: %j', (words) => expect(commitWords(joinCommitWords(words))).toEqual(words));
});

describe('commits are ordered', () => {
  it('by what their changed lines say, where the message says nothing of it', () => {
    const found = ranked('why is LessVersion read from stderr', [
      commit('a', 'Fix things', { changed: 'enum LessVersion stderr' }),
      commit('b', 'Fix more things', { changed: 'enum GreaterVersion stdout' }),
    ]);
    expect(found.map(({ candidate }) => candidate.id)).toEqual(['a', 'b']);
    expect([...(found[0]?.onlyChanged ?? [])]).toEqual(['les', 'vers', 'stder']);
  });

  it('with a word of the message before the same word of a changed line, and that before one of a path', () => {
    const found = ranked('outbox', [
      commit('path', 'Fix things now', { paths: 'outbox' }),
      commit('line', 'Fix things now', { changed: 'outbox' }),
      commit('message', 'Fix outbox now'),
    ]);
    expect(found.map(({ candidate }) => candidate.id)).toEqual(['message', 'line', 'path']);
  });

  it('with a small change before a large one that has the same words', () => {
    const found = ranked('outbox retries', [
      commit('large', 'Reformat', { changed: `outbox retries ${Array.from({ length: 60 }, (_, at) => `w${at}`).join(' ')}` }),
      commit('small', 'Reformat', { changed: 'outbox retries' }),
    ]);
    expect(found.map(({ candidate }) => candidate.id)).toEqual(['small', 'large']);
  });
});
