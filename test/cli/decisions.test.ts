import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type SampleRepository, shopRepository, temporaryFolder } from '../lsp/sample-repository.ts';
import { lintel } from './run.ts';

const KAFKA = 'docs/adr/0002-send-events-through-kafka.md';
const NATS = 'docs/adr/0003-send-events-through-nats.md';
const OUTBOX = 'services/orders/src/outbox.ts';

const record = z.strictObject({
  id: z.string(),
  path: z.string(),
  title: z.string(),
  number: z.string().optional(),
  status: z.string().optional(),
  statusText: z.string().optional(),
  date: z.string().optional(),
  supersededBy: z.array(z.string()),
});

let shop: SampleRepository;
let cache: string;
const run = (args: readonly string[], folder = shop.root) => lintel(args, { folder, cache });
const data = async (...args: string[]): Promise<unknown> => {
  const { code, stdout, stderr } = await run([...args, '--json']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return JSON.parse(stdout);
};
const today = (): string => {
  const now = new Date();
  return `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, '0')}-${String(now.getDate()).padStart(2, '0')}`;
};

beforeAll(async () => {
  shop = shopRepository();
  shop.write(
    'docs/adr/0007-"quoted" <b>.md',
    '# 7. Say "hi"; drop\\n --> `x` | <b>#1</b> }\n\n## Status\n\nProposed\n\nAmends [1](0001-keep-orders-in-postgresql.md)\n',
  );
  shop.commit('A name with everything in it');
  cache = temporaryFolder();
  expect(await run(['index'])).toMatchObject({ code: 0 });
});
afterAll(() => shop.remove());

describe('lintel decisions', () => {
  it('lists every decision with number, status, day, title and path', async () => {
    const { code, stdout } = await run(['decisions', 'list']);
    expect(code).toBe(0);
    expect(stdout).toContain(`2  superseded  2024-03-01  Send events through Kafka  ${KAFKA}  -> ${NATS}\n`);
    expect(stdout.trimEnd().split('\n')).toHaveLength(5);
    const { decisions } = z.object({ decisions: z.array(record) }).parse(await data('decisions', 'list'));
    expect(decisions.map(({ number }) => number)).toEqual(['1', '2', '3', '4', '7']);
    expect(decisions[1]).toMatchObject({ path: KAFKA, status: 'superseded', supersededBy: [NATS] });
  });

  it('lists by status and by folder', async () => {
    const numbers = async (...args: string[]): Promise<(string | undefined)[]> =>
      z
        .object({ decisions: z.array(record) })
        .parse(await data('decisions', 'list', ...args))
        .decisions.map(({ number }) => number);
    expect(await numbers('--status', 'accepted,proposed')).toEqual(['1', '3', '7']);
    expect(await numbers('--status', 'superseded', '--status', 'unknown')).toEqual(['2', '4']);
    expect(await numbers('--path', 'docs/')).toHaveLength(5);
    expect(await numbers('--path', 'services')).toEqual([]);
    expect((await run(['decisions', 'list', '--path', 'services'])).stdout).toBe('No decisions.\n');
  });

  it.each([['3'], ['0003'], ['ADR-0003'], [NATS], ['send-events-through-nats']])(
    'shows the decision called %s with its text',
    async (written) => {
      const { code, stdout } = await run(['decisions', 'show', written]);
      expect(code).toBe(0);
      expect(stdout).toContain('3. Send events through NATS\nStatus: accepted\nDate: 2024-03-01\n');
      expect(stdout).toContain('We send events through NATS JetStream.');
    },
  );

  it('finds a record by its path from the current folder', async () => {
    const { code, stdout } = await run(['decisions', 'show', '0003-send-events-through-nats.md'], join(shop.root, 'docs/adr'));
    expect({ code, title: stdout.split('\n')[0] }).toEqual({ code: 0, title: '3. Send events through NATS' });
  });

  it('shows the history: commits with what they did to the status, and the chain of successors', async () => {
    const { stdout } = await run(['decisions', 'show', '2', '--history']);
    expect(stdout).toMatch(
      /History\n\S+ +[0-9a-f]{9} {2}Keep orders in PostgreSQL {2}Ada {2}Superseded by .*\n\S+ +Superseded by Send events through NATS/,
    );
    const shown = z
      .object({ history: z.array(z.looseObject({ kind: z.string() })), sections: z.array(z.looseObject({ heading: z.string() })) })
      .parse(await data('decisions', 'show', '3', '--history'));
    expect(shown.history.map(({ kind }) => kind)).toEqual(['supersedes', 'commit']);
    expect(shown.history[1]).toMatchObject({
      subject: 'Replace Kafka by NATS',
      statusChanged: true,
      status: { value: 'accepted', text: 'Accepted' },
    });
    expect(shown.sections.map(({ heading }) => heading)).toContain('Decision');
  });

  it('draws a Mermaid flowchart that nothing in a title can break', async () => {
    const { stdout } = await run(['decisions', 'graph']);
    const lines = stdout.trimEnd().split('\n');
    expect(lines[0]).toBe('flowchart TD');
    const node = /^ {2}d\d+\["(?:[\p{L}\p{N} .,:'()/+_-]|#\d+;)*"\]:::[a-z]+$/u;
    const edge = /^ {2}d\d+ (?:==>|-->|-\.->)\|(?:supersedes|amends|cites)(?: in part)?\| d\d+$/;
    const style = /^ {2}classDef [a-z]+ fill:#[0-9a-f]{6},stroke:#[0-9a-f]{6},color:#000000(?:,stroke-dasharray:4 3)?$/;
    for (const line of lines.slice(1))
      expect(
        [node, edge, style].filter((form) => form.test(line)),
        line,
      ).toHaveLength(1);
    expect(lines.filter((line) => node.test(line))).toHaveLength(5);
    expect(stdout).toContain('#34;hi#34;#59; drop#92;n --#62; x #124; #35;1');
    expect(stdout).toMatch(/d3 ==>\|supersedes\| d2/);
    // Every class that a node has is defined, and every node of an edge is there.
    const known = new Set([...stdout.matchAll(/^ {2}(d\d+)\[/gm)].map(([, name]) => name));
    for (const [, from, to] of stdout.matchAll(/^ {2}(d\d+) [=-]\S*\|.*\| (d\d+)$/gm))
      expect([known.has(from), known.has(to)]).toEqual([true, true]);
    const defined = new Set([...stdout.matchAll(/classDef (\S+)/g)].map(([, name]) => name));
    for (const [, name] of stdout.matchAll(/:::(\S+)$/gm)) expect(defined).toContain(name);
  });

  it('draws DOT with every id and label quoted', async () => {
    const { stdout } = await run(['decisions', 'graph', '--format', 'dot']);
    const quoted = String.raw`"(?:[^"\\]|\\["\\])*"`;
    const attributes = String.raw`\[(?:[a-z]+=(?:${quoted}|[a-z]+)(?:, )?)+\];`;
    const statement = new RegExp(`^ {2}(?:node|${quoted}(?: -> ${quoted})?) ${attributes}$`);
    const lines = stdout.trimEnd().split('\n');
    expect([lines[0], lines.at(-1)]).toEqual(['digraph decisions {', '}']);
    for (const line of lines.slice(1, -1)) expect(line).toMatch(statement);
    expect(stdout).toContain(String.raw`"docs/adr/0007-\"quoted\" <b>.md" [label="7 Say \"hi\"; drop\\n`);
    expect(stdout).toContain(`"${NATS}" -> "${KAFKA}" [label="supersedes", style=bold];`);
  });

  it('gives the graph as data', async () => {
    const graph = z
      .strictObject({
        nodes: z.array(record),
        edges: z.array(z.looseObject({ from: z.string(), to: z.string(), kind: z.enum(['supersedes', 'amends', 'cites']) })),
      })
      .parse(await data('decisions', 'graph'));
    expect(graph.edges).toContainEqual({ from: NATS, to: KAFKA, kind: 'supersedes' });
    expect(await data('decisions', 'graph', '--format', 'dot')).toEqual(graph);
  });

  it.each([
    [['decisions'], 'needs list | show RECORD | graph | mine | new TITLE | supersede RECORD TITLE'],
    [['decisions', 'lst'], 'Did you mean "list"?'],
    [['decisions', 'show'], 'needs RECORD'],
    [['decisions', 'show', '99'], 'No decision matches "99"'],
    [['decisions', 'graph', '--format', 'svg'], 'there is no format "svg"'],
    [['decisions', 'list', '--status', 'acepted'], 'Did you mean "accepted"?'],
    [['decisions', 'new'], 'needs TITLE'],
    [['decisions', 'new', '  '], 'needs a title'],
    [['decisions', 'supersede', '1'], 'needs RECORD TITLE'],
    [['decisions', 'supersede', '2', 'Send', 'pigeons'], 'is already superseded'],
    [['decisions', 'supersede', '1', 'Keep orders in PostgreSQL'], 'needs a different title'],
    [['link', OUTBOX, '99'], 'No decision matches "99"'],
    [['link', 'nowhere.ts', '1'], 'There is no file nowhere.ts'],
  ])('answers %j with exit code 2 and what to do', async (args, sentence) => {
    const { code, stdout, stderr } = await run(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(sentence);
  });

  it('names the candidates where a number is ambiguous', async () => {
    const twin = shopRepository();
    twin.write('services/orders/docs/adr/0003-pack-boxes.md', '# 3. Pack boxes\n\n## Status\n\nAccepted\n');
    const { code, stderr } = await lintel(['decisions', 'show', '3'], { folder: twin.root, cache: temporaryFolder() });
    expect(code).toBe(2);
    expect(stderr).toContain(
      `"3" matches 2 decisions. Use the path of one of them:\n  ${NATS}  Send events through NATS\n  services/orders/docs/adr/0003-pack-boxes.md  Pack boxes\n`,
    );
    twin.remove();
  });
});

describe('lintel decisions new and supersede', () => {
  let own: SampleRepository;
  beforeAll(() => {
    own = shopRepository();
  });
  afterAll(() => own.remove());
  const at = (...args: string[]) => lintel(args, { folder: own.root, cache });
  const read = (path: string): string => readFileSync(join(own.root, path), 'utf8');

  it('shows a patch that git applies, and changes nothing', async () => {
    const { code, stdout } = await at('decisions', 'supersede', '1', 'Keep orders in files', '--accept', '--dry-run');
    expect(code).toBe(0);
    expect(own.git('status', '--porcelain')).toBe('');
    const patch = join(temporaryFolder(), 'x.patch');
    writeFileSync(patch, stdout);
    own.git('apply', patch);
    expect(read('docs/adr/0001-keep-orders-in-postgresql.md')).toContain(
      '## Status\n\nSuperseded by [5. Keep orders in files](0005-keep-orders-in-files.md)\n',
    );
    own.git('checkout', '--', '.');
    own.git('clean', '-fdq');
  });

  it('writes a record in the form of the others, which is then known', async () => {
    const { code, stdout } = await at('decisions', 'new', 'Pack', 'boxes', 'by', 'hand');
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'docs/adr/0005-pack-boxes-by-hand.md\n' });
    expect(read('docs/adr/0005-pack-boxes-by-hand.md')).toBe(
      `# 5. Pack boxes by hand\n\nDate: ${today()}\n\n## Status\n\nProposed\n\n## Context\n\n## Decision\n`,
    );
    expect((await at('decisions', 'list', '--status', 'proposed')).stdout).toContain('Pack boxes by hand');
  });

  it('begins with what is changed in the work tree', async () => {
    own.write(OUTBOX, `${read(OUTBOX)}export const more = 1;\n`);
    const { stdout } = await at('decisions', 'new', 'Relay more', '--changes', '--dry-run');
    expect(stdout).toContain(`+- \`${OUTBOX}\` (changed)\n`);
    expect(stdout).toContain('++export const more = 1;\n');
    own.git('checkout', '--', OUTBOX);
  });

  it('begins to supersede with a proposal, which retires nothing and is no finding', async () => {
    const { code, stdout, stderr } = await at('decisions', 'supersede', '3', 'Send events by post');
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'docs/adr/0006-send-events-by-post.md\n' });
    expect(stderr).toContain('The old one stays in force until it is accepted');
    expect(read('docs/adr/0006-send-events-by-post.md')).toContain(
      'Proposed\n\nSupersedes [3. Send events through NATS](0003-send-events-through-nats.md)\n',
    );
    expect((await at('check', 'docs/adr', '--json')).stdout).not.toContain('supersedes-without-back-link');
  });

  it('writes both sides of a supersession that is accepted, and nothing the second time', async () => {
    const { code, stdout } = await at('decisions', 'supersede', '3', 'Send events by post', '--accept');
    expect({ code, stdout }).toEqual({ code: 0, stdout: `docs/adr/0006-send-events-by-post.md\n${NATS}\n` });
    expect(read(NATS)).toContain('## Status\n\nSuperseded by [6. Send events by post](0006-send-events-by-post.md)\n\nSupersedes [2. Send');
    expect(read('docs/adr/0006-send-events-by-post.md')).toContain(
      'Accepted\n\nSupersedes [3. Send events through NATS](0003-send-events-through-nats.md)\n',
    );
    const again = await at('decisions', 'supersede', '3', 'Send events by post');
    expect(again).toMatchObject({ code: 0, stdout: 'Nothing to do: the records are already up to date.\n' });
    const governs = await at('decisions', 'show', '2', '--json');
    expect(JSON.parse(governs.stdout)).toMatchObject({ supersededBy: ['docs/adr/0006-send-events-by-post.md', NATS] });
  });

  it('begins in a repository without any records', async () => {
    const root = temporaryFolder();
    const { code, stdout } = await lintel(['decisions', 'new', 'Begin'], { folder: root, cache });
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'docs/decisions/0001-begin.md\n' });
    expect(existsSync(join(root, 'docs/decisions/0001-begin.md'))).toBe(true);
  });

  it('never writes through a link that leads out of the repository', async () => {
    const root = temporaryFolder();
    const outside = temporaryFolder();
    mkdirSync(join(root, 'docs'));
    const { symlinkSync } = await import('node:fs');
    symlinkSync(outside, join(root, 'docs/decisions'));
    const { code, stderr } = await lintel(['decisions', 'new', 'Begin'], { folder: root, cache });
    expect(code).toBe(2);
    expect(stderr).toContain('points outside the repository');
    expect(existsSync(join(outside, '0001-begin.md'))).toBe(false);
  });
});

