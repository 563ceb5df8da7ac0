import { spawn } from 'node:child_process';
import { chmodSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { testFolder } from '../support/folder.ts';
import { git, writeFiles } from '../support/git.ts';
import { manyFiles } from '../support/many-files.ts';
import { testRepository } from '../support/repository.ts';
import { isWhole } from '../support/whole.ts';
import { lintel } from './cli.ts';
import { minding, noRights } from './rights.ts';
import { contentsOf, freshContents, GOOD, GOOD_PATH, indexHere, matching, record, search, testEngine, testIndexFolder } from './support.ts';

// A whole run takes 100,000, which take a minute.
const MANY = isWhole ? 100_000 : 10_000;

describe('many files', () => {
  it(`finds exactly the 12 records among ${MANY} files, with git and without`, async () => {
    const root = testFolder('lintel-many', { memory: true });
    manyFiles(root, MANY - 12);
    const records = Object.fromEntries(
      Array.from({ length: 12 }, (_, at) => [
        `docs/adr/${String(at + 1).padStart(4, '0')}-rule.md`,
        record(at + 1, `Keep rule ${at}`, 'Among many.'),
      ]),
    );
    writeFiles(root, records);
    for (const make of [() => undefined, () => git(root, ['init', '--quiet'])]) {
      make();
      const engine = await testEngine(root);
      expect(await engine.index()).toMatchObject({ added: 12 });
      expect((await matching(engine, 'among')).sort()).toEqual(Object.keys(records));
      await engine.dispose();
    }
  });
});

describe('files that come and go', () => {
  it('are no trouble when they are deleted while they are read', async () => {
    const names = Array.from({ length: 400 }, (_, at) => `docs/adr/${String(at + 2).padStart(4, '0')}-passing.md`);
    const { root } = testRepository({ ...GOOD, ...Object.fromEntries(names.map((name, at) => [name, record(at + 2, `Pass by ${at}`)])) });
    const indexFolder = testFolder('lintel-index');
    const script = `const { unlinkSync } = require('node:fs'); const names = ${JSON.stringify(names)}; const next = () => { for (let i = 0; i < 4; i++) { const name = names.pop(); if (!name) return; unlinkSync(name); } setTimeout(next, 1); }; next();`;
    const deleter = spawn(process.execPath, ['-e', script], { cwd: root, stdio: 'ignore' });
    const gone = new Promise((resolve) => deleter.on('close', resolve));
    await indexHere({ root, indexFolder });
    expect(await gone).toBe(0);
    await indexHere({ root, indexFolder });
    expect(await contentsOf(indexFolder)).toEqual(await freshContents(root));
  });

  it('hold what was saved last when one is saved 50 times in a moment', async () => {
    const { root } = testRepository(GOOD);
    const engine = await testEngine(root);
    await engine.index();
    const path = 'docs/adr/0002-saved.md';
    const saves: Promise<unknown>[] = [];
    for (let save = 10; save < 60; save++) {
      writeFiles(root, { [path]: record(2, 'Save often', `Version v${save}x of the text.`) });
      saves.push(engine.changed([path]));
    }
    await Promise.all(saves);
    const held = await engine.document(path);
    expect(held?.sections.map(({ text }) => text).join('\n')).toContain('Version v59x of the text.');
    expect((await engine.documents(['decision'])).map(({ id }) => id)).toEqual([GOOD_PATH, path]);
    expect((await engine.status()).position.behind).toBe(0);
  });

  it('are read when they were saved within one tick of the clock, and current when they were only touched', async () => {
    const { root } = testRepository(GOOD);
    const engine = await testEngine(root);
    await engine.index();
    const path = join(root, GOOD_PATH);
    const { atime, mtime } = statSync(path);
    writeFiles(root, { [GOOD_PATH]: (GOOD[GOOD_PATH] ?? '').replace('hemp', 'jute') });
    utimesSync(path, atime, mtime);
    expect(await engine.changed([GOOD_PATH])).toMatchObject({ updated: 1 });
    expect(await matching(engine, 'jute')).toEqual([GOOD_PATH]);
    utimesSync(path, new Date(), new Date());
    expect(await engine.changed([GOOD_PATH])).toMatchObject({ updated: 0, unchanged: 1 });
    expect((await engine.status()).position.behind).toBe(0);
  });

  it('move with their folder, and only those that git does not ignore come', async () => {
    const { root } = testRepository({ ...GOOD, '.gitignore': 'private\n' });
    const engine = await testEngine(root);
    await engine.index();
    renameSync(join(root, 'docs/adr'), join(root, 'docs/decisions'));
    writeFiles(root, { 'private/adr/0003-secret.md': record(3, 'Keep quiet') });
    await engine.changed(['docs/adr', 'docs/decisions', 'private/adr/0003-secret.md']);
    expect((await engine.documents(['decision'])).map(({ id }) => id)).toEqual(['docs/decisions/0001-use-ropes.md']);
    expect(await matching(engine, 'hemp')).toEqual(['docs/decisions/0001-use-ropes.md']);
  });

  it('are reread when another file of the same size and time was moved into their place', async () => {
    const { root } = testRepository(GOOD);
    const indexFolder = testFolder('lintel-index');
    const time = new Date('2024-05-11T12:00:00Z');
    const other = join(root, 'other.txt');
    writeFiles(root, { 'other.txt': (GOOD[GOOD_PATH] ?? '').replace('hemp', 'jute') });
    for (const path of [join(root, GOOD_PATH), other]) utimesSync(path, time, time);
    await indexHere({ root, indexFolder });
    renameSync(other, join(root, GOOD_PATH));
    expect(await indexHere({ root, indexFolder })).toMatchObject({ updated: 1 });
  });

  it.skipIf(noRights())('are documents with a problem when they cannot be read, and documents again when they can', async () => {
    const locked = 'docs/adr/0002-locked.md';
    const { root } = testRepository({ ...GOOD, [locked]: record(2, 'Stay locked', 'Behind it lies a treasure.') });
    const indexFolder = testIndexFolder(root);
    chmodSync(join(root, locked), 0o000);
    const { code, stdout } = await lintel(['search', 'hemp', '--json'], { folder: root, indexFolder, command: minding });
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining(GOOD_PATH) });
    const engine = await testEngine(root, { indexFolder });
    const listed = (await engine.allFindings()).find(({ document }) => document.path === locked);
    expect(listed?.findings).toMatchObject([{ rule: 'unreadable', message: expect.stringContaining('permissions') }]);
    chmodSync(join(root, locked), 0o644);
    expect(await engine.index()).toMatchObject({ updated: 1 });
    expect(await matching(engine, 'treasure')).toEqual([locked]);
  });
});

