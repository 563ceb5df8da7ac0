import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { COMMENT_MARK, changeMarkdown } from '../../server/cli/change.ts';
import { placesOf } from '../../server/engine/change.ts';
import type { ChangeReport } from '../../server/model/change.ts';
import { CURRENT, evidenceOf, fakeEngine, hitWith } from '../support/engine.ts';
import { temporaryFolder, testFolder } from '../support/folder.ts';
import { git } from '../support/git.ts';
import { makeRepository } from '../support/repository.ts';
import { runInMemory } from './in-memory.ts';
import { lintel } from './run.ts';

const record = (number: number, title: string, says: string, status = 'Accepted'): string =>
  `# ${number}. ${title}\n\n## Status\n\n${status}\n\n## Context\n\nIt was slow.\n\n## Decision\n\n${says}\n`;

const lines = (text: string): string => Array.from({ length: 30 }, (_, at) => `export const ${text}${at} = ${at};\n`).join('');

const FILES = {
  'docs/adr/0001-outbox.md': record(1, 'Write events to an outbox', 'We write events to an outbox before we publish them.'),
  'docs/adr/0002-ropes.md': record(2, 'Use ropes', 'We hold everything with ropes in the harbour.', 'Superseded by ADR-0003'),
  'docs/adr/0003-chains.md': record(3, 'Use chains', 'We hold everything with chains.\n\nSupersedes ADR-0002.'),
  'src/outbox.ts': `// ADR-0001: everything here is sent later.\nexport function send() {\n${lines('send').replaceAll('export const', '  const')}}\n`,
  'src/ropes.ts': lines('rope'),
  'src/quiet.ts': lines('quiet'),
  'src/whole.ts': `// All of this follows ADR-0003.\n\n${lines('whole')}`,
};

interface Printed {
  readonly files: number;
  readonly decisions: readonly {
    readonly id: string;
    readonly places: readonly { path: string; lines?: { first: number; last: number } }[];
  }[];
  readonly problems: readonly { readonly path: string; readonly rule: string }[];
}

describe('lintel why --changed', () => {
  const work = temporaryFolder('lintel-why-changed');
  const made = makeRepository(FILES);
  const run = (args: readonly string[], folder = made.root) => lintel(['why', '--changed', ...args], { folder, cache: work.path });
  const printed = async (...args: string[]): Promise<Printed> => JSON.parse((await run([...args, '--json'])).stdout) as Printed;
  const write = (path: string, text: string): void => writeFileSync(join(made.root, path), text);

  beforeAll(async () => {
    expect((await lintel(['index'], { folder: made.root, cache: work.path })).code).toBe(0);
  });
  beforeEach(() => {
    git(made.root, ['checkout', '-q', '-f', 'main']);
    git(made.root, ['clean', '-qfd']);
  });
  afterAll(() => {
    made.remove();
    work.remove();
  });

  it('says that nothing changed where nothing did, and prints no comment', async () => {
    expect(await run([])).toMatchObject({ code: 0, stdout: 'Nothing changed.\n' });
    expect(await run(['--format', 'markdown'])).toMatchObject({ code: 0, stdout: '' });
  });

  it('lists the decision that governs a changed file with the changed lines', async () => {
    write('src/outbox.ts', FILES['src/outbox.ts'].replace('send1 = 1', 'send1 = 8'));
    write('src/quiet.ts', FILES['src/quiet.ts'].replace('= 3', '= 4'));
    const { decisions, files, problems } = await printed();
    expect({ files, problems }).toEqual({ files: 2, problems: [] });
    expect(decisions.map(({ id, places }) => ({ id, places }))).toEqual([
      { id: 'docs/adr/0001-outbox.md', places: [{ path: 'src/outbox.ts', lines: { first: 3, last: 3 } }] },
    ]);
    const { stdout } = await run([]);
    expect(stdout).toContain('Decisions that govern what changed in 2 files');
    expect(stdout).toContain('- governs src/outbox.ts:4');
  });

  it('lists the decision that governs the whole of a changed file, although nothing at the changed lines speaks for it', async () => {
    write('src/whole.ts', FILES['src/whole.ts'].replace('whole25 = 25', 'whole25 = 8'));
    const { decisions } = await printed();
    expect(decisions.map(({ id, places }) => ({ id, places }))).toEqual([
      { id: 'docs/adr/0003-chains.md', places: [{ path: 'src/whole.ts' }] },
    ]);
    expect((await run([])).stdout).toContain('- governs src/whole.ts');
  });

  it('lists findings on changed lines beside the decisions, and no other ones', async () => {
    write('src/ropes.ts', `// ADR-0002\n${FILES['src/ropes.ts']}`);
    git(made.root, ['add', '-A']);
    const { problems } = await printed();
    expect(problems.map(({ path, rule }) => [path, rule])).toEqual([['src/ropes.ts', 'cites-superseded']]);
    expect((await run([])).stdout).toContain('src/ropes.ts:1:4 cites-superseded');
  });

  it('speaks of new and deleted files as a whole, and of what differs from another branch', async () => {
    git(made.root, ['checkout', '-q', '-b', 'work']);
    rmSync(join(made.root, 'src/outbox.ts'));
    write('src/new.ts', '// ADR-0003\nexport const hold = 1;\n');
    git(made.root, ['add', '-A']);
    git(made.root, ['commit', '-qm', 'Move']);
    expect(await printed()).toMatchObject({ files: 0, decisions: [] });
    const { decisions, files } = await printed('--base', 'main');
    expect(files).toBe(2);
    expect(decisions).toContainEqual(expect.objectContaining({ id: 'docs/adr/0003-chains.md', places: [{ path: 'src/new.ts' }] }));
    git(made.root, ['checkout', '-q', 'main']);
    git(made.root, ['branch', '-qD', 'work']);
  });

  it('reads a renamed file where it is now', async () => {
    renameSync(join(made.root, 'src/outbox.ts'), join(made.root, 'src/sending.ts'));
    git(made.root, ['add', '-A']);
    expect((await printed()).decisions.map(({ id }) => id)).toEqual(['docs/adr/0001-outbox.md']);
  });

  it('refuses an unknown base and a folder without git in a sentence', async () => {
    expect(await run(['--base', 'nowhere'])).toMatchObject({ code: 2, stderr: expect.stringContaining('There is no commit "nowhere"') });
    expect(await run([], testFolder())).toMatchObject({ code: 2, stderr: expect.stringContaining('is not a git repository') });
  });
});

