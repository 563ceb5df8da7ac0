import { describe, expect, it } from 'vitest';
import { linesByLayout } from '../../server/code/symbol-lines.ts';
import { readLinks } from '../../server/knowledge/links/links.ts';
import { readRecord } from '../../server/knowledge/records/record.ts';
import { catalogueOf } from '../../server/register/catalogue.ts';
import { declaredEvidence, deniedAt, isDenied, type LinkIndex, linkIndexOf, recordsCalled } from '../../server/register/declared-links.ts';

const KAFKA = 'docs/adr/0007-use-kafka.md';
const NATS = 'docs/adr/0012-use-nats.md';
const STOCK = 'services/stock/docs/adr/0007-count-twice.md';
const MAIL = 'docs/rfcs/0007-mail/README.md';
const PATHS = [KAFKA, NATS, STOCK, MAIL];

const catalogue = catalogueOf(PATHS.map((path) => readRecord({ path, text: `# ${path}\n`, sha: '' })));
const book = (...links: string[]): LinkIndex =>
  linkIndexOf(readLinks(`links:\n${links.map((link) => `  - { ${link} }\n`).join('')}`), catalogue);
const called = (written: string): string[] => recordsCalled(catalogue, written).map(({ path }) => path);

describe('the record that a link names', () => {
  it('is found by path, with or without a dot before it', () => {
    expect(called(KAFKA)).toEqual([KAFKA]);
    expect(called(`./${KAFKA}`)).toEqual([KAFKA]);
  });

  it('is followed to its new folder, to its new number, and by the words of its name', () => {
    expect(called('doc/architecture/0007-use-kafka.md')).toEqual([KAFKA]);
    expect(called('docs/adr/0003-use-nats.md')).toEqual([NATS]);
    expect(called('use-nats')).toEqual([NATS]);
    expect(called('0007-use-kafka')).toEqual([KAFKA]);
  });

  it('is found by number only where the number is unique, and told as ambiguous where it is not', () => {
    expect(called('12')).toEqual([NATS]);
    expect(called('ADR-0012')).toEqual([NATS]);
    expect(called('0007').sort()).toEqual([KAFKA, STOCK]);
    expect(called('RFC 7')).toEqual([MAIL]);
    expect(called('99')).toEqual([]);
  });

  it('is followed by number where the words are alike, never where the number was given to another decision', () => {
    expect(called('docs/adr/0012-use-nats-jetstream.md')).toEqual([NATS]);
    expect(called('docs/adr/0012-paint-it-black.md')).toEqual([]);
  });

  it('is a problem at its place where it is unknown or ambiguous', () => {
    const { findings, byRecord } = book(
      'decision: 7, code: a, verdict: governs',
      'decision: nobody, code: a, verdict: governs',
      `decision: ${NATS}, code: a, verdict: governs`,
    );
    expect([...byRecord.keys()]).toEqual([NATS]);
    expect(findings.map(({ rule, message, span }) => [rule, message, span.start.line])).toEqual([
      ['link-unknown-decision', expect.stringMatching(/"7" may mean 2 records\..*such as docs/), 1],
      ['link-unknown-decision', expect.stringContaining('No record is called "nobody"'), 2],
    ]);
  });
});

describe('what a person said', () => {
  it('is evidence of full weight, with the note as a reason', () => {
    const links = book(`decision: ${KAFKA}, code: src/a.ts, verdict: governs, note: it writes the topic`);
    expect(declaredEvidence(links, KAFKA, { path: 'src/a.ts', line: 4 })).toEqual({
      kind: 'declared',
      weight: 1,
      explanation: 'linked by hand in .lintel/links.yaml: it writes the topic',
    });
    expect(declaredEvidence(links, NATS, { path: 'src/a.ts' })).toBeUndefined();
    expect(declaredEvidence(links, KAFKA, { path: 'src/b.ts' })).toBeUndefined();
  });

  it('denies, and a denial is no evidence', () => {
    const links = book(`decision: ${KAFKA}, code: src/a.ts, verdict: does-not-govern`);
    expect(isDenied(links, KAFKA, { path: 'src/a.ts' })).toBe(true);
    expect(declaredEvidence(links, KAFKA, { path: 'src/a.ts' })).toBeUndefined();
    expect([...deniedAt(links, { path: 'src/a.ts' })]).toEqual([KAFKA]);
    expect([...deniedAt(links, { path: 'src/b.ts' })]).toEqual([]);
  });

  it('counts by the narrowest statement, whatever the order', () => {
    const wide = `decision: ${KAFKA}, code: src/**, verdict: does-not-govern`;
    const folder = `decision: ${KAFKA}, code: src/orders, verdict: governs`;
    const file = `decision: ${KAFKA}, code: src/orders/old.ts, verdict: does-not-govern`;
    for (const links of [book(wide, folder, file), book(file, folder, wide)]) {
      expect(isDenied(links, KAFKA, { path: 'src/other.ts' })).toBe(true);
      expect(declaredEvidence(links, KAFKA, { path: 'src/orders/new.ts' })?.weight).toBe(1);
      expect(isDenied(links, KAFKA, { path: 'src/orders/old.ts' })).toBe(true);
    }
  });

  it('counts by the last of equal statements', () => {
    const yes = `decision: ${KAFKA}, code: src/a.ts, verdict: governs`;
    const no = `decision: ADR-7x, code: src/a.ts, verdict: does-not-govern`;
    const denial = `decision: use-kafka, code: src/a.ts, verdict: does-not-govern`;
    expect(isDenied(book(yes, denial), KAFKA, { path: 'src/a.ts' })).toBe(true);
    expect(isDenied(book(denial, yes), KAFKA, { path: 'src/a.ts' })).toBe(false);
    expect(isDenied(book(yes, no), KAFKA, { path: 'src/a.ts' })).toBe(false);
  });
});

