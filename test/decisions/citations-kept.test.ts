import { expect, test } from 'vitest';
import type { DocumentHead } from '../../server/model/document.ts';
import { citationsOf } from '../../server/register/citations/cache.ts';
import { findCitations } from '../../server/register/citations/citations.ts';
import { registerOf } from '../../server/register/register.ts';
import { DocumentIndex } from '../../server/retrieval/knowledge.ts';
import { treeOf } from '../../server/workspace/tree.ts';

const registerWith = (...titles: readonly string[]) => {
  const knowledge = new DocumentIndex(4);
  const documents = titles.map((title, index) => {
    const id = `docs/adr/000${index + 1}-${title}.md`;
    const head = { id, path: id, kind: 'decision', title, sha: '', format: 'markdown', links: [], findings: [] };
    return { head: head as unknown as DocumentHead, version: title, passages: [] };
  });
  knowledge.update(documents, []);
  knowledge.settle();
  return registerOf(knowledge, treeOf([]));
};

test('citations that are kept are those of the text at hand, of its path and of the records as they are', () => {
  const register = registerWith('use-ropes', 'use-nets');
  const fresh = (text: string, path: string, from = register) => findCitations(text, from.catalogue, path, from.home, from.renamed);
  const texts = ['// ADR-0001', '// ADR-0002', '// nothing', '// ADR-0001 and ADR-0002'];
  for (let round = 0; round < 3; round++) {
    for (const text of texts)
      for (const path of ['src/a.ts', 'src/b.ts']) expect(citationsOf(register, path, text)).toEqual(fresh(text, path));
  }
  expect(citationsOf(register, 'src/a.ts', '// ADR-0001')).toBe(citationsOf(register, 'src/a.ts', '// ADR-0001'));
  const fewer = registerWith('use-ropes');
  expect(citationsOf(fewer, 'src/a.ts', '// ADR-0002')).toEqual(fresh('// ADR-0002', 'src/a.ts', fewer));
  expect(citationsOf(fewer, 'src/a.ts', '// ADR-0002')[0]?.targets).toEqual([]);
});

test('only the files asked last are kept', () => {
  const register = registerWith('use-ropes');
  const first = citationsOf(register, 'src/0.ts', '// ADR-0001');
  for (let file = 1; file <= 40; file++) citationsOf(register, `src/${file}.ts`, '// ADR-0001');
  expect(citationsOf(register, 'src/0.ts', '// ADR-0001')).not.toBe(first);
  expect(citationsOf(register, 'src/0.ts', '// ADR-0001')).toEqual(first);
});
