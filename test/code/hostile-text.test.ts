import { describe, expect, test, vi } from 'vitest';
import { whyGivenUp } from '../../server/code/given-up.ts';
import { languageOf } from '../../server/code/languages/index.ts';
import { type Parsing, parsingFor } from '../../server/code/parser.ts';
import { loadRuntime } from '../../server/code/runtime.ts';
import { symbolsOf } from '../../server/code/symbols.ts';

/** The most that the memory of the parser may take after any of these texts, in bytes: with nine grammars, and what a short text may add. */
const MOST = 200_000_000;
const LENGTH = 20_000;

const parserOf = async (path: string): Promise<Parsing> => {
  const grammar = languageOf(path)?.grammar;
  const parsing = grammar && (await parsingFor(grammar));
  if (!parsing) throw new Error(`no parser for ${path}`);
  return parsing;
};
const rootOf = async (path: string, text: string): Promise<string | undefined> =>
  (await parserOf(path)).withTree(text, (tree) => tree.rootNode.type);

/** Texts by which the parser needs gigabytes in one step, at the end of the text, when it has found no way through it. */
const HOSTILE: readonly (readonly [path: string, unit: string, root: string])[] = [
  ['a.ts', 'A<B,A<B,', 'program'],
  ['a.tsx', 'A<B,A<B,', 'program'],
  ['a.cs', 'a<', 'compilation_unit'],
  ['a.java', 'a<', 'program'],
  ['a.java', 'a<\n', 'program'],
  ['a.py', '/* a', 'module'],
];

describe('a text that the parser cannot cope with', () => {
  test.each(HOSTILE)('in %s, of "%s", costs bounded memory, and the next text is parsed', async (path, unit, root) => {
    const text = unit.repeat(LENGTH / unit.length);
    await rootOf(path, text);
    expect((await loadRuntime()).size()).toBeLessThan(MOST);
    expect(await rootOf(path, 'a')).toBe(root);
    expect(await rootOf('b.go', 'package b')).toBe('source_file');
  });

  test('is not tried again where the parser broke by it, and another text is', async () => {
    const text = '/* a'.repeat(LENGTH / 4);
    await rootOf('a.py', text);
    expect(whyGivenUp('python', text)).toBe('breaking');
    const parsing = await parserOf('a.py');
    expect(await parsing.withTree(text, () => 'a tree')).toBeUndefined();
    expect(await parsing.withTree(`${text}\n`.slice(0, 40), () => 'a tree')).toBe('a tree');
  });

  test('costs a memory and not the grammars, which are compiled once', async () => {
    await rootOf('a.py', 'a');
    await rootOf('b.go', 'package b');
    const compile = vi.spyOn(WebAssembly, 'compile');
    const before = await loadRuntime();
    await rootOf('a.py', '/* c'.repeat(LENGTH / 4));
    expect(before.isDiscarded()).toBe(true);
    expect(await rootOf('a.py', 'a')).toBe('module');
    expect(await rootOf('b.go', 'package b')).toBe('source_file');
    expect(compile).not.toHaveBeenCalled();
  });

  test('takes nothing from the texts that wait for the parser at the same time', async () => {
    await Promise.all([symbolsOf('a.java', 'class A {}'), symbolsOf('a.ts', 'class A {}')]);
    const texts: readonly (readonly [path: string, text: string])[] = [
      ['a.java', 'b<'.repeat(LENGTH / 2)],
      ['b.java', 'class Waiting {}'],
      ['b.ts', 'class Waiting {}'],
    ];
    const [, ...waiting] = await Promise.all(texts.map(([path, text]) => symbolsOf(path, text)));
    expect(waiting.map((symbols) => symbols.map(({ name }) => name))).toEqual([['Waiting'], ['Waiting']]);
  });

  test('takes nothing from an open document whose tree was kept', async () => {
    const document = 'hostile-text.test b.go';
    const read = async (text: string): Promise<string | undefined> =>
      (await parserOf('b.go')).withTree(text, (tree) => tree.rootNode.namedChild(0)?.text, document);
    expect(await read('package b\n')).toBe('package b');
    await rootOf('a.py', '/* b'.repeat(LENGTH / 4));
    expect(await read('package b\n')).toBe('package b');
    expect(await read('package cc\n')).toBe('package cc');
  });
});
