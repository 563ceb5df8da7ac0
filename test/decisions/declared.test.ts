import { describe, expect, it } from 'vitest';
import { SourceFile } from '../../server/code/source-file.ts';
import { declaredEvidence, deniedAt, isDenied, type LinkedPlace } from '../../server/decisions/governing/declared.ts';
import { LINKS_FILE } from '../../server/knowledge/links/links.ts';
import type { Place } from '../../server/model/answer.ts';
import type { LinkIndex } from '../../server/register/declared-links.ts';
import { registerOfFiles } from '../support/register.ts';

const KAFKA = 'docs/adr/0007-use-kafka.md';
const NATS = 'docs/adr/0012-use-nats.md';

/** The links of a repository with two records. */
const book = (...links: string[]): LinkIndex =>
  registerOfFiles({
    [KAFKA]: '# Use Kafka\n',
    [NATS]: '# Use NATS\n',
    [LINKS_FILE]: `links:\n${links.map((link) => `  - { ${link} }\n`).join('')}`,
  }).links;

/** A place in a file of a language without a grammar. */
const at = (place: Place, text = ''): LinkedPlace => ({ place, file: { text }, symbols: [] });

/** A place in a file whose syntax tree is read. */
const parsed = async (place: Place, text: string): Promise<LinkedPlace> => {
  const file = new SourceFile(place.path, text);
  return { place, file, symbols: await file.symbols() };
};

describe('what a person said', () => {
  it('is evidence of full weight, with the note as a reason', () => {
    const links = book(`decision: ${KAFKA}, code: src/a.ts, verdict: governs, note: it writes the topic`);
    expect(declaredEvidence(links, KAFKA, at({ path: 'src/a.ts', line: 4 }))).toEqual({
      kind: 'declared',
      weight: 1,
      explanation: 'linked by hand in .lintel/links.yaml: it writes the topic',
    });
    expect(declaredEvidence(links, NATS, at({ path: 'src/a.ts' }))).toBeUndefined();
    expect(declaredEvidence(links, KAFKA, at({ path: 'src/b.ts' }))).toBeUndefined();
  });

  it('denies, and a denial is no evidence', () => {
    const links = book(`decision: ${KAFKA}, code: src/a.ts, verdict: does-not-govern`);
    expect(isDenied(links, KAFKA, at({ path: 'src/a.ts' }))).toBe(true);
    expect(declaredEvidence(links, KAFKA, at({ path: 'src/a.ts' }))).toBeUndefined();
    expect([...deniedAt(links, at({ path: 'src/a.ts' }))]).toEqual([KAFKA]);
    expect([...deniedAt(links, at({ path: 'src/b.ts' }))]).toEqual([]);
  });

  it('counts by the narrowest statement, whatever the order', () => {
    const wide = `decision: ${KAFKA}, code: src/**, verdict: does-not-govern`;
    const folder = `decision: ${KAFKA}, code: src/orders, verdict: governs`;
    const file = `decision: ${KAFKA}, code: src/orders/old.ts, verdict: does-not-govern`;
    for (const links of [book(wide, folder, file), book(file, folder, wide)]) {
      expect(isDenied(links, KAFKA, at({ path: 'src/other.ts' }))).toBe(true);
      expect(declaredEvidence(links, KAFKA, at({ path: 'src/orders/new.ts' }))?.weight).toBe(1);
      expect(isDenied(links, KAFKA, at({ path: 'src/orders/old.ts' }))).toBe(true);
    }
  });

  it('counts by the last of equal statements', () => {
    const yes = `decision: ${KAFKA}, code: src/a.ts, verdict: governs`;
    const no = `decision: ADR-7x, code: src/a.ts, verdict: does-not-govern`;
    const denial = `decision: use-kafka, code: src/a.ts, verdict: does-not-govern`;
    expect(isDenied(book(yes, denial), KAFKA, at({ path: 'src/a.ts' }))).toBe(true);
    expect(isDenied(book(denial, yes), KAFKA, at({ path: 'src/a.ts' }))).toBe(false);
    expect(isDenied(book(yes, no), KAFKA, at({ path: 'src/a.ts' }))).toBe(false);
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
      declaredEvidence(links, KAFKA, at({ path: 'src/a.ts', ...(line === undefined ? {} : { line }) }, TEXT))?.weight;
    expect([3, 4, 7, 8, 9, 10, 13].map(holds)).toEqual([undefined, undefined, 1, 1, 1, undefined, undefined]);
    expect(holds(undefined)).toBe(1);
    expect(declaredEvidence(links, KAFKA, at({ path: 'src/a.ts', line: 8 }, TEXT))?.explanation).toContain('to `drain`');
  });

  it('goes with the symbol when lines are added above', () => {
    expect(declaredEvidence(links, KAFKA, at({ path: 'src/a.ts', line: 10 }, `\n\n${TEXT}`))?.weight).toBe(1);
  });

  it('is weak, and says so, where the symbol is gone', () => {
    const evidence = declaredEvidence(links, KAFKA, at({ path: 'src/a.ts', line: 1 }, 'export const other = 1;\n'));
    expect(evidence?.weight).toBeLessThan(0.5);
    expect(evidence?.explanation).toContain('which this file no longer has');
  });

  it('is weak, and says so, where the lines are gone', () => {
    const lines = book(`decision: ${KAFKA}, code: src/a.ts, lines: 3-5, verdict: governs`);
    expect([1, 2, 4, 5].map((line) => declaredEvidence(lines, KAFKA, at({ path: 'src/a.ts', line }, TEXT))?.weight)).toEqual([
      undefined,
      1,
      1,
      undefined,
    ]);
    expect(declaredEvidence(lines, KAFKA, at({ path: 'src/a.ts', line: 0 }, 'one line'))?.explanation).toContain(
      'lines that this file no longer has',
    );
  });

  it('denies only there, and never for the file as a whole', () => {
    const denied = book(`decision: ${KAFKA}, code: src/a.ts, symbol: drain, verdict: does-not-govern`);
    expect([4, 8].map((line) => isDenied(denied, KAFKA, at({ path: 'src/a.ts', line }, TEXT)))).toEqual([false, true]);
    expect(isDenied(denied, KAFKA, at({ path: 'src/a.ts' }, TEXT))).toBe(false);
    expect(isDenied(denied, KAFKA, at({ path: 'src/a.ts', line: 8 }, 'all gone'))).toBe(false);
  });

  it('wins over a statement about the file', () => {
    const both = book(
      `decision: ${KAFKA}, code: src/a.ts, symbol: drain, verdict: governs`,
      `decision: ${KAFKA}, code: src/a.ts, verdict: does-not-govern`,
    );
    expect(declaredEvidence(both, KAFKA, at({ path: 'src/a.ts', line: 8 }, TEXT))?.weight).toBe(1);
    expect(isDenied(both, KAFKA, at({ path: 'src/a.ts', line: 4 }, TEXT))).toBe(true);
  });
});

