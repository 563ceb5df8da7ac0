import { afterEach, describe, expect, it, vi } from 'vitest';
import { patienceWith } from '../../server/code/patience.ts';
import { SourceFile } from '../../server/code/source-file.ts';
import { findingsOfIdentifiers, NO_KNOWLEDGE } from '../../server/identifiers/index.ts';

afterEach(() => vi.restoreAllMocks());

/** The parser counts bytes. */
const at = (units: number): { currentOffset: number } => ({ currentOffset: units * 2 });

describe('the patience with a text', () => {
  it('is 0.4 seconds of work where the parser makes no way, however long the text is', () => {
    let time = 400;
    const { parsing } = patienceWith(2_000_000, () => time);
    expect(parsing(at(0))).toBe(false);
    time = 401;
    expect(parsing(at(0))).toBe(true);
    expect(parsing(at(90_000))).toBe(true);
  });

  it('grows with what was read, and with the length of the text for the work with its tree', () => {
    const { parsing, working } = patienceWith(500_000, () => 1_900);
    expect(parsing(at(400_000))).toBe(true);
    expect(parsing(at(500_000))).toBe(false);
    expect(working()).toBe(false);
    expect(patienceWith(400_000, () => 1_900).working()).toBe(true);
  });

  it('ends after six seconds of work', () => {
    const { parsing, working } = patienceWith(100_000_000, () => 6_001);
    expect(parsing(at(100_000_000))).toBe(true);
    expect(working()).toBe(true);
  });

  it('is not used up while others have the processor', () => {
    vi.spyOn(performance, 'now').mockReturnValueOnce(0).mockReturnValue(60_000);
    vi.spyOn(process, 'cpuUsage').mockReturnValue({ user: 300_000, system: 50_000 });
    expect(patienceWith(1_000).parsing(at(0))).toBe(false);
  });
});

/** Five lines that make something, with an identifier under a name. */
const DENSE: Readonly<Record<string, { readonly head: string; readonly of: (at: number, id: string) => string }>> = {
  'src/orders.ts': {
    head: '',
    of: (at, id) =>
      `export async function create${at}(region: string, seq: number): Promise<Row> {\n  const ${id} = \`\${region}-\${seq}\`;\n  await db.orders.insert({ ${id}, region, seq });\n  return { ${id} };\n}\n`,
  },
  'src/orders.py': {
    head: '',
    of: (at, id) =>
      `def create_${at}(region, seq):\n    ${id} = f"{region}-{seq}"\n    db.orders.insert(${id}=${id}, region=region)\n    return Order(${id}=${id})\n\n`,
  },
  'src/orders.go': {
    head: 'package orders\n\nimport "fmt"\n\n',
    of: (at, id) =>
      `func create${at}(region string, seq int) (*Order, error) {\n\t${id} := fmt.Sprintf("%s-%d", region, seq)\n\treturn db.Save(&Order{${id}: ${id}, Region: region})\n}\n\n`,
  },
};
/** One function of so many has a finding. */
const EVERY = 100;

describe('a dense file of code', () => {
  it.each(Object.keys(DENSE).flatMap((path) => [20_000, 50_000].map((lines) => ({ path, lines }))))(
    'is read to its end, on a machine that is busy too: $path, $lines lines',
    { timeout: 120_000 },
    async ({ path, lines }) => {
      // How fast this machine is has no part in it: work beyond the first 0.4 seconds counts by the time of the processor.
      vi.spyOn(process, 'cpuUsage').mockReturnValue({ user: 0, system: 0 });
      const { head, of } = DENSE[path] ?? { head: '', of: () => '' };
      const functions = Array.from({ length: lines / 5 }, (_, at) => of(at, at % EVERY === EVERY - 1 ? 'orderId' : 'title'));
      const found = await findingsOfIdentifiers(new SourceFile(path, head + functions.join('')), NO_KNOWLEDGE);
      expect(found).toHaveLength(lines / 5 / EVERY);
      expect(found.at(-1)?.span.start.line).toBeGreaterThan(lines - 6);
    },
  );
});
