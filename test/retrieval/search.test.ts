import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openEngine } from '../../server/engine/engine.ts';
import type { Engine } from '../../server/model/engine.ts';
import { temporaryFolder } from '../support/folder.ts';

const FILES: Readonly<Record<string, string>> = {
  'docs/adr/0001-rabbitmq.md':
    '# 1. RabbitMQ for domain events\n\n## Status\n\nSuperseded by [2. Kafka](0002-kafka.md)\n\n## Context\n\nThe message broker carries domain events between services.\n\n## Decision\n\nThe message broker for domain events is RabbitMQ, because the message broker is easy to run.\n',
  'docs/adr/0002-kafka.md':
    '# 2. Kafka for domain events\n\n## Status\n\nAccepted\n\n## Decision\n\nDomain events are kept in a log that can be replayed by every new consumer, in Kafka.\n',
  'docs/adr/0003-money.md':
    '# 3. Money as integers\n\n## Status\n\nAccepted\n\n## Decision\n\nPrices are whole cents in `amountMinor`; floating point rounds them wrongly.\n',
  'api/openapi.yaml':
    'openapi: 3.0.3\ninfo: {title: Shop, version: 1.0.0}\npaths:\n  /v1/orders:\n    get:\n      summary: List the orders of a customer\n      responses: {"200": {description: OK}}\n    post:\n      summary: Place an order\n      responses: {"201": {description: Made}}\n',
};

describe('search over a real index', () => {
  const work = temporaryFolder('lintel-search');
  const folder = join(work.path, 'shop');
  let engine: Engine;
  let sha = '';

  beforeAll(async () => {
    mkdirSync(folder, { recursive: true });
    const git = (...args: string[]) =>
      execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.org', '-c', 'commit.gpgsign=false', ...args], {
        cwd: folder,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      });
    git('init', '--quiet');
    for (const [path, text] of Object.entries(FILES)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
      git('add', path);
      git('commit', '--quiet', '-m', `Add ${path.split('/').at(-1)}`);
    }
    sha = git('rev-parse', 'HEAD~1').trim();
    engine = await openEngine({ folder, indexFolder: join(work.path, 'index') });
    await engine.index();
  }, 60_000);

  afterAll(async () => {
    await engine.dispose();
    work.remove();
  });

  const pathsFor = async (text: string): Promise<(string | undefined)[]> => (await engine.search({ text })).hits.map((hit) => hit.path);

  it('puts a superseded record after the one in force, and says what replaced it', async () => {
    const { hits } = await engine.search({ text: 'which message broker carries domain events', filter: { kinds: ['decision'] } });
    const ids = hits.map((hit) => hit.path);
    expect(ids.indexOf('docs/adr/0002-kafka.md')).toBeLessThan(ids.indexOf('docs/adr/0001-rabbitmq.md'));
    expect(hits.find((hit) => hit.path === 'docs/adr/0001-rabbitmq.md')?.supersededBy).toHaveLength(1);
  });

  it.each(['ADR 1', 'ADR-0001', '0001', 'adr/1', 'RabbitMQ for domain events', '0001-rabbitmq.md', 'docs/adr/0001-rabbitmq.md'])(
    'puts the record that %s names first',
    async (text) => {
      expect((await pathsFor(text))[0]).toBe('docs/adr/0001-rabbitmq.md');
    },
  );

  it('leads from an operation to its place in the specification', async () => {
    const [hit] = (await engine.search({ text: 'POST /orders' })).hits;
    expect(hit?.path).toBe('api/openapi.yaml');
    const lines = (FILES['api/openapi.yaml'] ?? '').split('\n');
    expect(lines[hit?.span.start.line ?? -1]).toContain('post:');
  });

  it('finds a commit by the first digits of its sha', async () => {
    const [hit] = (await engine.search({ text: sha.slice(0, 7) })).hits;
    expect(hit?.sha).toBe(sha);
  });

  it('puts the record that holds an identifier first', async () => {
    expect((await pathsFor('amountMinor'))[0]).toBe('docs/adr/0003-money.md');
  });

  it('shows prose and not a status', async () => {
    for (const text of ['floating point prices', 'ADR 3', 'Money as integers']) {
      const hit = (await engine.search({ text, filter: { kinds: ['decision'] } })).hits[0];
      expect(hit?.snippet).toContain('whole cents');
      const lines = readFileSync(join(folder, hit?.path ?? ''), 'utf8').split('\n');
      expect(lines[hit?.span.start.line ?? -1]).toContain(hit?.snippet.slice(0, 10));
    }
  });

  it('gives decisions first, scores that fall within each kind, and the same answer twice', async () => {
    const [one, two] = [await engine.search({ text: 'events' }), await engine.search({ text: 'events' })];
    expect(JSON.stringify(one.hits)).toBe(JSON.stringify(two.hits));
    const kinds = [...new Set(one.hits.map(({ kind }) => kind))];
    for (const each of kinds) {
      const scores = one.hits.filter(({ kind }) => kind === each).map((hit) => hit.score);
      expect(scores).toEqual([...scores].sort((a, b) => b - a));
    }
    const order = ['decision', 'specification', 'guide', 'commit'];
    expect(kinds).toEqual(order.filter((kind) => kinds.some((each) => each === kind)));
  });
});
