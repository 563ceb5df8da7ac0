import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { materialise } from '../../kb-samples/materialise.mjs';
import { openEngine } from '../../server/engine/engine.ts';
import type { Engine } from '../../server/model/engine.ts';
import { temporaryFolder } from '../support/folder.ts';

interface Cases {
  readonly records: readonly { path: string; status?: string; title: string }[];
  readonly notRecords: readonly (string | { path: string })[];
  readonly specifications: readonly (string | { path: string })[];
  readonly citesWell: readonly { path: string; text: string; record: string }[];
  readonly citesForeign: readonly { path: string; text: string }[];
  readonly citesSuperseded: readonly { path: string; record: string; inForce: string }[];
  readonly supersessions: readonly { old: string; new: string; kind: string }[];
  readonly searches: readonly { query: string; expect?: string; expectCommit?: string }[];
}

const cases = JSON.parse(readFileSync(join(import.meta.dirname, '../../kb-samples/cases.json'), 'utf8')) as Cases;
const pathOf = (item: string | { path: string }): string => (typeof item === 'string' ? item : item.path);

const work = temporaryFolder('lintel-sample');
const folder = join(work.path, 'shop');
let engine: Engine;

beforeAll(async () => {
  await materialise(folder);
  engine = await openEngine({ folder, indexFolder: join(work.path, 'index') });
  await engine.index();
});

afterAll(async () => {
  await engine.dispose();
  work.remove();
});

