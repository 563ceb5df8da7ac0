import { describe, expect, it } from 'vitest';
import { cleanPath } from '../../server/register/citations/candidates.ts';
import { readCitations } from '../../server/register/citations/citations.ts';
import { commonFolder } from '../../server/register/citations/messages.ts';
import { registerOfFiles } from '../support/register.ts';

const KAFKA = 'docs/adr/0003-use-kafka-for-events.md';
const KEYS = 'docs/adr/0007-idempotency-keys.md';
const RFC = 'docs/rfcs/0002-click-and-collect/README.md';
const { catalogue } = registerOfFiles({
  [KAFKA]: '# Use Kafka for events\n',
  [KEYS]: '# Write every payment with a key of its own\n',
  [RFC]: '# Click and collect\n',
  'services/stock/docs/adr/0011-count.md': '# Count\n',
});

/** Each citation as `text -> paths`, with `?` for no record and `@owner` for one of another repository. */
const citations = (text: string, from = 'src/a.ts', renamed?: (path: string) => string | undefined): string[] =>
  readCitations(text, catalogue, { from, home: 'me/shop', renamed }).map(
    (found) =>
      `${found.text} -> ${found.foreign === undefined ? found.targets.map(({ record }) => record.path).join(' ') || '?' : `@${found.foreign}`}`,
  );

describe('what is a citation by number', () => {
  it.each([
    ['ADR-3', 'ADR-3'],
    ['ADR 0003', 'ADR 0003'],
    ['adr-0003', 'adr-0003'],
    ['ADR#3', 'ADR#3'],
    ['ADR_0003', 'ADR_0003'],
    ['[ADR-3]', 'ADR-3'],
    ['ADRs 3', 'ADRs 3'],
    ['adr003', 'adr003'],
    ['as ADR-3, which', 'ADR-3'],
    ['ADR-3.', 'ADR-3'],
  ])('%s', (text, cited) => {
    expect(citations(text)).toEqual([`${cited} -> ${KAFKA}`]);
  });

  it.each(['const adr3 = 1', 'adr_3', 'ADR-3.5', 'ADR-3a', 'QUADR-3', 'ADR - 3000000', 'address 3', 'ADR'])('not %s', (text) => {
    expect(citations(text)).toEqual([]);
  });

  it.each([
    ['ADRs 3 and 7', [`ADRs 3 -> ${KAFKA}`, `7 -> ${KEYS}`]],
    ['ADR-3/7', [`ADR-3 -> ${KAFKA}`, `7 -> ${KEYS}`]],
    ['ADR 3, 7 items', [`ADR 3 -> ${KAFKA}`]],
    ['RFC 2', [`RFC 2 -> ${RFC}`]],
    ['ADR-99', ['ADR-99 -> ?']],
  ])('and %s is %j', (text, expected) => {
    expect(citations(text)).toEqual(expected);
  });
});

describe('what is a citation by path, name or title', () => {
  it.each([
    [KAFKA, KAFKA],
    [`../../${KAFKA}`, `../../${KAFKA}`],
    [`/${KAFKA}`, `/${KAFKA}`],
    [`[why](${KAFKA})`, KAFKA],
    ['0003-use-kafka-for-events.md', '0003-use-kafka-for-events.md'],
    ['use-kafka-for-events', 'use-kafka-for-events'],
    ['as in Use Kafka for events!', 'Use Kafka for events'],
    ['use kafka\n * for events', 'use kafka\n * for events'],
  ])('%j', (text, cited) => {
    expect(citations(text)).toEqual([`${cited} -> ${KAFKA}`]);
  });

  it.each(['README.md', 'docs/README.md', 'click and collect', 'use-kafka', 'template.md'])('not %s', (text) => {
    expect(citations(text)).toEqual([]);
  });

  it('a path that no record has is a citation without a record where it looks like one', () => {
    expect(citations('see docs/adr/0099-gone.md')).toEqual(['docs/adr/0099-gone.md -> ?']);
  });

  it('a path that git moved is a citation of the record that it became', () => {
    const renamed = (path: string) => (path === 'docs/adr/0001-events.md' ? KAFKA : undefined);
    expect(citations('see docs/adr/0001-events.md', 'src/a.ts', renamed)).toEqual([`docs/adr/0001-events.md -> ${KAFKA}`]);
  });

  it('a record does not cite itself', () => {
    expect(citations('This is ADR-3, beside ADR-7.', KAFKA)).toEqual([`ADR-7 -> ${KEYS}`]);
  });
});

describe('which repository a citation belongs to', () => {
  it.each([
    ['ADR 31 of cosmos-sdk', ['ADR 31 -> @cosmos-sdk']],
    ['them/other#ADR-7', ['ADR-7 -> @them/other']],
    ['them/other#ADR-31, and again ADR-31', ['ADR-31 -> @them/other', 'ADR-31 -> @them/other']],
    ['me/shop#ADR-7', [`ADR-7 -> ${KEYS}`]],
    ['ADR-7 of the stock', [`ADR-7 -> ${KEYS}`]],
    ['ADR 7 in Section 3', [`ADR 7 -> ${KEYS}`]],
    ['https://github.com/them/other/blob/main/docs/adr/0031-x.md', []],
  ])('%j', (text, expected) => {
    expect(citations(text)).toEqual(expected);
  });
});

it('a citation ends before its anchor, and says where that ends', () => {
  const [found] = readCitations('ADR-3#settings!', catalogue, { from: 'src/a.ts' });
  expect([found?.text, found?.end, found?.anchorEnd]).toEqual(['ADR-3', 5, 14]);
});

it('nothing is cited where there are no records', () => {
  expect(readCitations('ADR-3', registerOfFiles({}).catalogue, { from: 'a.ts' })).toEqual([]);
});

it.each([
  ['./a/b.md', 'a/b.md'],
  ['../../a.md', 'a.md'],
  ['/a.md', 'a.md'],
  ['.././a.md', 'a.md'],
  ['.github/a.md', '.github/a.md'],
])('the clean form of %s is %s', (path, expected) => {
  expect(cleanPath(path)).toBe(expected);
});

it.each([
  [['a/b/c.ts', 'a/b/d/e.ts'], 'a/b/'],
  [['a/bc.ts', 'a/bd/e.ts'], 'a/'],
  [['a.ts', 'b/c.ts'], ''],
  [['x/y.ts'], 'x/'],
  [[], ''],
])('the folder of all of %j is %j', (paths, expected) => {
  expect(commonFolder(paths)).toBe(expected);
});
