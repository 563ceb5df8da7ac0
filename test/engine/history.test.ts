import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openEngine } from '../../server/engine/engine.ts';
import type { Hit, WhyAnswer } from '../../server/model/answer.ts';
import type { Engine } from '../../server/model/engine.ts';
import { testFolder } from '../support/folder.ts';
import { commitFiles, git } from '../support/git.ts';
import { testRepository } from '../support/repository.ts';

const record = (title: string): string =>
  `# ${title}\n\n## Status\n\nAccepted\n\n## Context\n\nMessages were lost.\n\n## Decision\n\nWe do as the title says, always.\n`;

const KAFKA = 'docs/adr/0007-use-kafka.md';
const OUTBOX = 'docs/adr/0008-transactional-outbox.md';
const RECORDS = { [KAFKA]: record('Use Kafka'), [OUTBOX]: record('Write events to an outbox first') };
const CODE = 'src/send.ts';

/** Functions of ten lines each. */
const code = (names: readonly string[], tails: Readonly<Record<string, string>> = {}): string =>
  names
    .map((name) => {
      const body = Array.from({ length: 8 }, (_, index) => `  step${index}(${name}${index});`);
      return [`export function ${name}() {`, ...body, `}${tails[name] ?? ''}`].join('\n');
    })
    .join('\n')
    .concat('\n');

async function engineOf(root: string): Promise<Engine> {
  const engine = await openEngine({ folder: root, indexFolder: testFolder() });
  onTestFinished(() => engine.dispose());
  await engine.index();
  return engine;
}

const commitsIn = ({ related }: WhyAnswer): Hit[] => related.filter(({ kind }) => kind === 'commit');
const evidenceOf = ({ governing, related }: WhyAnswer, id: string) =>
  [...governing, ...related].find((hit) => hit.id === id)?.evidence.map(({ kind, explanation }) => `${kind}: ${explanation}`) ?? [];

