import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { OUTBOX, type SampleRepository, shopRepository, temporaryFolder } from '../lsp/sample-repository.ts';
import { runInMemory } from './in-memory.ts';
import { lintel, startCli } from './run.ts';

const position = z.strictObject({ line: z.int().min(0), character: z.int().min(0) });
const span = z.strictObject({ start: position, end: position });
const evidence = z.looseObject({
  kind: z.enum(['cited', 'scoped', 'declared', 'neighbour', 'changed-together', 'explained-by', 'similar', 'matched']),
  explanation: z.string().min(1),
  weight: z.number().min(0).max(1),
});
const hit = z.strictObject({
  id: z.string().min(1),
  kind: z.enum(['decision', 'specification', 'guide', 'commit']),
  path: z.string().optional(),
  sha: z.string(),
  title: z.string(),
  number: z.string().optional(),
  status: z.enum(['proposed', 'accepted', 'rejected', 'deprecated', 'superseded', 'unknown']).optional(),
  score: z.number().min(0).max(1),
  level: z.enum(['governs', 'probably', 'related']).optional(),
  wholeFile: z.boolean().optional(),
  confidence: z.number().min(0).max(1).optional(),
  snippet: z.string(),
  span,
  evidence: z.array(evidence).min(1),
  reason: z.string().min(1).optional(),
  weak: z.literal(true).optional(),
  copies: z.int().positive().optional(),
});
const index = z.strictObject({ sha: z.string(), behind: z.int().min(0) });
const searchShape = z.strictObject({ hits: z.array(hit), weak: z.literal(true).optional(), index });
const whyShape = z.strictObject({
  history: z.array(z.looseObject({ sha: z.string(), subject: z.string(), path: z.string(), line: z.int().min(0) })).optional(),
  governing: z.array(hit),
  probable: z.array(hit),
  related: z.array(hit),
  index,
  notices: z.array(z.string()),
});
const statusShape = z.looseObject({
  state: z.literal('ready'),
  root: z.string(),
  folder: z.string(),
  position: index,
  counts: z.record(z.string(), z.int()),
  passages: z.int(),
  model: z.string(),
  notices: z.array(z.string()),
});
const doctorShape = z.strictObject({ checks: z.array(z.strictObject({ check: z.string(), ok: z.boolean(), detail: z.string() })).min(3) });

const NATS = 'docs/adr/0003-send-events-through-nats.md';

