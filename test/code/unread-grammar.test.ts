import { promises } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { expect, test } from 'vitest';
import { languageOf } from '../../server/code/languages/index.ts';
import { type Parsing, parsingFor } from '../../server/code/parser.ts';

const parserOf = async (path: string): Promise<Parsing | undefined> => {
  const grammar = languageOf(path)?.grammar;
  return grammar && parsingFor(grammar);
};

/** While `work` is done, files that match cannot be read, as where a process has too many of them open. */
async function unreadable(files: RegExp, work: () => Promise<void>): Promise<void> {
  const { readFile } = promises;
  const failing = async (...of: Parameters<typeof readFile>): Promise<string | Buffer> => {
    if (files.test(String(of[0]))) throw Object.assign(new Error('EMFILE: too many open files'), { code: 'EMFILE' });
    return readFile(...of);
  };
  Object.assign(promises, { readFile: failing });
  syncBuiltinESMExports();
  try {
    await work();
  } finally {
    Object.assign(promises, { readFile });
    syncBuiltinESMExports();
  }
}

test.each([
  ['the runtime', /web-tree-sitter\.wasm$/, 'a.go'],
  ['a grammar', /python\.wasm$/, 'a.py'],
])('%s that could not be read once is read at the next use', async (_what, files, path) => {
  await unreadable(files, async () => {
    expect(await parserOf(path)).toBeUndefined();
  });
  const parsing = await parserOf(path);
  expect(await parsing?.withTree('a', (tree) => tree.rootNode.type)).toBeDefined();
});
