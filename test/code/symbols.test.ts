// Slow: it compiles every grammar.
import { describe, expect, it, test } from 'vitest';
import { LANGUAGES } from '../../server/code/languages/index.ts';
import { symbolsOf } from '../../server/code/symbols.ts';

/** Symbols as `depth kind name`. */
const shown = async (path: string, text: string): Promise<string[]> =>
  (await symbolsOf(path, text)).map(({ depth, kind, name }) => `${depth} ${kind} ${name}`);

describe('the symbols of', () => {
  test.each([
    [
      'relay.ts',
      `@injectable()
export class OutboxRelay<T> extends Base {
  #seen = 1;
  constructor(private readonly db: Db) {}
  publish(): void { function inner() {} const local = 1; }
}
export const LIMIT = 3;
export const run = async () => { const local = 2; };
export default function main() {}
export interface Order { id: string; total(): number }
export type Id = string;
export enum State { Open }
declare function signature(): void;
namespace Shop { export abstract class Cart { abstract add(): void } }`,
      [
        '0 class OutboxRelay',
        '1 property #seen',
        '1 method constructor',
        '1 method publish',
        '2 function inner',
        '0 constant LIMIT',
        '0 function run',
        '0 function main',
        '0 interface Order',
        '1 property id',
        '1 method total',
        '0 type Id',
        '0 enum State',
        '0 function signature',
        '0 namespace Shop',
        '0 class Cart',
        '1 method add',
      ],
    ],
    ['App.tsx', 'export const App = () => <main/>;\nfunction Row() { return <p/>; }', ['0 function App', '0 function Row']],
    [
      'relay.js',
      'class Relay { run() {} }\nconst stop = function () {};\nvar LIMIT = 2;\nasync function* all() {}\nmodule.exports = Relay;',
      ['0 class Relay', '1 method run', '0 function stop', '0 constant LIMIT', '0 function all'],
    ],
    [
      'relay.py',
      'LIMIT = 3\nclass Relay(Base):\n    name = 1\n    @property\n    def run(self):\n        def inner(): pass\n@app.get("/orders")\nasync def main():\n    local = 1\n',
      ['0 constant LIMIT', '0 class Relay', '1 property name', '1 method run', '2 function inner', '0 function main'],
    ],
    [
      'relay.go',
      'package relay\ntype Relay struct { Out string }\nfunc (r *Relay) Publish() {}\nfunc New() *Relay { local := 1; return nil }\nconst Limit = 3\nvar (\n\tA = 1\n\tB = 2\n)\ntype Doer interface { Do() error }\ntype Hook func()\n',
      [
        '0 class Relay',
        '1 property Out',
        '0 method Publish',
        '0 function New',
        '0 constant Limit',
        '0 constant A',
        '0 constant B',
        '0 interface Doer',
        '1 method Do',
        '0 type Hook',
      ],
    ],
    [
      'Relay.java',
      'package shop;\n@Service\npublic class Relay { private final String name; Relay() {} @Override public void run() {} enum State { OPEN } }\ninterface Port { void send(); }\nrecord Order(int id) {}',
      [
        '0 class Relay',
        '1 property name',
        '1 method Relay',
        '1 method run',
        '1 enum State',
        '2 constant OPEN',
        '0 interface Port',
        '1 method send',
        '0 class Order',
      ],
    ],
    [
      'Relay.cs',
      'namespace Shop.Orders {\npublic class Relay : Base { public string Name { get; set; } private int x; public Relay() {} public async Task Run() { void Local() {} } }\npublic record Order(int Id);\ninterface IPort { void Send(); }\n}',
      [
        '0 namespace Shop.Orders',
        '0 class Relay',
        '1 property Name',
        '1 property x',
        '1 method Relay',
        '1 method Run',
        '2 function Local',
        '0 class Order',
        '0 interface IPort',
        '1 method Send',
      ],
    ],
    [
      'relay.rb',
      'module Shop\n  class Relay < Base\n    LIMIT = 3\n    def run; end\n    def self.build; end\n  end\nend\n',
      ['0 namespace Shop', '0 class Relay', '1 constant LIMIT', '1 method run', '1 method build'],
    ],
    [
      'lib.rs',
      'pub struct Relay { out: u8 }\nimpl Relay { pub fn run(&self) {} }\nimpl<T> Port for Boxed<T> { fn send() {} }\npub trait Port { fn send(); }\nenum State { Open(u8) }\nconst LIMIT: u8 = 1;\nmod tests { fn works() {} }\nfn main() {}',
      [
        '0 class Relay',
        '1 property out',
        '1 method run',
        '1 method send',
        '0 interface Port',
        '1 method send',
        '0 enum State',
        '1 constant Open',
        '0 constant LIMIT',
        '0 module tests',
        '1 function works',
        '0 function main',
      ],
    ],
    [
      'Relay.php',
      '<?php\nnamespace Shop;\nclass Relay { const LIMIT = 1; private string $name; public function run() {} }\ninterface Port { function send(); }\nfunction main() {}\n',
      [
        '0 namespace Shop',
        '0 class Relay',
        '1 constant LIMIT',
        '1 property name',
        '1 method run',
        '0 interface Port',
        '1 method send',
        '0 function main',
      ],
    ],
    [
      'relay.cpp',
      'namespace shop { class Relay { public: void run(); int x; }; void Relay::run() {} }\n#define LIMIT 1\nstruct Order { int id; };\nusing Id = int;\nint main() { return 0; }',
      [
        '0 namespace shop',
        '0 class Relay',
        '1 method run',
        '1 property x',
        '0 method run',
        '0 constant LIMIT',
        '0 class Order',
        '1 property id',
        '0 type Id',
        '0 function main',
      ],
    ],
    [
      'relay.kt',
      'package shop\n\nconst val LIMIT = 3\n\ndata class Relay(val id: String) {\n  val name = id\n  fun run() = 1\n}\n\ninterface Port {\n  fun send()\n}\n\nobject Ids {\n  fun next() = 1\n}\n\nenum class Kind { A }\n',
      [
        '0 constant LIMIT',
        '0 class Relay',
        '1 property name',
        '1 method run',
        '0 interface Port',
        '1 method send',
        '0 class Ids',
        '1 method next',
        '0 class Kind',
        '1 constant A',
      ],
    ],
    ['relay.c', 'static int run(void) { return 1; }', ['0 function run']],
    [
      'relay.sh',
      '#!/bin/bash\nexport LIMIT=1\nrun() { local inner=3; }\nfunction stop { :; }\n',
      ['0 constant LIMIT', '0 function run', '0 function stop'],
    ],
  ])('%s', async (path, text, expected) => {
    expect(await shown(path, text)).toEqual(expected);
  });

  it('each language with a grammar are found', async () => {
    expect(LANGUAGES.flatMap(({ id, grammar }) => (grammar ? [id] : [])).sort()).toEqual(
      ['c', 'c-sharp', 'cpp', 'go', 'java', 'javascript', 'kotlin', 'php', 'python', 'ruby', 'rust', 'shell', 'tsx', 'typescript'].sort(),
    );
  });
});