const TEXT = `import { kafka } from '../decisions/kafka';

export class Outbox {
  publish(event) {
    kafka.send(event);
  }

  drain() {
    return this.publish(undefined);
  }
}

export const idle = () => {
  wait();
};
`;

describe('a link to a part of a file', () => {
  const links = book(`decision: ${KAFKA}, code: src/a.ts, symbol: drain, verdict: governs`);

  it('holds for the lines of the symbol, and for the file as a whole', () => {
    const holds = (line: number | undefined): number | undefined =>
      declaredEvidence(links, KAFKA, { path: 'src/a.ts', ...(line === undefined ? {} : { line }) }, TEXT)?.weight;
    expect([3, 4, 7, 8, 9, 10, 13].map(holds)).toEqual([undefined, undefined, 1, 1, 1, undefined, undefined]);
    expect(holds(undefined)).toBe(1);
    expect(declaredEvidence(links, KAFKA, { path: 'src/a.ts', line: 8 }, TEXT)?.explanation).toContain('to `drain`');
  });

  it('goes with the symbol when lines are added above', () => {
    expect(declaredEvidence(links, KAFKA, { path: 'src/a.ts', line: 10 }, `\n\n${TEXT}`)?.weight).toBe(1);
  });

  it('is weak, and says so, where the symbol is gone', () => {
    const evidence = declaredEvidence(links, KAFKA, { path: 'src/a.ts', line: 1 }, 'export const other = 1;\n');
    expect(evidence?.weight).toBeLessThan(0.5);
    expect(evidence?.explanation).toContain('which this file no longer has');
  });

  it('is weak, and says so, where the lines are gone', () => {
    const lines = book(`decision: ${KAFKA}, code: src/a.ts, lines: 3-5, verdict: governs`);
    expect([1, 2, 4, 5].map((line) => declaredEvidence(lines, KAFKA, { path: 'src/a.ts', line }, TEXT)?.weight)).toEqual([
      undefined,
      1,
      1,
      undefined,
    ]);
    expect(declaredEvidence(lines, KAFKA, { path: 'src/a.ts', line: 0 }, 'one line')?.explanation).toContain(
      'lines that this file no longer has',
    );
  });

  it('denies only there, and never for the file as a whole', () => {
    const denied = book(`decision: ${KAFKA}, code: src/a.ts, symbol: drain, verdict: does-not-govern`);
    expect([4, 8].map((line) => isDenied(denied, KAFKA, { path: 'src/a.ts', line }, TEXT))).toEqual([false, true]);
    expect(isDenied(denied, KAFKA, { path: 'src/a.ts' }, TEXT)).toBe(false);
    expect(isDenied(denied, KAFKA, { path: 'src/a.ts', line: 8 }, 'all gone')).toBe(false);
  });

  it('wins over a statement about the file', () => {
    const both = book(
      `decision: ${KAFKA}, code: src/a.ts, symbol: drain, verdict: governs`,
      `decision: ${KAFKA}, code: src/a.ts, verdict: does-not-govern`,
    );
    expect(declaredEvidence(both, KAFKA, { path: 'src/a.ts', line: 8 }, TEXT)?.weight).toBe(1);
    expect(isDenied(both, KAFKA, { path: 'src/a.ts', line: 4 }, TEXT)).toBe(true);
  });
});

describe('the lines of a symbol by layout', () => {
  const lines = (text: string, symbol: string): [number, number] | undefined => {
    const found = linesByLayout(text, 'x', symbol);
    return found && [found.first, found.last];
  };

  it.each([
    ['a class in TypeScript', TEXT, 'Outbox', [2, 10]],
    ['a method', TEXT, 'publish', [3, 5]],
    ['an arrow function', TEXT, 'idle', [12, 14]],
    [
      'a function in Python',
      'import os\n\n\ndef pack(box):\n    if box:\n        return 1\n\n    return 2\n\n\ndef ship():\n    pass\n',
      'pack',
      [3, 7],
    ],
    ['a method in Go', 'package a\n\nfunc (s *Server) Refund(id string) error {\n\treturn nil\n}\n\nfunc main() {}\n', 'Refund', [2, 4]],
    ['a key of YAML', 'orders:\n  topic: orders.placed\n  retries: 3\npayments:\n  topic: p\n', 'payments', [3, 4]],
    ['a qualified name', TEXT, 'Outbox.drain', [7, 9]],
  ])('are those of %s', (_name, text, symbol, expected) => {
    expect(lines(text, symbol)).toEqual(expected);
  });

  it('are none for a name that is only part of another', () => {
    expect(lines(TEXT, 'publis')).toBeUndefined();
    expect(lines(TEXT, '')).toBeUndefined();
  });

  it('are found in a hostile text in no time', () => {
    const text = `${'a'.repeat(200_000)}\n${' '.repeat(200_000)}\n${'const '.repeat(50_000)}\n`;
    expect(linesByLayout(text, 'x', 'zzz')).toBeUndefined();
    expect(linesByLayout('(((((', 'x', '(a+)+$')).toBeUndefined();
  });
});
