import { namespaceOf, numberKeys, recordName } from '../knowledge/record-name.ts';
import type { DocumentHead } from '../model/document.ts';
import { groupByKey } from './group-by-key.ts';

/** A decision record with the names that texts use for it. */
export interface RecordEntry {
  readonly id: string;
  readonly path: string;
  readonly head: DocumentHead;
  /** The series of its number, in lower case: `adr`, `rfc`, `a` for `A-13`. */
  readonly namespace: string;
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
  /** The series with letters of their own that records use, in lower case: `a`, `ui`, `se`. */
  readonly series: ReadonlySet<string>;
}

/** Series that stand for a kind of record, so that a number alone does not mean them. */
const PROCESSES = new Set(['adr', 'rfc', 'pep', 'kep', 'tep', 'oep']);

function fileName(path: string): string {
  const segments = path.split('/');
  const last = (segments.at(-1) ?? '').replace(/\.[^.]+$/, '');
  return /^(?:readme|index)$/i.test(last) ? (segments.at(-2) ?? last) : last;
}

/** The catalogue of the decision records among these documents. */
export function catalogueOf(heads: readonly DocumentHead[]): Catalogue {
  const records = heads.flatMap((head): RecordEntry[] => {
    if (head.kind !== 'decision' || head.path === undefined) return [];
    const { number, slug } = recordName(head.path);
    // A section of a log has no file name of its own.
    const isSection = head.id !== head.path;
    const ownNumber = head.number ?? (isSection ? undefined : number);
    return [
      {
        id: head.id,
        path: head.path,
        head,
        namespace: namespaceOf(head),
        ...(ownNumber === undefined ? {} : { number: ownNumber }),
        slug: isSection ? (head.slug ?? slug) : slug,
        // lintel-ignore SID002 A section has no name but what its id says after the path.
        name: isSection ? head.id.slice(head.path.length + 1) : fileName(head.path),
      },
    ];
  });
  return {
    records,
    byNumber: byNumberOf(records),
    byName: groupByKey(records, (record) => record.name.toLowerCase()),
    bySlug: groupByKey(records, (record) => record.slug.toLowerCase().replaceAll('_', '-')),
    series: new Set(records.flatMap(({ namespace, number }) => (number === undefined || PROCESSES.has(namespace) ? [] : [namespace]))),
  };
}

function byNumberOf(records: readonly RecordEntry[]): ReadonlyMap<string, readonly RecordEntry[]> {
  const found = new Map<string, RecordEntry[]>();
  for (const record of records) {
    for (const key of numberKeys(record.head)) {
      const known = found.get(key);
      if (known) known.push(record);
      else found.set(key, [record]);
    }
  }
  return found;
}

/**
 * The records that a number means. "ADR 13" is A-13 where no record is ADR 13; a number without letters means an ADR, and any record of that number
 * only where there is none.
 * @param namespace of the citation; `undefined` for a number alone
 */
export function recordsNumbered({ byNumber, series }: Catalogue, namespace: string | undefined, number: string): readonly RecordEntry[] {
  const exact = byNumber.get(`${namespace ?? 'adr'}:${number}`);
  if (exact !== undefined) return exact;
  if (namespace !== undefined && namespace !== 'adr') return [];
  const others = namespace === undefined ? [...PROCESSES, ...series] : [...series];
  return [...new Set(others.flatMap((other) => byNumber.get(`${other}:${number}`) ?? []))];
}
