import { describe, expect, it } from 'vitest';
import { LINKS_FILE } from '../../server/knowledge/links/links.ts';
import { createLinksReader } from '../../server/workspace/declared-links.ts';
import type { WorkspaceFiles } from '../../server/workspace/files.ts';
import { filesInMemory } from '../support/workspace.ts';

const link = (path: string): string => `links:\n  - decision: '0001'\n    code: ${path}\n    verdict: governs\n    date: 2026-01-05\n`;

/** A reader over files that a test may change, and how often the file was read. */
const readerOf = (files: Record<string, string>, stamp?: () => string) => {
  const inMemory = filesInMemory(files);
  let reads = 0;
  const counting: WorkspaceFiles = {
    ...inMemory,
    read: (...args) => {
      reads += 1;
      return inMemory.read(...args);
    },
    ...(stamp ? { stamp: async () => stamp() } : {}),
  };
  return { reader: createLinksReader(() => counting), reads: () => reads };
};

describe('the reader of declared links', () => {
  it('returns no links, and reads nothing, where there is no file', async () => {
    const { reader, reads } = readerOf({});
    expect((await reader.current()).entries).toEqual([]);
    expect(reads()).toBe(0);
  });

  it('returns the same object, read once, for as long as the file is the same', async () => {
    const { reader, reads } = readerOf({ [LINKS_FILE]: link('src/a.ts') });
    const first = await reader.current();
    expect(await reader.current()).toBe(first);
    expect(reads()).toBe(1);
  });

  it('follows a file that is written, deleted and written again', async () => {
    const files: Record<string, string> = { [LINKS_FILE]: link('src/a.ts') };
    const { reader } = readerOf(files);
    const paths = async () => (await reader.current()).entries.map(({ code }) => code);
    expect(await paths()).toEqual(['src/a.ts']);
    files[LINKS_FILE] = link('src/b.ts');
    expect(await paths()).toEqual(['src/b.ts']);
    delete files[LINKS_FILE];
    expect(await paths()).toEqual([]);
    files[LINKS_FILE] = link('src/a.ts');
    expect(await paths()).toEqual(['src/a.ts']);
  });

  it('sees a second write within one tick of the clock only once it is told to forget', async () => {
    const files: Record<string, string> = { [LINKS_FILE]: link('src/a.ts') };
    const { reader } = readerOf(files, () => 'same');
    await reader.current();
    files[LINKS_FILE] = link('src/b.ts');
    expect((await reader.current()).entries[0]?.code).toBe('src/a.ts');
    reader.forget();
    expect((await reader.current()).entries[0]?.code).toBe('src/b.ts');
  });
});
