import { describe, expect, it, test } from 'vitest';
import { type ThemeIcon, TreeItemCollapsibleState } from 'vscode';
import {
  ageOf,
  type DecisionNode,
  decisionItem,
  type Grouping,
  groupsOf,
  MOST_IN_GROUP,
  recordLabel,
  recordTooltip,
  rowsBelow,
} from '../../extension/decisions/rows.ts';
import { recordLists, uriOfKey } from '../../extension/search/idle.ts';
import type { WireRecord } from '../../protocol/authoring.ts';
import { recordWith } from '../support/engine.ts';

const record = (path: string, own: Partial<WireRecord> = {}): WireRecord => ({
  ...recordWith({ path, title: path, ...own }),
  uri: `file:///shop/${path}`,
});
const NOW = Date.parse('2026-03-01');

const RECORDS = [
  record('docs/adr/0001-a.md', { date: '2024-01-01', status: 'accepted' }),
  record('docs/adr/0002-b.md', { date: '2025-05-01', status: 'accepted' }),
  record('docs/adr/0010-c.md', { date: '', status: 'proposed' }),
  record('svc/adr/0003-d.md', { date: '2023-01-01', status: 'accepted', supersededBy: ['docs/adr/0002-b.md'] }),
  record('0004-e.md', { date: '2025-06-01', status: 'rejected' }),
];

describe('the groups of the view Decisions', () => {
  test.each<[Grouping, readonly (readonly [string, readonly string[]])[]]>([
    [
      'status',
      [
        ['proposed', ['docs/adr/0010-c.md']],
        ['accepted', ['docs/adr/0002-b.md', 'docs/adr/0001-a.md']],
        ['rejected', ['0004-e.md']],
        ['superseded', ['svc/adr/0003-d.md']],
      ],
    ],
    [
      'folder',
      [
        ['docs/adr', ['docs/adr/0001-a.md', 'docs/adr/0002-b.md', 'docs/adr/0010-c.md']],
        ['svc/adr', ['svc/adr/0003-d.md']],
        ['', ['0004-e.md']],
      ],
    ],
    [
      'year',
      [
        ['2025', ['0004-e.md', 'docs/adr/0002-b.md']],
        ['2024', ['docs/adr/0001-a.md']],
        ['2023', ['svc/adr/0003-d.md']],
        ['', ['docs/adr/0010-c.md']],
      ],
    ],
  ])('by %s have proposals first, what is over last, and newest first inside', (by, expected) => {
    expect(groupsOf(RECORDS, by).map(({ key, records }) => [key, records.map(({ path }) => path)])).toEqual(expected);
  });

  it('stand at the top for one repository, and below its name for several', () => {
    const shop = { name: 'shop', decisions: RECORDS };
    expect(rowsBelow(undefined, [shop], 'status').map(({ kind }) => kind)).toEqual(['group', 'group', 'group', 'group']);
    const [first] = rowsBelow(undefined, [shop, { name: 'bank', decisions: RECORDS.slice(0, 1) }], 'status');
    expect(first).toMatchObject({ kind: 'repository' });
    expect(rowsBelow(first, [], 'status')).toHaveLength(4);
    expect(rowsBelow(undefined, [], 'status')).toEqual([]);
  });
});

const itemOf = (own: Partial<WireRecord>) => decisionItem({ kind: 'record', record: record('docs/adr/0014-outbox.md', own) }, NOW);
const groupRow = (key: string, by: Grouping): DecisionNode => ({ kind: 'group', of: { key, records: RECORDS }, by, repository: 'shop' });

