import { describe, expect, it } from 'vitest';
import { readMarkdown } from '../../../server/knowledge/markup/markdown.ts';
import { referencesOf } from '../../../server/knowledge/records/references.ts';
import { relationsOf } from '../../../server/knowledge/records/supersession.ts';

/** Relations as `kind target`, with `~` before partial ones. */
const relations = (text: string, isStatus: boolean): string[] => {
  const outline = readMarkdown(text);
  return relationsOf(outline, referencesOf(outline, 'docs/adr/0007.md'), () => isStatus).flatMap(({ kind, partial, targets }) =>
    (targets.length === 0 ? [undefined] : targets).map((target) => `${partial ? '~' : ''}${kind} ${target?.target ?? '-'}`),
  );
};

describe('a sentence about the record itself is a relation:', () => {
  it.each<[string, string[]]>([
    ['This ADR replaces ADR 3.', ['supersedes ADR 3']],
    ['We superseded ADR 3.', ['supersedes ADR 3']],
    ['It has replaced ADR 3.', ['supersedes ADR 3']],
    ['This decision obsoletes ADR 3 and ADR 4.', ['supersedes ADR 3', 'supersedes ADR 4']],
    ['This record was replaced by ADR 9.', ['superseded-by ADR 9']],
    ['Replaced on 3 May 2020 by ADR 9.', ['superseded-by ADR 9']],
    ['Superseded → ADR 9', ['superseded-by ADR 9']],
    ['Rejected in favour of ADR 9.', ['superseded-by ADR 9']],
    ['Withdrawn in favor of ADR 9.', ['superseded-by ADR 9']],
    ['This ADR amends ADR 3.', ['amends ADR 3']],
    ['ADR 3 is replaced by this decision.', ['supersedes ADR 3']],
    ['ADR 9 replaces this record.', ['superseded-by ADR 9']],
    ['Parts of this decision were replaced by ADR 9.', ['~superseded-by ADR 9']],
    ['This ADR replaces ADR 3 (in part).', ['~supersedes ADR 3']],
    ['This ADR replaces the decisions made in ADR 3.', ['supersedes ADR 3']],
  ])('%s', (text, expected) => expect(relations(text, false)).toEqual(expected));
});

describe('a sentence is no relation that', () => {
  it.each([
    ['is about the future', 'This ADR may be replaced by ADR 9.'],
    ['is conditional', 'If we replace ADR 3, prices change.'],
    ['is negated', 'This ADR does not replace ADR 3.'],
    ['is about another record', 'ADR 2 was superseded by ADR 3.'],
    ['is about a technology', 'We replaced Redis with Postgres, see ADR 3.'],
    ['mentions a record in another sentence', 'This was replaced. See ADR 9.'],
    ['is in a fence', '```\nSuperseded by ADR 9\n```'],
    ['says what a detail supersedes', 'Superseding the behaviour of ADR 3, we cache prices.'],
  ])('%s', (_name, text) => expect(relations(text, false)).toEqual([]));
});

describe('in the status', () => {
  it.each<[string, string[]]>([
    ['Superseded by 12', ['superseded-by 12']],
    ['Superseded by 12 and 14', ['superseded-by 12', 'superseded-by 14']],
    ['Superceded: ADR 9', ['superseded-by ADR 9']],
    ['Accepted; supersedes ADR 3; amends ADR 4', ['supersedes ADR 3', 'amends ADR 4']],
    ['Accepted. Replaces ADR 3; updated by ADR 9', ['supersedes ADR 3', '~superseded-by ADR 9']],
    ['Partially superseded by ADR 9', ['~superseded-by ADR 9']],
    ['Superseded by ADR 9, partially by ADR 10', ['superseded-by ADR 9', '~superseded-by ADR 10']],
    ['Will be superseded by ADR 9', []],
    ['Accepted', []],
  ])('%s', (text, expected) => expect(relations(text, true)).toEqual(expected));
});

describe('a list below its verb', () => {
  it.each<[string, string, string[]]>([
    ['of a heading', '## Supersedes\n\n- ADR 3\n- [4](0004.md)\n', ['supersedes ADR 3', 'supersedes 0004.md']],
    ['of a line', 'Superseded by:\n\n- ADR 9\n\n- ADR 10\n', ['superseded-by ADR 9', 'superseded-by ADR 10']],
    ['of numbers', '## Replaces ADRs\n\n- 3\n- 4\n', ['supersedes 3', 'supersedes 4']],
    ['of amendments', '## Amends\n\n- ADR 3\n', ['amends ADR 3']],
    ['of parts', '## Partially supersedes\n\n- ADR 3\n', ['~supersedes ADR 3']],
    ['ends at words that begin with no record', '## Supersedes\n\n- ADR 3\n\nNothing else changes.\n\n- ADR 4\n', ['supersedes ADR 3']],
    ['ends at the next heading', '## Supersedes\n\n- ADR 3\n\n## See also\n\n- ADR 4\n', ['supersedes ADR 3']],
    ['is none where the heading says more', '## What this replaces in practice\n\n- ADR 3\n', []],
  ])('%s', (_name, text, expected) => expect(relations(text, false)).toEqual(expected));
});

describe('the words of a relation', () => {
  it('begin at the verb and end with the target', () => {
    const text = 'Accepted. Superseded by [NATS](0009.md) later.';
    const outline = readMarkdown(text);
    const [found] = relationsOf(outline, referencesOf(outline, 'docs/adr/0007.md'), () => true);
    expect(text.slice(found?.start, found?.end)).toBe('Superseded by [NATS](0009.md)');
  });

  it('are read in linear time from a line of ten thousand verbs', () => {
    const started = performance.now();
    relations('replaces superseded by ADR 3 '.repeat(10_000), true);
    expect(performance.now() - started).toBeLessThan(1_500);
  });
});
