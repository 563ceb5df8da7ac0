import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { saveLinks } from '../../server/knowledge/links/links-file.ts';
import { testFolder } from '../support/folder.ts';
import { testRepository } from '../support/repository.ts';
import { lintel } from './cli.ts';
import { openEditor } from './editor.ts';
import { GOOD, GOOD_PATH, record, testIndexFolder } from './support.ts';

const LINKS = '.lintel/links.yaml';
const BOMB = [
  'a: &a [x, x, x, x, x, x, x, x, x]',
  ...Array.from('bcdefghi', (name, at) => {
    const before = 'abcdefgh'[at];
    return `${name}: &${name} [${Array.from({ length: 9 }, () => `*${before}`).join(', ')}]`;
  }),
  'links: *i',
].join('\n');

/** What somebody may find there, and what the product says of it. */
const HOSTILE: readonly (readonly [string, string, RegExp])[] = [
  [
    'larger than a megabyte',
    `links:\n${`- decision: ${GOOD_PATH}\n  code: src/a.ts\n  verdict: governs\n`.repeat(40_000)}`,
    /larger than 1 MB/,
  ],
  ['nested a thousand deep', `links: ${'['.repeat(5_000)}${']'.repeat(5_000)}`, /nests more than 200 levels deep/],
  ['a bomb of aliases', BOMB, /^"a" has no effect here/],
  ['no YAML', 'links: [\n  {decision: "', /^This is not valid YAML/],
  ['a list of other things', 'links: [1, true, null, [], {decision: [], code: {}, verdict: 7}]', /^This is not a link/],
  ['a text', 'all of this is fine', /must contain "links:"/],
  ['binary', '\0\u0001\u0002links:\0', /must contain "links:"/],
];

describe('a hostile .lintel/links.yaml', () => {
  it.each(HOSTILE)('that is %s is told at its place, governs nothing, and keeps nothing from working', async (_, text, told) => {
    const { root } = testRepository({
      ...GOOD,
      [LINKS]: text,
      'src/a.ts': 'export const a = 1;\n',
      'src/b.ts': '// ADR-0001\nexport const b = 2;\n',
    });
    const editor = await openEditor(root);
    for (const path of ['src/a.ts', 'src/b.ts', LINKS]) editor.open(path);
    expect(await editor.hover('src/b.ts', 'ADR-0001')).toContain('Use ropes');
    expect((await editor.why('src/a.ts', 0)).governing).toEqual([]);
    const problems = await editor.problems(LINKS);
    expect(problems.map(({ message }) => message).join('\n')).toMatch(told);
    expect(problems.length).toBeLessThan(200);
  });

  it('is not overwritten: the command says why, and what to do', async () => {
    for (const [, text] of HOSTILE.filter(([name]) => /megabyte|deep|no YAML|a text/.test(name))) {
      const { root } = testRepository({ ...GOOD, [LINKS]: text, 'src/a.ts': 'export const a = 1;\n' });
      const { code, stderr } = await lintel(['link', 'src/a.ts', '1'], { folder: root, indexFolder: testIndexFolder(root) });
      expect(code).not.toBe(0);
      expect(stderr).toContain('was not changed');
      expect(readFileSync(join(root, LINKS), 'utf8')).toBe(text);
    }
  });
});

describe('links written at once', () => {
  const linkTo = (code: string) => ({ decision: GOOD_PATH, code, verdict: 'governs' }) as const;

  it('by several processes are all kept', async () => {
    const names = Array.from({ length: 4 }, (_, index) => `src/file${index}.ts`);
    const { root } = testRepository({
      ...GOOD,
      'docs/adr/0002-use-hooks.md': record(2, 'Use hooks'),
      ...Object.fromEntries(names.map((path) => [path, 'export const a = 1;\n'])),
    });
    const indexFolder = testIndexFolder(root);
    expect((await lintel(['index'], { folder: root, indexFolder })).code).toBe(0);
    const outcomes = await Promise.all(
      names.map((path, at) => lintel(['link', path, String(1 + (at % 2)), '--no-update'], { folder: root, indexFolder })),
    );
    expect(outcomes.map(({ code, stderr }) => ({ code, stderr }))).toEqual(names.map(() => ({ code: 0, stderr: '' })));
    const text = readFileSync(join(root, LINKS), 'utf8');
    for (const path of names) expect(text.split(`code: ${path}\n`)).toHaveLength(2);
    expect(readdirSync(join(root, '.lintel'))).toEqual(['links.yaml']);
  });

  it('by one process are all kept, and the same one twice is written once', async () => {
    const root = testFolder('lintel-links');
    const done = await Promise.all(Array.from({ length: 30 }, (_, index) => saveLinks(root, [linkTo(`src/${index % 20}.ts`)])));
    expect(done.filter((written) => 'done' in written && written.done[0] === 'added')).toHaveLength(20);
    expect(done.filter((written) => 'done' in written && written.done[0] === 'unchanged')).toHaveLength(10);
    const text = readFileSync(join(root, LINKS), 'utf8');
    for (let index = 0; index < 20; index++) expect(text).toContain(`code: src/${index}.ts\n`);
    expect(readdirSync(join(root, '.lintel'))).toEqual(['links.yaml']);
  });

  it('are not blocked by a process that died while it wrote', async () => {
    const root = testFolder('lintel-links');
    mkdirSync(join(root, '.lintel'));
    const lock = join(root, `${LINKS}.lock`);
    writeFileSync(lock, 'links:\n- half of');
    const longAgo = new Date(Date.now() - 60_000);
    utimesSync(lock, longAgo, longAgo);
    expect(await saveLinks(root, [linkTo('src/a.ts')])).toMatchObject({ done: ['added'] });
    expect(existsSync(lock)).toBe(false);
    expect(readFileSync(join(root, LINKS), 'utf8')).toContain('code: src/a.ts\n');
  });

  it('wait for a process that is writing', async () => {
    const root = testFolder('lintel-links');
    mkdirSync(join(root, '.lintel'));
    const lock = join(root, `${LINKS}.lock`);
    writeFileSync(lock, '');
    const waiting = saveLinks(root, [linkTo('src/a.ts')]);
    await new Promise((done) => setTimeout(done, 100));
    expect(existsSync(join(root, LINKS))).toBe(false);
    rmSync(lock);
    expect(await waiting).toMatchObject({ done: ['added'] });
  });
});
