import { readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';

const STATEMENT = /^(?:import|export)\s+(?!type\b)(?:[^;]*?\sfrom\s+)?'(\.[^']+)'/gm;

/** Whether a statement imports nothing but types, which vanish. */
const isTypesOnly = (statement: string): boolean => {
  const names = /\{([^}]*)\}/s
    .exec(statement)?.[1]
    ?.split(',')
    .map((name) => name.trim());
  return names?.filter(Boolean).every((name) => name.startsWith('type ')) ?? false;
};

/** The files that are loaded with a file, without those that it imports later. */
function loadedWith(file: string, found = new Set<string>()): ReadonlySet<string> {
  if (found.has(file) || !file.endsWith('.ts')) return found;
  found.add(file);
  for (const [statement, target = ''] of readFileSync(file, 'utf8').matchAll(STATEMENT))
    if (!isTypesOnly(statement)) loadedWith(normalize(join(dirname(file), target)), found);
  return found;
}

describe.each(['server/lsp/main.ts', 'server/cli/program.ts'])('%s', (main) => {
  // Which folder of the user's cache is whose needs no store.
  it('starts without the readers, the judges, git and the store', () => {
    const loaded = [...loadedWith(main)];
    expect(loaded.length).toBeGreaterThan(20);
    expect(
      loaded.filter((file) => /^server\/(?:decisions|register|history|indexing|retrieval|store|embedding|knowledge|git)\//.test(file)),
    ).toEqual(main.includes('/cli/') ? ['server/store/folder.ts'] : []);
  });
});

describe('server/cli/main.ts', () => {
  it('starts with what an agent waits for alone: reading its event and asking the helper', () => {
    const loaded = [...loadedWith('server/cli/main.ts')];
    expect(loaded.length).toBeGreaterThan(5);
    expect(loaded.filter((file) => !/^server\/(?:cli\/main\.ts|cli\/hook|engine\/hook|text|model)\b/.test(file))).toEqual([
      'server/store/folder.ts',
    ]);
    const lines = loaded.map((file) => readFileSync(file, 'utf8').split('\n').length);
    expect(lines.reduce((sum, count) => sum + count, 0)).toBeLessThan(1_000);
  });
});