describe('a symbol', () => {
  it('has the place of its name and of its whole declaration, in UTF-16 units', async () => {
    const text = "const note = '💥é'; function run() {\n  return 1;\n}\n";
    const [, run] = await symbolsOf('a.ts', text);
    expect(run).toEqual({
      name: 'run',
      kind: 'function',
      depth: 0,
      nameSpan: { start: { line: 0, character: text.indexOf('run') }, end: { line: 0, character: text.indexOf('run') + 3 } },
      span: { start: { line: 0, character: text.indexOf('function') }, end: { line: 2, character: 1 } },
    });
  });

  it('is found around broken code', async () => {
    expect(await shown('a.ts', 'class Relay { run( { }}}}} export const = ; function works() {}')).toEqual(
      expect.arrayContaining(['0 class Relay', '0 function works']),
    );
  });
});

describe('no symbols, and no failure, come from', () => {
  test.each([
    ['a language without a grammar', 'a.scala', 'class Relay'],
    ['a text that is no source', 'README.md', '# class Relay'],
    ['nothing', 'a.ts', ''],
    ['bytes', 'a.ts', '\0\u0001\uffff\ud800'.repeat(1_000)],
    ['a line of a megabyte', 'a.ts', `class Relay {}\n${'x'.repeat(1_000_000)}`],
    ['a text of a megabyte', 'a.ts', 'let a = 1;\n'.repeat(100_000)],
    ['deep nesting', 'a.ts', '[\n'.repeat(40_000)],
    ['deep nesting', 'a.py', `x = ${'(\n'.repeat(50_000)}`],
    ['deep nesting', 'a.rb', 'if x\n'.repeat(40_000)],
    ['deep nesting', 'a.cpp', 'a<\n'.repeat(40_000)],
  ])('%s (%s)', async (_what, path, text) => {
    const symbols = await symbolsOf(path, text);
    expect(symbols.filter(({ name }) => name === 'Relay')).toEqual([]);
    // The parser is as good as before.
    expect(await shown('after.ts', 'class After {}')).toEqual(['0 class After']);
  });

  it('is limited to 5,000 of a file', async () => {
    expect(await symbolsOf('a.go', `package a\n${'func a(){}\n'.repeat(5_050)}`)).toHaveLength(5_000);
  });
});
