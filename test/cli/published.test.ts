import { describe, expect, it } from 'vitest';
import type { Publishing } from '../../server/model/published.ts';
import { fakeEngine, REPORT } from '../support/engine.ts';
import { runInMemory } from './in-memory.ts';

const PUBLISHED = {
  place: 's3://acme/lintel',
  repository: 'acme/shop',
  commit: 'a'.repeat(40),
  snapshot: 'b'.repeat(64),
  isNew: true,
  bytes: 3 * 1024 * 1024,
  newBytes: 1024 * 1024,
};
const PULLED = { place: 's3://acme/lintel', repository: 'acme/shop', outcome: 'pulled', commit: 'a'.repeat(40), bytes: 2048 } as const;

const engineWith = (own: Partial<Publishing>) =>
  fakeEngine({
    publishing: {
      place: async () => 's3://acme/lintel',
      publish: async () => PUBLISHED,
      pull: async () => ({ ...PULLED, publishedAt: '2026-05-01T10:00:00.000Z', distance: 3 }),
      ...own,
    },
  });

describe('the commands about published indexes', () => {
  it('say what was published and how much of it was new', async () => {
    const engine = engineWith({});
    const { code, out } = await runInMemory(['publish', 's3://acme/lintel'], engine);
    expect([code, out]).toEqual([0, 'Published the index of acme/shop at aaaaaaaaaaaa to s3://acme/lintel: 1.0 MB new of 3.0 MB.\n']);
    const again = await runInMemory(['publish', 's3://acme/lintel'], engineWith({ publish: async () => ({ ...PUBLISHED, isNew: false }) }));
    expect(again.out).toBe('s3://acme/lintel has the index of acme/shop at aaaaaaaaaaaa already.\n');
  });

  it('say how far what was pulled is from HEAD, and what the work tree added', async () => {
    const { out } = await runInMemory(['pull', 's3://acme/lintel'], engineWith({}));
    expect(out).toContain('Pulled the index of acme/shop at aaaaaaaaaaaa, 3 commits from HEAD, published on 2026-05-01 (0.0 MB).');
    expect(out).toContain(`${REPORT.added} added, ${REPORT.updated} updated, ${REPORT.removed} removed`);
    const json = await runInMemory(['pull', 's3://acme/lintel', '--json'], engineWith({}));
    expect(JSON.parse(json.out)).toMatchObject({ outcome: 'pulled', distance: 3, index: { added: REPORT.added } });
  });

  it('give the engine the name, and the folder that the place is relative to', async () => {
    const asked: unknown[] = [];
    const pull: Publishing['pull'] = async (place, base, options) => {
      asked.push(place, base, options?.name, options?.force);
      return { ...PULLED, publishedAt: '', outcome: 'current' };
    };
    const { out } = await runInMemory(['pull', '../indexes', '--name', 'acme/shop', '--force'], engineWith({ pull }));
    expect(asked).toEqual(['../indexes', expect.any(String), 'acme/shop', true]);
    expect(out).toContain('nothing was pulled');
  });

  it('do nothing at a place that only the repository names, unless somebody agrees', async () => {
    const engine = engineWith({ publish: async () => Promise.reject(new Error('not asked for')) });
    const { code, err } = await runInMemory(['publish'], engine);
    expect(code).toBe(3);
    expect(err).toContain('lintel.yaml names s3://acme/lintel. Nothing was done; agree with --yes.');
    const agreed = await runInMemory(['publish', '--yes'], engineWith({}));
    expect(agreed.code).toBe(0);
    const nowhere = await runInMemory(['publish'], engineWith({ place: async () => undefined }));
    expect([nowhere.code, nowhere.err]).toEqual([2, expect.stringContaining('Name a place')]);
  });
});
