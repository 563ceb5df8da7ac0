import { languageOf } from '../server/code/languages/index.ts';
import { parsingFor } from '../server/code/parser.ts';
import { fail } from './repositories.ts';

/**
 * Parse of an open document after an edit: `npm run bench -- speed-edits`. Prints milliseconds of the processor for a file of 1,000, 10,000 and 50,000
 * dense lines: the whole file, after one more character in a name, and after one more bracket, which leaves a mistake.
 */

const FUNCTIONS: Readonly<Record<string, { readonly head: string; readonly of: (at: number) => string }>> = {
  'a.ts': {
    head: '',
    of: (at) =>
      `export function orderId${at}(type: string, n: number): string {\n  const orderId = \`\${type}-\${n}\`;\n  return save({ id: orderId, at: now() });\n}\n`,
  },
  'a.py': {
    head: '',
    of: (at) => `def order_id_${at}(kind, n):\n    order_id = f"{kind}-{n}"\n    return Order(id=order_id)\n\n`,
  },
  'a.go': {
    head: 'package a\n',
    of: (at) =>
      `func orderID${at}(kind string, n int) string {\n\torderID := fmt.Sprintf("%s-%d", kind, n)\n\treturn save(Order{ID: orderID})\n}\n`,
  },
};
const LINES = [1_000, 10_000, 50_000];
const LINES_OF_FUNCTION = 4;
const ROUNDS = 9;

async function milliseconds(work: () => Promise<unknown>): Promise<number> {
  const used = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(used);
  return (user + system) / 1_000;
}

const median = (values: readonly number[]): string =>
  [...values]
    .sort((a, b) => a - b)
    [values.length >> 1]?.toFixed(1)
    .padStart(8) ?? '';

console.log('file    lines     whole       one  mistake   (ms of the processor, median)');
for (const [path, { head, of }] of Object.entries(FUNCTIONS)) {
  const grammar = languageOf(path)?.grammar;
  const parsing = grammar && (await parsingFor(grammar));
  if (!parsing) fail(`There is no grammar for ${path}.`);
  const parse = (text: string, document?: string): Promise<number> =>
    milliseconds(() => parsing.withTree(text, ({ rootNode }) => rootNode.hasError, document));
  for (const lines of LINES) {
    const text = head + Array.from({ length: lines / LINES_OF_FUNCTION }, (_, at) => of(at)).join('');
    const times = { whole: [] as number[], one: [] as number[], mistake: [] as number[] };
    for (let round = 1; round <= ROUNDS; round += 1) {
      const at = text.indexOf('rder', Math.floor((text.length * round) / (ROUNDS + 1)));
      times.whole.push(await parse(text));
      await parse(text, path);
      times.one.push(await parse(`${text.slice(0, at)}x${text.slice(at)}`, path));
      times.mistake.push(await parse(`${text.slice(0, at)}(${text.slice(at)}`, path));
    }
    console.log(`${path}${String(lines).padStart(9)}  ${median(times.whole)}  ${median(times.one)} ${median(times.mistake)}`);
  }
}
