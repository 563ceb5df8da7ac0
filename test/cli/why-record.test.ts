import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RecordReach } from '../../server/model/reach.ts';
import { temporaryFolder } from '../support/folder.ts';
import { makeRepository } from '../support/repository.ts';
import { lintel } from './run.ts';

const record = (number: number, title: string, says: string, status = 'Accepted'): string =>
  `# ${number}. ${title}\n\n## Status\n\n${status}\n\n## Context\n\nIt was slow.\n\n## Decision\n\n${says}\n`;

const OUTBOX = 'docs/adr/0001-outbox.md';
const CHAINS = 'docs/adr/0003-chains.md';
const ROPES = 'docs/adr/0002-ropes.md';

const FILES = {
  [OUTBOX]: record(1, 'Write events to an outbox', 'We write events to an outbox, in `src/outbox.ts`, before we publish them.'),
  [ROPES]: record(2, 'Use ropes', 'We hold everything with ropes in the harbour.', 'Superseded by [ADR-0003](0003-chains.md)'),
  [CHAINS]: record(
    3,
    'Use chains',
    'We hold everything with chains, as [the outbox](0001-outbox.md) holds events.\n\nSupersedes [ADR-0002](0002-ropes.md).',
  ),
  'src/outbox.ts': 'export const outbox = 1;\n',
  'src/relay.ts': '// see ADR-0001\nexport const relay = 1; // ADR-1, again\n',
  'src/both.ts': '// ADR-0001 and ADR-0003\nexport const both = 1;\n',
  'src/linked.ts': 'export const linked = 1;\n',
  '.lintel/links.yaml':
    'links:\n  - decision: docs/adr/0001-outbox.md\n    code: src/linked.ts\n    verdict: governs\n  - decision: docs/adr/0001-outbox.md\n    code: src/other.ts\n    verdict: does-not-govern\n',
};

describe('lintel why, on a record', () => {
  const work = temporaryFolder('lintel-why-record');
  const made = makeRepository(FILES, {
    commits: [
      {
        message: 'Send from the outbox',
        files: { [OUTBOX]: `${FILES[OUTBOX]}\nMore.\n`, 'src/together.ts': 'export const together = 1;\n', 'README.md': '# Shop\n' },
      },
    ],
  });
  const run = (args: readonly string[]) => lintel(['why', ...args], { folder: made.root, cache: work.path });
  const reachOf = async (path: string): Promise<RecordReach | undefined> =>
    (JSON.parse((await run([path, '--json'])).stdout) as { reach?: RecordReach }).reach;

  beforeAll(async () => {
    expect((await lintel(['index'], { folder: made.root, cache: work.path })).code).toBe(0);
  });
  afterAll(() => {
    made.remove();
    work.remove();
  });

  it('names the citations in code with their places, the documents that refer to it, what it names, what is linked and what was written with it', async () => {
    const reach = (await reachOf(OUTBOX)) ?? expect.fail('It reaches nothing.');
    expect(reach.cited.map(({ path, span, text }) => [path, span.start.line, span.start.character, text])).toEqual([
      ['src/both.ts', 0, 3, '// ADR-0001 and ADR-0003'],
      ['src/relay.ts', 0, 7, '// see ADR-0001'],
      ['src/relay.ts', 1, 27, 'export const relay = 1; // ADR-1, again'],
    ]);
    expect(reach.citedBy.map(({ path, title }) => [path, title])).toEqual([[CHAINS, 'Use chains']]);
    expect(reach.named.map(({ path, isFile }) => [path, isFile])).toEqual([['src/outbox.ts', true]]);
    expect(reach.linked).toEqual([{ path: 'src/linked.ts', isFile: true }]);
    expect(reach.together.map(({ path }) => path)).toContain('src/together.ts');
    expect(reach.together.map(({ path }) => path)).not.toContain('README.md');
    expect(reach).toMatchObject({ inForce: true, files: 4, replaces: [], replacedBy: [] });
  });

  it('says what it replaces and what replaces it', async () => {
    expect(await reachOf(CHAINS)).toMatchObject({ inForce: true, replaces: [{ path: ROPES, status: 'superseded' }], replacedBy: [] });
    expect(await reachOf(ROPES)).toMatchObject({ inForce: false, replacedBy: [{ path: CHAINS }], files: 0 });
  });

  it('prints it under headings before what is related', async () => {
    const { stdout } = await run([OUTBOX]);
    expect(stdout).toMatch(/^Cited in code\n {3}src\/both\.ts:1 {2}\/\/ ADR-0001 and ADR-0003\n/);
    for (const heading of ['Cited by documents', 'Linked by people', 'Names', 'Written together with'])
      expect(stdout).toContain(`\n\n${heading}\n`);
    expect(stdout).not.toContain('No decision governs');
  });

  it('shows the records that it cites as related, because they do not govern it', async () => {
    const { governing, probable, related } = JSON.parse((await run([`${CHAINS}:13`, '--json'])).stdout) as Record<
      'governing' | 'probable' | 'related',
      readonly { path?: string; evidence: readonly { kind: string }[] }[]
    >;
    expect({ governing, probable }).toEqual({ governing: [], probable: [] });
    expect(related.find(({ path }) => path === OUTBOX)?.evidence.map(({ kind }) => kind)).toContain('cited');
    const { stdout } = await run([`${CHAINS}:13`]);
    expect(stdout).toContain('\n\nRelated\n');
    expect(stdout).not.toContain('overning');
  });

  it('has nothing to do with code', async () => {
    expect(await reachOf('src/relay.ts')).toBeUndefined();
  });
});