describe('the row of a decision', () => {
  it('has number and title, age and owners, and opens the record', () => {
    const item = itemOf({ title: 'Outbox', number: '14', date: '2024-02-01', owners: ['@shop/orders'] });
    expect(item).toMatchObject({
      label: '0014 Outbox',
      description: '2 years ago · @shop/orders',
      command: { command: 'lintel.openDocument', arguments: [{ uri: 'file:///shop/docs/adr/0014-outbox.md' }] },
      accessibilityInformation: { label: '0014 Outbox, Accepted, 2 years ago' },
    });
  });

  it('has the icon of a superseded one where another replaced it, whatever its text says', () => {
    expect((itemOf({ status: 'accepted', supersededBy: ['x'] }).iconPath as ThemeIcon).id).toBe('history');
    expect((itemOf({ status: 'proposed' }).iconPath as ThemeIcon).id).toBe('question');
  });

  test.each<[Partial<WireRecord>, string]>([
    [{ title: 'Outbox', number: '14' }, '0014 Outbox'],
    [{ title: 'Outbox', number: '14', numberLabel: 'A-14' }, 'A-14 Outbox'],
    [{ title: '0014 Outbox', number: '14' }, '0014 Outbox'],
    [{ title: 'Outbox', number: '14', path: 'docs/adr/outbox-14.md' }, '14 Outbox'],
    [{ title: 'Outbox', number: '7', path: 'rfc/outbox.md' }, '7 Outbox'],
    [{ title: 'Outbox', number: '20', path: 'rfc/2024-01-01-outbox.md' }, '20 Outbox'],
  ])('with %j is called "%s"', (own, label) => {
    expect(recordLabel(record('docs/adr/0014-outbox.md', own))).toBe(label);
  });

  test.each([
    ['2026-03-01', 'today'],
    ['2026-02-28', 'yesterday'],
    ['2026-01-15', 'last month'],
    ['2025-09-01', '5 months ago'],
    ['2019-01-01T10:00:00Z', '7 years ago'],
    ['', ''],
    ['soon', ''],
  ])('dated %j is from "%s"', (date, age) => {
    expect(ageOf(date, NOW)).toBe(age);
  });

  test.each<[string, Grouping, string, string, number]>([
    ['proposed', 'status', 'Proposed', '5, waiting for a decision', TreeItemCollapsibleState.Expanded],
    ['superseded', 'status', 'Superseded', '5', TreeItemCollapsibleState.Collapsed],
    ['', 'status', 'Without a status', '5', TreeItemCollapsibleState.Expanded],
    ['', 'year', 'Without a date', '5', TreeItemCollapsibleState.Expanded],
    ['', 'folder', 'In the root folder', '5', TreeItemCollapsibleState.Expanded],
    ['docs/adr', 'folder', 'docs/adr', '5', TreeItemCollapsibleState.Expanded],
  ])('of the group "%s" by %s has the heading "%s", %s', (key, by, label, description, collapsibleState) => {
    expect(decisionItem(groupRow(key, by), NOW)).toMatchObject({ label, description, collapsibleState });
  });
});

describe('the preview of a decision', () => {
  const previewOf = (own: Partial<WireRecord>, sentence?: string): string =>
    recordTooltip(record('docs/adr/0014-outbox.md', { title: 'Outbox', number: '14', ...own }), sentence).value.replaceAll('\\', '');

  it('has title, status, day, owners, the sentence that decides, and the path', () => {
    expect(previewOf({ date: '2024-02-01', owners: ['@shop/orders'] }, 'We write events to a table.')).toBe(
      '**0014 Outbox**\n\nAccepted · 2024-02-01 · @shop/orders\n\n> We write events to a table.\n\ndocs/adr/0014-outbox.md',
    );
  });

  it('says that another record replaced it, and has no quote where nothing is known', () => {
    expect(previewOf({ supersededBy: ['x'], date: '' })).toBe('**0014 Outbox**\n\nAccepted · Superseded\n\ndocs/adr/0014-outbox.md');
  });
});

describe('thousands of records', () => {
  const many = Array.from({ length: 5_000 }, (_, at) => record(`docs/adr/${at}-x.md`, { status: 'accepted' }));
  const repositories = [{ name: 'shop', decisions: many }];

  it('are shown up to a bound in a group, with a row that says how many are left and leads to the search', () => {
    const [group] = rowsBelow(undefined, repositories, 'status');
    const rows = rowsBelow(group, repositories, 'status');
    expect(rows).toHaveLength(MOST_IN_GROUP + 1);
    const last = rows.at(-1);
    expect(last && decisionItem(last, NOW)).toMatchObject({ label: '4500 more: search for them', command: { command: 'lintel.search' } });
  });

  it('are bounded in the Search view, too, which knows their number and where each is', () => {
    const [list] = recordLists(repositories, NOW);
    expect(list).toMatchObject({ name: 'Accepted', count: 5_000 });
    expect(list?.records).toHaveLength(50);
    expect(uriOfKey(repositories, list?.records[0]?.key ?? '')).toMatch(/^file:\/\/\/shop\/docs\/adr\/\d+-x\.md$/);
    expect(uriOfKey(repositories, 'file:///elsewhere.md x')).toBeUndefined();
  });
});

it('the Search view lists records by status, proposals first, with age and all that a tooltip needs', () => {
  const lists = recordLists([{ name: 'shop', decisions: RECORDS }], NOW);
  expect(lists.map(({ name, count }) => [name, count])).toEqual([
    ['Proposed', 1],
    ['Accepted', 2],
    ['Rejected', 1],
    ['Superseded', 1],
  ]);
  expect(lists[1]?.records[0]).toMatchObject({ label: '1 docs/adr/0002-b.md', status: 'accepted', age: '9 months ago' });
  expect(lists[1]?.records[0]?.title).toMatch(/\nAccepted · 2025-05-01 · .*docs\/adr\/0002-b\.md$/);
});
