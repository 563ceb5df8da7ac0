import { cpSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CodeLogReader } from '../../server/store/code-log.ts';
import { openFacts } from '../../server/store/commits/facts.ts';
import { StoreUnusable } from '../../server/store/failure.ts';
import { databaseName } from '../../server/store/leftovers.ts';
import { readState } from '../../server/store/state.ts';
import { openStore } from '../../server/store/store.ts';
import { databaseFolder } from '../../server/store/table.ts';
import { type TemporaryFolder, temporaryFolder, testFolder } from '../support/folder.ts';
import { writeFiles } from '../support/git.ts';
import { type MadeRepository, makeRepository } from '../support/repository.ts';
import { contentsOf, GOOD, GOOD_PATH, indexHere, matching, record, testEngine, until } from './support.ts';

const flip = (path: string, bit = 0x04): void => {
  const bytes = readFileSync(path);
  const at = Math.floor(bytes.length / 2);
  bytes[at] = (bytes[at] ?? 0) ^ bit;
  writeFileSync(path, bytes);
};

const DAMAGES: Readonly<Record<string, (path: string) => void>> = {
  'has a flipped bit': flip,
  'is empty': (path) => truncateSync(path, 0),
  'was cut': (path) => truncateSync(path, Math.floor(readFileSync(path).length / 2)),
  'was deleted': (path) => rmSync(path),
  'is garbage': (path) => writeFileSync(path, Buffer.alloc(readFileSync(path).length, 'garbage')),
};

/** A file's name without what is different in every index. */
const kindOf = (path: string): string =>
  path
    .replace(/passages_[0-9a-f]+/, 'passages')
    .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/, 'ID')
    .replace(/commits-[0-9a-f]+/, 'commits-ID')
    .replace(/data\/[0-9a-f]+/, 'data/ID')
    .replace(/part_\d+/, 'part_N')
    .replace(/\d+(?=\.(manifest|arrow|bin))/, 'N')
    .replace(/\d+-ID/, 'N-ID');

const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .flatMap((entry) => (entry.isFile() ? [join(entry.parentPath, entry.name).slice(folder.length + 1)] : []))
    .sort();

const oneOfEachKind = (folder: string): string[] => [...new Map(filesBelow(folder).map((path) => [kindOf(path), path])).values()];

/** What a reader makes of an index folder: every kind of answer, or why there is none. */
async function readAll(folder: string): Promise<string> {
  const found = await readState(folder);
  if (found.status !== 'present') return `broken: ${found.status}`;
  try {
    const { fingerprint } = found.state;
    const store = await openStore(folder, { fingerprint, dimensions: 256, readOnly: true, database: databaseName(found.state) });
    try {
      const question = (await store.allRows(['decision'], ['vector', 'id'])).find(({ id }) => id.startsWith(GOOD_PATH))?.vector;
      const filter = { kinds: ['decision'], statuses: ['accepted'] } as const;
      const facts = await openFacts(databaseFolder(folder, databaseName(found.state)), found.state.commitFacts ?? []);
      const answers = [
        facts.total,
        facts.newest(),
        facts.frequency('rule'),
        facts.touching(GOOD_PATH),
        facts.cueing('!'),
        await store.documents(),
        (await store.textCandidates(['hemp', 'rule'], undefined, 50)).map(({ row }) => row.id).sort(),
        (await store.textCandidates(['hemp', 'rule'], filter, 50)).map(({ row }) => row.id).sort(),
        question && (await store.vectorCandidates(question, filter, 3)).map(({ row }) => row.id),
        await store.rowsOf([GOOD_PATH], ['text', 'words']),
        found.state.head,
      ];
      return JSON.stringify(answers);
    } finally {
      await store.close();
    }
  } catch (error) {
    if (error instanceof StoreUnusable) return `broken: ${error.reason}`;
    throw error;
  }
}

async function sourcesOf(folder: string): Promise<string[]> {
  const seen = new Map<string, string>();
  for (const change of (await new CodeLogReader(folder).read())?.changes ?? []) seen.set(change.path, JSON.stringify(change));
  return [...seen.values()].sort();
}

