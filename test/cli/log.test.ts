import { afterAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../support/folder.ts';
import { makeRepository } from '../support/repository.ts';
import { lintel } from './run.ts';

const CODE = 'src/lock.ts';
const WHY = 'The old order fails when two hosts start at once, because both take the lock.';

describe('lintel log', () => {
  const work = temporaryFolder('lintel-log');
  const made = makeRepository(
    { 'README.md': '# Shop\n' },
    {
      commits: [
        { message: `Take the lock first\n\n${WHY}\n`, files: { [CODE]: 'take(lock, first);\nrun(first);\n' } },
        { message: 'Run the formatter', files: { [CODE]: 'take( lock, first )\nrun(first);\n' } },
      ],
    },
  );
  const run = (...args: readonly string[]) => lintel(['log', ...args], { folder: made.root, cache: work.path });

  afterAll(() => {
    made.remove();
    work.remove();
  });

  it('prints the chain of a line without an index: what touched it, what made it, and why', async () => {
    const { code, stdout } = await run(`${CODE}:1`);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Run the formatter \[only reformatted\]\n {2}[0-9a-f]{12}.*src\/lock\.ts:1\n\nTake the lock first\n/);
    expect(stdout).toContain(`  Why: ${WHY}\n`);
  });

  it('gives the same to programs', async () => {
    const { stdout } = await run(`${CODE}:1`, '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      commits: [
        { subject: 'Run the formatter', touch: 'layout' },
        { subject: 'Take the lock first', reason: { sentence: WHY } },
      ],
      uncommitted: false,
      notices: [],
    });
  });

  it('lists the commits of a file, newest first', async () => {
    const { stdout } = await run(CODE);
    expect(stdout.split('\n\n').map((text) => text.split('\n')[0])).toEqual(['Run the formatter', 'Take the lock first']);
  });

  it('refuses a line that is not there', async () => {
    expect((await run(`${CODE}:9`)).code).toBe(2);
    expect((await run()).code).toBe(2);
  });
});
