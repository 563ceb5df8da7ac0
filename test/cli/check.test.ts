import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ruleOf } from '../../server/engine/rules.ts';
import { lineIndex } from '../../server/text/lines.ts';
import { unifiedDiff } from '../../server/text/unified-diff.ts';
import { emptyRepository, GIT_ENVIRONMENT, type SampleRepository, shopRepository, temporaryFolder } from '../lsp/sample-repository.ts';
import { lintel } from './run.ts';

const position = z.strictObject({ line: z.int().min(0), character: z.int().min(0) });
const span = z.strictObject({ start: position, end: position });
const problem = z.strictObject({
  path: z.string().min(1),
  rule: z.string().min(1),
  severity: z.enum(['error', 'warning', 'info', 'hint']),
  message: z.string().min(1),
  span,
  related: z.array(z.strictObject({ path: z.string(), span, message: z.string() })).optional(),
  fixes: z
    .array(
      z.strictObject({
        title: z.string(),
        edits: z.array(z.strictObject({ path: z.string(), span, text: z.string() })).min(1),
        preferred: z.boolean().optional(),
      }),
    )
    .optional(),
});
const checkShape = z.strictObject({ problems: z.array(problem) });

/** The parts of the schema of SARIF 2.1.0 that a log of ours uses, with what it demands of them. */
const text = z.strictObject({ text: z.string().min(1) });
const region = z
  .strictObject({ startLine: z.int().min(1), startColumn: z.int().min(1), endLine: z.int().min(1), endColumn: z.int().min(1) })
  .refine(({ startLine, endLine }) => startLine <= endLine);
const artifact = z.strictObject({ uri: z.string().regex(/^[^\s\\:]+$/), uriBaseId: z.literal('%SRCROOT%') });
const physicalLocation = z.strictObject({ artifactLocation: artifact, region });
const sarif = z.strictObject({
  $schema: z.url(),
  version: z.literal('2.1.0'),
  runs: z.tuple([
    z.strictObject({
      tool: z.strictObject({
        driver: z.strictObject({
          name: z.string(),
          version: z.string(),
          rules: z.array(
            z.strictObject({
              id: z.string(),
              shortDescription: text,
              help: z.strictObject({ text: z.string().min(1), markdown: z.string().startsWith('# ') }),
              defaultConfiguration: z.strictObject({ level: z.enum(['none', 'note', 'warning', 'error']) }),
              properties: z.strictObject({ tags: z.array(z.string()).min(1) }),
            }),
          ),
        }),
      }),
      columnKind: z.literal('utf16CodeUnits'),
      results: z.array(
        z.strictObject({
          ruleId: z.string(),
          ruleIndex: z.int().min(0),
          kind: z.literal('informational').optional(),
          level: z.enum(['none', 'note', 'warning', 'error']),
          message: text,
          locations: z.tuple([z.strictObject({ physicalLocation })]),
          relatedLocations: z
            .array(z.strictObject({ id: z.int().min(0), physicalLocation, message: text }))
            .min(1)
            .optional(),
          fixes: z
            .array(
              z.strictObject({
                description: text,
                artifactChanges: z
                  .array(
                    z.strictObject({
                      artifactLocation: artifact,
                      replacements: z
                        .array(z.strictObject({ deletedRegion: region, insertedContent: z.strictObject({ text: z.string() }) }))
                        .min(1),
                    }),
                  )
                  .min(1),
              }),
            )
            .min(1)
            .optional(),
          partialFingerprints: z.record(z.string(), z.string().regex(/^[0-9a-f]{32}$/)),
        }),
      ),
    }),
  ]),
});

const OUTBOX = 'services/orders/src/outbox.ts';
const apply = (root: string, patch: string, ...options: string[]): void =>
  void execFileSync('git', ['apply', '--whitespace=nowarn', ...options], {
    cwd: root,
    input: patch,
    env: { ...process.env, ...GIT_ENVIRONMENT },
  });

