import { expect, test } from 'vitest';
import { citationsOf } from '../../server/register/citations/cache.ts';
import { findCitations } from '../../server/register/citations/citations.ts';
import { registerOfFiles } from '../support/register.ts';

const source = (path: string, text: string) => ({ path, text });

const registerWith = (...titles: readonly string[]) =>
  registerOfFiles(Object.fromEntries(titles.map((title, index) => [`docs/adr/000${index + 1}-${title}.md`, `# ${title}\n`])));

test('citations that are kept are those of the text at hand, of its path and of the records as they are', () => {
  const register = registerWith('use-ropes', 'use-nets');
  const fresh = (text: string, path: string, from = register) => findCitations(text, from.catalogue, path, from.home, from.renamed);
  const texts = ['// ADR-0001', '// ADR-0002', '// nothing', '// ADR-0001 and ADR-0002'];
  for (let round = 0; round < 3; round++) {
    for (const text of texts)
      for (const path of ['src/a.ts', 'src/b.ts']) expect(citationsOf(register, source(path, text))).toEqual(fresh(text, path));
  }
  expect(citationsOf(register, source('src/a.ts', '// ADR-0001'))).toBe(citationsOf(register, source('src/a.ts', '// ADR-0001')));
  const fewer = registerWith('use-ropes');
  expect(citationsOf(fewer, source('src/a.ts', '// ADR-0002'))).toEqual(fresh('// ADR-0002', 'src/a.ts', fewer));
  expect(citationsOf(fewer, source('src/a.ts', '// ADR-0002'))[0]?.targets).toEqual([]);
});

test('only the files asked last are kept', () => {
  const register = registerWith('use-ropes');
  const first = citationsOf(register, source('src/0.ts', '// ADR-0001'));
  for (let file = 1; file <= 40; file++) citationsOf(register, source(`src/${file}.ts`, '// ADR-0001'));
  expect(citationsOf(register, source('src/0.ts', '// ADR-0001'))).not.toBe(first);
  expect(citationsOf(register, source('src/0.ts', '// ADR-0001'))).toEqual(first);
});