describe('a damaged file of an index', () => {
  let made: MadeRepository;
  let sound: TemporaryFolder;
  let answers: string;
  let contents: string[];
  let sources: string[];
  beforeAll(async () => {
    const records = Object.fromEntries([2, 3, 4, 5].map((at) => [`docs/adr/000${at}-rule.md`, record(at, `Keep rule ${at}`)]));
    made = makeRepository({ ...GOOD, ...records, 'src/a.ts': '// ADR-0001\nexport const hoist = 1;\n' });
    sound = temporaryFolder('lintel-sound');
    await indexHere({ root: made.root, indexFolder: sound.path });
    // A second version of the table, with a file of deleted rows.
    writeFiles(made.root, { 'docs/adr/0005-rule.md': record(5, 'Keep rule five') });
    await indexHere({ root: made.root, indexFolder: sound.path });
    answers = await readAll(sound.path);
    contents = await contentsOf(sound.path);
    sources = await sourcesOf(sound.path);
  });
  afterAll(() => {
    made.remove();
    sound.remove();
  });

  it('is of one of these kinds, each of which is damaged below', () => {
    expect(new Set(filesBelow(sound.path).map(kindOf))).toEqual(
      new Set([
        'code.jsonl',
        'index.json',
        'lance/__manifest/_transactions/N-ID.txn',
        'lance/__manifest/_versions/N.manifest',
        'lance/__manifest/_versions/latest_version_hint.json',
        'lance/checksums.json',
        'lance/commits-ID.facts',
        'lance/passages.lance/_indices/ID/bitmap_page_lookup.lance',
        'lance/passages.lance/_indices/ID/metadata.lance',
        'lance/passages.lance/_indices/ID/page_data.lance',
        'lance/passages.lance/_indices/ID/page_lookup.lance',
        'lance/passages.lance/_indices/ID/part_N_docs.lance',
        'lance/passages.lance/_indices/ID/part_N_invert.lance',
        'lance/passages.lance/_indices/ID/part_N_tokens.lance',
        'lance/passages.lance/_transactions/N-ID.txn',
        'lance/passages.lance/_versions/N.manifest',
        'lance/passages.lance/_versions/latest_version_hint.json',
        'lance/passages.lance/data/ID.lance',
        'suite.json',
      ]),
    );
  });

  it.each(Object.entries(DAMAGES))(
    'that %s leaves every answer right, or the index says that it is damaged',
    { timeout: 180_000 },
    async (name, damage) => {
      for (const path of oneOfEachKind(sound.path)) {
        const folder = testFolder('lintel-damaged');
        cpSync(sound.path, folder, { recursive: true });
        damage(join(folder, path));
        const read = await readAll(folder);
        if (!read.startsWith('broken: ')) expect(read, `${path} ${name}`).toBe(answers);
        for (const source of await sourcesOf(folder)) expect(sources, `${path} ${name}`).toContain(source);
      }
    },
  );

  it('is healed by the next run, whatever kind of file it is and however it is damaged', { timeout: 300_000 }, async () => {
    const damages = Object.entries(DAMAGES);
    for (const [at, path] of oneOfEachKind(sound.path).entries()) {
      const [name, damage] = damages[at % damages.length] ?? ['', flip];
      const folder = testFolder('lintel-damaged');
      cpSync(sound.path, folder, { recursive: true });
      damage(join(folder, path));
      await indexHere({ root: made.root, indexFolder: folder });
      expect(await contentsOf(folder), `${path} ${name}`).toEqual(contents);
      expect(await sourcesOf(folder), `${path} ${name}`).toEqual(sources);
      expect(await readAll(folder), `${path} ${name}`).not.toMatch(/^broken/);
    }
  });

  it('of a filter does not make an engine find nothing: it says so and heals behind the question', { timeout: 180_000 }, async () => {
    const folder = testFolder('lintel-damaged');
    cpSync(sound.path, folder, { recursive: true });
    for (const path of filesBelow(folder)) if (path.endsWith('bitmap_page_lookup.lance')) truncateSync(join(folder, path), 0);
    const engine = await testEngine(made.root, { indexFolder: folder });
    await engine.search({ text: 'hemp' });
    await until(async () => (await matching(engine, 'hemp')).includes(GOOD_PATH), 80_000);
    await until(async () => (await engine.status()).state === 'ready', 80_000);
    expect((await engine.status()).notices.join('\n')).toMatch(
      /rebuilt because its files are damaged \(.*bitmap_page_lookup\.lance is not what was written\)/,
    );
  });
});
