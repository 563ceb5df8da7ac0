import { describe, expect, it } from 'vitest';
import { toldOnce } from '../../server/decisions/index.ts';
import type { FileFindings } from '../../server/model/answer.ts';
import { defineRule, findingOf, type Severity } from '../../server/model/finding.ts';
import { EMPTY_SPAN } from '../../server/model/span.ts';

const LINK = defineRule({ id: 'broken-link', severity: 'warning', description: 'Gone.', tags: ['document'] });
const OLD = defineRule({ id: 'cites-superseded', severity: 'warning', description: 'Old.', tags: ['code'] });

const ID = defineRule({ id: 'SID001', severity: 'warning', description: 'Composed.', tags: ['identifier'] });

const file = (path: string, messages: readonly string[], rule = LINK, severity: Severity = 'warning'): FileFindings => ({
  document: { id: path, path, kind: 'decision' },
  findings: messages.map((message) => findingOf(rule, { message, span: EMPTY_SPAN, severity })),
});

const severities = (all: readonly FileFindings[]): Record<string, Severity[]> =>
  Object.fromEntries(
    toldOnce(all, (rule) => rule === 'SID001').map(({ document, findings }) => [document.id, findings.map(({ severity }) => severity)]),
  );

describe('a fault that repeats in a repository is a warning once', () => {
  it.each<[string, readonly FileFindings[], Record<string, Severity[]>]>([
    [
      'where the words are the same, in whatever folder',
      [file('a/1.ts', ['x', 'x'], OLD), file('b/2.ts', ['x'], OLD)],
      { 'a/1.ts': ['warning', 'info'], 'b/2.ts': ['info'] },
    ],
    [
      'where it is the third of its rule in a folder',
      [file('a/1.md', ['x']), file('a/2.md', ['y', 'z'])],
      { 'a/1.md': ['warning'], 'a/2.md': ['info', 'info'] },
    ],
    [
      'but not where two of a folder say different things',
      [file('a/1.md', ['x']), file('a/2.md', ['y'])],
      { 'a/1.md': ['warning'], 'a/2.md': ['warning'] },
    ],
    [
      'and not where three are in three folders',
      [file('a/1.md', ['x']), file('b/2.md', ['y']), file('3.md', ['z'])],
      { 'a/1.md': ['warning'], 'b/2.md': ['warning'], '3.md': ['warning'] },
    ],
    [
      'where it is the third of a rule about habits of the code, in whatever folder',
      [file('a/1.ts', ['x'], ID), file('b/2.ts', ['y'], ID), file('3.ts', ['z'], ID)],
      { 'a/1.ts': ['warning'], 'b/2.ts': ['info'], '3.ts': ['info'] },
    ],
    [
      'of each rule for itself',
      [file('a/1.md', ['x', 'y']), file('a/2.ts', ['x', 'z'], OLD)],
      { 'a/1.md': ['warning', 'warning'], 'a/2.ts': ['warning', 'warning'] },
    ],
    [
      'and errors, infos and hints stay what they are',
      [file('a/1.md', ['x', 'x', 'x'], LINK, 'error'), file('a/2.md', ['x', 'x', 'x'], LINK, 'hint')],
      { 'a/1.md': ['error', 'error', 'error'], 'a/2.md': ['hint', 'hint', 'hint'] },
    ],
  ])('%s', (_, all, expected) => expect(severities(all)).toEqual(expected));

  it('which leads to five of the others, and says how many more there are', () => {
    const others = Array.from({ length: 7 }, (_, index) => `y${index}`);
    const [first] = toldOnce([file('a/1.md', ['x']), file('a/2.md', others)], () => false);
    expect(first?.findings[0]?.related?.map(({ path, message }) => `${path} ${message}`)).toEqual([
      ...Array.from({ length: 4 }, () => 'a/2.md The same here.'),
      'a/2.md The same here, and in 2 more places.',
    ]);
  });
});
