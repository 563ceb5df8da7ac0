import { expect, it } from 'vitest';
import { LOG_COLUMNS, readDetails } from '../../server/retrieval/commit-log.ts';
import { open } from '../store/open.ts';
import { row } from '../store/rows.ts';
import { testFolder } from '../support/folder.ts';

const commit = (name: string, more: object = {}, title = `Subject of ${name}`) =>
  row(`commit:${name}`, 0, { kind: 'commit', title, document: JSON.stringify({ id: `commit:${name}`, title, ...more }) });

it('reads details of merges and of commits that moved files, and of nothing that only speaks of them', async () => {
  const store = await open(testFolder());
  const renames = [{ from: "it's old.md", to: 'new.md' }];
  await store.append([
    commit('a'),
    commit('b', { merge: true }),
    commit('c', { renames }),
    commit('d', { renames, merge: true }),
    commit('e', {}, 'Say "merge":true and "renames":[1]'),
    row('docs/adr/0001-x.md', 0, { document: JSON.stringify({ merge: true, renames }) }),
  ]);
  expect(new Map([...(await readDetails(store))].sort())).toEqual(
    new Map([
      ['commit:b', { merge: true }],
      ['commit:c', { renames }],
      ['commit:d', { renames, merge: true }],
    ]),
  );
});

it('reads the columns that history needs, paths one a line', async () => {
  const store = await open(testFolder());
  await store.append([row('commit:a', 0, { kind: 'commit', sha: 'a', paths: 'src/a.ts\ndocs/b.md', text: 'Edit' })]);
  expect(await store.allRows(['commit'], LOG_COLUMNS)).toEqual([
    { documentId: 'commit:a', sha: 'a', date: '2024-05-11', paths: 'src/a.ts\ndocs/b.md', text: 'Edit' },
  ]);
  expect(await store.allRows(['commit'], LOG_COLUMNS, { holding: [] })).toEqual([]);
});