describe('lintel check in a shop', () => {
  let shop: SampleRepository;
  let cache: string;
  const run = (args: readonly string[], folder = shop.root) => lintel(['check', ...args], { folder, cache });

  beforeAll(() => {
    shop = shopRepository();
    shop.write('docs/adr/0005-keep-carts-in-redis.md', '# 5. Keep carts in Redis\n\n## Status\n\nAccepted\n\n## Decision\n\nRedis.');
    shop.write(
      'docs/adr/0006-keep-carts-in-postgresql.md',
      '# 6. Keep carts in PostgreSQL\n\n## Status\n\nAccepted\n\nSupersedes [5. Keep carts in Redis](0005-keep-carts-in-redis.md)\n\n## Decision\n\nNo Redis.\n',
    );
    shop.write('carts/with space.ts', "export const a = 'æøå';\r\n// 𝒳 ADR-0002\r\n");
    shop.write('carts/foreign.ts', '// as in ADR 31 of cosmos-sdk\n');
    shop.commit('Carts move');
    cache = temporaryFolder();
  });
  afterAll(() => shop.remove());

  it('prints a problem a line, in order, and ends with 1', async () => {
    const { code, stdout } = await run([]);
    expect(code).toBe(1);
    expect(
      stdout
        .trimEnd()
        .split('\n')
        .map((line) =>
          line
            .split(' ')
            .slice(0, line.startsWith('carts/with') ? 3 : 2)
            .join(' '),
        ),
    ).toEqual([
      'carts/with space.ts:2:7 cites-superseded',
      'docs/adr/0004-sort-the-shelves.md:7:1 unknown-status',
      'docs/adr/0004-sort-the-shelves.md:15:23 broken-link',
      'docs/adr/0006-keep-carts-in-postgresql.md:7:12 supersedes-without-back-link',
      `${OUTBOX}:5:4 cites-superseded`,
    ]);
  });

  it('narrows to paths, seen from the current folder, and to rules; with nothing left it ends with 0', async () => {
    expect((await run(['services'])).stdout).toMatch(/^services\/orders\/src\/outbox\.ts:5:4 cites-superseded [^\n]+\n$/);
    expect((await run(['outbox.ts'], join(shop.root, 'services/orders/src'))).stdout).toMatch(/^outbox\.ts:5:4 cites-superseded [^\n]+\n$/);
    expect((await run(['--rule', 'unknown-status,broken-link'])).stdout.trimEnd().split('\n')).toHaveLength(2);
    expect(await run(['tools'])).toMatchObject({ code: 0, stdout: '' });
    expect(await run(['--rule', 'scope-gone', '--rule', 'reversed-in-force'])).toMatchObject({ code: 0, stdout: '' });
  });

  it('sees code that was written, and does not see what was deleted, since it ran last', async () => {
    shop.write('tools/late.ts', '// ADR-0002\n');
    expect((await run(['tools'])).stdout).toMatch(/^tools\/late\.ts:1:4 cites-superseded /);
    rmSync(join(shop.root, 'tools/late.ts'));
    expect(await run(['tools'])).toMatchObject({ code: 0, stdout: '' });
  });

  it('prints hints only where their rule is named', async () => {
    expect((await run(['carts/foreign.ts'])).stdout).toBe('');
    expect((await run(['--rule', 'cites-foreign'])).stdout).toMatch(
      /^carts\/foreign\.ts:1:10 cites-foreign "ADR 31" is a record of cosmos-sdk/,
    );
  });

  it('says what it does not understand', async () => {
    expect(await run(['nowhere'])).toMatchObject({ code: 2, stdout: '' });
    const wrong = await run(['--rule', 'cites-nothin']);
    expect(wrong.code).toBe(2);
    expect(wrong.stderr).toContain('cites-nothing');
    expect((await run(['--json', '--patch'])).stderr).toContain('Use only one of --json, --sarif and --patch.');
    expect((await run(['../..'])).code).toBe(2);
  });

  it('gives the same as data, twice the same bytes', async () => {
    const first = await run(['--json']);
    const { problems: findings } = checkShape.parse(JSON.parse(first.stdout));
    expect(findings.map(({ rule }) => rule)).toEqual([
      'cites-superseded',
      'unknown-status',
      'broken-link',
      'supersedes-without-back-link',
      'cites-superseded',
    ]);
    expect(first.code).toBe(1);
    expect((await run(['--json'])).stdout).toBe(first.stdout);
  });

  it('prints a SARIF log with rules, fixes, related places and fingerprints', async () => {
    const { stdout, code } = await run(['--sarif']);
    expect(code).toBe(1);
    const { runs } = sarif.parse(JSON.parse(stdout));
    const { tool, results } = runs[0];
    expect(results).toHaveLength(5);
    for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
    for (const { id, shortDescription, help, defaultConfiguration, properties } of tool.driver.rules) {
      const rule = ruleOf(id);
      expect({ text: shortDescription.text, tags: properties.tags }).toEqual({ text: rule?.description, tags: rule?.tags });
      expect(help.markdown.startsWith(`# ${id}\n`)).toBe(true);
      expect(defaultConfiguration.level).toBe(rule?.severity === 'info' ? 'note' : rule?.severity);
    }
    expect(new Set(results.map(({ partialFingerprints }) => partialFingerprints['lintel/v1'])).size).toBe(5);
    expect(results[0]?.locations[0].physicalLocation).toEqual({
      artifactLocation: { uri: 'carts/with%20space.ts', uriBaseId: '%SRCROOT%' },
      region: { startLine: 2, startColumn: 7, endLine: 2, endColumn: 15 },
    });
    expect(results[0]?.fixes?.[0]?.artifactChanges[0]?.replacements[0]?.insertedContent.text).toBe('ADR-0003');
    expect(results.filter(({ relatedLocations }) => relatedLocations).length).toBeGreaterThanOrEqual(3);
    expect(results.map(({ level }) => level)).toContain('warning');
  });

  it('keeps the fingerprint of a problem whose line moved', async () => {
    const before = readFileSync(join(shop.root, OUTBOX), 'utf8');
    const print = async () => sarif.parse(JSON.parse((await run(['services', '--sarif'])).stdout)).runs[0].results[0]?.partialFingerprints;
    const first = await print();
    writeFileSync(join(shop.root, OUTBOX), `\n\n${before}`);
    expect(await print()).toEqual(first);
    writeFileSync(join(shop.root, OUTBOX), before);
  });

  it('prints a patch of the auto-fixable fixes, changes nothing itself, and is silent about them once it is applied', async () => {
    const before = shop.git('status', '--porcelain');
    const { stdout, stderr, code } = await run(['--patch']);
    expect(code).toBe(1);
    expect(stderr).toContain('5 findings, 2 auto-fixable.');
    expect(shop.git('status', '--porcelain')).toBe(before);
    expect(stdout).toContain('-// 𝒳 ADR-0002\r\n+// 𝒳 ADR-0003\r\n');
    apply(shop.root, stdout, '--check');
    apply(shop.root, stdout);
    // That another record supersedes it is not the value of its own status, so a person decides.
    expect(readFileSync(join(shop.root, 'docs/adr/0005-keep-carts-in-redis.md'), 'utf8')).toContain('## Status\n\nAccepted\n');
    const after = await run([]);
    expect(after.stdout.match(/^\S+(?: \S+\.ts\S*)? [a-z-]+/gm)).toEqual([
      'docs/adr/0004-sort-the-shelves.md:7:1 unknown-status',
      'docs/adr/0004-sort-the-shelves.md:15:23 broken-link',
      'docs/adr/0006-keep-carts-in-postgresql.md:7:12 supersedes-without-back-link',
    ]);
    expect((await run(['--patch'])).stdout).toBe('');
  });
});

