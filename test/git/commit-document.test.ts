import { expect, test } from 'vitest';
import { parseMessage } from '../../server/git/message.ts';
import { commitDocument } from '../../server/knowledge/commit.ts';
import type { Commit } from '../../server/model/commit.ts';

const commitOf = (message: string, more: Partial<Commit> = {}): Commit => ({
  sha: 'a'.repeat(40),
  parents: [],
  ...parseMessage(message),
  author: 'Ada Lovelace',
  date: '2024-05-11T10:00:00+02:00',
  paths: [{ status: 'R', path: 'new.txt', from: 'old.txt' }],
  merge: false,
  ...more,
});

test('a commit becomes a document with its body as the only section', () => {
  const document = commitDocument(commitOf('Use Kafka\n\nBecause the queue\nwas lost.'));
  expect(document).toMatchObject({
    id: `commit:${'a'.repeat(40)}`,
    kind: 'commit',
    sha: 'a'.repeat(40),
    title: 'Use Kafka',
    titleSpan: { start: { line: 0, character: 0 }, end: { line: 0, character: 9 } },
    date: '2024-05-11T10:00:00+02:00',
    author: 'Ada Lovelace',
    format: 'commit',
    paths: ['new.txt'],
    findings: [],
  });
  expect(document.sections).toEqual([
    {
      heading: '',
      level: 0,
      headingPath: [],
      text: 'Because the queue\nwas lost.',
      span: { start: { line: 2, character: 0 }, end: { line: 3, character: 9 } },
    },
  ]);
  expect(document).not.toHaveProperty('path');
});

test('trailers that cite something become links with a span, trailers that name people do not', () => {
  const { links } = commitDocument(commitOf('s\n\nbody\n\nDecision: 0007\nSigned-off-by: A <a@b>\nRefs: #12'));
  expect(links).toEqual([
    { kind: 'cites', target: '0007', span: { start: { line: 4, character: 0 }, end: { line: 4, character: 14 } } },
    { kind: 'cites', target: '#12', span: { start: { line: 6, character: 0 }, end: { line: 6, character: 9 } } },
  ]);
});

test('a commit without message and date has a title, no section and no date', () => {
  const document = commitDocument(commitOf('', { date: '' }));
  expect(document.title).toBe('(no message)');
  expect(document.sections).toEqual([]);
  expect(document).not.toHaveProperty('date');
});

test('at most 200 paths are kept', () => {
  const paths = Array.from({ length: 300 }, (_, index) => ({ status: 'A' as const, path: `${index}` }));
  expect(commitDocument(commitOf('s', { paths })).paths).toHaveLength(200);
});

test('a commit that renames files lists both names', () => {
  const paths = [
    { status: 'R', path: 'docs/adr/0002-queue.md', from: 'docs/0002-queue.md' },
    { status: 'C', path: 'copy.ts', from: 'original.ts' },
    { status: 'M', path: 'src/outbox.ts' },
  ] as const;
  expect(commitDocument(commitOf('Move', { paths })).renames).toEqual([{ from: 'docs/0002-queue.md', to: 'docs/adr/0002-queue.md' }]);
  expect(commitDocument(commitOf('Edit', { paths: paths.slice(1) }))).not.toHaveProperty('renames');
});

test('a commit that renames a thousand files lists 200 of them', () => {
  const paths = Array.from({ length: 1_000 }, (_, index) => ({ status: 'R', path: `new/${index}`, from: `old/${index}` }) as const);
  const { renames } = commitDocument(commitOf('Move all', { paths }));
  expect(renames).toHaveLength(200);
  expect(renames?.[199]).toEqual({ from: 'old/199', to: 'new/199' });
});

test('only a merge is marked as a merge', () => {
  expect(commitDocument(commitOf('Merge', { merge: true })).merge).toBe(true);
  expect(commitDocument(commitOf('Edit'))).not.toHaveProperty('merge');
});
