import { describe, expect, it, test } from 'vitest';
import { declarationAt, innermostSymbol, linesOfSymbol, symbolAt } from '../../server/code/enclosing.ts';
import { SourceFile } from '../../server/code/source-file.ts';
import { linesOfSpan } from '../../server/text/line-range.ts';

const symbolIn = async (path: string, text: string, line: number): Promise<string | undefined> =>
  symbolAt(await new SourceFile(path, text).symbols(), text, path, line);

/** First and last line of a symbol, as the syntax tree has it. */
const linesIn = async (path: string, text: string, name: string): Promise<[number, number] | undefined> => {
  const found = linesOfSymbol(await new SourceFile(path, text).symbols(), text, path, name);
  return found && [found.first, found.last];
};

describe('the symbol around a line', () => {
  const TEXT = `import { a } from 'a';

export class Outbox {
  private readonly rows = [];

  async publish(event: Event): Promise<void> {
    if (event) {
      a(event);
    }
  }
}

function drain() {
  return 1;
}

export const idle = () => {
  a();
};

a();
`;
  const at = (line: number): Promise<string | undefined> => symbolIn('a.ts', TEXT, line);

  it('is the innermost one whose name finds it', async () => {
    expect(await Promise.all([2, 3, 5, 7, 9].map(at))).toEqual(['Outbox', 'Outbox', 'publish', 'publish', 'publish']);
    expect(await Promise.all([12, 13, 14].map(at))).toEqual(['drain', 'drain', 'drain']);
    expect(await Promise.all([16, 17].map(at))).toEqual(['idle', 'idle']);
  });

  it('is none between symbols', async () => {
    expect(await Promise.all([0, 20].map(at))).toEqual([undefined, undefined]);
  });

  it('is found in Python and Go', async () => {
    expect(await symbolIn('a.py', 'class Box:\n    def pack(self):\n        x = 1\n        return x\n', 3)).toBe('pack');
    expect(await symbolIn('a.go', 'func (s *Server) Refund(id string) error {\n\treturn nil\n}\n', 1)).toBe('Refund');
  });

  it('is none where the name means an earlier place', async () => {
    expect(await symbolIn('a.ts', 'function a() {\n  one();\n}\n\nfunction a() {\n  two();\n}\n', 5)).toBeUndefined();
  });

  it('is none for a line beyond the file, and quick in a hostile one', async () => {
    expect(await symbolIn('a.ts', '', 5)).toBeUndefined();
    expect(await symbolIn('a.ts', `${'x'.repeat(500_000)}\n${'('.repeat(100_000)}\n`, 1)).toBeUndefined();
  });
});

