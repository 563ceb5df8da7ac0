import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openEngine } from '../../server/engine/engine.ts';
import type { Engine } from '../../server/model/engine.ts';
import { temporaryFolder } from '../support/folder.ts';
import { git } from '../support/git.ts';
import { syntheticRepository } from '../support/synthetic.ts';

describe('a history of 5,000 commits', () => {
  const work = temporaryFolder('lintel-large');
  const made = syntheticRepository({ commits: 5_000, documents: 120, codeFiles: 40 });
  let engine: Engine;

  beforeAll(async () => {
    engine = await openEngine({ folder: made.root, indexFolder: work.path });
    await engine.index();
  }, 120_000);

  afterAll(async () => {
    await engine.dispose();
    made.remove();
    work.remove();
  });

  /** Numbers in the trailers of the commits that changed a file, merges left out, newest first: as git tells it. */
  const cited = (path: string): Map<string, string[]> => {
    const log = git(made.root, ['log', '--no-merges', '--format=%H %(trailers:key=Decision,valueonly,separator=%x2C)', '--', path]);
    const out = new Map<string, string[]>();
    for (const line of log.split('\n')) {
      const [sha = '', number = ''] = line.split(' ');
      if (number !== '') out.set(number, [...(out.get(number) ?? []), sha]);
    }
    return out;
  };

  it('says, as git does, which commits of a file cite which record', { timeout: 120_000 }, async () => {
    const byNumber = new Map(made.decisions.map((path) => [/(\d{4})/.exec(path)?.[1] ?? '', path]));
    let compared = 0;
    for (const path of made.code.filter((_, index) => index % 2 === 0)) {
      const { governing, related } = await engine.why({ path, most: 1_000 });
      const hits = new Map([...governing, ...related].map((hit) => [hit.id, hit]));
      for (const [number, shas] of cited(path)) {
        const record = byNumber.get(number);
        if (record === undefined) continue;
        const evidence = hits.get(record)?.evidence.find(({ explanation }) => explanation.startsWith('cited by'));
        expect([path, record, evidence]).toMatchObject([path, record, { commits: shas.length }]);
        expect(shas).toContain(evidence?.kind === 'changed-together' ? evidence.sha : '');
        compared++;
      }
    }
    expect(compared).toBeGreaterThan(50);
  });

  it('is bounded by asOf', { timeout: 120_000 }, async () => {
    const middle = made.shas[2_500] ?? '';
    const before = new Set(git(made.root, ['rev-list', `${middle}^1`]).split('\n'));
    for (const path of made.code.slice(0, 4)) {
      const { governing, related } = await engine.why({ path, line: 5, most: 1_000, asOf: middle });
      const evidence = [...governing, ...related].flatMap((hit) => hit.evidence);
      for (const item of evidence) {
        if (item.kind === 'changed-together' || item.kind === 'explained-by')
          expect([item.sha, before.has(item.sha)]).toEqual([item.sha, true]);
      }
      for (const hit of related) if (hit.kind === 'commit') expect(before.has(hit.sha)).toBe(true);
    }
  });
});
