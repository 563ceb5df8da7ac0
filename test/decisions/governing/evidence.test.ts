import { describe, expect, it, test } from 'vitest';
import { evidenceBeyondLikeness, similarEvidence } from '../../../server/decisions/governing/evidence.ts';
import { type RankedDocument, rankPlace } from '../../../server/decisions/governing/ranking.ts';
import type { Evidence, LikenessEvidence } from '../../../server/model/evidence.ts';
import type { MadeCommit } from '../../support/history.ts';
import type { Files } from '../../support/register.ts';
import { memoryRepository } from '../../support/why.ts';

type Structural = Exclude<Evidence, LikenessEvidence>;

const RECORD = 'services/orders/docs/adr/0001-relay.md';
const CODE = 'services/orders/src/relay.ts';
const front = (lines: string): string => `---\nstatus: accepted\n${lines}---\n\n# 1. Relay\n\n## Decision\n\nWe relay events.\n`;
const link = (verdict: string): string => `links:\n  - decision: ${RECORD}\n    code: ${CODE}\n    verdict: ${verdict}\n`;

/** The evidence for the record at the first line of the code. */
const evidenceIn = async (files: Files, commits: readonly MadeCommit[] = [], path = CODE): Promise<Structural[]> => {
  const repository = await memoryRepository({ [CODE]: 'export const relay = 1;\n', ...files }, commits);
  const query = await repository.query({ path, line: 0 });
  const ranked = rankPlace(repository.space, query).find(({ document }) => document.head.id === RECORD);
  return ranked ? evidenceBeyondLikeness(repository.space, ranked, query) : [];
};
const kindsIn = async (...parts: Parameters<typeof evidenceIn>): Promise<string[]> => (await evidenceIn(...parts)).map(({ kind }) => kind);

describe('the evidence for a record at a place', () => {
  it('of the package of the code alone is that of a neighbour', async () => {
    expect(await kindsIn({ [RECORD]: front('') })).toEqual(['neighbour']);
  });

  it('of another package is none', async () => {
    const path = 'services/mail/src/send.ts';
    expect(await kindsIn({ [RECORD]: front(''), [path]: 'export const send = 1;\n' }, [], path)).toEqual([]);
  });

  it('joins every kind that supports the record, the strongest first', async () => {
    const files = {
      [RECORD]: front('applies-to: ["services/orders/src/*.ts"]\n'),
      [CODE]: `// See ${RECORD}\nexport const relay = 1;\n`,
      '.lintel/links.yaml': link('governs'),
    };
    const commits = [{ message: 'Relay events', paths: [RECORD, CODE] }];
    const found = await evidenceIn(files, commits);
    expect(new Set(found.map(({ kind }) => kind))).toEqual(new Set(['declared', 'cited', 'scoped', 'changed-together', 'neighbour']));
    const weights = found.map(({ weight }) => weight);
    expect(weights).toEqual([...weights].sort((a, b) => b - a));
  });

  it('is limited to six reasons', async () => {
    const files = {
      [RECORD]: front('applies-to: ["services/orders/src/*.ts"]\n'),
      [CODE]: `${`// See ${RECORD}\n`.repeat(5)}export const relay = 1;\n`,
      '.lintel/links.yaml': link('governs'),
    };
    const found = await evidenceIn(files, [{ message: 'Relay events, see ADR-0001', paths: [RECORD, CODE] }]);
    expect(found).toHaveLength(6);
    expect(found.filter(({ kind }) => kind === 'cited')).toHaveLength(3);
  });

  it('has no part for a denial by a person, and keeps its other reasons', async () => {
    const files = { [RECORD]: front('applies-to: ["services/orders/src/*.ts"]\n'), '.lintel/links.yaml': link('does-not-govern') };
    expect(await kindsIn(files)).toEqual(['scoped', 'neighbour']);
  });

  it('of a pattern for everything says so, and weighs less than any that singles the file out', async () => {
    const found = await evidenceIn({ [RECORD]: front('applies-to: ["**"]\n'), 'a.ts': '', 'b.ts': '', 'c.ts': '' });
    const everything = found.find(({ kind }) => kind === 'scoped');
    expect(everything).toMatchObject({ form: 'folder' });
    expect(everything?.explanation).toBe('its front matter applies it to everything (`**`)');
    expect(everything?.weight).toBeLessThanOrEqual(0.4);
    const [pattern] = await evidenceIn({ [RECORD]: front('applies-to: ["services/orders/**"]\n') });
    expect(pattern).toMatchObject({ kind: 'scoped', form: 'pattern', weight: 0.95 });
  });
});

describe('the likeness of a record to code', () => {
  const ranked = (zScore: number) => ({ zScore }) as RankedDocument;

  test.each([[-3], [0], [0.99]])('is not worth a word at %f deviations', (zScore) => {
    expect(similarEvidence(ranked(zScore))).toEqual([]);
  });

  it('weighs half of the most it can at four deviations, and never 0.5 or more', () => {
    expect(similarEvidence(ranked(4))).toEqual([{ kind: 'similar', weight: 0.25, explanation: 'very similar in words and meaning' }]);
    const weights = [1, 2, 4, 8, 100].map((zScore) => similarEvidence(ranked(zScore))[0]?.weight ?? 0);
    expect(weights).toEqual([...weights].sort((a, b) => a - b));
    expect(weights.at(-1)).toBeLessThan(0.5);
  });
});
