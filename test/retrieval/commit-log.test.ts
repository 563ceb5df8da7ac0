import { expect, it } from 'vitest';
import { factsOfRows, factsOfTable } from '../../server/retrieval/commit-facts.ts';
import { commitLogOf } from '../../server/retrieval/commit-log.ts';
import { open } from '../store/open.ts';
import { row } from '../store/rows.ts';
import { testFolder } from '../support/folder.ts';

const renames = [{ from: "it's old.md", to: 'new.md' }];

const commit = (sha: string, more: object = {}, title = `Subject of ${sha}`) =>
  row(`commit:${sha}`, 0, {
    kind: 'commit',
    sha,
    title,
    text: title,
    words: `subject ${sha} | src a.ts${sha === 'a1' ? ' | outbox poll' : ''}`,
    paths: 'src/a.ts\ndocs/b.md',
    document: JSON.stringify({ id: `commit:${sha}`, title, ...more }),
  });

const filled = async () => {
  const store = await open(testFolder());
  await store.append([
    commit('a1'),
    commit('b2', { merge: true }),
    commit('c3', { renames }),
    commit('9', {}, 'Say "merge":true and "renames":[1], as ADR-7 does'),
    row('docs/adr/0001-x.md', 0, { document: JSON.stringify({ merge: true, renames }) }),
  ]);
  await store.upkeep({ force: true });
  return store;
};

it('the facts of a table are those of its commits: words, paths, moves, merges and cues', async () => {
  const facts = await factsOfTable(await filled(), 4, 'key');
  expect(facts).toMatchObject({ total: 4, messageWords: 8, pathWords: 8, changedWords: 2, key: 'key' });
  expect(facts.commit('a1')).toEqual({
    sha: 'a1',
    date: '2024-05-11',
    time: Date.UTC(2024, 4, 11),
    merge: false,
    paths: ['src/a.ts', 'docs/b.md'],
  });
  expect(['a1', 'b2', 'c3', '9', 'd4'].map((sha) => facts.commit(sha)?.merge)).toEqual([false, true, false, false, undefined]);
  expect(facts.movesInto('new.md')).toEqual([{ ...renames[0], time: Date.UTC(2024, 4, 11) }]);
  expect(['subject', 'a1', 'a.ts', 'outbox', 'nothing'].map((word) => facts.frequency(word))).toEqual([4, 1, 4, 1, 0]);
  expect(['!', '#adr'].map((cue) => facts.cueing(cue))).toEqual([['9'], []]);
});

it('a table that is read in parts gives the same facts', async () => {
  const store = await filled();
  const [whole, parts] = [await factsOfTable(store, 4, 'key'), await factsOfTable(store, 100_000, 'key')];
  expect(parts.total).toBe(4);
  for (const sha of ['9', 'a1', 'b2', 'c3']) expect(parts.commit(sha)).toEqual(whole.commit(sha));
});

it('the facts of some rows are those of the whole table', async () => {
  expect((await factsOfRows(await filled(), ['commit:b2'])).map(({ sha, merge, words }) => ({ sha, merge, words }))).toEqual([
    { sha: 'b2', merge: true, words: ['subject', 'b2', 'src', 'a.ts'] },
  ]);
});

it('rows are found by sha, and shas by all of some words', async () => {
  const log = commitLogOf(await filled(), await factsOfTable(await filled(), 4, 'key'));
  expect(await log.rowsOf(['b2', 'ffff'])).toMatchObject([{ sha: 'b2', title: 'Subject of b2', paths: 'src/a.ts\ndocs/b.md' }]);
  expect(await log.holding(['subject', 'c3'], 10)).toEqual(['c3']);
  expect(await log.holding([], 10)).toEqual([]);
});
