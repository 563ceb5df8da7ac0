import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { confidenceOf, FEATURES, featuresOf } from '../../../server/decisions/governing/confidence.ts';
import { type GoverningCandidate, govern, groundsOf, inForce } from '../../../server/decisions/governing/governing.ts';
import { type Grounds, groundOf, isProbable } from '../../../server/decisions/governing/grounds.ts';
import type { Evidence, ScopeForm } from '../../../server/model/evidence.ts';
import type { Span } from '../../../server/model/span.ts';
import { documentIndexOf, recordsIn, registerOfFiles } from '../../support/register.ts';

const at = (line: number): Span => ({ start: { line, character: 0 }, end: { line, character: 1 } });
const cited = (weight: number): Evidence => ({ kind: 'cited', weight, citation: 'ADR-1', explanation: 'cited', codeSpan: at(1) });
const declared = (weight: number): Evidence => ({ kind: 'declared', weight, explanation: 'linked' });
const together = (weight: number): Evidence => ({ kind: 'changed-together', weight, sha: 'a', explanation: 'together' });
const neighbour: Evidence = { kind: 'neighbour', weight: 0.2, folder: 'src', explanation: 'is a decision of `src`' };
const similar: Evidence = { kind: 'similar', weight: 0.5, explanation: 'similar' };
const explained: Evidence = { kind: 'explained-by', weight: 0.45, sha: 'a', explanation: 'cited by commit' };
const scoped = (form: ScopeForm, weight = 0.9, line?: number): Evidence => ({
  kind: 'scoped',
  form,
  names: 'x',
  weight,
  explanation: 'names x',
  ...(line === undefined ? {} : { codeSpan: at(line) }),
});

const IN_SCOPE = { first: 0, last: 10, inside: true };
const RECORDS = documentIndexOf(recordsIn({ 'docs/adr/0001-a.md': '# 1. A\n\n## Status\n\nAccepted\n' }));
const [DOCUMENT] = RECORDS.documents(['decision']);

/** @param leadOverSilent default: as the lead over all records */
const candidate = (
  zScore: number,
  lead: number,
  evidence: readonly Evidence[],
  inScope = IN_SCOPE,
  { leadOverSilent = lead, rank = 0, of = 'lines' as Grounds['of'] } = {},
): GoverningCandidate => {
  if (!DOCUMENT) throw new Error('no record');
  const closeness = { lexical: 0, meaning: 0 };
  const signals = { cited: undefined, history: undefined, names: 0 };
  const ranked = { document: DOCUMENT, score: 0, closeness, zScore, lead, signals };
  return { item: DOCUMENT, ranked, evidence, inScope, leadOverSilent, rank, of };
};

