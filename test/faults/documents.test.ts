import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openEngine } from '../../server/engine/engine.ts';
import type { Engine } from '../../server/model/engine.ts';
import type { Finding } from '../../server/model/finding.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/folder.ts';
import { git, writeFiles } from '../support/git.ts';
import { type MadeRepository, makeRepository } from '../support/repository.ts';
import { GOOD, GOOD_PATH, matching, record, search } from './support.ts';

const START = { line: 0, character: 0 };
const adr = (name: string): string => `docs/adr/${name}.md`;
const bytes = (...parts: (string | readonly number[])[]): Uint8Array =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from(part))));

const EMPTY = adr('0002-empty');
const HUGE = adr('0003-huge');
const BINARY = adr('0004-binary');
const LATIN = adr('0005-latin');
const QUOTES = adr('0006-quotes');
const LISTS = adr('0007-lists');
const BROKEN = adr('0008-broken');
const BOMB = adr('0009-bomb');
const HOSTILE = adr('0010-hostile');
const LONG = adr('0011-long');
const FIRST = adr('0012-first');
const SECOND = adr('0013-second');
const THIRD = adr('0014-third');
const ITSELF = adr('0015-itself');
const CIRCLE = adr('0016-circle');
const OUTSIDE = adr('0017-outside');
const DEVICE = adr('0018-device');
const PIPE = adr('0019-pipe');
const FOLDER = adr('0020-folder');
const DANGLING = adr('0021-dangling');
const WIDE = adr('0022-wide');
const HUGE_TEXT = adr('0023-huge-text');
const OPENAPI = 'api/openapi.yaml';
const NESTED = 'api/openapi.json';
const TRUNCATED = 'schema/order.schema.json';
const PROTOBUF = 'proto/orders.proto';
const FEATURE = 'features/checkout.feature';

const DEEP = 100_000;
const supersedes = (number: number, title: string, target: string): string =>
  `# ${number}. ${title}\n\n## Status\n\nAccepted\n\nSupersedes [the other](${target})\n\nSuperseded by [another](${target})\n\n## Decision\n\nGo round and round about ${title}.\n`;

