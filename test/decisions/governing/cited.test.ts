import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { SourceFile } from '../../../server/code/source-file.ts';
import { type CitedSignals, citedSignals } from '../../../server/decisions/governing/cited.ts';
import type { Place } from '../../../server/model/answer.ts';
import { type Files, registerOfFiles, sourceIndexOf } from '../../support/register.ts';

const ROPES = 'docs/adr/0001-use-ropes.md';
const NETS = 'docs/adr/0002-use-nets.md';
const TWIN = 'docs/adr/0002-use-hooks.md';
const record = (title: string): string => `# ${title}\n\n## Status\n\nAccepted\n`;
const RECORDS: Files = { [ROPES]: record('1. Use ropes'), [NETS]: record('2. Use nets'), [TWIN]: record('2. Use hooks') };
const CODE = 'src/a.ts';

/** What the citations of a text say at a line; symbols come from its syntax tree. */
const signalsAt = async (text: string, own: Partial<Place> = {}, others: Files = {}): Promise<Map<string, CitedSignals>> => {
  const file = new SourceFile(CODE, text);
  const files = { ...RECORDS, ...others, [CODE]: text };
  return citedSignals(registerOfFiles(files), sourceIndexOf(files), { path: CODE, ...own }, file, await file.symbols());
};
const weightAt = async (text: string, line: number): Promise<number | undefined> =>
  (await signalsAt(text, { line })).get(ROPES)?.evidence[0]?.weight;

/** Line 2 cites, lines 3 to 5 are `a`, lines 7 to 9 are `b`, and lines from 40 on are far away. */
const TEXT = `import { x } from './x';

// ADR-0001
export function a() {
  return 1;
}

export function b() {
  return 2;
}
${'\n'.repeat(30)}
export function far() {
  return 3;
}
`;

describe('the weight of a citation', () => {
  it('is the whole on its own line, and falls slowly within the declaration that it is attached to', async () => {
    expect(await weightAt(TEXT, 2)).toBe(1);
    const inside = (await weightAt(TEXT, 4)) ?? 0;
    expect(inside).toBeGreaterThan(0.9);
    expect(inside).toBeLessThan(1);
  });

  it('is 0.4 beside the declaration that it is attached to, and 0.3 far away in the same file: too little to govern', async () => {
    expect(await weightAt(TEXT, 8)).toBe(0.4);
    expect(await weightAt(TEXT, 43)).toBe(0.3);
  });

  it('is a little less behind a name that may be another project, so that the record has to be close as well', async () => {
    expect(await weightAt(TEXT.replace('ADR-0001', 'raven ADR-0001'), 2)).toBe(0.98);
    expect(await weightAt(TEXT.replace('ADR-0001', 'ropes ADR-0001'), 2)).toBe(1);
    expect(await weightAt(TEXT.replace('ADR-0001', 'as ADR-0001'), 2)).toBe(1);
  });

  it('is the whole for a file asked about as a whole, and inside a selection', async () => {
    expect((await signalsAt(TEXT)).get(ROPES)?.evidence[0]?.weight).toBe(1);
    expect((await signalsAt(TEXT, { line: 0, endLine: 9 })).get(ROPES)?.evidence[0]?.weight).toBe(1);
  });

  it('is shared between the records that an ambiguous citation may mean, with a word about the doubt', async () => {
    const signals = await signalsAt('// ADR-0002\nexport const a = 1;\n', { line: 0 });
    expect([...signals.keys()].sort()).toEqual([TWIN, NETS].sort());
    for (const { evidence } of signals.values()) {
      expect(evidence[0]?.weight).toBe(0.2);
      expect(evidence[0]?.explanation).toBe('cited on line 1 as "ADR-0002", which may mean several records');
    }
  });

  it('lies in 0 to 1 wherever the citation and the cursor are', async () => {
    const lines = fc.array(fc.constantFrom('// ADR-0001', '// ADR-0002', 'export function a() {', '}', '', 'x();'), { maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(lines, fc.nat(70), async (written, line) => {
        for (const { evidence, inFile } of (await signalsAt(written.join('\n'), { line })).values()) {
          expect(evidence.length).toBeLessThanOrEqual(3);
          expect(inFile).toBeGreaterThanOrEqual(0);
          for (const { weight } of evidence) expect(weight > 0 && weight <= 1).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('the reach of a citation', () => {
  test.each([
    [20, true],
    [21, false],
  ])('over %i lines counts for the place: %s', async (distance, near) => {
    const text = `// ADR-0001\n${'x();\n'.repeat(60)}`;
    const found = (await signalsAt(text, { line: distance })).get(ROPES);
    expect(found?.here !== 0).toBe(near);
    expect(found?.inFile).toBe(near ? 0 : 1);
  });

  it('counts the nearest one for the place, and each one far away for the file', async () => {
    const text = `// ADR-0001\n// ADR-0001\n${'x();\n'.repeat(60)}// ADR-0001\n`;
    const found = (await signalsAt(text, { line: 62 })).get(ROPES);
    expect(found?.here).toBeGreaterThan(2);
    expect(found?.inFile).toBe(2);
  });

  it('extends to other files of the folder, half for each citation, and not to other folders', async () => {
    const others = {
      'src/b.ts': '// ADR-0001\n// docs/adr/0001-use-ropes.md\n',
      'src/c.ts': '// ADR-0002, which may mean two\n',
      'src/deep/d.ts': '// ADR-0001\n',
    };
    const signals = await signalsAt('export const a = 1;\n', { line: 0 }, others);
    expect([...signals].map(([id, { here, inFolder, evidence }]) => [id, here, inFolder, evidence])).toEqual([[ROPES, 0, 1, []]]);
  });

  it('does not extend to the folder when an older state is asked about', async () => {
    const text = 'export const a = 1;\n';
    const files = { ...RECORDS, 'src/b.ts': '// ADR-0001\n', [CODE]: text };
    const file = new SourceFile(CODE, text);
    expect(citedSignals(registerOfFiles(files), undefined, { path: CODE, line: 0 }, file, []).size).toBe(0);
  });
});

describe('the evidence of a citation', () => {
  it('is limited to three, the strongest first', async () => {
    const found = (await signalsAt(`${'// ADR-0001\n'.repeat(2)}${'\n'.repeat(40)}${'// ADR-0001\n'.repeat(6)}`, { line: 45 })).get(ROPES);
    expect(found?.evidence).toHaveLength(3);
    expect(found?.evidence[0]?.codeSpan?.start.line).toBe(45);
    const weights = found?.evidence.map(({ weight }) => weight) ?? [];
    expect(weights).toEqual([...weights].sort((a, b) => b - a));
  });

  it('names the line as people count, and shortens a long path to the name of the file', async () => {
    const [plain] = (await signalsAt('x();\n// see docs/adr/0001-use-ropes.md\n', { line: 1 })).get(ROPES)?.evidence ?? [];
    expect(plain?.explanation).toBe('cited on line 2 as "docs/adr/0001-use-ropes.md"');
    const folder = `packages/${'a'.repeat(70)}/docs/adr`;
    const others = { [`${folder}/0007-use-boats.md`]: record('7. Use boats') };
    const signals = await signalsAt(`// see ${folder}/0007-use-boats.md\n`, { line: 0 }, others);
    expect(signals.get(`${folder}/0007-use-boats.md`)?.evidence[0]?.explanation).toBe('cited on line 1 as "0007-use-boats.md"');
  });
});
