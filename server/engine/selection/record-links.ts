import { classify } from '../../knowledge/discovery/classify.ts';
import type { Config } from '../../knowledge/discovery/config.ts';
import { readDocument } from '../../knowledge/read.ts';
import { hasStatusInForce } from '../../register/in-force.ts';
import { linksOfRecord, type RecordLink, testsNamed } from '../../selection/index.ts';
import type { WorkspaceFiles } from '../../workspace/files.ts';
import { MOST_TEXT_BYTES } from './known-suite.ts';

const PROSE = /\.(?:mdx?|markdown|rst|adoc|asciidoc)$/i;
const MOST_RECORDS = 2_000;

/** The files that are records by their path. */
export const recordsAmong = (paths: readonly string[], config: Config): readonly string[] =>
  paths.filter((path) => PROSE.test(path) && classify(path, config)?.kind === 'decision').slice(0, MOST_RECORDS);

/** What records in force say of tests and the code that they check. Read from the files: an index may be missing, or behind. */
export async function recordLinksIn(
  records: readonly string[],
  specs: ReadonlySet<string>,
  files: WorkspaceFiles,
  config: Config,
): Promise<readonly RecordLink[]> {
  if (specs.size === 0) return [];
  const texts = await files.readMany(records, MOST_TEXT_BYTES);
  return records.flatMap((path, at) => {
    const text = texts[at] ?? '';
    const named = testsNamed(text, (name) => specs.has(name));
    const format = classify(path, config)?.format;
    if (named.size === 0 || format === undefined) return [];
    const document = readDocument({ path, kind: 'decision', format, text, sha: '' });
    return hasStatusInForce(document) ? linksOfRecord(document, named) : [];
  });
}
