import { describe, expect, it } from 'vitest';
import { soak } from './soak.ts';

/** A minute where a machine waits for it, a few seconds where a person does. `npm run bench -- soak --minutes 30` is the whole of it. */
const MINUTES = process.env.CI ? 1 : 0.25;

describe('two editors, command lines, edits, commits, branches and rebuilds at once', () => {
  it('get no wrong answer, and leave an index that equals a fresh one', { timeout: 600_000 }, async () => {
    const { wrong, asked, changed, rebuilt } = await soak({ minutes: MINUTES, least: 12 });
    expect(wrong).toEqual([]);
    expect(asked).toBeGreaterThan(10);
    expect(changed).toBeGreaterThan(3);
    expect(rebuilt).toBeGreaterThan(0);
  });
});
