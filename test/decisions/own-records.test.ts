import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openEngine } from '../../server/engine/engine.ts';
import type { Engine } from '../../server/model/engine.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/folder.ts';

const ROOT = join(import.meta.dirname, '../..');

/** Where each record of this project must be seen, unasked, in this project's own code. */
const PLACES: readonly (readonly [string, string])[] = [
  ['docs/decisions/0001-keep-decisions-beside-the-code.md', 'docs/decisions/0002-one-table-one-writer.md'],
  ['docs/decisions/0002-one-table-one-writer.md', 'server/store/store.ts'],
  ['docs/decisions/0003-rank-in-memory-find-in-the-store.md', 'server/retrieval/search.ts'],
  ['docs/decisions/0004-index-in-a-process-of-its-own.md', 'server/indexing/process.ts'],
  ['docs/decisions/0005-static-model-in-the-box.md', 'server/embedding/static.ts'],
  ['docs/decisions/0007-globs-are-gitignore-patterns.md', 'server/knowledge/discovery/config.ts'],
  ['docs/decisions/0008-keep-facts-of-source-files-in-a-log.md', 'server/store/code-log.ts'],
  ['docs/decisions/0009-keep-what-people-say-in-a-text-file.md', 'server/knowledge/links/links-file.ts'],
  ['docs/decisions/0010-show-a-record-unasked-where-two-kinds-of-evidence-agree.md', 'server/decisions/governing/governing.ts'],
  ['docs/decisions/0011-parse-what-a-file-declares-scan-for-everything-else.md', 'server/code/symbols.ts'],
  ['docs/decisions/0012-give-every-kind-of-evidence-one-role.md', 'server/model/evidence.ts'],
  ['docs/decisions/0013-write-sentences-for-people-in-the-core.md', 'server/model/finding.ts'],
  ['docs/decisions/0014-one-server-per-window-one-indexing-child-per-repository.md', 'server/indexing/process.ts'],
  ['docs/decisions/0015-keep-records-in-memory-and-forget-by-identity.md', 'server/register/register.ts'],
  ['docs/decisions/0016-put-facts-below-judgements.md', 'docs/architecture.md'],
];

describe("the project's own records", () => {
  let copy: TemporaryFolder;
  let index: TemporaryFolder;
  let engine: Engine;

  beforeAll(async () => {
    // The work tree as it is, without history: the answer must not hang on how deep a clone is.
    copy = temporaryFolder('lintel-own');
    index = temporaryFolder('lintel-own-index');
    const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: ROOT, encoding: 'utf8' });
    for (const path of listed
      .split('\0')
      .filter((name) => /^(?:docs|server|protocol|extension|scripts|media|\.github)\/|^[A-Z]+(?:\.md)?$|^lintel\.yaml$/.test(name))) {
      if (!existsSync(join(ROOT, path))) continue;
      mkdirSync(dirname(join(copy.path, path)), { recursive: true });
      cpSync(join(ROOT, path), join(copy.path, path));
    }
    engine = await openEngine({ folder: copy.path, indexFolder: index.path });
    await engine.index();
  });
  afterAll(async () => {
    await engine?.dispose();
    copy?.remove();
    index?.remove();
  });

  it.each(PLACES)('%s governs %s', async (record, path) => {
    expect(existsSync(join(ROOT, path))).toBe(true);
    const { governing } = await engine.why({ path, line: 0, unasked: true });
    expect(governing.map(({ id }) => id)).toContain(record);
  });

  it('are shown with their status: only those in force govern', async () => {
    for (const [, path] of PLACES) {
      const { governing } = await engine.why({ path, line: 0, unasked: true });
      expect(governing.filter(({ status }) => status !== 'accepted').map(({ id }) => id)).toEqual([]);
    }
    const statuses = await Promise.all(PLACES.map(async ([id]) => (await engine.record(id))?.status));
    expect(new Set(statuses)).toEqual(new Set(['accepted']));
  });

  it('and the code that cites them have no findings', async () => {
    const problems = await engine.allFindings();
    const messages = problems.flatMap(({ document, findings: found }) =>
      found.filter(({ severity }) => severity !== 'hint').map(({ rule, message }) => `${document.path} ${rule} ${message}`),
    );
    expect(messages).toEqual([]);
  });
});