describe('commits that explain the lines in scope', () => {
  it('come before those of the file, each once, with their message', async () => {
    const { root, shas } = testRepository(
      { [CODE]: code(['one', 'two']) },
      {
        commits: [
          { message: 'Retry\n\nBecause the broker restarts.', files: { [CODE]: code(['one', 'two'], { one: ' // retry' }) } },
          { message: 'Log', files: { [CODE]: code(['one', 'two'], { one: ' // retry', two: ' // log' }) } },
        ],
      },
    );
    const engine = await engineOf(root);
    const answer = await engine.why({ path: CODE, line: 9 });
    const commits = commitsIn(answer);
    expect(commits.map(({ sha, title }) => [sha, title])).toEqual([
      [shas[1], 'Retry'],
      [shas[0], 'Start the project'],
      [shas[2], 'Log'],
    ]);
    expect(commits[0]).toMatchObject({ snippet: 'Because the broker restarts.', span: { start: { line: 2 } } });
    expect(commits[0]?.evidence[0]).toMatchObject({ kind: 'explained-by', explanation: 'made line 10' });
    expect(commits[1]?.evidence[0]).toMatchObject({ kind: 'explained-by', explanation: 'last changed lines 1-9' });
    expect(commits[2]?.evidence[0]).toMatchObject({ kind: 'changed-together' });
    expect(answer.notices).toBeUndefined();
  });

  it('bring the records that they cite or changed', async () => {
    const { root } = testRepository(
      { ...RECORDS, [CODE]: code(['one', 'two']) },
      {
        commits: [
          { message: 'Retry as ADR-8 says', files: { [CODE]: code(['one', 'two'], { one: ' // retry' }) } },
          {
            message: 'Log',
            files: { [CODE]: code(['one', 'two'], { one: ' // retry', two: ' // log' }), [KAFKA]: `${RECORDS[KAFKA]}\nLogged.\n` },
          },
        ],
      },
    );
    const engine = await engineOf(root);
    const first = await engine.why({ path: CODE, line: 9 });
    expect(evidenceOf(first, OUTBOX).join('\n')).toMatch(/explained-by: cited by commit [0-9a-f]{7}, which last changed line 10/);
    // That commit changed the file too: it is told once, with its lines.
    expect(evidenceOf(first, OUTBOX).join('\n')).not.toContain('which changed this file');
    const second = await engine.why({ path: CODE, line: 19 });
    expect(evidenceOf(second, KAFKA).join('\n')).toMatch(/explained-by: written together with line 20 in commit [0-9a-f]{7}/);
    expect(first.governing).toEqual([]);
  });

  it('are not looked for where nobody asked', async () => {
    const { root } = testRepository({ ...RECORDS, [CODE]: code(['one']) });
    const engine = await engineOf(root);
    const answer = await engine.why({ path: CODE, line: 3, unasked: true });
    expect(answer.related).toEqual([]);
    expect(answer.notices).toBeUndefined();
  });

  it('leave out lines that are not committed, and files that git does not know', async () => {
    const { root, shas } = testRepository({ [CODE]: code(['one']) });
    const engine = await engineOf(root);
    const unsaved = code(['fresh', 'one']);
    const fresh = await engine.why({ path: CODE, line: 3, text: unsaved });
    expect(commitsIn(fresh).map(({ evidence }) => evidence[0]?.kind)).toEqual(['changed-together']);
    const moved = await engine.why({ path: CODE, line: 13, text: unsaved });
    expect(commitsIn(moved)).toMatchObject([{ sha: shas[0], evidence: [{ explanation: 'made line 14' }] }]);
    writeFileSync(join(root, 'src/untracked.ts'), code(['one']));
    expect(commitsIn(await engine.why({ path: 'src/untracked.ts', line: 3 }))).toEqual([]);
    expect(commitsIn(await engine.why({ path: 'src/none.ts', line: 3 }))).toEqual([]);
    expect(commitsIn(await engine.why({ path: CODE, line: 5_000 }))).toMatchObject([{ evidence: [{ kind: 'changed-together' }] }]);
  });

  it('are read from git where history was rewritten since the index was brought up to date', async () => {
    const { root } = testRepository({ ...RECORDS, [CODE]: code(['one']) });
    const engine = await engineOf(root);
    const before = commitFiles(root, 'Draft', { [CODE]: code(['one'], { one: ' // draft' }) });
    await engine.index();
    expect(commitsIn(await engine.why({ path: CODE, line: 9 }))).toMatchObject([{ sha: before, title: 'Draft' }, {}]);

    git(root, ['commit', '--quiet', '--amend', '--message', 'Final, see ADR-8']);
    const amended = git(root, ['rev-parse', 'HEAD']);
    const answer = await engine.why({ path: CODE, line: 9 });
    expect(commitsIn(answer)).toMatchObject([{ sha: amended, title: 'Final, see ADR-8' }, {}]);
    expect(evidenceOf(answer, OUTBOX).join()).toContain(`cited by commit ${amended.slice(0, 7)}`);

    git(root, ['checkout', '--quiet', '-b', 'side', 'HEAD~1']);
    commitFiles(root, 'Elsewhere', { 'README.md': 'text' });
    git(root, ['rebase', '--quiet', 'side', 'main']);
    const rebased = git(root, ['rev-parse', 'HEAD']);
    expect(commitsIn(await engine.why({ path: CODE, line: 9 }))).toMatchObject([{ sha: rebased }, {}]);

    git(root, ['reset', '--quiet', '--hard', 'HEAD~2']);
    const reset = commitsIn(await engine.why({ path: CODE, line: 9 }));
    expect(reset.map(({ title }) => title)).toEqual(['Start the project']);
  });

  it('are looked behind where .git-blame-ignore-revs lists them, and where only white space changed', async () => {
    const original = code(['one', 'two']);
    const { root } = testRepository({ [CODE]: original });
    const reformatted = commitFiles(root, 'Reformat', { [CODE]: original.replaceAll(');', ') ;') });
    commitFiles(root, 'Indent', { [CODE]: original.replaceAll(');', ') ;').replaceAll('  step', '      step') });
    const engine = await engineOf(root);
    const titles = async () =>
      commitsIn(await engine.why({ path: CODE, line: 3 })).filter(({ evidence }) => evidence[0]?.kind === 'explained-by');
    expect((await titles()).map(({ title }) => title)).not.toContain('Indent');
    expect((await titles()).map(({ title }) => title)).toContain('Start the project');
    writeFileSync(join(root, CODE), original.replaceAll('(one', '(uno'));
    commitFiles(root, 'Rename the steps');
    expect((await titles()).map(({ title }) => title)).toContain('Rename the steps');
    const renamed = git(root, ['rev-parse', 'HEAD']);
    writeFileSync(join(root, '.git-blame-ignore-revs'), `# formatting\n${reformatted}\n${renamed}\n`);
    expect((await titles()).map(({ title }) => title)).toEqual(['Start the project']);
  });

  it('are found without the list of ignored commits where that is broken, with a notice', async () => {
    const { root, head } = testRepository({ [CODE]: code(['one']) });
    const engine = await engineOf(root);
    const list = join(root, '.git-blame-ignore-revs');
    writeFileSync(list, 'not a sha\n');
    const broken = await engine.why({ path: CODE, line: 3 });
    expect(broken.notices).toEqual(['.git-blame-ignore-revs cannot be used: invalid object name: not a sha.']);
    expect(commitsIn(broken)).toMatchObject([{ sha: head, evidence: [{ kind: 'explained-by' }] }]);
    writeFileSync(list, `${'0'.repeat(39)}1\n`);
    expect((await engine.why({ path: CODE, line: 3 })).notices).toBeUndefined();
  });

  it('do not depend on lists that the configuration of the repository names', async () => {
    const { root, head } = testRepository({ [CODE]: code(['one']), ignored: '' });
    const ignored = commitFiles(root, 'Comment', { [CODE]: code(['one'], { one: ' // why' }) });
    writeFileSync(join(root, 'ignored'), `${ignored}\n`);
    git(root, ['config', 'blame.ignoreRevsFile', join(root, 'ignored')]);
    const engine = await engineOf(root);
    expect(commitsIn(await engine.why({ path: CODE, line: 9 })).map(({ sha }) => sha)).toEqual([ignored, head]);
    git(root, ['config', 'blame.ignoreRevsFile', join(root, 'missing')]);
    const missing = await (await engineOf(root)).why({ path: CODE, line: 9 });
    expect(missing.notices?.[0]).toMatch(
      /^Git cannot tell who changed these lines, because blame\.ignoreRevsFile in its configuration cannot be used: .*missing\.$/,
    );
    expect(commitsIn(missing).map(({ evidence }) => evidence[0]?.kind)).toEqual(['changed-together', 'changed-together']);
  });

  it('say what is not in a shallow clone', async () => {
    const files = { ...RECORDS, [CODE]: code(['one', 'two']) };
    const edit = { message: 'Retry, ADR-8', files: { [CODE]: code(['one', 'two'], { one: ' // retry' }) } };
    const { root } = testRepository(files, { commits: [{ message: 'Edit', files: { [CODE]: code(['one', 'two']) } }, edit] });
    const clone = join(testFolder(), 'clone');
    git(root, ['clone', '--quiet', '--depth=2', `file://${root}`, clone]);
    const engine = await engineOf(clone);
    const answer = await engine.why({ path: CODE, line: 9 });
    expect(commitsIn(answer).map(({ title }) => title)).toEqual(['Retry, ADR-8']);
    expect(answer.notices).toHaveLength(1);
    const edge = git(clone, ['rev-parse', 'HEAD~1']).slice(0, 7);
    expect(answer.notices?.[0]).toBe(
      `History before ${edge} is not in this shallow clone. Run "git fetch --unshallow" to see who wrote these lines.`,
    );
  });
});

