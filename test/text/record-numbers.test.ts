import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decisionMentions, letterMentions, wordMentions, writtenNumber } from '../../server/text/record-numbers.ts';

const words = (text: string): string[] => [...wordMentions(text)].map(({ namespace, number }) => `${namespace}:${number}`);
const letters = (text: string, ...series: string[]): string[] =>
  [...letterMentions(text, (found) => series.includes(found))].map(({ namespace, number }) => `${namespace}:${number}`);

describe('a number after a word that means a record', () => {
  it.each([
    'ADR-7',
    'ADR 7',
    'ADR #7',
    'ADR No. 7',
    'ADR no 7',
    'ADR number 7',
    'ADR nº 7',
    'ADR–7',
    'ADR—7',
    'ADR‑0007',
    'ADR−7',
    'ADR\u00A07',
    'ADR\u202F7',
    'ADR_0007',
    'adr/0007',
    'adr0007',
    'ADR(7)',
    'ADR: 7',
    'MADR 7',
    'decision record 7',
    'Architecture Decision Record 7',
    'ADR\n7',
  ])('is read in %j', (text) => expect(words(`as ${text}, says`)).toEqual(['adr:7']));

  it.each([
    ['PEP 8', ['pep:8']],
    ['RFC 12 and KEP-1880', ['rfc:12', 'kep:1880']],
    ['ADRs 3, 5 and 7', ['adr:3', 'adr:5', 'adr:7']],
    ['ADRs 3–5', ['adr:3', 'adr:5']],
    ['PEPs 8 & 20', ['pep:8', 'pep:20']],
    ['ADR-3/ADR-4', ['adr:3', 'adr:4']],
    ['ADR-3/4', ['adr:3', 'adr:4']],
    ['ADR-0003, 0004 and 0007', ['adr:3', 'adr:4', 'adr:7']],
    ['ADR 3, 7 items', ['adr:3']],
    ['ADR-20240304', ['adr:20240304']],
  ])('is read in %j as %j', (text, expected) => expect(words(text)).toEqual(expected));

  it.each(['adr3', 'adr_3', 'ADR 3.1', 'ADR-3x', 'ADR-9-10', 'ADR 7.md', 'QUADR-3', 'ADR\n\n3', 'ADR\n3. Item', 'MADR 4.0', 'address 3'])(
    'is not read in %j',
    (text) => expect(words(text)).toEqual([]),
  );
});

describe('a number after letters', () => {
  it.each([
    ['A-13', ['a:13']],
    ['ADR A-13', ['a:13']],
    ['ADR-A13', ['a:13']],
    ['A–13/A-14', ['a:13', 'a:14']],
    ['UI-004, UI 5 and ui-006', ['ui:4', 'ui:5', 'ui:6']],
    ['D042', ['d:42']],
  ])('is read in %j where records use them', (text, expected) => expect(letters(text, 'a', 'ui', 'd')).toEqual(expected));

  it.each(['B-13', 'UTF-8', 'a 13', 'ui13', 'A 13', 'FA-13', 'A-13-x', 'A-13.5', 'x.A-13'])('is not read in %j', (text) =>
    expect(letters(text, 'a', 'ui')).toEqual([]),
  );
});

describe('a number after "decision"', () => {
  it.each([
    ['see decision 7', true],
    ['(decision 7)', true],
    ['siehe Entscheidung 7', true],
    ['voir décision n° 7', undefined],
    ['selon décision 7', true],
    ['según decisión 7', true],
    ['we took decision 7', false],
    ['decisions 2.1', undefined],
  ])('in %j has words before it that cite: %s', (text, led) => expect([...decisionMentions(text)][0]?.led).toBe(led));
});

describe('a text that is nothing but a number', () => {
  it.each([
    ['7', undefined, '7'],
    ['#0007', undefined, '7'],
    ['decision 7', undefined, '7'],
    ['record 7', undefined, '7'],
    ['ADR-0007', 'adr', '7'],
    ['adr 7', 'adr', '7'],
    ['PEP 8', 'pep', '8'],
    ['[A-13]', 'a', '13'],
    ['ADR-A13', 'a', '13'],
    ['20240304', undefined, '20240304'],
  ])('%s', (text, namespace, number) => expect(writtenNumber(text)).toEqual({ ...(namespace === undefined ? {} : { namespace }), number }));

  it.each(['use-queues', 'ADR', '7 wonders', 'ADR-7: Use Kafka', '1.2', '123456'])('is not %s', (text) =>
    expect(writtenNumber(text)).toBeUndefined(),
  );
});

describe('numbers of records in hostile text', () => {
  const parts = fc.array(
    fc.constantFrom(
      'ADR',
      'ADRs',
      'A',
      '-',
      '–',
      ' ',
      '\n',
      '0',
      '00000',
      '7',
      '12345',
      ', ',
      ' and ',
      '/',
      '#',
      'no.',
      'decision',
      '(',
      'é',
    ),
    { maxLength: 60 },
  );

  it('lie in the text, in order, and end in their digits', () => {
    fc.assert(
      fc.property(parts, (pieces) => {
        const text = pieces.join('');
        for (const read of [wordMentions(text), decisionMentions(text), letterMentions(text, () => true)]) {
          let at = 0;
          for (const { start, end, number } of read) {
            expect(start).toBeGreaterThanOrEqual(at);
            expect(text.slice(start, end).endsWith(number)).toBe(true);
            at = end;
          }
        }
      }),
    );
  });

  it.each(['ADR', 'ADR ', 'ADRs 1, ', 'A-', '0', ' ', 'decision ', 'see ', 'ADR-000', 'no.', '-', 'A'])(
    'take linear time where %j is repeated',
    (piece) => {
      const read = (length: number): number => {
        const text = piece.repeat(Math.ceil(length / piece.length));
        const started = performance.now();
        for (const found of [wordMentions(text), decisionMentions(text), letterMentions(text, () => true)]) for (const _ of found);
        return performance.now() - started;
      };
      read(20_000);
      // Quadratic time would be some 60 s.
      expect(read(400_000)).toBeLessThan(4_000);
    },
  );
});