describe('lintel in a shop', () => {
  let shop: SampleRepository;
  let cache: string;
  const run = (args: readonly string[], more: { folder?: string; environment?: Record<string, string> } = {}) =>
    lintel(args, { folder: shop.root, cache, ...more });

  beforeAll(async () => {
    shop = shopRepository();
    cache = temporaryFolder();
    expect(await run(['index'])).toMatchObject({ code: 0 });
  });
  afterAll(() => shop.remove());

  it('indexes, says on standard output what it did, and shows progress on standard error line by line', async () => {
    const { code, stdout, stderr } = await run(['index', '--full']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Indexed .* in \d+\.\d s: \d+ added, 0 updated, 0 removed, 0 unchanged\./);
    const percentages = [...stderr.matchAll(/^Indexing (\d+)%/gm)].map(([, percent]) => Number(percent));
    expect(percentages.length).toBeGreaterThan(0);
    expect(percentages.length).toBeLessThanOrEqual(11);
    expect(percentages).toEqual([...new Set(percentages)].sort((a, b) => a - b));
    expect(stderr).not.toContain('\r');
  });

  it('indexes another folder by path or by --repo, not by both', async () => {
    const elsewhere = temporaryFolder();
    const byPath = await run(['index', shop.root, '--json'], { folder: elsewhere });
    expect(JSON.parse(byPath.stdout)).toMatchObject({ added: 0, cancelled: false });
    expect(await run(['index', shop.root, '--repo', shop.root], { folder: elsewhere })).toMatchObject({ code: 2, stdout: '' });
  });

  it('searches and prints exactly the documented JSON', async () => {
    const { code, stdout, stderr } = await run(['search', 'publish', 'events', 'through', 'NATS', '--json']);
    expect(code).toBe(0);
    expect(stderr).toBe('');
    const answer = searchShape.parse(JSON.parse(stdout));
    expect(answer.hits[0]).toMatchObject({ id: NATS, path: NATS, kind: 'decision', status: 'accepted' });
    expect(answer.index).toEqual({ sha: shop.git('rev-parse', 'HEAD'), behind: 0 });
  });

  it('filters by kind, status, path and day, and limits', async () => {
    const hits = async (...args: string[]) =>
      searchShape.parse(JSON.parse((await run(['search', 'events', ...args, '--json'])).stdout)).hits;
    expect(new Set((await hits('--kind', 'commit,specification')).map(({ kind }) => kind)).has('decision')).toBe(false);
    expect((await hits('--kind', 'decision', '--kind', 'commit')).every(({ kind }) => kind === 'decision' || kind === 'commit')).toBe(true);
    expect((await hits('--status', 'superseded')).map(({ id }) => id)).toEqual(['docs/adr/0002-send-events-through-kafka.md']);
    expect((await hits('--path', 'docs/adr', '--kind', 'decision')).length).toBeGreaterThan(1);
    expect(await hits('--path', 'no/such/folder')).toEqual([]);
    expect(await hits('--kind', 'decision', '--until', '2020-01-01')).toEqual([]);
    expect(await hits('--limit', '1')).toHaveLength(1);
  });

  it('finds nothing without failing', async () => {
    const outcome = await run(['search', 'zzyzx', '--kind', 'decision', '--until', '1999-01-01']);
    expect(outcome).toEqual({ code: 0, stdout: 'Nothing found for "zzyzx".\n', stderr: '' });
  });

  it('prints hits for people with status, a clickable place and reasons, and no escape sequences into a pipe', async () => {
    const { code, stdout } = await run(['search', 'send', 'events'], { folder: join(shop.root, 'docs') });
    expect(code).toBe(0);
    expect(stdout).toMatch(/\[accepted\] 0003 Send events through NATS/);
    expect(stdout).toMatch(/^ +adr\/0003-send-events-through-nats\.md:\d+$/m);
    expect(stdout).toMatch(/^ +- superseded by .*0003/m);
    expect(stdout).toMatch(/^ +- (mentions|similar in meaning)/m);
    expect(stdout).not.toContain('\u001b');
  });

  it('says why a file or a line is as it is, in exactly the documented JSON', async () => {
    const whole = whyShape.parse(JSON.parse((await run(['why', 'services/orders/src/outbox.ts', '--json'])).stdout));
    expect(whole.governing.map(({ id }) => id)).toContain(NATS);
    const line = whyShape.parse(JSON.parse((await run(['why', 'services/orders/src/outbox.ts:3', '--json'])).stdout));
    expect(line.governing[0]).toMatchObject({ id: 'docs/adr/0001-keep-orders-in-postgresql.md' });
    expect(line.governing.every(({ status }) => status !== 'superseded')).toBe(true);
    const none = whyShape.parse(JSON.parse((await run(['why', 'tools/paint.ts:1', '--json'])).stdout));
    expect(none.governing).toEqual([]);
  });

  it('finds the file from the current folder, from the root, and by its absolute path', async () => {
    const folder = join(shop.root, 'services', 'orders');
    for (const file of ['src/outbox.ts:3', 'services/orders/src/outbox.ts:3', join(shop.root, 'services/orders/src/outbox.ts:3:7')]) {
      const { stdout, code } = await run(['why', file, '--json'], { folder });
      expect(code).toBe(0);
      expect(whyShape.parse(JSON.parse(stdout)).governing.length).toBeGreaterThan(0);
    }
    const elsewhere = temporaryFolder();
    const { stdout } = await run(['why', '--repo', shop.root, 'services/orders/src/outbox.ts'], { folder: elsewhere });
    expect(stdout).toContain('Governing services/orders/src/outbox.ts');
    expect(stdout).toContain(`${relative(elsewhere, join(shop.root, NATS))}:17`);
  });

  it('says so where nothing governs', async () => {
    expect((await run(['why', 'tools/paint.ts'])).stdout).toContain('No decision governs tools/paint.ts.');
  });

  it('refuses a file that is not there, outside, or a line 0', async () => {
    for (const [file, words] of [
      ['gone.ts:3', /no file gone\.ts/],
      ['/etc/hostname', /outside the repository|no file/],
      ['services/orders/src/outbox.ts:0', /counted from 1/],
      ['services', /no file services/],
    ] as const) {
      const { code, stdout, stderr } = await run(['why', file]);
      expect({ file, code, stdout }).toEqual({ file, code: 2, stdout: '' });
      expect(stderr).toMatch(words);
    }
  });

  it('brings a stale index up to date before it answers, unless told not to', async () => {
    const path = 'docs/adr/0007-weigh-by-balance.md';
    shop.write(path, '# 7. Weigh by balance\n\n## Status\n\nAccepted\n\n## Decision\n\nFlour is weighed by a brass balance.\n');
    const sha = shop.commit('Weigh flour by balance');
    const stale = await run(['search', 'brass balance flour', '--no-update', '--json']);
    const before = searchShape.parse(JSON.parse(stale.stdout));
    expect(before.hits.some(({ id }) => id === path)).toBe(false);
    expect(before.index.behind).toBeGreaterThan(0);
    expect((await run(['search', 'brass balance flour', '--no-update'])).stderr).toMatch(/index is \d+ changes? behind/);
    const after = searchShape.parse(JSON.parse((await run(['search', 'brass balance flour', '--json'])).stdout));
    expect(after.hits[0]?.id).toBe(path);
    expect(after.index).toEqual({ sha, behind: 0 });
  });

  it('sees a record that is not committed yet', async () => {
    const path = 'docs/adr/0008-label-in-braille.md';
    shop.write(path, '# 8. Label in Braille\n\n## Status\n\nProposed\n\n## Decision\n\nShelves carry braille labels.\n');
    const { hits } = searchShape.parse(JSON.parse((await run(['search', 'braille labels', '--json'])).stdout));
    expect(hits[0]).toMatchObject({ id: path, status: 'proposed' });
  });

  it('shows the status for programs and for people', async () => {
    const status = statusShape.parse(JSON.parse((await run(['status', '--json'])).stdout));
    expect(status).toMatchObject({ root: shop.root, position: { behind: 0 } });
    expect(status.counts.decision).toBeGreaterThanOrEqual(4);
    const { stdout, code } = await run(['status']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^State +ready, current at [0-9a-f]{12}$/m);
    expect(stdout).toMatch(/^Documents +\d+ decisions, 1 specification, /m);
  });

  it('examines every part', async () => {
    const { code, stdout } = await run(['doctor', '--json']);
    expect(code).toBe(0);
    const { checks } = doctorShape.parse(JSON.parse(stdout));
    expect(checks.every(({ ok }) => ok)).toBe(true);
    expect((await run(['doctor'])).stdout).toMatch(/^ok .*git/m);
  });

  it('does not let a repository write escape sequences to the terminal', async () => {
    shop.write(
      'docs/adr/0009-wild.md',
      '# 9. Wild \u001b[31mtitle\u001b]0;owned\u0007 \u202egnp\n\n## Status\n\nAccepted\n\n## Decision\n\nQuokkas \u001b[2J are \u0007 wild.\n',
    );
    const { stdout } = await run(['search', 'quokkas wild']);
    expect(stdout).toContain('Quokkas');
    expect([...stdout].some((character) => character !== '\n' && /[\p{Cc}\p{Bidi_Control}]/u.test(character))).toBe(false);
  });

  it('ends quietly when its reader goes away', async () => {
    const child = startCli(['search', 'events', 'orders', '--limit', '200', '--json'], { folder: shop.root, cache });
    child.stdout.destroy();
    let stderr = '';
    child.stderr.on('data', (data) => {
      stderr += data;
    });
    const code = await new Promise((done) => child.on('close', done));
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  it('answers from what is there and says so where the index cannot be written', async () => {
    const file = join(temporaryFolder(), 'a-file');
    writeFileSync(file, '');
    const { code, stderr, stdout } = await lintel(['search', 'events', '--json'], {
      folder: shop.root,
      cache,
      environment: { LINTEL_INDEX: join(file, 'below') },
    });
    expect([0, 3]).toContain(code);
    expect(stderr).toContain('lintel: ');
    expect(stderr).not.toMatch(/^\s+at /m);
    if (code === 0) searchShape.parse(JSON.parse(stdout));
    else expect(stdout).toBe('');
  });
});

describe('lintel elsewhere', () => {
  const cache = temporaryFolder();

  it('works in a plain folder without git and says what is missing', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'docs/adr'), { recursive: true });
    writeFileSync(join(folder, 'docs/adr/0001-use-ropes.md'), '# 1. Use ropes\n\n## Status\n\nAccepted\n\n## Decision\n\nWe use ropes.\n');
    const { hits } = searchShape.parse(JSON.parse((await lintel(['search', 'ropes', '--json'], { folder, cache })).stdout));
    expect(hits[0]).toMatchObject({ id: 'docs/adr/0001-use-ropes.md', sha: '' });
    expect((await lintel(['status'], { folder, cache })).stdout).toMatch(/^Notice .*git/m);
  });

  it('names a folder that does not exist', async () => {
    const { code, stderr, stdout } = await lintel(['search', 'x', '--repo', '/no/such/folder'], { folder: temporaryFolder(), cache });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('/no/such/folder');
  });

  it('says where git is missing', async () => {
    const shop = shopRepository();
    const environment = { PATH: temporaryFolder() };
    const { code, stdout, stderr } = await lintel(['doctor'], { folder: shop.root, cache, environment });
    expect(code).toBe(1);
    expect(stdout).toMatch(/^FAIL .*git/m);
    expect(stderr).not.toMatch(/^\s+at /m);
    const search = await lintel(['search', 'events'], { folder: shop.root, cache, environment });
    expect(`${search.stdout}${search.stderr}`).not.toMatch(/ENOENT|^\s+at /m);
    expect(search.stderr).toMatch(/git/);
    shop.remove();
  });

  it('works below the root of a repository', async () => {
    const shop = shopRepository();
    const { stdout } = await lintel(['why', 'outbox.ts:3', '--json'], { folder: join(shop.root, 'services/orders/src'), cache });
    expect(whyShape.parse(JSON.parse(stdout)).governing.length).toBeGreaterThan(0);
    expect(OUTBOX).toContain('ADR-0001');
    shop.remove();
  });

  it('ends with 130 on Ctrl-C and leaves an index that the next run completes', async () => {
    const shop = shopRepository();
    for (let number = 10; number < 1500; number++)
      shop.write(
        `docs/adr/${String(number).padStart(4, '0')}-rule.md`,
        `# ${number}. Rule ${number}\n\n## Status\n\nAccepted\n\n## Decision\n\n${`Rule ${number} holds. `.repeat(200)}\n`,
      );
    const child = startCli(['index'], { folder: shop.root, cache });
    let stderr = '';
    const code = await new Promise((done) => {
      child.stderr.setEncoding('utf8').on('data', (data: string) => {
        if (stderr === '') child.kill('SIGINT');
        stderr += data;
      });
      child.on('close', done);
    });
    expect(code).toBe(130);
    expect(stderr).toContain('lintel: canceled.');
    const status = statusShape.parse(JSON.parse((await lintel(['status', '--json'], { folder: shop.root, cache })).stdout));
    expect(status.counts.decision).toBe(1494);
    shop.remove();
  });
});