describe('history as of a commit', () => {
  const grow = () =>
    testRepository(
      { ...RECORDS, [CODE]: code(['one']) },
      {
        commits: [
          { message: 'Retry, ADR-8', files: { [CODE]: code(['one'], { one: ' // a' }) } },
          { message: 'Log, ADR-7', files: { [CODE]: code(['one'], { one: ' // b' }) } },
          { message: 'Side, ADR-7', branch: 'side', files: { [CODE]: code(['one'], { one: ' // c' }) } },
          { message: 'Main', files: { 'README.md': 'text' } },
          { message: 'Merge side', merge: 'side' },
        ],
      },
    );

  it('is that of its first parent and what came before, never the commit itself', async () => {
    const { root, shas } = grow();
    const engine = await engineOf(root);
    const at = async (asOf: string) => {
      const answer = await engine.why({ path: CODE, line: 9, asOf });
      return [...new Set(commitsIn(answer).map(({ title }) => title))].sort();
    };
    expect(await at(shas[0] ?? '')).toEqual([]);
    expect(await at(shas[1] ?? '')).toEqual(['Start the project']);
    expect(await at(shas[2] ?? '')).toEqual(['Retry, ADR-8', 'Start the project']);
    expect(await at(shas[5] ?? '')).toEqual(['Log, ADR-7', 'Retry, ADR-8', 'Start the project']);
    const answer = await engine.why({ path: CODE, line: 9, asOf: shas[2] ?? '' });
    expect(evidenceOf(answer, OUTBOX).join()).toContain('changed-together: cited by commit');
    expect(evidenceOf(answer, KAFKA).join()).not.toContain('cited by commit');
  });

  it('fails clearly for a commit that is not there', async () => {
    const { root } = testRepository({ ...RECORDS, [CODE]: code(['one']) });
    const engine = await engineOf(root);
    const unknown = { code: 'unknown-commit', message: expect.stringContaining('has no commit') };
    for (const asOf of ['f'.repeat(40), '', '--all', 'HEAD..main', 'no such name'])
      await expect(engine.why({ path: CODE, line: 3, asOf })).rejects.toMatchObject(unknown);
    const plain = testFolder();
    writeFileSync(join(plain, 'a.ts'), 'x\n');
    await expect((await engineOf(plain)).why({ path: 'a.ts', asOf: 'f'.repeat(40) })).rejects.toMatchObject({ code: 'unknown-commit' });
  });
});

