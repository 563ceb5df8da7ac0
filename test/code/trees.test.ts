import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { languageOf } from '../../server/code/languages/index.ts';
import { PARSE_CHANNEL, type Parsing, parsingFor } from '../../server/code/parser.ts';
import { createSourceFiles, SourceFile } from '../../server/code/source-file.ts';
import { changedRange } from '../../server/code/trees.ts';
import { findingsOfIdentifiers, NO_KNOWLEDGE } from '../../server/identifiers/index.ts';

const parsing = async (path: string): Promise<Parsing> => {
  const grammar = languageOf(path)?.grammar;
  const found = grammar && (await parsingFor(grammar));
  if (!found) throw new Error(`no grammar for ${path}`);
  return found;
};

/** Every node of a text with its place: what rules and symbols are made of. */
const nodesOf = ({ withTree }: Parsing, text: string, document?: string): Promise<readonly string[] | undefined> =>
  withTree(
    text,
    (tree) => {
      const nodes: string[] = [];
      const cursor = tree.walk();
      for (let isDone = false; !isDone; ) {
        const { nodeType, startIndex, endIndex, startPosition, endPosition, currentFieldName } = cursor;
        nodes.push(
          `${cursor.currentDepth} ${currentFieldName ?? ''} ${nodeType} ${startIndex}-${endIndex} ` +
            `${startPosition.row}:${startPosition.column}-${endPosition.row}:${endPosition.column}`,
        );
        if (cursor.gotoFirstChild()) continue;
        while (!cursor.gotoNextSibling())
          if (!cursor.gotoParent()) {
            isDone = true;
            break;
          }
      }
      cursor.delete();
      return nodes;
    },
    document,
  );

const CODE: Readonly<Record<string, string>> = {
  'a.ts': `export async function createOrder(region: string, seq: number) {\n  // 😀 made here\n  const orderId = \`\${region}-\${seq}\`;\n  await db.orders.insert({ id: orderId, label: '😀', region });\n  return { id: orderId };\n}\nconst re = /a[/]b/g, x = a < b && c > (d);\n`,
  'a.tsx': `export const Row = ({ id }: Props) => <li key={\`row-\${id}\`} title='😀'>{id.split('-')[0]}<b/></li>;\n`,
  'a.py':
    'class Order:\n    """A 😀 order."""\n    def create_order(self, region, seq):\n        if region:\n            order_id = f"{region}-{seq}"\n            db.orders.insert(id=order_id, region=region)\n        else:\n            text = """x\n  y"""\n        return Order(id=order_id)\n\n\ndef f(): pass\n',
  'a.go':
    'package a\n\nimport "fmt"\n\n// 😀\nfunc createOrder(region string, seq int) (*Order, error) {\n\torderID := fmt.Sprintf("%s-%d", region, seq)\n\treturn db.Save(&Order{ID: orderID, Raw: `a\n😀`})\n}\n',
  'A.java':
    'class A {\n  /* 😀 */ String orderId(String kind, int n) {\n    String orderId = kind + "-" + n;\n    return save(new Order<String>(orderId));\n  }\n}\n',
  'a.rb':
    'class Order\n  def make_id(kind, n)\n    order_id = "#{kind}-#{n}"\n    text = <<~SQL\n      SELECT 😀\n    SQL\n    Order.create(id: order_id) if kind == :a\n  end\nend\n',
  'A.cs':
    'class A {\n  string OrderId(string kind, int n) {\n    var orderId = $"{kind}-{n}"; // 😀\n    return Save(new Order { Id = orderId });\n  }\n}\n',
  'a.kt': `class A {\n  fun orderId(kind: String, n: Int): String {\n    val orderId = "$kind-\${n + 1}" // 😀\n    return save(Order(id = orderId))\n  }\n}\n`,
  'a.rs':
    'fn order_id(kind: &str, n: u32) -> String {\n    let order_id = format!("{}-{}", kind, n); // 😀\n    save(Order { id: order_id, raw: r#"a"b"# })\n}\n',
  'a.php':
    '<p>😀</p>\n<?php\nfunction orderId($kind, $n) {\n  $orderId = "$kind-{$n}";\n  return save(["id" => $orderId]);\n}\n?>\n<b>x</b>\n',
};
const FILES = Object.keys(CODE).filter((path) => languageOf(path)?.grammar);