describe('a link to a symbol of a language with a grammar', () => {
  const links = book(`decision: ${KAFKA}, code: src/a.ts, symbol: publish, verdict: governs`);
  const weightsOf = async (text: string, lines: readonly number[]): Promise<(number | undefined)[]> =>
    Promise.all(lines.map(async (line) => declaredEvidence(links, KAFKA, await parsed({ path: 'src/a.ts', line }, text))?.weight));

  it('covers the declaration that a hover shows, although text inside it begins at the margin', async () => {
    const text = 'export function publish() {\n  const sql = `\nselect 1\n`;\n  return sql;\n}\n\nexport const after = 1;\n';
    expect(await weightsOf(text, [0, 2, 4, 5, 7])).toEqual([1, 1, 1, 1, undefined]);
  });

  it('covers the declaration, not a comment or a call that mentions the name before it', async () => {
    const text = '// the function publish is below\nstart(() => publish());\n\nfunction publish() {\n  send();\n}\n';
    expect(await weightsOf(text, [0, 1, 3, 4])).toEqual([undefined, undefined, 1, 1]);
  });

  it('covers the method of the class that it names', async () => {
    const qualified = book(`decision: ${KAFKA}, code: src/a.ts, symbol: Outbox.publish, verdict: governs`);
    const text = 'class Mail {\n  publish() {}\n}\nclass Outbox {\n  publish() {}\n}\n';
    const holds = async (line: number) => declaredEvidence(qualified, KAFKA, await parsed({ path: 'src/a.ts', line }, text))?.weight;
    expect([await holds(1), await holds(4)]).toEqual([undefined, 1]);
  });
});