describe('lintel link', () => {
  const governing = async (): Promise<string[]> =>
    z
      .object({ governing: z.array(z.looseObject({ path: z.string() })) })
      .parse(await data('why', 'tools/paint.ts'))
      .governing.map(({ path }) => path);

  it('makes a decision govern, then not, in a file that people can read', async () => {
    expect(await governing()).toEqual([]);
    const first = await run(['link', 'tools/paint.ts', '1', '--note', 'colours are orders']);
    expect(first).toMatchObject({
      code: 0,
      stdout: 'docs/adr/0001-keep-orders-in-postgresql.md governs tools/paint.ts: added to .lintel/links.yaml.\n',
    });
    expect(await governing()).toEqual(['docs/adr/0001-keep-orders-in-postgresql.md']);
    expect((await run(['why', 'tools/paint.ts'])).stdout).toContain('- linked by hand in .lintel/links.yaml: colours are orders');
    expect((await run(['link', 'tools/paint.ts', '1'])).stdout).toContain('already in .lintel/links.yaml');
    expect((await run(['link', 'tools/paint.ts', '1', '--not'])).stdout).toContain(
      'does not govern tools/paint.ts: updated in .lintel/links.yaml.',
    );
    expect(await governing()).toEqual([]);
    expect(readFileSync(join(shop.root, '.lintel/links.yaml'), 'utf8')).toContain(
      `links:\n  - decision: docs/adr/0001-keep-orders-in-postgresql.md\n    code: tools/paint.ts\n    verdict: does-not-govern\n    date: ${today()}\n    note: colours are orders\n`,
    );
  });

  it('takes away what a citation said, here and for the record that took its place', async () => {
    const paths = async (): Promise<string[]> =>
      z
        .object({ governing: z.array(z.looseObject({ path: z.string() })) })
        .parse(await data('why', OUTBOX))
        .governing.map(({ path }) => path);
    expect(await paths()).toEqual(expect.arrayContaining(['docs/adr/0001-keep-orders-in-postgresql.md', NATS]));
    await run(['link', OUTBOX, '1', '--not']);
    await run(['link', OUTBOX, '3', '--not']);
    expect(await paths()).toEqual([]);
  });

  it('shows a linked record that is not in force as related, never as governing', async () => {
    await run(['link', 'tools/paint.ts', '7']);
    const answer = z
      .object({
        governing: z.array(z.unknown()),
        related: z.array(z.looseObject({ path: z.string().optional(), evidence: z.array(z.looseObject({ kind: z.string() })) })),
      })
      .parse(await data('why', 'tools/paint.ts'));
    expect(answer.governing).toEqual([]);
    expect(answer.related.find(({ path }) => path?.includes('0007'))?.evidence.map(({ kind }) => kind)).toContain('declared');
  });

  it('is about the symbol around a line', async () => {
    const { stdout } = await run(['link', `${OUTBOX}:7`, '4']);
    expect(stdout).toContain(`${OUTBOX}, relay: added to .lintel/links.yaml.`);
    expect((await run(['link', `${OUTBOX}:1`, '4'])).stdout).toContain(`${OUTBOX}, line 1: added to .lintel/links.yaml.`);
  });

  it('refuses to write to a file that it cannot read', async () => {
    const before = readFileSync(join(shop.root, '.lintel/links.yaml'), 'utf8');
    shop.write('.lintel/links.yaml', `${before}  - [`);
    const { code, stderr } = await run(['link', OUTBOX, '1']);
    expect(code).toBe(2);
    expect(stderr).toContain('.lintel/links.yaml was not changed: it is not valid YAML');
    shop.write('.lintel/links.yaml', before);
  });
});
