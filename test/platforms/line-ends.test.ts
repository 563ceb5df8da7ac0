import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, test } from 'vitest';
import { materialise } from '../../kb-samples/materialise.mjs';
import { SourceFile } from '../../server/code/source-file.ts';
import { classify } from '../../server/knowledge/discovery/classify.ts';
import { defaultConfig } from '../../server/knowledge/discovery/config.ts';
import { readDocument } from '../../server/knowledge/read.ts';
import type { Document } from '../../server/model/document.ts';
import { unifiedDiff } from '../../server/text/unified-diff.ts';
import { applied, type Files, inCode, inRecords } from '../decisions/findings-support.ts';

const scratch = mkdtempSync(join(tmpdir(), 'lintel-line-ends-'));
const SHOP = join(scratch, 'shop');
await materialise(SHOP);
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const crlf = (text: string): string => text.replace(/\r?\n/g, '\r\n');
/** Everything as with line feeds: the texts of a document keep the line ends of the file. */
const asWithLineFeeds = (value: unknown): unknown => JSON.parse(JSON.stringify(value).replaceAll('\\r\\n', '\\n'));

const textOf = (folder: string, path: string): string => readFileSync(join(folder, path), 'utf8').replace(/\r\n/g, '\n');

/** The documents of the sample and of this project: every format that is read. */
const documents = [SHOP, join(import.meta.dirname, '../../docs')].flatMap((folder) =>
  globSync('**/*.{md,yaml,yml,json,proto,graphql,feature}', { cwd: folder }).flatMap((path) => {
    const text = textOf(folder, path);
    const kind = classify(path, defaultConfig(), () => text);
    return kind === undefined ? [] : [{ path, text, ...kind }];
  }),
);

const read = (file: (typeof documents)[number], text: string): Document => readDocument({ ...file, text, sha: 'c0ffee' });

describe('a checkout with Windows line ends', () => {
  it('of the sample covers every kind of document and seven formats', () => {
    expect(new Set(documents.map(({ kind }) => kind))).toEqual(new Set(['decision', 'specification', 'guide']));
    expect(new Set(documents.map(({ format }) => format)).size).toBeGreaterThanOrEqual(7);
  });

  test.each(documents.map((file) => [file.path, file] as const))(
    'reads %s as with line feeds: the same text at the same places',
    (_, file) => {
      const [unix, windows] = [read(file, file.text), read(file, crlf(file.text))];
      expect(unix.findings.map(({ rule }) => rule)).not.toContain('reader-failed');
      expect(asWithLineFeeds(windows)).toEqual(asWithLineFeeds(unix));
    },
  );

  it('has the same symbols, names, routes and kinds of tokens in every file of code', async () => {
    const facts = async (path: string, text: string) => {
      const file = new SourceFile(path, text);
      const names = file.names.map(({ name, line, character }) => ({ name, line, character }));
      return { lines: file.lines.count, names, routes: file.routes, symbols: await file.symbols() };
    };
    const code = globSync('**/*.{ts,tsx,py,go,java,cs,sql,tf}', { cwd: SHOP });
    expect(code.length).toBeGreaterThan(50);
    for (const path of code) {
      const text = textOf(SHOP, path);
      expect(await facts(path, crlf(text)), path).toEqual(await facts(path, text));
    }
  });
});

describe('a fix', () => {
  const OLD = '# Kafka\n\n## Status\n\nSuperseded by [2](0002-nats.md)\n\n## Decision\n\nKafka carries events.\n';
  const NEW = '# NATS\n\n## Status\n\nAccepted\n\nSupersedes [3](0003-rabbit.md)\n\n## Decision\n\nNATS carries events.\n';
  const THIRD = '# Rabbit\n\n## Status\n\nAccepted\n\n## Decision\n\nRabbit carries events.\n';
  const unix: Files = {
    'docs/adr/0001-kafka.md': OLD,
    'docs/adr/0002-nats.md': NEW,
    'docs/adr/0003-rabbit.md': THIRD,
    'src/a.ts': '// See ADR-0001\nexport const a = 1;\n',
  };
  const windows: Files = Object.fromEntries(Object.entries(unix).map(([path, text]) => [path, crlf(text)]));

  it('keeps Windows line ends in code and in records, and does what it does with line feeds', async () => {
    const fixed = async (files: Files): Promise<Files[]> => {
      const found = [...inCode(files, 'src/a.ts'), ...[...(await inRecords(files)).values()].flat()];
      return found.flatMap(({ fixes = [] }) => fixes.map((fix) => applied(files, fix)));
    };
    const [onUnix, onWindows] = [await fixed(unix), await fixed(windows)];
    expect(onUnix.length).toBeGreaterThanOrEqual(2);
    expect(onWindows).toEqual(onUnix.map((files) => Object.fromEntries(Object.entries(files).map(([path, text]) => [path, crlf(text)]))));
  });

  it('is a patch whose lines end as those of the file do', async () => {
    const [fix] = inCode(windows, 'src/a.ts').flatMap(({ fixes = [] }) => fixes);
    const patch = unifiedDiff('src/a.ts', windows['src/a.ts'] ?? '', fix?.edits ?? []);
    expect(patch).toContain('-// See ADR-0001\r\n+// See ADR-0002\r\n export const a = 1;\r\n');
  });
});