describe('the ground on which a record governs', () => {
  const OUTSIDE = { ...IN_SCOPE, inside: false };
  test.each<[string, GoverningCandidate, ReturnType<typeof groundOf>]>([
    ['a link by a person', candidate(0, 0, [declared(1)]), 'declared'],
    ['a link whose symbol is gone is not enough', candidate(0, 0, [declared(0.4)]), undefined],
    ['a citation within five lines', candidate(1, -5, [cited(0.97)]), 'cited'],
    ['a citation within five lines, between declarations', candidate(1, -5, [cited(0.97)], OUTSIDE), 'cited'],
    ['a citation within five lines, where no record is close', candidate(-1, -0.5, [cited(0.97)]), 'cited'],
    ['a citation within five lines of a record that is not close, while another is', candidate(0.9, -0.6, [cited(0.97)]), undefined],
    [
      'a citation further above in the declaration',
      candidate(2.5, -0.5, [cited(0.5)], IN_SCOPE, { leadOverSilent: 1.5, rank: 2 }),
      'cited',
    ],
    [
      'a citation further above, a sibling being much closer',
      candidate(9, -0.6, [cited(0.96)], IN_SCOPE, { leadOverSilent: 3 }),
      undefined,
    ],
    ['a citation further above, but a record without evidence is as close', candidate(2.5, 1.4, [cited(0.96)]), undefined],
    ['a citation further above of a record that is not close', candidate(2.4, 2, [cited(0.96)]), undefined],
    ['a citation further above, but among imports', candidate(9, 5, [cited(0.96)], OUTSIDE), undefined],
    ['a citation elsewhere in the file is not enough', candidate(9, 1, [cited(0.49)]), undefined],
    ['a pattern of the front matter', candidate(0, 0, [scoped('pattern')]), 'applies-to'],
    ['a pattern counts between declarations too', candidate(0, 0, [scoped('pattern')], OUTSIDE), 'applies-to'],
    ['the path of the file in its text, and clearly the closest', candidate(4.5, 1.2, [scoped('file')]), 'file'],
    [
      'the path of the file, although less close, where both were written together',
      candidate(3.5, 1.2, [scoped('file'), together(0.1)]),
      'file',
    ],
    [
      'the path of the file, but not close enough for what has no common history',
      candidate(4.4, 3, [scoped('file'), together(0.09)]),
      undefined,
    ],
    ['the path of the file, but hardly closer than a record without evidence', candidate(9, 1.1, [scoped('file')]), undefined],
    ['the path of the file, but the second of the ranking', candidate(9, 2, [scoped('file')], IN_SCOPE, { rank: 1 }), undefined],
    ['in a build file, a citation on the line or the one above', candidate(1, 0, [cited(0.99)], IN_SCOPE, { of: 'entries' }), 'cited'],
    ['in a build file, a citation of another entry', candidate(9, 9, [cited(0.98)], IN_SCOPE, { of: 'entries' }), undefined],
    [
      'in a build file, its path and names',
      candidate(9, 9, [scoped('file'), together(1), scoped('dependency', 0.9, 5)], IN_SCOPE, { of: 'entries' }),
      undefined,
    ],
    ['in a build file, a pattern of the front matter', candidate(0, 0, [scoped('pattern')], IN_SCOPE, { of: 'entries' }), 'applies-to'],
    ['a citation anywhere in a file that is asked about as a whole', candidate(-1, -5, [cited(0.97)], IN_SCOPE, { of: 'file' }), 'cited'],
    ['the path of the file, but not close enough', candidate(3.4, 2, [scoped('file'), together(0.5)]), undefined],
    [
      'the path of the file, a sibling being slightly closer',
      candidate(9, -0.5, [scoped('file')], IN_SCOPE, { leadOverSilent: 2 }),
      'file',
    ],
    ['the path of the file, a sibling being much closer', candidate(9, -0.6, [scoped('file')], IN_SCOPE, { leadOverSilent: 2 }), undefined],
    ['the path of the file, but a record without evidence is closer', candidate(9, -0.1, [scoped('file')]), undefined],
    ['the path of the file, but among imports', candidate(9, 3, [scoped('file')], OUTSIDE), undefined],
    ['written together and naming something in scope', candidate(4.5, 0.5, [together(0.1), scoped('symbol', 0.2, 5)]), 'together'],
    ['written together, naming something, but not close enough', candidate(4.4, 0.5, [together(0.1), scoped('symbol', 0.2, 5)]), undefined],
    ['written together and naming something out of scope', candidate(9, 0.5, [together(0.1), scoped('symbol', 0.2, 11)]), undefined],
    ['written together and naming it too weakly', candidate(9, 0.5, [together(0.1), scoped('symbol', 0.19, 5)]), undefined],
    ['written together with a small lead', candidate(4.5, 0.49, [together(0.1), scoped('symbol', 0.2, 5)]), undefined],
    [
      'written together and naming something, but the second of the ranking',
      candidate(9, 0.5, [together(0.1), scoped('symbol', 0.2, 5)], IN_SCOPE, { rank: 1 }),
      undefined,
    ],
    ['several commits add up', candidate(4.5, 0.5, [together(0.05), together(0.05), scoped('symbol', 0.2, 5)]), 'together'],
    ['too little history', candidate(4.5, 1.5, [together(0.09), scoped('symbol', 0.2, 5)]), undefined],
    ['written together and far ahead, naming nothing', candidate(9, 9, [together(0.45)]), undefined],
    ['strong names without history', candidate(5, 1, [scoped('symbol', 0.4, 5), scoped('symbol', 0.4, 6)]), 'named'],
    ['strong names without history, a sibling being about as close', candidate(9, 0.9, [scoped('symbol', 0.8, 5)]), undefined],
    ['a weak name of a record that is very close', candidate(6, 1, [scoped('symbol', 0.2, 5)]), 'named'],
    ['a weak name of a record that is close', candidate(5.9, 0.5, [scoped('symbol', 0.7, 5)]), undefined],
    ['a folder that it names is not something in scope', candidate(9, 0.5, [together(0.1), scoped('folder', 0.4, 5)]), undefined],
    ['the package alone', candidate(9, 9, [neighbour]), undefined],
    ['likeness alone, however strong', candidate(100, 100, [similar]), undefined],
    ['a commit of the lines alone', candidate(9, 9, [explained]), undefined],
    ['nothing', candidate(0, 0, []), undefined],
  ])('%s', (_, given, expected) => {
    expect(groundOf(groundsOf(given))).toBe(expected);
  });

  it('is never likeness, the package or history of lines, whatever their weights and however close the text', () => {
    const weak = fc.constantFrom<Evidence['kind']>('similar', 'matched', 'neighbour', 'explained-by');
    const evidence = fc.array(fc.tuple(weak, fc.double({ min: 0, max: 1, noNaN: true })), { maxLength: 8 });
    fc.assert(
      fc.property(
        evidence,
        fc.double({ min: 0, max: 50, noNaN: true }),
        fc.double({ min: -5, max: 50, noNaN: true }),
        (list, zScore, lead) => {
          const items = list.map(([kind, weight]) => ({ kind, weight, sha: 'a', words: [], explanation: '' }) as Evidence);
          expect(groundOf(groundsOf(candidate(zScore, lead, items)))).toBeUndefined();
          expect(isProbable(groundsOf(candidate(zScore, lead, items)))).toBe(false);
        },
      ),
    );
  });
});

