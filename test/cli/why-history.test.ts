import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../support/folder.ts';
import { git } from '../support/git.ts';
import { makeRepository } from '../support/repository.ts';
import { lintel } from './run.ts';

const OUTBOX = 'docs/adr/0008-transactional-outbox.md';
const CODE = 'src/send.ts';

interface Printed {
  readonly related: readonly {
    readonly id: string;
    readonly kind: string;
    readonly title: string;
    readonly evidence: readonly { kind: string; explanation: string }[];
  }[];
  readonly notices: readonly string[];
  readonly history?: readonly { readonly subject: string; readonly reason?: { readonly sentence: string } }[];
}

describe('lintel why and history', () => {
  const work = temporaryFolder('lintel-why');
  const made = makeRepository(
    {
      [OUTBOX]: '# Write events to an outbox first\n\n## Status\n\nAccepted\n\n## Decision\n\nWe write first.\n',
      [CODE]: 'one();\ntwo();\n',
    },
    {
      commits: [
        { message: 'Retry\n\nBecause the broker restarts.\n\nDecision: 0008', files: { [CODE]: 'one();\ntwo(); // retry\n' } },
        { message: 'Log', files: { [CODE]: 'one(); // log\ntwo(); // retry\n' } },
      ],
    },
  );
  const run = (args: readonly string[], folder = made.root) => lintel(args, { folder, cache: work.path });
  const why = async (...args: string[]): Promise<Printed> => JSON.parse((await run(['why', ...args, '--json'])).stdout) as Printed;

  beforeAll(async () => {
    expect((await run(['index'])).code).toBe(0);
  });

  afterAll(() => {
    made.remove();
    work.remove();
  });

  it('gives programs the chain of the line as "lintel log" does, and none for a whole file', async () => {
    const { history } = await why(`${CODE}:2`);
    expect(history).toMatchObject([
      { subject: 'Retry', reason: { sentence: 'Because the broker restarts.' } },
      { subject: 'Start the project' },
    ]);
    expect(await why(CODE)).not.toHaveProperty('history');
  });

  it('shows the commits that last changed the lines, with their message', async () => {
    const { code, stdout } = await run(['why', `${CODE}:2`]);
    expect(code).toBe(0);
    expect(stdout).toContain('last changed line 2');
    expect(stdout).toContain('Because the broker restarts.');
    expect(stdout).toMatch(/cited by commit [0-9a-f]{7}, which last changed line 2/);
    const { related } = await why(`${CODE}:2`);
    expect(
      related
        .filter(({ kind }) => kind === 'commit')
        .map(({ title }) => title)
        .sort(),
    ).toEqual(['Log', 'Retry', 'Start the project']);
  });

  it('uses only what was there before the commit of --as-of', async () => {
    const titles = async (sha: string) =>
      (await why(`${CODE}:2`, '--as-of', sha)).related.filter(({ kind }) => kind === 'commit').map(({ title }) => title);
    expect(await titles(made.shas[0] ?? '')).toEqual([]);
    expect(await titles(made.shas[1] ?? '')).toEqual(['Start the project']);
    expect(await titles((made.shas[2] ?? '').slice(0, 8))).toEqual(['Retry', 'Start the project']);
    const before = await why(`${CODE}:2`, '--as-of', made.shas[1] ?? '');
    const reasons = before.related
      .filter(({ id }) => id === OUTBOX)
      .flatMap(({ evidence }) => evidence.map(({ explanation }) => explanation));
    expect(reasons.join()).not.toContain('cited by commit');
  });

  it('refuses a commit that is not there, with exit code 2', async () => {
    const { code, stdout, stderr } = await run(['why', CODE, '--as-of', 'f'.repeat(40)]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(`has no commit ${'f'.repeat(40)}`);
    expect(stderr).toContain('git log');
  });

  it('says on standard error what a shallow clone lacks', async () => {
    const clone = join(work.path, 'clone');
    git(made.root, ['clone', '--quiet', '--depth=1', `file://${made.root}`, clone]);
    const { code, stdout, stderr } = await run(['why', `${CODE}:2`], clone);
    expect(code).toBe(0);
    expect(stdout).not.toContain('last changed');
    expect(stderr).toContain(`lintel: History before ${made.head.slice(0, 7)} is not in this shallow clone.`);
  });
});
