import { existsSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openEngine } from '../../server/engine/engine.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/folder.ts';
import { writeFiles } from '../support/git.ts';
import { type MadeRepository, makeRepository } from '../support/repository.ts';
import { GOOD, GOOD_PATH, indexHere } from './support.ts';

const CODE = 'src/hoist.ts';
const SECTIONS = 1_200;
const guide = (name: string, first = 'Start here.'): string =>
  `# Guide to ${name}\n\n${first}\n\n${Array.from({ length: SECTIONS }, (_, at) => `## Part ${at} of ${name}\n\nTurn wheel ${at} of the ${name} before it is lifted.\n`).join('\n')}`;

/** What a new process answers, and what it leaves: searches, what governs a file, and what is related to it. */
async function answers(root: string, indexFolder: string): Promise<string> {
  const engine = await openEngine({ folder: root, indexFolder });
  try {
    const hits = [];
    for (const text of ['ropes of hemp', 'wheel 77 of the crane', 'where does one start'])
      hits.push((await engine.search({ text })).hits.map(({ id, score, snippet, span }) => ({ id, score, snippet, span })));
    const why = await engine.why({ path: CODE, line: 1 });
    const named = [why.governing, why.probable, why.related].map((group) =>
      group.map(({ id, score, evidence }) => ({ id, score, evidence })),
    );
    return JSON.stringify([hits, named]);
  } finally {
    await engine.dispose();
  }
}

const DAMAGES: Readonly<Record<string, (path: string) => void>> = {
  'has a flipped bit': (path) => {
    const bytes = readFileSync(path);
    const at = Math.floor(bytes.length / 2);
    bytes[at] = (bytes[at] ?? 0) ^ 0x04;
    writeFileSync(path, bytes);
  },
  'is empty': (path) => truncateSync(path, 0),
  'was cut': (path) => truncateSync(path, statSync(path).size >> 1),
  'was deleted': (path) => rmSync(path),
  'is garbage': (path) => writeFileSync(path, 'garbage'.repeat(900)),
};

describe('a copy of what is in the table, for quick starts', () => {
  let made: MadeRepository;
  let index: TemporaryFolder;
  let first: string;
  const image = () => join(index.path, 'lance/documents.image');
  const background = () => join(index.path, 'background.json');
  const stamps = () => [image(), background()].map((path) => statSync(path).mtimeMs);
  beforeAll(async () => {
    made = makeRepository({
      ...GOOD,
      'docs/crane.md': guide('crane'),
      'docs/lock.md': guide('lock'),
      [CODE]: '// ADR-0001: ropes\nexport const hoist = (): string => "hemp";\n',
    });
    index = temporaryFolder('lintel-copies');
    await indexHere({ root: made.root, indexFolder: index.path });
    first = await answers(made.root, index.path);
  }, 120_000);
  afterAll(() => {
    made.remove();
    index.remove();
  });

  it('is written by the first process that answers, and gives later ones the same answers', { timeout: 120_000 }, async () => {
    expect(first).toContain(GOOD_PATH);
    expect(first).toContain('Turn wheel 77 of the crane');
    const before = stamps();
    expect(await answers(made.root, index.path)).toBe(first);
    expect(stamps(), 'it was read, not written again').toEqual(before);
  });

  it.each(Object.entries(DAMAGES))('that %s changes no answer, and is written again', { timeout: 120_000 }, async (_, damage) => {
    for (const path of [image(), background()]) damage(path);
    expect(await answers(made.root, index.path)).toBe(first);
    expect(statSync(image()).size).toBeGreaterThan(100_000);
    const before = stamps();
    expect(await answers(made.root, index.path)).toBe(first);
    expect(stamps()).toEqual(before);
  });

  it('is not taken for what was written since', { timeout: 120_000 }, async () => {
    writeFiles(made.root, { 'docs/lock.md': guide('lock', 'The sluice opens on Sundays.') });
    await indexHere({ root: made.root, indexFolder: index.path });
    const changed = await answers(made.root, index.path);
    for (const path of [image(), background()]) if (existsSync(path)) rmSync(path);
    expect(changed).toBe(await answers(made.root, index.path));
    const engine = await openEngine({ folder: made.root, indexFolder: index.path });
    try {
      const { hits } = await engine.search({ text: 'when does the sluice open' });
      expect(hits.map(({ snippet }) => snippet).join('\n')).toContain('Sundays');
    } finally {
      await engine.dispose();
    }
  });

  it('leaves nothing unfinished in the index folder', () => {
    expect(readdirSync(index.path, { recursive: true }).filter((name) => String(name).endsWith('.tmp'))).toEqual([]);
  });
});
