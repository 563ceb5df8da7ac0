import { describe, expect, it } from 'vitest';
import { findCitations } from '../../server/register/citations/citations.ts';
import { messageReader } from '../../server/register/citations/messages.ts';
import { recordsMatching } from '../../server/register/declared-links.ts';
import { resolveSupersession } from '../../server/register/successors.ts';
import { registerOfFiles } from '../support/register.ts';

const FILES = {
  'docs/adr/A-13-expired-keys.md': '# A-13: Warn about expired keys\n',
  'docs/adr/A-14-team-flows.md': '# A-14: Team flows\n\n**Status:** superseded by A-13\n',
  'docs/adr/B-13-colours.md': '# B-13: Colours of warnings\n',
  'docs/adr/0007-use-queues.md': '# Use queues\n',
  'docs/adr/20240304-dated.md': '# Dated\n',
};
const { catalogue } = registerOfFiles(FILES);
const cited = (text: string, from = 'src/a.ts'): string[][] =>
  findCitations(text, catalogue, from).map(({ targets }) => targets.map(({ record }) => record.path.replace('docs/adr/', '')));

describe('records that are numbered with letters', () => {
  it.each([
    ['A-13', ['A-13-expired-keys.md']],
    ['ADR A-13', ['A-13-expired-keys.md']],
    ['B-13', ['B-13-colours.md']],
    ['ADR-13', ['A-13-expired-keys.md', 'B-13-colours.md']],
    ['ADR–7', ['0007-use-queues.md']],
    ['ADR-20240304', ['20240304-dated.md']],
  ])('are cited by %s', (text, expected) => expect(cited(`// as ${text} wants`)).toEqual([expected]));

  it('are not cited by part numbers of a series that no record uses, nor by a number that no record has', () => {
    expect(cited('C-13, UTF-8, A-99')).toEqual([]);
    expect(findCitations('see A-13', registerOfFiles({ 'docs/adr/0013-x.md': '# X\n' }).catalogue, 'a.ts')).toEqual([]);
  });

  it('replace each other', () => {
    const heads = catalogue.records.map(({ head }) => head);
    expect([...resolveSupersession(heads)]).toEqual([['docs/adr/A-14-team-flows.md', ['docs/adr/A-13-expired-keys.md']]]);
  });

  it('are found by what a person types', () => {
    const found = (written: string): string[] => recordsMatching(catalogue, written).map(({ path }) => path.replace('docs/adr/', ''));
    expect(found('A-13')).toEqual(['A-13-expired-keys.md']);
    expect(found('b13')).toEqual(['B-13-colours.md']);
    expect(found('13')).toEqual(['A-13-expired-keys.md', 'B-13-colours.md']);
    expect(found('7')).toEqual(['0007-use-queues.md']);
  });

  it('are cited in messages of commits', () => {
    expect(messageReader(catalogue).cited('Warn as A-13 says', [])).toEqual(['docs/adr/A-13-expired-keys.md']);
    expect(messageReader(catalogue).mayCite('Raise to 5-2')).toBe(false);
  });
});

describe('a path in code', () => {
  const hidden = registerOfFiles({
    '.agents/decisions/0007-use-queues.md': '# Use queues\n\n## Status\n\nAccepted\n\n## Decision\n\nWe use queues.\n',
  });
  it.each([
    '.agents/decisions/0007-use-queues.md',
    './.agents/decisions/0007-use-queues.md',
    '../.agents/decisions/0007-use-queues.md',
    '.agents\\decisions\\0007-use-queues.md',
    'https://github.com/me/shop/blob/main/.agents/decisions/0007-use-queues.md',
    '.agents/./decisions/0007-use-queues.md',
  ])('leads to a record of a hidden folder: %s', (path) => {
    const found = findCitations(`see ${path} for why`, hidden.catalogue, 'src/a.py', 'me/shop');
    expect(found.map(({ targets, moved }) => [targets[0]?.record.path, moved])).toEqual([
      ['.agents/decisions/0007-use-queues.md', undefined],
    ]);
  });

  it('may follow the end of a line in a string', () => {
    const { catalogue: plain } = registerOfFiles({ 'docs/adr/0007-use-queues.md': '# Use queues\n' });
    expect(findCitations('"x\\ndocs/adr/0007-use-queues.md"', plain, 'a.ts').map(({ targets }) => targets.length)).toEqual([1]);
  });
});

describe('a copy of a record', () => {
  const text = '# 35. Exit codes\n';
  const files = { 'docs/adr/0035-exit-codes.md': text, 'docs/adr/0036-x.md': '# X\n', 'wiki/adr/0035-exit-codes.md': text };
  const targets = (content: Record<string, string>): string[] =>
    findCitations('ADR-0035', registerOfFiles(content).catalogue, 'src/a.py').flatMap((found) =>
      found.targets.map(({ record }) => record.path),
    );

  it('is not what a number means: that is the record in the folder with most records', () =>
    expect(targets(files)).toEqual(['docs/adr/0035-exit-codes.md']));

  it("in another package is that package's record", () => {
    const content = { 'a/docs/adr/0035-exit-codes.md': text, 'b/docs/adr/0035-exit-codes.md': text };
    expect(findCitations('ADR-35', registerOfFiles(content).catalogue, 'b/src/x.ts')[0]?.targets[0]?.record.path).toBe(
      'b/docs/adr/0035-exit-codes.md',
    );
  });

  it('with another title is another record', () =>
    expect(targets({ ...files, 'wiki/adr/0035-exit-codes.md': '', 'wiki/adr/0035-y.md': '# Y\n' })).toHaveLength(2));
});
