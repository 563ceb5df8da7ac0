import { describe, expect, it } from 'vitest';
import { linkResolver, possiblePaths, resolveSupersession } from '../../server/register/successors.ts';
import { recordHead } from '../support/register.ts';

type Head = ReturnType<typeof recordHead>;

const span = { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } };
const status = (value: 'accepted' | 'proposed' | 'rejected' | 'superseded') => ({ status: { value, text: value, span } });

/** A record `docs/adr/000N-<slug>.md` that says which others it supersedes, or is superseded by. */
const record = (number: number, slug: string, more: Partial<Head> = {}): Head =>
  recordHead(`docs/adr/000${number}-${slug}.md`, slug, { number: String(number), slug, ...more });
const supersedes = (...targets: string[]) => targets.map((target) => ({ kind: 'supersedes' as const, target, span }));
const supersededBy = (...targets: string[]) => targets.map((target) => ({ kind: 'superseded-by' as const, target, span }));

const idOf = (number: number, slug: string): string => `docs/adr/000${number}-${slug}.md`;
const successorsOf = (records: readonly Head[], id: string): readonly string[] => resolveSupersession(records).get(id) ?? [];

describe('the successors of a record', () => {
  it('are found by what the new record says, and by what the old one says', () => {
    for (const records of [
      [record(1, 'kafka'), record(2, 'nats', { links: supersedes('ADR-0001') })],
      [record(1, 'kafka', { links: supersededBy('ADR-0002') }), record(2, 'nats')],
    ])
      expect(successorsOf(records, idOf(1, 'kafka'))).toEqual([idOf(2, 'nats')]);
  });

  it('are in a chain the one in force first, then those in between', () => {
    const records = [
      record(1, 'kafka', { ...status('superseded'), links: supersededBy('ADR-2') }),
      record(2, 'nats', { ...status('superseded'), links: supersededBy('ADR-3') }),
      record(3, 'queue', status('accepted')),
    ];
    expect(successorsOf(records, idOf(1, 'kafka'))).toEqual([idOf(3, 'queue'), idOf(2, 'nats')]);
    expect(successorsOf(records, idOf(2, 'nats'))).toEqual([idOf(3, 'queue')]);
    expect(successorsOf(records, idOf(3, 'queue'))).toEqual([]);
  });

  it('are none where a record says that it is accepted, and only a sentence in a body says otherwise', () => {
    const sentence = { inferred: true as const };
    const next = record(2, 'nats', { links: supersedes('ADR-1').map((link) => ({ ...link, ...sentence })) });
    expect(successorsOf([record(1, 'kafka', status('accepted')), next], idOf(1, 'kafka'))).toEqual([]);
    expect(successorsOf([record(1, 'kafka'), next], idOf(1, 'kafka'))).toEqual([idOf(2, 'nats')]);
    const old = record(1, 'kafka', { ...status('accepted'), links: supersededBy('ADR-2').map((link) => ({ ...link, ...sentence })) });
    expect(successorsOf([old, record(2, 'nats')], idOf(1, 'kafka'))).toEqual([]);
  });

  it.each(['proposed', 'rejected'] as const)('are not those that are only %s and say that they supersede it', (value) => {
    const records = [record(1, 'kafka', status('accepted')), record(2, 'nats', { ...status(value), links: supersedes('ADR-1') })];
    expect(successorsOf(records, idOf(1, 'kafka'))).toEqual([]);
  });

  it('include a proposed one that the old record itself names', () => {
    const records = [record(1, 'kafka', { links: supersededBy('ADR-2') }), record(2, 'nats', status('proposed'))];
    expect(successorsOf(records, idOf(1, 'kafka'))).toEqual([idOf(2, 'nats')]);
  });

  it('are none where the statement is about a part of it', () => {
    const records = [
      record(1, 'kafka'),
      record(2, 'nats', { links: supersedes('ADR-1').map((link) => ({ ...link, partial: true as const })) }),
    ];
    expect(successorsOf(records, idOf(1, 'kafka'))).toEqual([]);
  });

  it('are none where records replace each other in a circle, or themselves', () => {
    const circle = [record(1, 'kafka', { links: supersedes('ADR-2') }), record(2, 'nats', { links: supersedes('ADR-1') })];
    expect([...resolveSupersession(circle)]).toEqual([]);
    expect([...resolveSupersession([record(1, 'kafka', { links: supersedes('ADR-1') })])]).toEqual([]);
  });

  it('of a circle are those outside of it', () => {
    const records = [
      record(1, 'kafka', { links: supersedes('ADR-2') }),
      record(2, 'nats', { links: supersedes('ADR-1') }),
      record(3, 'queue', { links: supersedes('ADR-2') }),
    ];
    expect(successorsOf(records, idOf(1, 'kafka'))).toEqual([idOf(3, 'queue')]);
    expect(successorsOf(records, idOf(2, 'nats'))).toEqual([idOf(3, 'queue')]);
  });

  it('are all of several that replace it together, ordered by id', () => {
    const records = [
      record(1, 'all'),
      record(3, 'right', { links: supersedes('ADR-1') }),
      record(2, 'left', { links: supersedes('ADR-1') }),
    ];
    expect(successorsOf(records, idOf(1, 'all'))).toEqual([idOf(2, 'left'), idOf(3, 'right')]);
  });
});

