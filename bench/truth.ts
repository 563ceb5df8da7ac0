import { join } from 'node:path';
import type { Document, StatusValue } from '../server/model/document.ts';
import { groupBy } from '../server/text/group-by.ts';
import type { ReadRegister } from './registers.ts';
import { lines } from './repositories.ts';

/** What a careful person says on reading a record. Absent fields are absent in the file. */
export interface TrueRecord {
  readonly repo: string;
  readonly path: string;
  readonly title: string;
  readonly number?: string;
  readonly status: StatusValue | 'none';
  /** ISO 8601, as precise as the file. */
  readonly date?: string;
  /** Path of the record that replaced it; several where several did. */
  readonly successor?: string | readonly string[];
  /** Where the file bears more than one reading: the others, `null` for none. */
  readonly also?: {
    readonly title?: readonly string[];
    readonly number?: readonly string[];
    readonly status?: readonly string[];
    readonly date?: readonly (string | null)[];
    readonly successor?: readonly (string | null)[];
  };
}

/** A repository of the sheet, the records of it that were read, and files that look like records and are none. */
export interface TrueRegister {
  readonly repo: string;
  readonly sha: string;
  /** `decisions` of a `lintel.yaml`, where records lie in places of their own. */
  readonly decisions: readonly string[];
  readonly records: readonly TrueRecord[];
  readonly noRecords: readonly string[];
}

export const FIELDS = ['title', 'number', 'status', 'date', 'successor'] as const;
export type Field = (typeof FIELDS)[number];

type Line =
  | { readonly repo: string; readonly sha: string; readonly decisions?: readonly string[] }
  | { readonly repo: string; readonly path: string; readonly record: false }
  | TrueRecord;

/** Reads the sheet: one line for each repository, followed by one for each of its files. */
export function readTruth(): readonly TrueRegister[] {
  const sheet = lines<Line>(join(import.meta.dirname, 'judgements/readings.jsonl'));
  return [...groupBy(sheet, ({ repo }) => repo)].map(([repo, all]) => {
    const head = all.find((line) => 'sha' in line);
    if (!head) throw new Error(`readings.jsonl has no line with the commit of ${repo}.`);
    return {
      repo,
      sha: head.sha,
      decisions: head.decisions ?? [],
      records: all.filter((line) => 'title' in line),
      noRecords: all.flatMap((line) => ('record' in line ? [line.path] : [])),
    };
  });
}

/** How a title is compared: markup, case and blanks make no difference, every other character does. */
const titleKey = (title: string): string =>
  title
    .normalize('NFC')
    .replace(/[`*_\\]/g, '')
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase();

const listOf = (value: string | readonly string[] | undefined): readonly string[] =>
  value === undefined ? [] : typeof value === 'string' ? [value] : value;

/** The records that replaced one in the end or on the way, by the sheet. */
function trueSuccessors(truth: TrueRecord, byPath: ReadonlyMap<string, TrueRecord>): ReadonlySet<string> {
  const found = new Set<string>();
  const open = [truth];
  for (let next = open.pop(); next; next = open.pop()) {
    for (const path of [...listOf(next.successor), ...(next.also?.successor ?? [])]) {
      if (path === null || found.has(path)) continue;
      found.add(path);
      const other = byPath.get(path);
      if (other) open.push(other);
    }
  }
  return found;
}

/** The fields of a record that the product reads otherwise than a person does, each with both readings. */
export function misreadings(
  truth: TrueRecord,
  read: Document,
  successors: ReadRegister['successors'],
  byPath: ReadonlyMap<string, TrueRecord>,
): ReadonlyMap<Field, { readonly read: string; readonly truth: string }> {
  const { also = {} } = truth;
  const next = successors.get(read.id) ?? [];
  const isTrueTitle = [truth.title, ...(also.title ?? [])].map(titleKey).includes(titleKey(read.title));
  const isTrueNumber = truth.number === read.number || also.number?.includes(read.number ?? '') === true;
  const status = read.status?.value ?? 'none';
  const isTrueStatus = truth.status === status || also.status?.includes(status) === true;
  const isTrueDate = truth.date === read.date || also.date?.includes(read.date ?? null) === true;
  const all = trueSuccessors(truth, byPath);
  const named = listOf(truth.successor);
  const isTrueSuccessor =
    (named.every((path) => next.includes(path)) && next.every((path) => all.has(path))) ||
    (next.length === 0 && also.successor?.includes(null) === true);
  const wrong = new Map<Field, { readonly read: string; readonly truth: string }>();
  if (!isTrueTitle) wrong.set('title', { read: read.title, truth: truth.title });
  if (!isTrueNumber) wrong.set('number', { read: read.number ?? 'none', truth: truth.number ?? 'none' });
  if (!isTrueStatus) wrong.set('status', { read: status, truth: truth.status });
  if (!isTrueDate) wrong.set('date', { read: read.date ?? 'none', truth: truth.date ?? 'none' });
  if (!isTrueSuccessor) wrong.set('successor', { read: next.join(', ') || 'none', truth: named.join(', ') || 'none' });
  return wrong;
}