/** What people type, and what takes the meaning of the text behind it away. */
const TYPED = [
  '',
  'x',
  ' ',
  '\n',
  '\r\n',
  '\t',
  '    ',
  '"',
  "'",
  '`',
  '${',
  '}',
  '{',
  '(',
  ')',
  '[',
  '/*',
  '*/',
  '//',
  '#',
  '😀',
  '\ud83d',
  '<',
  '>',
  '=',
  '.',
  ';',
  ':',
  ',',
  '+',
  'if ',
  'return ',
  `const orderId = \`\${a}-\${b}\`;\n`,
  'é',
  '\0',
  '\ufeff',
  '"""',
  '<?php ',
  'end\n',
];
const edits = fc.array(
  fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    length: fc.oneof(fc.constant(0), fc.nat(3), fc.nat(60)),
    typed: fc.oneof(fc.constantFrom(...TYPED), fc.string({ maxLength: 5 })),
  }),
  { minLength: 1, maxLength: 12 },
);

const apply = (text: string, { at, length, typed }: { at: number; length: number; typed: string }): string => {
  const start = Math.floor(at * text.length);
  return text.slice(0, start) + typed + text.slice(start + length);
};

let parses = 0;
const count = (): void => {
  parses += 1;
};
afterEach(() => unsubscribe(PARSE_CHANNEL, count));

/** Every edit of the sequence, as the text after it. */
function* texts(path: string, all: readonly Parameters<typeof apply>[1][], isWindows: boolean): Generator<string> {
  let text = CODE[path] ?? '';
  if (isWindows) text = text.replaceAll('\n', '\r\n');
  yield text;
  for (const edit of all) {
    text = apply(text, edit);
    yield text;
  }
}