describe('a record probably governs', () => {
  const at = (evidence: readonly Evidence[], zScore: number, rank: number, lead = -1, of: Grounds['of'] = 'lines'): Grounds =>
    groundsOf(candidate(zScore, lead, evidence, IN_SCOPE, { rank, of }));

  test.each<[string, Grounds, boolean]>([
    ['when it names the file and is among the first five', at([scoped('file')], 0.5, 4), true],
    ['not when it names the file and five are closer', at([scoped('file')], 0.5, 5), false],
    ['not when it names the file and is as far as arbitrary code', at([scoped('file')], 0.4, 0), false],
    ['when it names the file, however much closer others are', at([scoped('file')], 0.5, 4, -9), true],
    ['not when it names a build file and an entry of it', at([scoped('file'), scoped('dependency', 0.9, 5)], 9, 0, 9, 'entries'), false],
    ['when a build file cites it close by', at([cited(0.97)], 2.5, 0, 0, 'entries'), true],
    ['not when a build file cites it far away', at([cited(0.96)], 9, 0, 9, 'entries'), false],
    ['when it names something in scope and is among the first three', at([scoped('symbol', 0.3, 5)], 3, 2), true],
    ['not when it names something in scope and three are closer', at([scoped('symbol', 0.3, 5)], 9, 3), false],
    ['not when it names something in scope and is not close', at([scoped('symbol', 0.9, 5)], 2.9, 0), false],
    ['not when it names something in scope and another record is much closer', at([scoped('symbol', 0.9, 5)], 9, 1, -1.1), false],
    ['not when all that it names in scope is one common name', at([scoped('symbol', 0.29, 5)], 9, 0), false],
    ['not when it names something out of scope', at([scoped('symbol', 0.9, 11)], 9, 0), false],
    ['when it was written together with the file and is very close', at([together(0.1)], 4, 0), true],
    ['not when it was written together with the file and is less close', at([together(0.1)], 3.9, 0), false],
    [
      'when it was written together with the file and names something, although less close',
      at([together(0.1), scoped('symbol', 0.3, 5)], 2.5, 0),
      true,
    ],
    ['when the file cites it elsewhere, although less close', at([cited(0.3)], 2.5, 0), true],
    ['not when it is cited right here, but as far as arbitrary code', at([cited(0.97)], 0.9, 0), false],
    ['not when it is cited in a list of records', at([cited(0.1)], 9, 0), false],
    ['not for a folder, the package or likeness', at([scoped('folder', 0.4), neighbour, similar], 9, 0), false],
  ])('%s', (_, given, expected) => {
    expect(isProbable(given)).toBe(expected);
  });
});

describe('a record in force', () => {
  const record = (status: string, more = '') => `# A\n\n## Status\n\n${status}\n\n## Decision\n\nWe do.${more}\n`;
  const check = (files: Readonly<Record<string, string>>, path: string): boolean => {
    const document = documentIndexOf(recordsIn(files)).get(path);
    if (!document) throw new Error(`no ${path}`);
    return inForce(document, registerOfFiles(files, { documents: recordsIn(files) }));
  };

  test.each([
    ['Accepted', true],
    ['accepted on 2024-01-01', true],
    ['Whatever the board says', true],
    ['Proposed', false],
    ['Rejected', false],
    ['Deprecated', false],
    ['Superseded by ADR-0009', false],
  ])('status %s: %s', (status, expected) => {
    expect(check({ 'docs/adr/0001-a.md': record(status) }, 'docs/adr/0001-a.md')).toBe(expected);
  });

  it('may have no status', () => {
    expect(check({ 'docs/adr/0001-a.md': '# A\n\nWe do.\n' }, 'docs/adr/0001-a.md')).toBe(true);
  });

  it('is none once another record in force supersedes it, although its own status still says accepted', () => {
    const files = {
      'docs/adr/0001-a.md': record('Accepted'),
      'docs/adr/0002-b.md': record('Accepted', '\n\nSupersedes [1](0001-a.md).'),
    };
    expect(check(files, 'docs/adr/0001-a.md')).toBe(false);
    expect(check(files, 'docs/adr/0002-b.md')).toBe(true);
  });
});

