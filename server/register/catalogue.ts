import { recordName } from '../knowledge/record-name.ts';
import type { DocumentHead } from '../model/document.ts';
import { groupByKey } from './group-by-key.ts';

/** A decision record with the names that texts use for it. */
export interface RecordEntry {
  readonly id: string;
  readonly path: string;
  readonly head: DocumentHead;
  readonly namespace: 'adr' | 'rfc';
  /** Without leading zeros; absent for a record without a number. */
  readonly number?: string;
  /** The file name without its number. */
  readonly slug: string;
  /** File name without extension; folder name for README and index files. */
  readonly name: string;
}

/** The decision records of a repository by every name that a citation may use. */
export interface Catalogue {
  readonly records: readonly RecordEntry[];
  /** By `<namespace>:<number>`. */
  readonly byNumber: ReadonlyMap<string, readonly RecordEntry[]>;
  /** By file name, lower case. */
  readonly byName: ReadonlyMap<string, readonly RecordEntry[]>;
  /** By slug, lower case. */
  readonly bySlug: ReadonlyMap<string, readonly RecordEntry[]>;
}

function fileName(path: string): string {
  const segments = path.split('/');
  const last = (segments.at(-1) ?? '').replace(/\.[^.]+$/, '');
  return /^(?:readme|index)$/i.test(last) ? (segments.at(-2) ?? last) : last;
}

/** The catalogue of the decision records among these documents. */
export function catalogueOf(heads: readonly DocumentHead[]): Catalogue {
  const records = heads.flatMap((head): RecordEntry[] => {
    if (head.kind !== 'decision' || head.path === undefined) return [];
    const { namespace, number, slug } = recordName(head.path);
    // A section of a log has no file name of its own.
    const isSection = head.id !== head.path;
    const ownNumber = head.number ?? (isSection ? undefined : number);
    return [
      {
        id: head.id,
        path: head.path,
        head,
        namespace,
        ...(ownNumber === undefined ? {} : { number: ownNumber }),
        slug: isSection ? (head.slug ?? slug) : slug,
        name: isSection ? head.id.slice(head.path.length + 1) : fileName(head.path),
      },
    ];
  });
  return {
    records,
    byNumber: groupByKey(records, (record) => (record.number === undefined ? undefined : `${record.namespace}:${record.number}`)),
    byName: groupByKey(records, (record) => record.name.toLowerCase()),
    bySlug: groupByKey(records, (record) => record.slug.toLowerCase().replaceAll('_', '-')),
  };
}