describe('the sample workspace in the engine', () => {
  it('knows every record and specification, and takes no template or index for a record', async () => {
    const decisions = (await engine.documents(['decision'])).map(({ id }) => id);
    expect(decisions).toEqual(cases.records.map(({ path }) => path).sort());
    const specifications = (await engine.documents(['specification'])).map(({ id }) => id);
    expect(specifications).toEqual(cases.specifications.map(pathOf).sort());
  });

  it('reads the status of every record', async () => {
    const found = new Map((await engine.documents(['decision'])).map((head) => [head.id, head.status?.value]));
    for (const { path, status } of cases.records) if (status) expect([path, found.get(path)]).toEqual([path, status]);
  });

  it('resolves every citation that is written well', async () => {
    const wrong: string[] = [];
    for (const { path, text, record } of cases.citesWell) {
      const line = readFileSync(join(folder, path), 'utf8')
        .split('\n')
        .findIndex((candidate) => candidate.includes(text));
      const here = (await engine.citations({ path })).filter((citation) => citation.span.start.line === line);
      if (!here.some(({ targets }) => targets.length === 1 && targets[0]?.path === record)) wrong.push(`${path}: ${text}`);
    }
    expect(wrong).toEqual([]);
  });

  it('shows the cited record as governing on the line of its citation', async () => {
    const hovered = { path: 'services/orders/src/events/outbox.ts', unasked: true };
    const line = readFileSync(join(folder, hovered.path), 'utf8')
      .split('\n')
      .findIndex((candidate) => candidate.includes('ADR-0014'));
    const { governing, index } = await engine.why({ ...hovered, line });
    expect(governing[0]?.path).toBe('docs/decisions/0014-transactional-outbox.md');
    expect(governing[0]?.evidence[0]).toMatchObject({ kind: 'cited' });
    expect(index.behind).toBe(0);
  });

  it('shows the successor as governing where code cites a superseded record', async () => {
    const old = new Set(cases.supersessions.filter(({ kind }) => kind === 'full').map((item) => item.old));
    expect(cases.citesSuperseded.length).toBeGreaterThan(0);
    for (const { path, record, inForce } of cases.citesSuperseded) {
      const ids = (await engine.why({ path })).governing.map(({ id }) => id);
      expect([path, old.has(record), ids[0], ids.filter((id) => old.has(id))]).toEqual([path, true, inForce, []]);
    }
  });

  it('shows every record that a file cites well as governing there, and no superseded one', async () => {
    const old = new Set(cases.supersessions.filter(({ kind }) => kind === 'full').map((item) => item.old));
    const wrong: string[] = [];
    for (const path of new Set(cases.citesWell.map((item) => item.path))) {
      const ids = (await engine.why({ path })).governing.map(({ id }) => id);
      const cited = cases.citesWell.filter((item) => item.path === path).map(({ record }) => record);
      if (!cited.every((record) => ids.includes(record))) wrong.push(`${path} lacks one of ${cited}`);
      if (ids.some((id) => old.has(id))) wrong.push(`${path} shows a superseded record`);
    }
    expect(wrong).toEqual([]);
  });

  it('shows exactly the records that govern a file, with the reasons in the structure of the repository', async () => {
    const { governing } = await engine.why({ path: 'infra/terraform/database.tf', line: 3 });
    expect(governing.map(({ id, evidence }) => [id, evidence.map(({ kind }) => kind)])).toEqual([
      ['docs/decisions/0003-one-postgres-schema-per-service.md', ['cited', 'cited']],
      ['docs/decisions/0023-name-resources-by-capability.md', ['scoped', 'scoped']],
    ]);
  });

  it('labels what is only similar as similar, and never as governing', async () => {
    const { governing, probable, related } = await engine.why({ path: 'services/payments/internal/api/payments.go', line: 20 });
    expect(governing).toEqual([]);
    // What probably governs has something at hand that speaks for it, beside its text.
    expect(probable.map(({ id, evidence }) => [id, evidence.some(({ kind }) => kind !== 'similar')])).toEqual([
      ['docs/decisions/0011-money-as-integer-minor-units.md', true],
      ['services/payments/docs/adr/20241105-use-fjordpay-as-payment-provider.md', true],
    ]);
    const similar = related.filter(({ evidence }) => evidence.some(({ kind }) => kind === 'similar'));
    expect(similar.map(({ id }) => id)).toEqual([
      'services/payments/docs/adr/20250212-use-webhooks-instead-of-polling.md',
      'services/payments/docs/adr/20251008-refund-to-original-card-only.md',
      'services/payments/docs/adr/20250612-capture-on-dispatch.md',
      'contracts/asyncapi/market-events.yaml',
    ]);
    expect(related.filter(({ kind }) => kind === 'commit').length).toBe(3);
  });

  it('puts the expected document among the first five for most paraphrased questions', async () => {
    let found = 0;
    for (const { query, expect: path, expectCommit } of cases.searches) {
      const { hits } = await engine.search({ text: query, limit: 5 });
      if (hits.some((hit) => hit.path === path || (expectCommit !== undefined && hit.title === expectCommit))) found += 1;
    }
    expect(found / cases.searches.length).toBeGreaterThanOrEqual(0.8);
  });

  it('narrows a search by kind, status, path and date', async () => {
    const kinds = await engine.search({ text: 'message broker events', filter: { kinds: ['commit'] } });
    expect(new Set(kinds.hits.map((hit) => hit.kind))).toEqual(new Set(['commit']));
    const statuses = await engine.search({ text: 'message broker events', filter: { statuses: ['superseded'] } });
    expect(new Set(statuses.hits.map((hit) => hit.status))).toEqual(new Set(['superseded']));
    const below = await engine.search({ text: 'refund card payment', filter: { path: 'services/payments', kinds: ['decision'] } });
    expect(below.hits.length).toBeGreaterThan(0);
    for (const hit of below.hits) expect(hit.path).toMatch(/^services\/payments\//);
    const since = await engine.search({ text: 'orders', filter: { since: '2025-06-01' } });
    for (const hit of since.hits) expect((hit.date ?? '') >= '2025-06-01').toBe(true);
  });

  it('gives snippets that stand verbatim where their span says', async () => {
    const { hits } = await engine.search({ text: 'why do we retry payments', filter: { kinds: ['decision', 'guide'] } });
    expect(hits.length).toBeGreaterThan(3);
    for (const hit of hits) {
      const lines = readFileSync(join(folder, hit.path ?? ''), 'utf8').split('\n');
      const { start } = hit.span;
      expect((lines[start.line] ?? '').slice(start.character)).toContain(hit.snippet.split('\n')[0]);
    }
  });

  it('gives the same bytes for the same question', async () => {
    const ask = async () => JSON.stringify(await engine.search({ text: 'timeouts between services', limit: 50 }));
    expect(await ask()).toBe(await ask());
  });

  it('finds a record right after it was saved, and no longer after it was deleted', async () => {
    const path = 'docs/decisions/0099-paint-vans-with-zirconium.md';
    writeFileSync(
      join(folder, path),
      '# Paint vans with zirconium\n\n## Status\n\nAccepted\n\n## Decision\n\nAll vans are zirconium grey.\n',
    );
    const report = await engine.changed([path]);
    expect(report).toMatchObject({ added: 1, updated: 0, removed: 0 });
    expect((await engine.search({ text: 'zirconium vans', limit: 1 })).hits[0]?.path).toBe(path);
    const { rmSync } = await import('node:fs');
    rmSync(join(folder, path));
    expect(await engine.changed([path])).toMatchObject({ removed: 1 });
    expect((await engine.search({ text: 'zirconium', limit: 1 })).hits[0]?.path).not.toBe(path);
    expect(existsSync(join(folder, path))).toBe(false);
  });

  it('says that nothing is wrong when asked', async () => {
    expect((await engine.doctor()).filter(({ ok }) => !ok)).toEqual([]);
  });
});
