import { expect, test } from 'vitest';
import { testFolder } from '../support/folder.ts';
import { open } from './open.ts';
import { row, vectorOf } from './rows.ts';

test('every row of a table of several writes comes back as it was written, whichever method reads it', async () => {
  const store = await open(testFolder('lintel-store'));
  // More than one write and more than one slice of decoding; texts of every length and alphabet, with marks that decoders like to swallow.
  const texts = ['', 'plain', 'Größe', '\uFEFFmarked', '設計', '👍🏽 done', 'a\u0000b', 'x'.repeat(5_000)];
  const made = Array.from({ length: 1_300 }, (_, index) =>
    row(`docs/${String(index).padStart(4, '0')}.md`, 0, {
      text: texts[index % texts.length] ?? '',
      paths: index % 3 === 0 ? '' : `src/${index}.ts\nsrc/ü.ts`,
      startLine: index,
    }),
  );
  await store.append(made.slice(0, 700));
  await store.append(made.slice(700));
  const columns = ['documentId', 'text', 'paths', 'words', 'startLine', 'vector', 'document'] as const;
  const all = (await store.allRows(['decision'], columns)).sort((a, b) => (a.documentId < b.documentId ? -1 : 1));
  expect(all.map(({ documentId, text, paths, startLine }) => ({ documentId, text, paths, startLine }))).toEqual(
    made.map(({ documentId, text, paths, startLine }) => ({ documentId, text, paths, startLine })),
  );
  for (const { words, vector } of all) expect(vector).toEqual(vectorOf(words));
  const some = ['docs/0003.md', 'docs/0699.md', 'docs/0700.md', 'docs/1299.md'];
  expect((await store.rowsOf(some, ['text', 'vector'])).map(({ documentId, text, vector }) => [documentId, text, [...vector]])).toEqual(
    some.map((id) => {
      const written = made.find(({ documentId }) => documentId === id);
      return [id, written?.text, [...(written?.vector ?? [])]];
    }),
  );
  const between = await store.allRows(['decision'], ['documentId'], { between: ['docs/0698.md', 'docs/0701.md'] });
  expect(between.map(({ documentId }) => documentId).sort()).toEqual([698, 699, 700, 701].map((index) => `docs/0${index}.md`));
  expect(await store.documents(['decision'])).toHaveLength(1_300);
  expect(await store.verify({ full: true })).toEqual({ state: 'sound', rows: 1_300 });
});

test('a long answer lets other work have its turn', async () => {
  const store = await open(testFolder('lintel-store'));
  await store.append(Array.from({ length: 20_000 }, (_, index) => row(`commit:${index}`, 0, { kind: 'commit', text: 'word '.repeat(60) })));
  let turns = 0;
  let reading = true;
  const count = (): void => {
    turns += 1;
    if (reading) setImmediate(count);
  };
  const rows = store.allRows(['commit'], ['documentId', 'text', 'words', 'paths', 'vector']);
  await new Promise((done) => setTimeout(done, 0));
  setImmediate(count);
  expect(await rows).toHaveLength(20_000);
  reading = false;
  expect(turns).toBeGreaterThan(2);
});
