import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findingContext, findingsOfAllDocuments } from '../../server/decisions/findings/index.ts';
import type { LineFacts } from '../../server/decisions/findings/lines/judge.ts';
import { openRepository } from '../../server/git/index.ts';
import { LineHistory } from '../../server/history/lines/line-history.ts';
import type { Finding } from '../../server/model/finding.ts';
import { registerOf } from '../../server/register/register.ts';
import { mergeFixes, preferredFixes } from '../../server/text/fixes.ts';
import { treeOf } from '../../server/workspace/tree.ts';
import { testFolder } from '../support/folder.ts';
import { commitFiles, type GitCall, git, writeFiles } from '../support/git.ts';
import { documentIndexOf, recordsIn } from '../support/register.ts';
import { applied, type Files, nygard } from './findings-support.ts';

const DOC = 'docs/adr/0001-box.md';
const CODE =
  'import load from "load";\n\nexport function openBox(id) {\n  return load(id, "open");\n}\n\nexport function closeBox(id) {\n  return load(id, "close");\n}\n';
const record = (sentence: string, status?: string): string => nygard('1. Use a box', status, sentence);

/** A repository with a record that cites lines, and what came afterwards. */
class Story {
  readonly root = testFolder();
  readonly renames = new Map<string, string>();

  constructor(files: Readonly<Record<string, string>>, call: Pick<GitCall, 'date'> = { date: '2024-05-01T12:00:00Z' }) {
    git(this.root, ['init', '--quiet']);
    commitFiles(this.root, 'Begin', files, call);
  }

  commit(message: string, files: Readonly<Record<string, string>>): this {
    commitFiles(this.root, message, files);
    return this;
  }

  unsaved(files: Readonly<Record<string, string>>): this {
    writeFiles(this.root, files);
    return this;
  }

  move(from: string, to: string): this {
    writeFiles(this.root, { [`${to}.new`]: '' });
    git(this.root, ['mv', from, to]);
    commitFiles(this.root, `Move ${from}`);
    this.renames.set(from, to);
    return this;
  }

  read(path: string): string | undefined {
    return existsSync(join(this.root, path)) ? readFileSync(join(this.root, path), 'utf8') : undefined;
  }

  /** The findings about lines, as the engine makes them. */
  async findings(home?: string, rules: RegExp = /^line-reference/): Promise<readonly Finding[]> {
    const repository = await openRepository(this.root);
    if (!repository) throw new Error('no repository');
    const paths = git(this.root, ['ls-files', '--others', '--cached'])
      .split('\n')
      .filter((path) => this.read(path) !== undefined);
    const files = Object.fromEntries(paths.map((path) => [path, this.read(path) ?? '']));
    const documents = documentIndexOf(recordsIn(Object.fromEntries(Object.entries(files).filter(([path]) => path.startsWith('docs/')))));
    const tree = treeOf(paths);
    const history = new LineHistory(repository);
    const lineFacts: LineFacts = {
      tree,
      ...(home === undefined ? {} : { home }),
      renamed: (path) => this.renames.get(path),
      formerPaths: (path) => [...this.renames].flatMap(([from, to]) => (to === path ? [from] : [])),
      written: (path, needles) => history.written(repository.head, path, needles),
      objects: (places) => history.objects(places),
      texts: (objects) => history.texts(objects),
      read: async (path) => this.read(path),
      pathsWith: (name) => paths.filter((path) => new RegExp(`\\b${name}\\b`).test(files[path] ?? '')),
    };
    const context = findingContext(documents, registerOf(documents, tree, home), {
      read: async (path) => this.read(path),
      exists: (path) => paths.some((file) => file === path || file.startsWith(`${path}/`)),
      lineFacts,
    });
    return (await findingsOfAllDocuments(context)).flatMap(({ findings }) => findings.filter(({ rule }) => rules.test(rule)));
  }

  /** The text of the record with all certain fixes. */
  async mended(): Promise<string | undefined> {
    const findings = await this.findings();
    const { fixes } = mergeFixes(preferredFixes([{ document: { id: DOC, path: DOC, kind: 'decision' }, findings }]));
    return fixes.reduce<Files>((files, fix) => applied(files, fix), { [DOC]: this.read(DOC) ?? '' })[DOC];
  }
}

const ABOVE = `// A licence.\n// Another line.\n${CODE}`;