describe('the tree of an open document', () => {
  it.each(FILES)('is after each edit the tree that the text alone gives: %s', { timeout: 120_000 }, async (path) => {
    const parser = await parsing(path);
    let document = 0;
    await fc.assert(
      fc.asyncProperty(edits, fc.boolean(), async (all, isWindows) => {
        document += 1;
        for (const text of texts(path, all, isWindows))
          expect(await nodesOf(parser, text, `${document}`)).toEqual(await nodesOf(parser, text));
      }),
      { numRuns: 25 },
    );
  });

  it.each(['a.ts', 'a.py', 'a.go'])('is about code with a finding: %s', async (path) => {
    expect(await findingsOfIdentifiers(new SourceFile(path, CODE[path] ?? ''), NO_KNOWLEDGE)).toHaveLength(1);
  });

  it('gives the findings and symbols that the text alone gives', { timeout: 120_000 }, async () => {
    let documents = 0;
    await fc.assert(
      fc.asyncProperty(edits, fc.boolean(), fc.constantFrom('a.ts', 'a.py', 'a.go'), async (all, isWindows, path) => {
        documents += 1;
        const open = createSourceFiles(`${documents}`);
        for (const text of texts(path, all, isWindows)) {
          const fresh = new SourceFile(path, text);
          expect(await findingsOfIdentifiers(open(path, text), NO_KNOWLEDGE)).toEqual(await findingsOfIdentifiers(fresh, NO_KNOWLEDGE));
          expect(await open(path, text).symbols()).toEqual(await fresh.symbols());
        }
      }),
      { numRuns: 40 },
    );
  });

  it('keeps what an edit does not touch: the functions above and below are the same nodes', async () => {
    const { withTree } = await parsing('a.ts');
    const ids = async (text: string): Promise<number[]> =>
      (await withTree(text, ({ rootNode }) => rootNode.namedChildren.map((node) => node?.id ?? 0), 'kept')) ?? [];
    const text = Array.from({ length: 30 }, (_, at) => `function f${at}(a: number) {\n  return a + ${at};\n}\n`).join('');
    const before = await ids(text);
    const after = await ids(text.replace('a + 15', 'a + b + 15'));
    expect(after).toHaveLength(30);
    expect(after.filter((id, at) => id === before[at]).length).toBeGreaterThanOrEqual(28);
    expect(after[15]).not.toBe(before[15]);
  });

  it('is that of the last time where the text is the same, whoever asks', async () => {
    const open = createSourceFiles('/same');
    const text = CODE['a.ts'] ?? '';
    subscribe(PARSE_CHANNEL, count);
    parses = 0;
    await open('a.ts', text).symbols();
    expect(await findingsOfIdentifiers(new SourceFile('a.ts', text, open('a.ts', text).document), NO_KNOWLEDGE)).toHaveLength(1);
    expect(parses).toBe(1);
    await open('a.ts', `${text} `).symbols();
    expect(parses).toBe(2);
  });

  it('is freed once eight other documents were asked for, or documents of three million characters', async () => {
    const parser = await parsing('a.ts');
    const parsesOf = async (text: string, document: string): Promise<number> => {
      const before = parses;
      await nodesOf(parser, text, document);
      return parses - before;
    };
    subscribe(PARSE_CHANNEL, count);
    expect(await parsesOf('a();', '/first')).toBe(1);
    for (let at = 0; at < 7; at += 1) await parsesOf('b();', `/other${at}`);
    expect(await parsesOf('a();', '/first')).toBe(0);
    for (let at = 0; at < 8; at += 1) await parsesOf('c();', `/more${at}`);
    expect(await parsesOf('a();', '/first')).toBe(1);
    for (let at = 0; at < 8; at += 1) await parsesOf('d();', `/last${at}`);
    const long = `/*${'x'.repeat(10_000)}\n${'y'.repeat(10_000)}*/\n`.repeat(80);
    await parsesOf(long, '/long1');
    expect(await parsesOf(long, '/long1')).toBe(0);
    await parsesOf(long, '/long2');
    expect(await parsesOf(long, '/long2')).toBe(0);
    expect(await parsesOf(long, '/long1')).toBe(1);
  });

  it('is not kept for a file that nobody edits', async () => {
    subscribe(PARSE_CHANNEL, count);
    parses = 0;
    for (let at = 0; at < 2; at += 1) await new SourceFile('a.ts', 'class Relay {}').symbols();
    expect(parses).toBe(2);
  });
});

describe('the range in which two texts differ', () => {
  it.each([
    ['abc', 'abxc', { start: 2, oldEnd: 2, newEnd: 3 }],
    ['aaa', 'aa', { start: 2, oldEnd: 3, newEnd: 2 }],
    ['', 'abc', { start: 0, oldEnd: 0, newEnd: 3 }],
    ['abc', '', { start: 0, oldEnd: 3, newEnd: 0 }],
    ['a\r\nb', 'a\nb', { start: 1, oldEnd: 2, newEnd: 1 }],
    // Characters of two units that share the first one or the second one.
    ['a\u{1F600}b', 'a\u{1F601}b', { start: 1, oldEnd: 3, newEnd: 3 }],
    ['a\u{1F600}b', 'a\u{1FA00}b', { start: 1, oldEnd: 3, newEnd: 3 }],
    ['\u{1F600}', '\u{1F600}\u{1F600}', { start: 2, oldEnd: 2, newEnd: 4 }],
  ])('is the smallest one that ends at whole characters: %j, %j', (before, after, range) => {
    expect(changedRange(before, after)).toEqual(range);
  });

  it('replaced, makes one text of the other, and cuts no character in two', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.string({ unit: 'binary' }),
        fc.string({ unit: 'binary' }),
        fc.string({ unit: 'binary' }),
        (head, a, b, tail) => {
          const [before, after] = [head + a + tail, head + b + tail];
          const { start, oldEnd, newEnd } = changedRange(before, after);
          expect(before.slice(0, start) + after.slice(start, newEnd) + before.slice(oldEnd)).toBe(after);
          for (const part of [before.slice(0, start), before.slice(start, oldEnd), after.slice(start, newEnd), before.slice(oldEnd)])
            expect(part.isWellFormed()).toBe(true);
        },
      ),
    );
  });
});
