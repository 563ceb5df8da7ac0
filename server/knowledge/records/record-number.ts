import { writtenNumber } from '../../text/record-numbers.ts';
import { type Field, fieldsNamed } from '../markup/fields.ts';
import { type FrontMatter, valuesOf } from '../markup/front-matter.ts';
import { plainText } from '../markup/inline.ts';
import type { Outline } from '../markup/outline.ts';
import { isSeries, recordName } from '../record-name.ts';

/** The number of a record, and the series that it belongs to. */
export interface RecordNumber {
  /** Without leading zeros; absent for a record without a number. */
  readonly number?: string;
  /** In lower case: `adr`, `rfc`, `a` for `A-13`. */
  readonly namespace: string;
  /** All series by which the record is called: that of its file name too. */
  readonly names: readonly string[];
}

interface Candidate {
  readonly number?: string;
  readonly namespace?: string;
}

/** Keys and fields that hold the number; a process named by the key is its series: `pep: 8`. */
const KEYS = [
  'id',
  'number',
  'no',
  'adr',
  'adr-id',
  'adr-number',
  'adr-no',
  'decision-id',
  'decision-number',
  'record-id',
  'record',
  'identifier',
  'index',
];
const PROCESS_KEYS = ['rfc', 'pep', 'kep', 'tep', 'oep', 'eip', 'bip', 'jep', 'kip'];
const FIELDS = ['id', 'number', 'adr', 'adr id', 'adr number', 'decision id', 'record id', 'identifier', 'proposal', 'nr', 'no'];

function candidate(text: string, process?: string): Candidate | undefined {
  const found = text.length > 60 ? undefined : writtenNumber(text);
  // Eight digits are a day, and `UTF-8` is no number of a record.
  if (found === undefined || found.number.length > 5 || (found.namespace !== undefined && !isSeries(found.namespace))) return undefined;
  return process === undefined || found.namespace !== undefined ? found : { ...found, namespace: process };
}

/**
 * The number of a record: of its file name, else of its front matter (`id: ADR-0007`, `number: 7`), else of a field (`PEP: 8`), else of its title
 * (`# A-13: Warn`). Letters count from whichever of them has the same number.
 */
export function recordNumber(
  path: string,
  front: FrontMatter | undefined,
  { text }: Pick<Outline, 'text'>,
  fields: readonly Field[],
  title: Candidate,
): RecordNumber {
  const name = recordName(path);
  const inFront = KEYS.concat(PROCESS_KEYS).flatMap((key) => {
    const value = valuesOf(front, [key])[0];
    return (value && candidate(value.text, PROCESS_KEYS.includes(key) ? key : undefined)) ?? [];
  });
  const inFields = fieldsNamed(fields, FIELDS.concat(PROCESS_KEYS)).flatMap(
    (field) =>
      candidate(
        plainText(text.slice(field.start, Math.min(field.end, field.start + 200))),
        PROCESS_KEYS.includes(field.name) ? field.name : undefined,
      ) ?? [],
  );
  const all: readonly Candidate[] = [...inFront, ...inFields, title];
  const number = name.number ?? all.find((found) => found.number !== undefined)?.number;
  if (number === undefined) return { namespace: name.namespace, names: [name.namespace] };
  const lettered = all.find((found) => found.number === number && found.namespace !== undefined && found.namespace !== 'adr');
  // A file name with letters is how everybody calls the record.
  const namespace = name.namespace !== 'adr' ? name.namespace : (lettered?.namespace ?? 'adr');
  const names = new Set([namespace, ...(name.number === number ? [name.namespace] : [])]);
  return { number, namespace, names: [...names] };
}