describe('References to lines in records', () => {
  it('in a link to a file that moved are told once, with where the lines are', async () => {
    const story = new Story({ [DOC]: record('[The box](../../src/box.ts#L3-L5) opens.'), 'src/box.ts': CODE }).move(
      'src/box.ts',
      'src/boxes/box.ts',
    );
    const found = await story.findings(undefined, /^(?:line-reference|broken-link)/);
    expect(found.map(({ rule }) => rule)).toEqual(['line-reference-moved']);
    expect(found[0]?.message).toContain('src/boxes/box.ts');
  });

  it('are told to have moved, with what they read and where they are, and are mended to the new number', async () => {
    const story = new Story({ [DOC]: record('The box (`src/box.ts:3-5`) opens.'), 'src/box.ts': CODE }).commit('Add a licence', {
      'src/box.ts': ABOVE,
    });
    const [finding, ...others] = await story.findings();
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      rule: 'line-reference-moved',
      severity: 'warning',
      related: [{ path: 'src/box.ts', span: { start: { line: 4 }, end: { line: 7 } } }],
    });
    expect(finding?.message).toMatch(
      /^This cites lines 3 to 5 of src\/box\.ts, which read "export function openBox\(id\) \{" when it was written \([0-9a-f]{8}, 2024-05-01\)\. That is now lines 5 to 7\.$/,
    );
    expect(finding?.fixes?.map(({ title }) => title)).toEqual(['Cite the symbol: src/box.ts#openBox', 'Cite lines 5 to 7']);
    expect(await story.mended()).toContain('`src/box.ts:5-7`');
  });

  it('are mended to the symbol where the repository cites symbols', async () => {
    const story = new Story({ [DOC]: record('See `src/box.ts:3` and `src/box.ts::closeBox`.'), 'src/box.ts': CODE }).commit(
      'Add a licence',
      {
        'src/box.ts': ABOVE,
      },
    );
    expect(await story.mended()).toContain('See `src/box.ts::openBox` and');
  });

  it.each([
    ['in links', '[the box](../../src/box.ts#L3-L5)', '[the box](../../src/box.ts#L5-L7)'],
    ['in words', 'Lines 3 to 5 of `src/box.ts` open it.', 'Lines 5 to 7 of `src/box.ts` open it.'],
    ['behind a file', 'In `src/box.ts` (line 7) it closes.', 'In `src/box.ts` (line 9) it closes.'],
    ['of several lines', 'See `src/box.ts:3/7`.', 'See `src/box.ts:5/9`.'],
    ['that are bare', 'At `src/box.ts:3` and `:7`.', 'At `src/box.ts:5` and `:9`.'],
    ['of a file that is named by the end of its path only, by hand', 'See `box.ts:3`.', 'See `box.ts:3`.'],
  ])('%s are mended in their form', async (_, before, after) => {
    const story = new Story({ [DOC]: record(before), 'src/box.ts': CODE }).commit('Add a licence', { 'src/box.ts': ABOVE });
    expect((await story.findings()).length).toBeGreaterThan(0);
    expect(await story.mended()).toContain(after);
  });

  it('follow a file that was renamed, and write its path', async () => {
    const story = new Story({ [DOC]: record('See `src/box.ts:3`.'), 'src/box.ts': CODE }).move('src/box.ts', 'lib/container.ts');
    expect((await story.findings())[0]?.message).toContain('That is now line 3 of lib/container.ts.');
    expect(await story.mended()).toContain('`lib/container.ts:3`');
  });

  it('are found in another file that alone holds them, and then a person decides', async () => {
    const story = new Story({ [DOC]: record('See `src/box.ts:3-5`.'), 'src/box.ts': CODE }).commit('Split', {
      'src/box.ts': 'export const name = "box";\n',
      'src/open.ts': `// Opening.\n${CODE}`,
    });
    const [finding] = await story.findings();
    expect(finding?.message).toContain('That seems to be lines 4 to 6 of src/open.ts.');
    expect(await story.mended()).toContain('`src/box.ts:3-5`');
  });

  it('are told to be gone where nobody has the lines, and can be pinned', async () => {
    const story = new Story({ [DOC]: record('See `src/box.ts:3-5`.'), 'src/box.ts': CODE }).commit('Rewrite', {
      'src/box.ts': 'const nothing = 1;\n',
    });
    const [finding, ...others] = await story.findings();
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ rule: 'line-reference-gone', severity: 'warning' });
    const [fix] = finding?.fixes ?? [];
    const pinned = fix && applied({ [DOC]: story.read(DOC) ?? '' }, fix)[DOC];
    expect(pinned).toMatch(/`src\/box\.ts@[0-9a-f]{8}:3-5`/);
    expect(await story.commit('Pin', { [DOC]: pinned ?? '' }).findings()).toEqual([]);
  });

  it('are told to be gone with their file', async () => {
    const story = new Story({ [DOC]: record('See `src/box.ts:3`.'), 'src/box.ts': CODE });
    git(story.root, ['rm', '--quiet', 'src/box.ts']);
    expect((await story.commit('Delete', {}).findings())[0]?.message).toContain(
      'Those lines are gone. src/box.ts does not exist any more.',
    );
  });

  it('count from when they were written, not from when their line was edited', async () => {
    const story = new Story({ [DOC]: record('See `src/box.ts:3`.'), 'src/box.ts': CODE })
      .commit('Add a licence', { 'src/box.ts': ABOVE })
      .commit('Rephrase', { [DOC]: record('First read `src/box.ts:3`.') });
    expect((await story.findings())[0]?.message).toContain('That is now line 5.');
  });

  it('see what is not committed in the cited file', async () => {
    const story = new Story({ [DOC]: record('See `src/box.ts:3`.'), 'src/box.ts': CODE }).unsaved({ 'src/box.ts': ABOVE });
    expect((await story.findings())[0]?.message).toContain('That is now line 5.');
  });

  it.each([
    ['whose lines did not change', record('See `src/box.ts:3`.'), `${CODE}// more\n`],
    ['to a commit', record('See `src/box.ts@1a2b3c4:3`.'), ABOVE],
    ['in a document whose numbers are of a commit', record('Line numbers are as of commit 1a2b3c4. See `src/box.ts:3`.'), ABOVE],
    ['in a code block', record('Output:\n\n```\nsrc/box.ts:3\n```'), ABOVE],
    ['to lines that say nothing', record('See `src/box.ts:5`.'), ABOVE],
    ['beyond the end of the file', record('See `src/box.ts:300`.'), ABOVE],
    ['that the name beside them contradicts', record('`closeBox` is at `src/box.ts:5`.'), CODE.replace('import load from "load";\n\n', '')],
    ['to a file that is not there', record('See `src/crate.ts:3`.'), ABOVE],
  ])('%s are quiet', async (_, text, now) => {
    expect(await new Story({ [DOC]: text, 'src/box.ts': CODE }).commit('Change', { 'src/box.ts': now }).findings()).toEqual([]);
  });

  it('that are not committed are quiet', async () => {
    const story = new Story({ [DOC]: record('Nothing.'), 'src/box.ts': CODE }).commit('Change', { 'src/box.ts': ABOVE });
    expect(await story.unsaved({ [DOC]: record('See `src/box.ts:3`.') }).findings()).toEqual([]);
  });

  it('that may mean one of two files are quiet', async () => {
    const files = { [DOC]: record('See `box.ts:3`.'), 'src/box.ts': CODE, 'lib/box.ts': `${CODE}// other\n` };
    expect(await new Story(files).commit('Change', { 'src/box.ts': ABOVE, 'lib/box.ts': ABOVE }).findings()).toEqual([]);
  });

  it('written with a change of the cited lines are quiet unless a name says which state is meant', async () => {
    const begun = new Story({ [DOC]: record('Nothing.'), 'src/box.ts': CODE });
    begun
      .commit('Write', { [DOC]: record('See `src/box.ts:3`.'), 'src/box.ts': ABOVE })
      .commit('Change', { 'src/box.ts': `// One more.\n${ABOVE}` });
    expect(await begun.findings()).toEqual([]);
    const named = new Story({ [DOC]: record('Nothing.'), 'src/box.ts': CODE });
    named
      .commit('Write', { [DOC]: record('`openBox` is at `src/box.ts:5`.'), 'src/box.ts': ABOVE })
      .commit('Change', { 'src/box.ts': `// One more.\n// Two more.\n// Three.\n${ABOVE}` });
    expect((await named.findings())[0]?.message).toContain('That is now line 8.');
  });

  it('at the own forge are followed on branches, and only there', async () => {
    const address = (repository: string): string => record(`See https://github.com/${repository}/blob/main/src/box.ts#L3.`);
    const story = new Story({ [DOC]: address('shop/box'), 'src/box.ts': CODE }).commit('Change', { 'src/box.ts': ABOVE });
    expect((await story.findings('shop/box'))[0]?.message).toContain('That is now line 5.');
    expect(await story.findings('shop/other')).toEqual([]);
  });

  it('in superseded records are hints', async () => {
    const story = new Story({ [DOC]: record('See `src/box.ts:3`.', 'Deprecated'), 'src/box.ts': CODE }).commit('Change', {
      'src/box.ts': ABOVE,
    });
    expect((await story.findings())[0]?.severity).toBe('hint');
  });

  it('that are older than a shallow clone are quiet, and the clone says so', async () => {
    const story = new Story({ [DOC]: record('See `src/box.ts:3`.'), 'src/box.ts': CODE }).commit('Change', { 'src/box.ts': ABOVE });
    const shallow = testFolder();
    git(shallow, ['clone', '--quiet', '--depth=1', `file://${story.root}`, 'clone']);
    const repository = await openRepository(join(shallow, 'clone'));
    const history = repository && new LineHistory(repository);
    expect(await history?.written(repository?.head ?? '', DOC, ['src/box.ts:3'])).toEqual(new Map([['src/box.ts:3', 'shallow']]));
    expect(history?.notices).toEqual([expect.stringContaining('git fetch --unshallow')]);
  });

  it('survive a document that is damaged', async () => {
    const story = new Story({ [DOC]: record('See `src/box.ts:3`.'), 'src/box.ts': CODE });
    writeFileSync(join(story.root, 'src/box.ts'), Buffer.from([0, 159, 146, 150, 10, 0]));
    expect((await story.findings()).filter(({ rule }) => rule === 'line-reference-moved')).toEqual([]);
  });
});
