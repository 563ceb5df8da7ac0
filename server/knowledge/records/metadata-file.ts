import type { Document, Link } from '../../model/document.ts';
import { recordName } from '../record-name.ts';
import { readRecord } from './record.ts';

const START = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
const RELATIONS: ReadonlySet<Link['kind']> = new Set(['superseded-by', 'supersedes', 'amends']);

/** The file beside a record that holds its status, such as `kep.yaml` beside `1027-x/README.md`; `undefined` for a record that has none. */
export function metadataPathOf(path: string): string | undefined {
  const match = /^(.*\/)(?:readme|index)\.(?:md|rst|adoc)$/i.exec(path);
  const { namespace, number } = recordName(path);
  return match === null || number === undefined || namespace === 'adr' ? undefined : `${match[1]}${namespace}.yaml`;
}

/**
 * A record with what the file beside it says: title, number, status, day and the records that it replaces or is replaced by. They have no place in the
 * record itself, so their spans are its start.
 * @param metadata YAML, as it would stand in front matter
 */
export function withMetadata(record: Document, metadata: string): Document {
  const { status, date, title, titleSpan, number, links } = readRecord({
    path: record.path ?? '',
    sha: record.sha,
    text: `---\n${metadata.replace(/^---[^\n]*\n/, '')}\n---\n`,
  });
  const relations = links.filter(({ kind, target }) => RELATIONS.has(kind) && !/^https?:/.test(target));
  return {
    ...record,
    ...(titleSpan ? { title } : {}),
    ...(number === undefined ? {} : { number }),
    ...(status ? { status: { ...status, span: START } } : {}),
    ...(date === undefined ? {} : { date }),
    links: [...relations.map((link) => ({ ...link, span: START })), ...record.links],
  };
}
