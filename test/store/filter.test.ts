import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DOCUMENT_KINDS } from '../../server/model/document.ts';
import type { Filter } from '../../server/model/passage.ts';
import { compileFilter, quote } from '../../server/store/filter.ts';
import type { StoreRow } from '../../server/store/row.ts';
import { openStore, type Store } from '../../server/store/store.ts';
import { temporaryFolder } from '../support/folder.ts';
import { OPTIONS, row, vectorOf } from './rows.ts';

/** Names with everything that means something to SQL, to LIKE, to a path or to a regular expression. */
const NAMES = [
  'src',
  'SRC',
  'srcs',
  'a%',
  'a_b',
  'axb',
  "it's",
  '"q"',
  'a\\b',
  '[x]',
  '*',
  '.',
  'näme',
  '東',
  "'; DROP TABLE x; --",
  '%',
  '_',
  '$1',
  'a b',
];
const STATUSES = ['', 'accepted', 'proposed', 'superseded', 'unknown'] as const;
const DATES = ['', '2023-12-31', '2024-01-01', '2024-02-29', '2024-12-31'];

const pick = <T>(items: readonly T[], seed: number): T => items[seed % items.length] as T;

function makeRows(): StoreRow[] {
  const path = (seed: number): string =>
    [pick(NAMES, seed), pick(NAMES, seed * 7 + 3), `f${seed % 3}.md`].slice(0, 1 + (seed % 3)).join('/');
  return Array.from({ length: 240 }, (_, index) => {
    const commit = index % 3 === 0;
    return row(commit ? `commit:${index}` : `${path(index)}?${index}`, 0, {
      kind: commit ? 'commit' : pick(['decision', 'specification', 'guide'] as const, Math.floor(index / 3)),
      path: commit ? '' : path(index),
      paths: commit ? Array.from({ length: index % 4 }, (_, at) => path(index * 5 + at)).join('\n') : '',
      status: commit ? '' : pick(STATUSES, index * 3),
      date: pick(DATES, index * 11),
      words: `word${index}`,
    });
  });
}

/** What a filter means, said once more in plain code. */
function holds(filter: Filter, given: StoreRow): boolean {
  if (filter.kinds && !filter.kinds.includes(given.kind)) return false;
  if (filter.statuses && !filter.statuses.some((status) => status === given.status)) return false;
  if (filter.path !== undefined && filter.path !== '') {
    const below = (path: string): boolean => path === filter.path || path.startsWith(`${filter.path}/`);
    if (!(given.path !== '' && below(given.path)) && !given.paths.split('\n').some((path) => path !== '' && below(path))) return false;
  }
  if ((filter.since !== undefined || filter.until !== undefined) && given.date === '') return false;
  return !(filter.since !== undefined && given.date < filter.since) && !(filter.until !== undefined && given.date > filter.until);
}

const rows = makeRows();
const folder = temporaryFolder('lintel-filter');
let store: Store;

beforeAll(async () => {
  store = await openStore(folder.path, OPTIONS);
  await store.append(rows);
  await store.upkeep({ force: true });
});
afterAll(async () => {
  await store.close();
  folder.remove();
});

const select = async (filter: Filter): Promise<string[]> => {
  const found = await store.vectorCandidates(vectorOf('anything'), filter, rows.length);
  return found.map((candidate) => candidate.row.id).sort();
};

const segment = fc.constantFrom(...NAMES.filter((name) => name !== '.' && !name.includes('\\')));
const anyFilter: fc.Arbitrary<Filter> = fc.record(
  {
    kinds: fc.subarray([...DOCUMENT_KINDS]),
    statuses: fc.subarray(['accepted', 'proposed', 'superseded', 'unknown'] as const),
    path: fc.oneof(
      segment,
      fc.tuple(segment, segment).map((parts) => parts.join('/')),
      fc.constant('src/f1.md'),
    ),
    since: fc.constantFrom(...DATES.slice(1)),
    until: fc.constantFrom(...DATES.slice(1)),
  },
  { requiredKeys: [] },
);

describe('a filter', () => {
  it('selects exactly the rows for which it holds', async () => {
    await fc.assert(
      fc.asyncProperty(anyFilter, async (filter) => {
        const expected = rows.filter((given) => holds(filter, given)).map(({ id }) => id);
        expect(await select(filter)).toEqual(expected.sort());
      }),
      { numRuns: 80 },
    );
  });

  it.each(NAMES.filter((name) => name !== '.' && !name.includes('\\')))(
    'by the path %j selects something, and never by a wildcard',
    async (path) => {
      const expected = rows.filter((given) => holds({ path }, given)).map(({ id }) => id);
      expect(expected.length).toBeGreaterThan(0);
      expect(await select({ path })).toEqual(expected.sort());
    },
  );

  it('restricts full-text candidates alike', async () => {
    const first = rows.find(({ kind, status }) => kind === 'decision' && status === 'accepted');
    expect(first).toBeDefined();
    const words = rows.map((given) => given.words);
    const found = await store.textCandidates(words, { kinds: ['decision'], statuses: ['accepted'] }, rows.length);
    const expected = rows.filter((given) => given.kind === 'decision' && given.status === 'accepted');
    expect(found.map((candidate) => candidate.row.id).sort()).toEqual(expected.map(({ id }) => id).sort());
  });

  it('never breaks, whatever people type', async () => {
    const text = fc.string({ unit: 'binary', maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(fc.record({ path: text, since: text, until: text }, { requiredKeys: [] }), async (filter) => {
        expect((await select(filter)).length).toBeLessThanOrEqual(rows.length);
      }),
      { numRuns: 80 },
    );
  });

  it('does not care how a folder is written', async () => {
    const plain = await select({ path: 'src' });
    expect(plain.length).toBeGreaterThan(0);
    for (const path of ['src/', './src', './src//', '/src', 'src\\']) expect(await select({ path }), path).toEqual(plain);
    for (const path of ['', '.', './', '/']) expect(await select({ path }), path).toHaveLength(rows.length);
  });

  it('is no condition where it says nothing, and none holds for an empty list', async () => {
    expect(compileFilter(undefined)).toBeUndefined();
    expect(compileFilter({})).toBeUndefined();
    expect(await select({ kinds: [] })).toEqual([]);
  });

  it('quotes so that the text comes back from SQL', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const literal = quote(text);
        expect(literal.slice(1, -1).replaceAll("''", '')).not.toContain("'");
        expect(literal.slice(1, -1).replaceAll("''", "'")).toBe(text);
      }),
    );
  });
});