describe('configuration', () => {
  it('that is broken is reported at the mistake and leaves the defaults; documents come and go with its patterns', async () => {
    const { root } = testRepository({ ...GOOD, 'papers/plan-a.md': record(7, 'Follow plan A', 'With a compass.') });
    const engine = await testEngine(root);
    await engine.index();
    const set = async (text: string): Promise<string[]> => {
      writeFiles(root, { 'lintel.yaml': text });
      await engine.changed(['lintel.yaml']);
      return (await engine.documents(['decision'])).map(({ id }) => id);
    };
    expect(await set('decisions: [papers/**]\n')).toEqual([GOOD_PATH, 'papers/plan-a.md']);
    expect(await matching(engine, 'compass')).toEqual(['papers/plan-a.md']);
    expect(await set('decisions: [papers/**]\nexclude: [docs/**]\n')).toEqual(['papers/plan-a.md']);
    expect(await set('decisions: [papers/**\nexclude: "\n')).toContain(GOOD_PATH);
    const [problem] = (await engine.findings('lintel.yaml'))?.findings ?? [];
    expect(problem).toMatchObject({ rule: 'broken-yaml', span: { start: { line: expect.any(Number) } } });
    expect((await engine.allFindings()).map(({ document }) => document.path)).toContain('lintel.yaml');
    expect((await engine.status()).notices.join('\n')).toContain(problem?.message ?? 'a message');
    expect(await set('decisons: [papers/**]\n')).toEqual([GOOD_PATH]);
    expect((await engine.findings('lintel.yaml'))?.findings).toMatchObject([
      { rule: 'config-unknown-key', span: { start: { line: 0, character: 0 } } },
    ]);
    expect(await set('')).toEqual([GOOD_PATH]);
    expect((await engine.status()).notices).toEqual([]);
  });

  it('is not read where a named pipe has its path', async () => {
    const { root } = testRepository(GOOD);
    await new Promise((resolve) => spawn('mkfifo', [join(root, 'lintel.yaml')]).on('close', resolve));
    const engine = await testEngine(root);
    await engine.index();
    expect((await search(engine, 'hemp'))[0]).toBe(GOOD_PATH);
  });
});

it('a repository that vanishes is reported in a sentence', async () => {
  const { root } = testRepository(GOOD);
  const engine = await testEngine(root);
  await engine.index();
  rmSync(root, { recursive: true });
  await expect(engine.index()).rejects.toMatchObject({ code: 'not-a-folder', message: expect.stringContaining(root) });
  await expect(engine.status()).rejects.toMatchObject({ code: 'not-a-folder' });
  expect((await engine.search({ text: 'hemp' }).catch((error: unknown) => error)) instanceof TypeError).toBe(false);
});