describe('a repository full of bad files', () => {
  let made: MadeRepository;
  let index: TemporaryFolder;
  let elsewhere: TemporaryFolder;
  let engine: Engine;
  const marker = (): string => join(elsewhere.path, 'executed');
  const problems = async (path: string): Promise<readonly Finding[]> => (await engine.findings(path))?.findings ?? [];
  const rules = async (path: string): Promise<string[]> => (await problems(path)).map(({ rule }) => rule);

  beforeAll(async () => {
    elsewhere = temporaryFolder('lintel-elsewhere');
    writeFileSync(join(elsewhere.path, 'secret.md'), record(99, 'Keep the secret', 'The secret of the neighbour is xyzzyplugh.'));
    const run = `require("node:fs").writeFileSync(${JSON.stringify(marker())}, "")`;
    made = makeRepository({
      ...GOOD,
      [EMPTY]: '',
      [BINARY]: bytes('# 4. Binary\n\n', [0, 1, 2, 255, 254, 0], 'x'.repeat(100)),
      [LATIN]: bytes('# 5. Use Latin letters\n\nThe caf', [0xe9], ' serves zimtstern.\n'),
      [QUOTES]: `# 6. Quotes\n\n${'>'.repeat(DEEP)} deep\n\nbeneath lies a gooseberry\n`,
      [LISTS]: `# 7. Lists\n\n${Array.from({ length: 900 }, (_, depth) => `${' '.repeat(depth * 2)}- item`).join('\n')}\n`,
      [BROKEN]:
        '---\nstatus: accepted\ntags: [unclosed\nother: "open\n---\n# 8. Broken front matter\n\n## Decision\n\nIt is about marmalade.\n',
      [BOMB]: `---\na: &a [x, x, x, x, x, x, x, x, x]\n${'bcdefghi'
        .split('')
        .map((name, at) => `${name}: &${name} [${Array(9).fill(`*${'abcdefghi'[at]}`).join(', ')}]`)
        .join('\n')}\n---\n# 9. Laughs\n\n## Decision\n\nThe decision says turmeric.\n`,
      [HOSTILE]: `---js\n{ title: (${run}, "x") }\n---\n# 10. Hostile front matter\n\n## Decision\n\nThe decision says juniper.\n`,
      [LONG]: `# 11. Long\n\n## Status\n\nAccepted\n\n## Decision\n\n${Array.from({ length: 10_000 }, (_, line) => `Line ${line} speaks of rule ${line % 97}.`).join('\n')}\n\n## Last\n\nAt the end there is cardamom.\n`,
      [FIRST]: supersedes(12, 'First of a circle', '0013-second.md'),
      [SECOND]: supersedes(13, 'Second of a circle', '0014-third.md'),
      [THIRD]: supersedes(14, 'Third of a circle', '0012-first.md'),
      [ITSELF]: record(15, 'Follow itself', 'We follow.', 'Superseded by [this](0015-itself.md)'),
      [WIDE]: bytes([0xff, 0xfe], [...Buffer.from('# 22. Wide letters\n\nThe word is saffron.\n', 'utf16le')]),
      [OPENAPI]: `openapi: 3.1.0\ninfo: {title: Deep, version: '1'}\npaths:\n  /orders: {get: {summary: List pomegranates}}\nx-deep: ${'['.repeat(DEEP)}\n`,
      [NESTED]: `{"openapi":"3.1.0","info":{"title":"Deep","version":"1"},"paths":{},"x":${'{"a":'.repeat(DEEP)}1${'}'.repeat(DEEP)}}`,
      [TRUNCATED]: '{"$schema":"https://json-schema.org/draft/2020-12/schema","title":"Order","properties":{"id":',
      [PROTOBUF]: `syntax = "proto3";\n${'message A {'.repeat(5_000)}`,
      [FEATURE]: 'Feature: Checkout\n  Scenario: broken\n    Given a cart\n  Scenari nonsense here\n',
      'lintel.yaml': '---js\n{ }\n',
    });
    writeFiles(made.root, { [HUGE]: record(3, 'Huge', 'It starts with paprika.') });
    truncateSync(join(made.root, HUGE), 50_000_000);
    writeFiles(made.root, {
      [HUGE_TEXT]: `${record(23, 'Huge text', 'It starts with nutmeg.')}${'All of it is text.\n'.repeat(2_631_579)}`,
    });
    symlinkSync('0016-circle.md', join(made.root, CIRCLE));
    symlinkSync(join(elsewhere.path, 'secret.md'), join(made.root, OUTSIDE));
    symlinkSync('/dev/zero', join(made.root, DEVICE));
    symlinkSync('nowhere.md', join(made.root, DANGLING));
    symlinkSync('../..', join(made.root, 'docs/adr/root'));
    writeFiles(made.root, { [PIPE]: 'x' });
    git(made.root, ['add', '--', PIPE]);
    execFileSync('sh', ['-c', 'rm "$1" && mkfifo "$1"', 'sh', join(made.root, PIPE)]);
    mkdirSync(join(made.root, FOLDER));
    index = temporaryFolder('lintel-index');
    engine = await openEngine({ folder: made.root, indexFolder: index.path });
    await engine.index();
  });
  afterAll(async () => {
    await engine.dispose();
    for (const folder of [made, index, elsewhere]) folder.remove();
  });

  it('is indexed, nothing is behind, and the good record is found first', async () => {
    expect(await engine.status()).toMatchObject({ state: 'ready', position: { behind: 0 } });
    expect((await search(engine, 'heavy loads with ropes'))[0]).toBe(GOOD_PATH);
  });

  it('takes an empty file for a document without text', async () => {
    expect(await engine.document(EMPTY)).toMatchObject({ id: EMPTY, title: expect.stringMatching(/empty/i) });
    expect(await rules(EMPTY)).toEqual(['empty-document']);
  });

  it.each([['0023-huge-text', 'nutmeg']])('reads the beginning of a file of 50 MB and says so', async (name, word) => {
    const [problem] = await problems(adr(name));
    expect(problem).toMatchObject({ rule: 'too-large', span: { start: START } });
    expect(problem?.message).toMatch(/50\.0 MB.*64 KB.*Split it into several files/);
    expect(await search(engine, word)).toContain(adr(name));
  });

  it('leaves the text of a binary file out and says so', async () => {
    expect(await problems(BINARY)).toMatchObject([{ rule: 'binary', span: { start: START } }]);
    expect((await engine.document(BINARY))?.sections.map(({ text }) => text).join('')).not.toContain('xxx');
  });

  it('reads a wrongly encoded file as well as it can and points at the first wrong letter', async () => {
    expect(await problems(LATIN)).toMatchObject([{ rule: 'wrong-encoding', span: { start: { line: 2, character: 7 } } }]);
    expect(await matching(engine, 'zimtstern')).toContain(LATIN);
    expect(await matching(engine, 'saffron')).toContain(WIDE);
  });

  it('reads deeply nested markdown', async () => {
    expect(await matching(engine, 'gooseberry')).toContain(QUOTES);
    expect(await engine.document(LISTS)).toMatchObject({ title: 'Lists' });
  });

  it('says where a deeply nested or broken specification cannot be understood', async () => {
    for (const path of [OPENAPI, NESTED, TRUNCATED, PROTOBUF, FEATURE]) {
      const found = await problems(path);
      expect(found.length, path).toBeGreaterThan(0);
      for (const { message } of found) expect(message, path).toMatch(/^[A-Z].{20,}/s);
      expect(message(found), path).not.toMatch(/RangeError|call stack|undefined|\bat .*\.ts/);
      expect(await engine.document(path), path).toBeDefined();
    }
  });

  it('points at what is wrong in front matter and reads the rest', async () => {
    const [problem] = await problems(BROKEN);
    expect(problem).toMatchObject({ rule: 'broken-front-matter', severity: 'error' });
    expect(problem?.span.start.line).toBeGreaterThanOrEqual(1);
    expect(problem?.span.start.line).toBeLessThanOrEqual(4);
    expect(await matching(engine, 'marmalade')).toContain(BROKEN);
    expect(await matching(engine, 'turmeric')).toContain(BOMB);
  });

  it('executes nothing that front matter or configuration holds', async () => {
    expect(await matching(engine, 'juniper')).toContain(HOSTILE);
    expect((await rules(HOSTILE)).length).toBeGreaterThan(0);
    expect(existsSync(marker())).toBe(false);
    expect((await problems('lintel.yaml')).length).toBeGreaterThan(0);
  });

  it('finds the last line of a record of 10,000 lines at its place', async () => {
    const [hit] = (await engine.search({ text: 'cardamom' })).hits;
    expect(hit).toMatchObject({ id: LONG, span: { start: { line: expect.any(Number) } } });
    expect(hit?.span.start.line).toBeGreaterThan(10_000);
  });

  it('says that records supersede each other in a circle, at the link, and answers all the same', async () => {
    for (const path of [FIRST, SECOND, THIRD, ITSELF]) {
      const circle = (await problems(path)).find(({ rule }) => rule === 'superseded-by-nothing');
      expect(circle?.message, path).toContain(path === ITSELF ? 'superseded, but' : 'in a circle');
      expect(circle?.span.start.line, path).toBeGreaterThan(3);
    }
    expect((await search(engine, 'first of a circle')).slice(0, 3).sort()).toEqual([FIRST, SECOND, THIRD]);
    expect((await engine.why({ path: 'docs/x.ts', text: '// see ADR-0012 and ADR-0015\n', line: 0 })).governing).toBeDefined();
  });

  it('does not follow symbolic links in a circle, out of the repository or into a device, and says so', async () => {
    expect(await problems(CIRCLE)).toMatchObject([
      { rule: 'unreadable', message: expect.stringContaining('points back to itself'), span: { start: START } },
    ]);
    for (const path of [OUTSIDE, DEVICE])
      expect(await problems(path)).toMatchObject([{ rule: 'outside-repository', span: { start: START } }]);
    expect(await matching(engine, 'xyzzyplugh')).not.toContain(OUTSIDE);
    expect(await engine.document(DANGLING)).toBeUndefined();
    expect((await engine.documents()).filter(({ path }) => path?.includes('/root/'))).toEqual([]);
  });

  it('does not wait for a named pipe in the place of a record, and takes no folder for one', async () => {
    expect(await problems(PIPE)).toMatchObject([{ rule: 'unreadable', message: expect.stringContaining('not a regular file') }]);
    expect(await engine.document(FOLDER)).toBeUndefined();
  });

  it('lists all these problems together, configuration included', async () => {
    const listed = new Set((await engine.allFindings()).map(({ document }) => document.path));
    for (const path of [BINARY, LATIN, BROKEN, CIRCLE, OUTSIDE, PIPE, FIRST, 'lintel.yaml']) expect(listed).toContain(path);
  });

  it('forgets the problem when the file is mended', async () => {
    writeFiles(made.root, { [BROKEN]: record(8, 'Mended', 'It is about quince.') });
    await engine.changed([BROKEN]);
    expect(await problems(BROKEN)).toEqual([]);
    expect((await search(engine, 'quince'))[0]).toBe(BROKEN);
    expect(await matching(engine, 'marmalade')).not.toContain(BROKEN);
  });
});

const message = (found: readonly Finding[]): string => found.map((problem) => problem.message).join(' ');