it('leaves a file that is not UTF-8 out of the patch, and says so', async () => {
  const shop = shopRepository();
  try {
    writeFileSync(join(shop.root, OUTBOX), Buffer.concat([Buffer.from('// ADR-0002 '), Buffer.from([0xe6, 0x0a])]));
    const { stdout, stderr } = await lintel(['check', '--patch'], { folder: shop.root, cache: temporaryFolder() });
    expect(stdout).toBe('');
    expect(stderr).toContain(`${OUTBOX} is not UTF-8 or cannot be read. Its fixes are left out.`);
  } finally {
    shop.remove();
  }
});

describe('a patch of edits', () => {
  it('applies with git and gives what the edits give, for any text and edits', () => {
    const repository = emptyRepository();
    const line = fc.constantFrom('a', 'b', '', 'long line of words', 'x\r', '\t', 'æø');
    fc.assert(
      fc.property(
        fc.array(line, { maxLength: 30 }),
        fc.boolean(),
        fc.array(fc.tuple(fc.nat(), fc.nat({ max: 6 }), fc.constantFrom('', 'new', 'new\n', '\n', 'a\nb\nc')), {
          minLength: 1,
          maxLength: 4,
        }),
        (lines, ends, wanted) => {
          const before = lines.join('\n') + (ends ? '\n' : '');
          const index = lineIndex(before);
          const offsets = wanted
            .map(([start, length, written]) => {
              const [from, to] = [start % (before.length + 1), Math.min(before.length, (start % (before.length + 1)) + length)];
              // As a position tells it: inside of a line ending there is none.
              return { from: index.offset(index.position(from)), to: index.offset(index.position(to)), text: written };
            })
            .sort((a, b) => a.from - b.from)
            .filter((edit, at, all) => at === 0 || edit.from > (all[at - 1]?.to ?? 0));
          // Edits that a filter left overlapping another are no edits of one document.
          const apart = offsets.filter((edit, at) => offsets.slice(0, at).every((other) => other.to < edit.from));
          const after = apart.reduceRight((now, { from, to, text: written }) => now.slice(0, from) + written + now.slice(to), before);
          const patch = unifiedDiff(
            'a file.txt',
            before,
            apart.map(({ from, to, text: written }) => ({ path: 'a file.txt', span: index.span(from, to), text: written })),
          );
          if (after === before) return;
          repository.write('a file.txt', before);
          if (before === '') return;
          apply(repository.root, patch);
          expect(readFileSync(join(repository.root, 'a file.txt'), 'utf8')).toBe(after);
        },
      ),
      { numRuns: 150 },
    );
    repository.remove();
  });

  it('names files as git does: quotes, backslashes, spaces, other letters', () => {
    const repository = emptyRepository();
    for (const name of ['with space.txt', 'quo"te.txt', 'æøå.txt', 'tab\there.txt']) {
      repository.write(name, 'one\ntwo\n');
      apply(
        repository.root,
        unifiedDiff(name, 'one\ntwo\n', [
          { path: name, span: { start: { line: 1, character: 0 }, end: { line: 1, character: 3 } }, text: '2' },
        ]),
      );
      expect(readFileSync(join(repository.root, name), 'utf8')).toBe('one\n2\n');
    }
    repository.remove();
  });

  it('is empty for edits that change nothing', () => {
    expect(
      unifiedDiff('a', 'one\n', [{ path: 'a', span: { start: { line: 0, character: 0 }, end: { line: 0, character: 3 } }, text: 'one' }]),
    ).toBe('');
  });
});
