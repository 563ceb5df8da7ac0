import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { afterEach, describe, expect, it } from 'vitest';
import { GO } from '../../server/code/languages/go.ts';
import type { Grammar } from '../../server/code/languages/language.ts';
import { TYPESCRIPT } from '../../server/code/languages/typescript.ts';
import { PARSE_CHANNEL, type Parsing, parsingFor } from '../../server/code/parser.ts';
import { createSourceFiles, SourceFile } from '../../server/code/source-file.ts';
import { symbolsOf } from '../../server/code/symbols.ts';

const parsingOf = async (grammar: Grammar | undefined): Promise<Parsing> => {
  const parsing = grammar && (await parsingFor(grammar));
  if (!parsing) throw new Error('no grammar');
  return parsing;
};

const parses: unknown[] = [];
const note = (message: unknown): void => void parses.push(message);
afterEach(() => {
  unsubscribe(PARSE_CHANNEL, note);
  parses.length = 0;
});

describe('a query of a caller', () => {
  const CALLS = '(call_expression function: (identifier) @name)';

  it('is compiled once for a grammar and finds what the table of languages knows nothing of', async () => {
    const parsing = await parsingOf(TYPESCRIPT.grammar);
    expect(parsing.query(CALLS)).toBe(parsing.query(CALLS));
    const called = await parsing.withTree('send(order); audit(order);', (tree) =>
      parsing
        .query(CALLS)
        .captures(tree.rootNode)
        .map(({ node }) => node.text),
    );
    expect(called).toEqual(['send', 'audit']);
  });

  it('does not disturb the symbols of the same grammar', async () => {
    const parsing = await parsingOf(GO.grammar);
    await parsing.withTree('package a\nfunc Run() { stop() }', (tree) => parsing.query(CALLS).captures(tree.rootNode));
    expect((await symbolsOf('a.go', 'package a\nfunc Run() { stop() }')).map(({ name }) => name)).toEqual(['Run']);
  });

  it('throws for a node that the grammar does not know, and gives no result within a tree', async () => {
    const parsing = await parsingOf(GO.grammar);
    expect(() => parsing.query('(no_such_node) @name')).toThrow(/no_such_node/);
    expect(await parsing.withTree('package a', () => parsing.query('(no_such_node) @name'))).toBeUndefined();
    expect(await parsing.withTree('package a', (tree) => tree.rootNode.type)).toBe('source_file');
  });

  it('gets no tree after the work is done, and the work may fail without harm to the next text', async () => {
    const parsing = await parsingOf(GO.grammar);
    const failing = (): never => {
      throw new Error('of the caller');
    };
    expect(await parsing.withTree('package a', failing)).toBeUndefined();
    expect(await parsing.withTree('package b', (tree) => tree.rootNode.text)).toBe('package b');
  });

  it('is not asked of a grammar that is not there', async () => {
    expect(await parsingFor({ name: 'no-such-grammar', queries: { declarations: '' } })).toBeUndefined();
  });
});

describe('the channel of parses', () => {
  it('tells of each parse with its grammar and the length of the text', async () => {
    subscribe(PARSE_CHANNEL, note);
    await symbolsOf('a.ts', 'class Relay {}');
    await symbolsOf('a.c', 'int run;');
    expect(parses).toEqual([
      { grammar: 'typescript', length: 14 },
      { grammar: 'cpp', length: 8 },
    ]);
  });

  it('tells of nothing where nothing is parsed', async () => {
    subscribe(PARSE_CHANNEL, note);
    await symbolsOf('a.scala', 'class Relay');
    await symbolsOf('README.md', '# Relay');
    await symbolsOf('a.ts', 'x'.repeat(600_000));
    expect(parses).toEqual([]);
  });
});

describe('a source file', () => {
  it('is parsed once, however often and by whomever its symbols are asked for', async () => {
    subscribe(PARSE_CHANNEL, note);
    const file = new SourceFile('a.ts', 'class Relay {}');
    const [first, second] = await Promise.all([file.symbols(), file.symbols()]);
    expect(second).toBe(first);
    expect(await file.symbols()).toBe(first);
    expect(parses).toHaveLength(1);
  });

  it('is the same value for the same path and text, and another after a change', () => {
    const sourceFile = createSourceFiles();
    const before = sourceFile('a.ts', 'class A {}');
    expect(sourceFile('a.ts', 'class A {}')).toBe(before);
    expect(sourceFile('b.ts', 'class A {}')).not.toBe(before);
    expect(sourceFile('a.ts', 'class B {}')).not.toBe(before);
  });

  it('is forgotten after 30 others', () => {
    const sourceFile = createSourceFiles();
    const first = sourceFile('0.ts', '');
    for (let file = 1; file < 30; file++) sourceFile(`${file}.ts`, '');
    expect(sourceFile('0.ts', '')).toBe(first);
    for (let file = 1; file <= 30; file++) sourceFile(`${file}.ts`, '');
    expect(sourceFile('0.ts', '')).not.toBe(first);
  });

  it('has a text without byte order mark, so that its offsets are those of the editor', () => {
    const file = new SourceFile('a.ts', '\uFEFFconst relay = "/orders/{id}"; // note\r\n');
    expect(file.text.startsWith('const')).toBe(true);
    expect(file.names.find(({ name }) => name === 'relay')).toMatchObject({ line: 0, character: 6 });
    expect(file.routes.map(({ text, span }) => [text, span.start.character])).toEqual([['/orders/{id}', 15]]);
    expect(file.kindAt(file.text.indexOf('note'))).toBe('comment');
    expect(file.lines.position(file.text.indexOf('note'))).toEqual({ line: 0, character: 33 });
    expect(file.textLines).toEqual([file.text.slice(0, -1), '']);
  });

  it('says nothing of a binary file', async () => {
    const file = new SourceFile('a.ts', 'class A {}\0');
    expect([file.text, await file.symbols(), file.names, file.routes, file.textLines]).toEqual(['', [], [], [], ['']]);
  });

  it('has a language only where it is code or configuration', () => {
    expect(new SourceFile('a.go', '').language).toBe(GO);
    expect(new SourceFile('README.md', '').language).toBeUndefined();
  });
});
