import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll } from 'vitest';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
});

/** A new temporary folder, its path free of symbolic links; removed when the tests of the file are over. */
export const temporaryFolder = (): string => {
  const folder = realpathSync.native(mkdtempSync(join(tmpdir(), 'lintel-faces-')));
  folders.push(folder);
  return folder;
};

/** Variables under which git neither reads the machine's configuration nor asks anything. */
export const GIT_ENVIRONMENT = {
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_SYSTEM: '/dev/null',
  GIT_AUTHOR_NAME: 'Ada',
  GIT_AUTHOR_EMAIL: 'ada@example.com',
  GIT_COMMITTER_NAME: 'Ada',
  GIT_COMMITTER_EMAIL: 'ada@example.com',
} as const;

/** A repository in a temporary folder, to be written and committed to. */
export interface SampleRepository {
  readonly root: string;
  readonly uri: (path: string) => string;
  readonly write: (path: string, text: string) => void;
  readonly git: (...args: string[]) => string;
  /** Commits everything; gives the sha. */
  readonly commit: (message: string) => string;
  readonly remove: () => void;
}

/** An empty git repository. */
export const emptyRepository = (root = temporaryFolder()): SampleRepository => {
  mkdirSync(root, { recursive: true });
  const git = (...args: string[]) =>
    execFileSync('git', args, {
      cwd: root,
      encoding: 'utf8',
      env: { ...process.env, ...GIT_ENVIRONMENT },
      stdio: ['ignore', 'pipe', 'pipe'],
    }).trim();
  git('init', '--quiet', '--initial-branch=main');
  return {
    root,
    uri: (path) => pathToFileURL(join(root, path)).href,
    write: (path, text) => {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    },
    git,
    commit: (message) => {
      git('add', '--all');
      git('commit', '--quiet', '--allow-empty', '--message', message);
      return git('rev-parse', 'HEAD');
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
};

const record = (title: string, status: string, decision: string): string => `# ${title}

Date: 2024-03-01

## Status

${status}

## Context

The shop grows, and its services must agree on this.

## Decision

${decision}
`;

/** Code that cites two records and is named by a third. Line 0 is the import; line 2 cites ADR 1 from column 3; line 5 is blank. */
export const OUTBOX = `import { pool } from './pool';

// ADR-0001: orders stay in the relational database.
export const table = 'outbox';
// ADR-0002 said otherwise once.

export const relay = async () => pool.query('select * from outbox');
`;

/**
 * A small shop. Records: 1 PostgreSQL (accepted), 2 Kafka (superseded by 3), 3 NATS (accepted, names the outbox file), 4 with an
 * unknown status and a broken link. Code: an outbox that cites 1 and 2, a readme-like file that nothing governs. Three commits.
 */
export const shopRepository = (root?: string): SampleRepository => {
  const shop = emptyRepository(root);
  shop.write(
    'docs/adr/0001-keep-orders-in-postgresql.md',
    record('1. Keep orders in PostgreSQL', 'Accepted', 'We keep every order in one PostgreSQL database because orders need transactions.'),
  );
  shop.write(
    'docs/adr/0002-send-events-through-kafka.md',
    record(
      '2. Send events through Kafka',
      'Superseded by [3. Send events through NATS](0003-send-events-through-nats.md)',
      'We send events between services through Kafka.',
    ),
  );
  shop.commit('Keep orders in PostgreSQL\n\nThe first two decisions.');
  shop.write(
    'docs/adr/0003-send-events-through-nats.md',
    record(
      '3. Send events through NATS',
      'Accepted\n\nSupersedes [2. Send events through Kafka](0002-send-events-through-kafka.md)',
      'We send events through NATS JetStream. The relay in `services/orders/src/outbox.ts` publishes them at least once.',
    ),
  );
  shop.write('services/orders/src/outbox.ts', OUTBOX);
  shop.commit('Replace Kafka by NATS\n\nRunning Kafka cost more than it carried.');
  shop.write('tools/paint.ts', 'export const colour = 42;\n');
  shop.write(
    'docs/adr/0004-sort-the-shelves.md',
    record('4. Sort the shelves', 'Wobbly', 'We sort shelves as in [no such record](0099-gone.md).'),
  );
  shop.write(
    'api/openapi.yaml',
    'openapi: 3.0.3\ninfo:\n  title: Orders\n  version: 1.0.0\npaths:\n  /orders:\n    get:\n      operationId: listOrders\n      summary: List the orders of a customer\n      responses:\n        "200":\n          description: ok\n',
  );
  shop.commit('Describe the orders interface');
  return shop;
};