describe('the record that a link means', () => {
  const records = [
    record(1, 'use-kafka'),
    record(2, 'use-nats'),
    recordHead('services/a/docs/adr/0002-count-twice.md', 'Count twice', { number: '2', slug: 'count-twice' }),
    recordHead('docs/rfcs/0002-mail/README.md', 'Mail', { number: '2', slug: 'mail' }),
  ];
  const resolve = linkResolver(records);
  const meant = (target: string, from = idOf(1, 'use-kafka'), path?: string): string => {
    const source = records.find(({ id }) => id === from);
    if (!source) throw new Error(from);
    const found = resolve(source, { target, ...(path === undefined ? {} : { path }) });
    return typeof found === 'string' ? found : found.id;
  };

  it.each([
    ['ADR-0002', idOf(2, 'use-nats')],
    ['ADR 2: Use NATS', idOf(2, 'use-nats')],
    ['RFC 2', 'docs/rfcs/0002-mail/README.md'],
    ['0002-use-nats', idOf(2, 'use-nats')],
    ['use-nats', idOf(2, 'use-nats')],
    ['Count twice', 'services/a/docs/adr/0002-count-twice.md'],
    ['ADR-77', 'missing'],
    ['nobody', 'missing'],
    ['https://github.com/me/shop/blob/main/docs/adr/0002-use-nats.md', idOf(2, 'use-nats')],
    ['https://github.com/them/other/blob/main/docs/adr/0009-other.md', 'elsewhere'],
    ['https://adr.example.org/adr/0002-use-nats', idOf(2, 'use-nats')],
  ])('%s is %s', (target, expected) => {
    expect(meant(target)).toBe(expected);
  });

  it('is by number the one in the nearest folder', () => {
    const others = [...records, recordHead('services/a/docs/adr/0005-x.md', 'X', { number: '5', slug: 'x' })];
    const found = linkResolver(others)(others[4] as Head, { target: 'ADR-2' });
    expect(found).toMatchObject({ id: 'services/a/docs/adr/0002-count-twice.md' });
  });

  it('is ambiguous by number where no folder is nearer', () => {
    const twins = [record(1, 'one'), record(2, 'left'), record(2, 'right')];
    expect(linkResolver(twins)(twins[0] as Head, { target: 'ADR-2' })).toBe('ambiguous');
  });

  it('is by path the file itself, or the one that its words became when it was renumbered', () => {
    expect(meant('x', undefined, idOf(2, 'use-nats'))).toBe(idOf(2, 'use-nats'));
    expect(meant('x', undefined, 'docs/adr/0009-use-nats.md')).toBe(idOf(2, 'use-nats'));
    expect(meant('x', undefined, 'docs/adr/0002-paint-it-black.md')).toBe('missing');
  });
});

describe('the paths at which the file of a link may exist', () => {
  it('are the path as written first, then with an extension, then as a folder', () => {
    const candidates = possiblePaths('docs/adr/0001-x');
    expect(candidates[0]).toBe('docs/adr/0001-x');
    expect(candidates).toEqual(expect.arrayContaining(['docs/adr/0001-x.md', 'docs/adr/0001-x.rst', 'docs/adr/0001-x/README.md']));
  });

  it('include the source of a page of HTML', () => {
    expect(possiblePaths('docs/adr/0001-x.html')).toEqual(expect.arrayContaining(['docs/adr/0001-x.md', 'docs/adr/0001-x.rst']));
  });
});