it.each<[readonly string[], string]>([
  [['--changed', 'a.ts'], '--changed is about everything that changed. Leave FILE out.'],
  [['--base', 'main', 'a.ts'], '--changed is about everything that changed. Leave FILE out.'],
  [['--changed', '--as-of', 'a'], 'Use only one of --changed and --as-of.'],
  [[], '"lintel why" needs FILE[:LINE], or --changed.'],
  [['--changed', '--format', 'markdwon'], 'Did you mean "markdown"?'],
  [['--changed', '--json', '--format', 'markdown'], 'Use only one of --json and --format markdown.'],
  [['a.ts', '--format', 'markdown'], '--format markdown: use it with --changed.'],
])('lintel why %j is refused: %s', async (args, message) => {
  const { code, err } = await runInMemory(['why', ...args], fakeEngine());
  expect(code).toBe(2);
  expect(err).toContain(message);
});

describe('the places of a changed file', () => {
  const at = (...ranges: (readonly [number, number])[]) => ({
    path: 'a.ts',
    change: 'changed' as const,
    lines: ranges.map(([first, last]) => ({ first, last })),
  });

  it('joins ranges that are close, and takes the line after deleted ones', () => {
    expect(placesOf(at([2, 4], [9, 9], [40, 39]))).toEqual([
      { path: 'a.ts', lines: { first: 2, last: 9 } },
      { path: 'a.ts', lines: { first: 40, last: 40 } },
    ]);
  });

  it('is the whole file where it changed all over, is new, gone or merely renamed', () => {
    const whole = [{ path: 'a.ts' }];
    expect(placesOf(at(...Array.from({ length: 9 }, (_, n) => [n * 20, n * 20] as const)))).toEqual(whole);
    expect(placesOf({ path: 'a.ts', change: 'added', lines: 'all' })).toEqual(whole);
    expect(placesOf({ ...at([0, -1]), change: 'deleted' })).toEqual(whole);
    expect(placesOf({ path: 'a.ts', change: 'renamed', lines: [] })).toEqual(whole);
  });
});