describe('records that govern together', () => {
  const files = {
    'docs/adr/0001-a.md': '# A\n\n## Status\n\nSuperseded by [3](0003-c.md)\n',
    'docs/adr/0002-b.md': '# B\n\n## Status\n\nSuperseded by [3](0003-c.md)\n',
    'docs/adr/0003-c.md': '# C\n\n## Status\n\nAccepted\n\nSupersedes [1](0001-a.md) and [2](0002-b.md).\n',
  };
  const documents = documentIndexOf(recordsIn(files));
  const register = registerOfFiles(files, { documents: recordsIn(files) });
  const of = (path: string, evidence: readonly Evidence[]): GoverningCandidate => {
    const document = documents.get(path);
    if (!document) throw new Error(`no ${path}`);
    const base = candidate(0, 0, evidence);
    return { ...base, item: document, ranked: { ...base.ranked, document } };
  };
  const OLD = ['docs/adr/0001-a.md', 'docs/adr/0002-b.md'] as const;
  const NEW = 'docs/adr/0003-c.md';

  it('are one when two superseded records point to the same successor, with the evidence of both', () => {
    const { governing, rest } = govern(register, documents, [of(OLD[0], [cited(1)]), of(OLD[1], [cited(0.98)])]);
    expect(governing.map(({ item: document, evidence }) => [document.head.id, evidence.map(({ weight }) => weight)])).toEqual([
      [NEW, [1, 0.98]],
    ]);
    expect(rest.map(({ item: document }) => document.head.id)).toEqual([...OLD]);
  });

  it('keep the evidence of the successor itself, although it would be too weak alone', () => {
    const { governing } = govern(register, documents, [of(OLD[0], [cited(1)]), of(NEW, [neighbour])]);
    expect(governing[0]?.evidence.map(({ kind }) => kind)).toEqual(['cited', 'neighbour']);
    expect(governing[0]?.evidence[0]?.explanation).toBe('replaces "A", which is cited');
    expect(governing[0]?.ground).toBe('cited');
  });

  it('pass on that people pointed at the superseded record, but not what its text names', () => {
    const named = { ...of(OLD[0], [scoped('file'), together(0.5)]), leadOverSilent: 9 };
    const close = { ...named, ranked: { ...named.ranked, zScore: 9, lead: 9 } };
    expect(groundOf(groundsOf(close))).toBe('file');
    expect(govern(register, documents, [close]).governing).toEqual([]);
    expect(govern(register, documents, [of(OLD[0], [declared(1)])]).governing.map(({ item }) => item.head.id)).toEqual([NEW]);
  });

  it('exclude a record that people marked as not governing, and what it would pass on', () => {
    expect(govern(register, documents, [of(OLD[0], [cited(1)])], new Set([OLD[0]])).governing).toEqual([]);
    expect(govern(register, documents, [of(OLD[0], [cited(1)])], new Set([NEW])).governing).toEqual([]);
  });
});

describe('confidence', () => {
  const ranked = (zScore: number, lead: number) => ({ zScore, lead });

  it('is 1 for a link by a person, and for nothing else', () => {
    expect(confidenceOf(ranked(0, 0), [declared(1)])).toBe(1);
    expect(confidenceOf(ranked(8, 3), [cited(1), scoped('file'), together(0.45)])).toBeLessThan(1);
  });

  it('rises with each kind of evidence that carries it', () => {
    const base = confidenceOf(ranked(3, 1), []);
    for (const evidence of [cited(1), scoped('file'), scoped('symbol', 0.5), together(0.3)])
      expect(confidenceOf(ranked(3, 1), [evidence])).toBeGreaterThan(base);
    expect(confidenceOf(ranked(5, 1), [])).toBeGreaterThan(base);
    expect(confidenceOf(ranked(3, 2), [])).toBeGreaterThan(base);
  });

  it('does not depend on likeness, the package or the order of the evidence', () => {
    const evidence = [cited(0.7), scoped('file'), together(0.2)];
    const value = confidenceOf(ranked(4, 1), evidence);
    expect(confidenceOf(ranked(4, 1), [...evidence, similar, neighbour])).toBe(value);
    expect(confidenceOf(ranked(4, 1), [...evidence].reverse())).toBe(value);
  });

  it('has one number for each feature, each bounded however extreme the signals are', () => {
    const many = Array.from({ length: 50 }, () => scoped('symbol', 1));
    const features = featuresOf(ranked(1e9, 1e9), [cited(1), scoped('file', 1), together(1), together(1), ...many]);
    expect(features).toHaveLength(FEATURES.length);
    for (const value of features) expect(Math.abs(value)).toBeLessThanOrEqual(2);
    expect(featuresOf(ranked(-1e9, -1e9), [])).toEqual([-0.25, 0, 0, 0, 0, 0, 0]);
  });
});