describe('records and code that were written together', () => {
  it('stay so when both are moved', async () => {
    const start = { 'decisions/0008-transactional-outbox.md': RECORDS[OUTBOX] ?? '', 'lib/send.ts': code(['one']) };
    const { root } = testRepository({ 'README.md': 'Shop' });
    const together = commitFiles(root, 'Send through an outbox', start, { date: '2024-02-01T10:00:00Z' });
    git(root, ['rm', '--quiet', '-r', 'decisions', 'lib']);
    commitFiles(
      root,
      'Move',
      { [OUTBOX]: start['decisions/0008-transactional-outbox.md'], [CODE]: code(['one']) },
      { date: '2024-02-02T10:00:00Z' },
    );
    const engine = await engineOf(root);
    const answer = await engine.why({ path: CODE });
    expect(evidenceOf(answer, OUTBOX).join()).toContain('changed-together: written together in 2 commits');
    expect(together).toMatch(/^[0-9a-f]{40}$/);
  });

  it('are found by a citation of the path that the record had', async () => {
    const old = 'architecture/choices/send.md';
    const cites = `// See ${old}.\n${code(['one'])}`;
    const { root } = testRepository({ [old]: RECORDS[OUTBOX] ?? '', [CODE]: cites });
    git(root, ['rm', '--quiet', old]);
    commitFiles(root, 'Move the record', { [OUTBOX]: RECORDS[OUTBOX] ?? '' }, { date: '2024-02-02T10:00:00Z' });
    const engine = await engineOf(root);
    expect(await engine.citations({ path: CODE })).toMatchObject([{ text: old, targets: [{ id: OUTBOX }] }]);
    const answer = await engine.why({ path: CODE, line: 1, unasked: true });
    expect(answer.governing.map(({ id }) => id)).toEqual([OUTBOX]);
  });
});