describe('the command line', () => {
  const options = { folder: temporaryFolder(), cache: temporaryFolder() };

  it('shows its version, help, and the help of every command', async () => {
    expect((await lintel(['--version'], options)).stdout).toMatch(/^lintel \d+\.\d+\.\d+\n$/);
    const help = await lintel(['--help'], options);
    expect(help.code).toBe(0);
    // The same words come out of the process; the others need none of their own.
    expect((await runInMemory(['--help'])).out).toBe(help.stdout);
    for (const name of ['index', 'search', 'why', 'status', 'doctor']) {
      expect(help.stdout).toContain(`  ${name} `);
      const own = await runInMemory([name, '--help']);
      expect(own).toMatchObject({ code: 0, err: '' });
      expect(own.out).toContain(`Usage: lintel ${name}`);
      expect((await runInMemory(['help', name])).out).toBe(own.out);
    }
  });

  it.each([
    [[], /Name a command/],
    [['serach', 'x'], /no command "serach".*"search"/],
    [['search'], /needs QUERY/],
    [['search', 'x', '--limt', '3'], /no option --limt .*"--limit"/],
    [['search', 'x', '--limit', '0'], /1 to 200/],
    [['search', 'x', '--limit', '1e1'], /1 to 200/],
    [['search', 'x', '--limit'], /limit/],
    [['search', 'x', '--kind', 'decisions'], /no kind "decisions".*"decision"/],
    [['search', 'x', '--status', 'acepted'], /"accepted"/],
    [['search', 'x', '--since', '2024-02-31'], /--since takes a day/],
    [['search', '  '], /what to search for/],
    [['status', 'extra'], /Unexpected argument "extra"/],
    [['why'], /needs FILE\[:LINE\]/],
    [['why', 'a', 'b'], /Unexpected argument "b"/],
    [['help', 'nothing'], /no command "nothing"/],
  ])('refuses %j with code 2 and a word of help', async (args, words) => {
    const { code, out, err } = await runInMemory(args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(words);
    expect(err).toMatch(/Try "lintel (?:\w+ )?--help"/);
  });

  it('ends its process with the code of a refusal', async () => {
    expect(await lintel(['serach', 'x'], options)).toEqual({ code: 2, stdout: '', stderr: (await runInMemory(['serach', 'x'])).err });
  });
});