describe('a symbol that is linked by its name', () => {
  const TYPESCRIPT = 'export class Outbox {\n  publish(event: Event) {\n    send(event);\n  }\n}\n\nfunction drain() {\n  publish();\n}\n';
  const PYTHON = 'class Outbox:\n    def publish(self, event):\n        send(event)\n\ndef drain():\n    publish()\n    return 1\n';
  const GO = 'package a\n\nfunc (o *Outbox) Publish(e Event) {\n\tsend(e)\n}\n\nfunc drain() {\n\tPublish()\n}\n';

  test.each([
    ['a.ts', TYPESCRIPT, 2, '// publish is called by drain\n\nimport { publish } from "x";\n'],
    ['a.ts', TYPESCRIPT, 7, 'drain();\n\n'],
    ['a.py', PYTHON, 2, '# publish\nfrom x import publish\n\n'],
    ['a.py', PYTHON, 5, 'x = None\n'],
    ['a.go', GO, 3, '// Publish is first\n\n'],
    ['a.go', GO, 7, '// drain\n'],
  ])('is found in %s at the lines that a hover shows after lines are added above (%#)', async (path, text, line, above) => {
    const name = await symbolIn(path, text, line);
    expect(name).toBeDefined();
    const moved = above + text;
    const symbols = await new SourceFile(path, moved).symbols();
    const shown = innermostSymbol(symbols, line + above.split('\n').length - 1);
    expect(linesOfSymbol(symbols, moved, path, name ?? '')).toEqual(shown && linesOfSpan(shown.span));
  });

  const TWICE = 'class Cart {\n  add() {}\n}\n\nclass Order {\n  add() {\n    check();\n  }\n}\n';

  test.each([
    ['a.ts', TWICE, 'add', [1, 1]],
    ['a.ts', TWICE, 'Cart.add', [1, 1]],
    ['a.ts', TWICE, 'Order.add', [5, 7]],
    ['a.ts', TWICE, 'Order#add', [5, 7]],
    ['a.ts', TWICE, 'Order::add', [5, 7]],
    ['a.ts', TWICE, 'shop.Order.add', [5, 7]],
    ['a.ts', TWICE, 'Gone.add', [1, 1]],
    ['a.ts', TWICE, 'Order', [4, 8]],
    ['a.ts', 'class A {\n  seen = 1;\n  #seen = 2;\n}\n', '#seen', [2, 2]],
    ['a.py', 'class A:\n    class B:\n        def f(self): pass\nclass C:\n    def f(self): pass\n', 'C.f', [4, 4]],
    ['a.py', 'class A:\n    class B:\n        def f(self): pass\nclass C:\n    def f(self): pass\n', 'A.B.f', [2, 2]],
    ['a.go', 'package a\nfunc (c Cart) Add() {}\nfunc (o *Order) Add() {}\n', 'Order.Add', [2, 2]],
    ['a.go', 'package a\nfunc (c Cart[T]) Add() {}\nfunc (o *Order[T]) Add() {}\n', 'Order.Add', [2, 2]],
    ['a.rs', 'impl Cart { fn add() {} }\nimpl<T> Port for Order<T> { fn add() {} }\n', 'Order::add', [1, 1]],
    ['a.cpp', 'void Cart::add() {}\nvoid Order::add() {}\n', 'Order::add', [1, 1]],
    ['a.cpp', 'void Cart<int>::add() {}\nvoid Order<int>::add() {}\n', 'Order::add', [1, 1]],
    ['A.cs', 'namespace Shop.Orders { class A { void F() {} }\nclass B { void F() {} } }\n', 'Shop.Orders.B.F', [1, 1]],
    ['a.rb', 'module Shop\n  class A\n    def f; end\n  end\n  class B\n    def f; end\n  end\nend\n', 'Shop::B#f', [5, 5]],
  ] as const)('in %s %j is at its lines when it is called %s', async (path, text, name, expected) => {
    expect(await linesIn(path, text, name)).toEqual(expected);
  });

  test.each(['gone', 'Cart.gone', '', '.', '#', '::'])('is not there when it is called %j', async (name) => {
    expect(await linesIn('a.ts', TWICE, name)).toBeUndefined();
  });

  it('is named with its type only where the bare name means another one', async () => {
    expect(await symbolIn('a.ts', TWICE, 1)).toBe('add');
    expect(await symbolIn('a.ts', TWICE, 6)).toBe('Order.add');
    expect(await symbolIn('a.go', 'package a\nfunc (c Cart) Add() {}\nfunc (o *Order) Add() {}\n', 2)).toBe('Order.Add');
  });

  it('is the type where only a member that is a value is around the line', async () => {
    expect(await symbolIn('a.ts', 'class A {\n  size = 1;\n}\n', 1)).toBe('A');
    expect(await symbolIn('a.java', 'enum State {\n  OPEN,\n}\n', 1)).toBe('State');
    expect(await symbolIn('a.ts', 'const LIMIT = 1;\n', 0)).toBe('LIMIT');
  });

  it('is no place where its name is only used, in a language with a syntax tree', async () => {
    expect(await linesIn('a.ts', 'await drain();\n', 'drain')).toBeUndefined();
    expect(await linesIn('a.sql', 'select 1;\ndrain all;\n', 'drain')).toEqual([1, 1]);
  });

  it('is still found by layout where the text is too long for the parser', async () => {
    const text = `${'// x\n'.repeat(120_000)}function drain() {\n  send();\n}\n`;
    expect(await linesIn('a.ts', text, 'drain')).toEqual([120_000, 120_002]);
    expect(await symbolIn('a.ts', text, 120_001)).toBe('drain');
  });

  test.each([
    ['a.kt', 'class Box {\n  fun pack() {\n    seal()\n  }\n}\n', 2, 'pack'],
    ['a.swift', 'struct Box {\n  func pack() {\n    seal()\n  }\n}\n', 2, 'pack'],
    ['a.proto', 'message Order {\n  string id = 1;\n}\n', 1, 'Order'],
    ['a.graphql', 'type Order {\n  id: ID\n}\n', 1, 'Order'],
    ['a.ex', 'defmodule A do\n  def pack(x) do\n    x\n  end\nend\n', 2, 'pack'],
  ])('is read from the layout in %s, which has no grammar', async (path, text, line, name) => {
    expect(await symbolIn(path, text, line)).toBe(name);
    const lines = await linesIn(path, text, name);
    expect(lines && lines[0] <= line && line <= lines[1]).toBe(true);
  });
});

describe('the declaration at a position', () => {
  const TEXT = `import { Retry } from './retry';
export const retries = new Retry(3);
export default class Outbox {
  async drain(
    client: Client,
  ): Promise<void> {
    const count = await client.pull();
  }
  rows = [];
  close() { this.rows = []; }
}
const relay = () => { one(); };
enum Kind { A }
`;
  /** Where a word begins in a line of the text. */
  const at = async (line: number, word: string): Promise<string | undefined> => {
    const file = new SourceFile('src/outbox.ts', TEXT);
    return declarationAt(await file.symbols(), { line, character: file.textLines[line]?.indexOf(word) ?? 0 })?.name;
  };

  it.each([
    ['the name of a value', 1, 'retries', 'retries'],
    ['the words before the name', 1, 'export', 'retries'],
    ['the name of a class', 2, 'Outbox', 'Outbox'],
    ['a modifier before the name of a method', 3, 'async', 'drain'],
    ['the bracket behind a name whose declaration goes on', 3, '(', 'drain'],
    ['the brace that opens the body', 2, '{', 'Outbox'],
    ['a method in one line', 9, 'close', 'close'],
    ['a function that is a value', 11, 'const', 'relay'],
    ['a member behind the name of what holds it, in one line', 12, 'enum', 'Kind'],
  ])('is the one that opens there: %s', async (_, line, word, name) => {
    expect(await at(line, word)).toBe(name);
  });

  it.each([
    ['an import', 0, 'Retry'],
    ['the value of a declaration in one line', 1, 'Retry'],
    ['a parameter in a line of its own', 4, 'client'],
    ['a local variable', 6, 'count'],
    ['a statement', 6, 'client'],
    ['the body of a method in one line', 9, 'this'],
    ['the end of a class', 10, '}'],
    ['the body of a function in one line', 11, 'one'],
  ])('is none in what a declaration holds: %s', async (_, line, word) => {
    expect(await at(line, word)).toBeUndefined();
  });
});