describe('the comment on a change', () => {
  const report = (own: Partial<ChangeReport>): ChangeReport => ({
    decisions: [],
    findings: [],
    files: 1,
    notices: [],
    index: CURRENT,
    ...own,
  });
  const governs = (own: Parameters<typeof hitWith>[0], path = 'src/a.ts') => ({
    hit: hitWith(own),
    places: [{ path, lines: { first: 4, last: 6 } }],
  });

  it('is empty where there is nothing to tell', () => {
    expect(changeMarkdown(report({ notices: ['Something is missing.'] }), {})).toBe('');
  });

  it('begins with a mark by which it is found again, and links to the commit that the pipeline runs on', () => {
    const text = changeMarkdown(report({ decisions: [governs({ status: 'accepted' })] }), {
      GITHUB_SERVER_URL: 'https://github.com',
      GITHUB_REPOSITORY: 'shop/shop',
      GITHUB_SHA: 'abc',
    });
    expect(text.split('\n')[0]).toBe(COMMENT_MARK);
    expect(text).toContain('- **[Use ropes](https://github.com/shop/shop/blob/abc/docs/adr/0001-use-ropes.md)** (accepted)');
    expect(text).toContain('[`src/a.ts:5-7`](https://github.com/shop/shop/blob/abc/src/a.ts#L5)');
    expect(text).toContain('> We use ropes.');
  });

  it('keeps what a repository writes from being markup, a mention or a link', () => {
    const hit = {
      title: '<img src=x> @all [x](http://evil)',
      snippet: '# <script>\n@team',
      evidence: [evidenceOf('cited', { explanation: 'names `a|b` and *x*' })],
    };
    const text = changeMarkdown(report({ decisions: [governs(hit, 'src/a`b.ts')] }), {});
    expect(text).not.toMatch(/(?:^|[^\\])<(?!!-- lintel)|@all|@team|[^\\]\]\(|http:/m);
    expect(text).toContain('names `a|b` and \\*x\\*');
    expect(text).toContain('`` src/a`b.ts:5-7 ``');
  });

  it('names at most twenty decisions, and counts the rest', () => {
    const decisions = Array.from({ length: 23 }, (_, n) => governs({ id: `d${n}`, title: `Record ${n}` }));
    const text = changeMarkdown(report({ decisions }), {});
    expect(text).toContain('Record 19');
    expect(text).not.toContain('Record 20');
    expect(text).toContain('- and 3 more decisions');
  });
});

describe('the step that keeps one comment on a pull request', () => {
  const page = readFileSync('docs/pipelines.md', 'utf8');
  const pipelines = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text = '']) => text);
  const script = pipelines
    .map((text) => parse(text) as { jobs?: { why?: { steps: readonly { run?: string }[] } } })
    .flatMap((pipeline) => (pipeline.jobs?.why?.steps ?? []).flatMap(({ run }) => run ?? []))[0];

  /** What stands in for the program of GitHub, which needs its servers: comments are files, listed as its answer lists those with the mark. */
  const GH = `#!/bin/sh
set -e
method=GET
for word in "$@"; do case "$word" in PATCH|POST|DELETE) method=$word ;; body=@*) body=\${word#body=@} ;; repos/*) path=$word ;; esac; done
echo "$method $path" >> calls
case "$method" in
  GET) cat ids 2>/dev/null || true ;;
  POST) cp "$body" posted; echo 42 > ids ;;
  PATCH) cp "$body" posted ;;
  DELETE) rm posted ids ;;
esac
`;

  it('posts one comment, edits it in place, deletes it when there is nothing to tell, and posts none then', () => {
    const folder = testFolder();
    const bin = join(folder, 'bin');
    mkdirSync(bin);
    writeFileSync(join(bin, 'gh'), GH, { mode: 0o755 });
    writeFileSync(join(bin, 'npx'), '#!/bin/sh\ncat told\n', { mode: 0o755 });
    const env = { ...process.env, PATH: `${bin}:${process.env.PATH}`, GITHUB_REPOSITORY: 'shop/shop', PULL: '7', BASE: 'origin/main' };
    const calls = (told: string): readonly string[] => {
      writeFileSync(join(folder, 'told'), told);
      rmSync(join(folder, 'calls'), { force: true });
      execFileSync('bash', ['-e', '-o', 'pipefail', '-c', script ?? 'exit 1'], { cwd: folder, env });
      return readFileSync(join(folder, 'calls'), 'utf8').trim().split('\n');
    };
    const list = 'GET repos/shop/shop/issues/7/comments';
    expect(calls('')).toEqual([list]);
    expect(calls(`${COMMENT_MARK}\n\none\n`)).toEqual([list, 'POST repos/shop/shop/issues/7/comments']);
    expect(calls(`${COMMENT_MARK}\n\ntwo\n`)).toEqual([list, 'PATCH repos/shop/shop/issues/comments/42']);
    expect(readFileSync(join(folder, 'posted'), 'utf8')).toContain('two');
    expect(calls('')).toEqual([list, 'DELETE repos/shop/shop/issues/comments/42']);
    expect(calls('')).toEqual([list]);
  });

  it('looks for the mark with which a comment begins', () => {
    expect(script).toContain(`startswith("${COMMENT_MARK}")`);
  });
});
