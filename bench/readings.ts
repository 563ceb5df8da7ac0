import { parseArgs } from 'node:util';
import { readRegister } from './registers.ts';
import { checkout } from './repositories.ts';
import { FIELDS, type Field, misreadings, readTruth } from './truth.ts';

/**
 * Readings: reads the registers of the repositories in `bench/judgements/readings.jsonl` with the product's own readers, and compares title, number,
 * status, day and successor of every record with what a person read there. Clones are read from `LINTEL_MIRROR`. Lists every record that is read
 * otherwise, is not found, or is none.
 */

const { values } = parseArgs({ options: { repo: { type: 'string' } }, allowPositionals: true });

interface Tally {
  /** Records of the sheet. */
  records: number;
  /** Of these, found without being told where they lie. */
  unasked: number;
  /** Of these, found with the `decisions` of the sheet. */
  found: number;
  readonly right: Record<Field, number>;
}

const tallyOf = (): Tally => ({ records: 0, unasked: 0, found: 0, right: { title: 0, number: 0, status: 0, date: 0, successor: 0 } });
const percent = (part: number, whole: number): string => (whole === 0 ? '-' : `${((100 * part) / whole).toFixed(1)} %`);
const row = (name: string, { records, unasked, found, right }: Tally): string =>
  [
    name.padEnd(64),
    String(records).padStart(9),
    String(unasked).padStart(8),
    String(found).padStart(6),
    ...FIELDS.map((field) => percent(right[field], found).padStart(10)),
  ].join('');

const sheet = readTruth().filter(({ repo }) => values.repo === undefined || repo === values.repo);
const total = tallyOf();
const misses: string[] = [];
const missing: string[] = [];
console.log(
  [
    'repository'.padEnd(64),
    'records'.padStart(9),
    'unasked'.padStart(8),
    'found'.padStart(6),
    ...FIELDS.map((field) => field.padStart(10)),
  ].join(''),
);
for (const { repo, sha, decisions, records, noRecords } of sheet) {
  const tree = checkout(repo, sha);
  if (!tree) {
    missing.push(repo);
    continue;
  }
  const unasked = await readRegister(tree.folder);
  const told = decisions.length === 0 ? unasked : await readRegister(tree.folder, decisions);
  const byPath = new Map(records.map((record) => [record.path, record]));
  const tally = tallyOf();
  for (const truth of records) {
    tally.records += 1;
    if (unasked.records.has(truth.path)) tally.unasked += 1;
    const read = told.records.get(truth.path);
    if (!read) {
      misses.push(`found      ${repo} ${truth.path}: not found`);
      continue;
    }
    tally.found += 1;
    const wrong = misreadings(truth, read, told.successors, byPath);
    for (const field of FIELDS) {
      const miss = wrong.get(field);
      if (miss) misses.push(`${field.padEnd(10)} ${repo} ${truth.path}: reads "${miss.read}", is "${miss.truth}"`);
      else tally.right[field] += 1;
    }
  }
  for (const path of noRecords) {
    if (unasked.records.has(path)) misses.push(`no record  ${repo} ${path}: listed, but no record`);
  }
  if (tally.unasked < tally.found)
    misses.push(
      `unasked    ${repo}: ${tally.found - tally.unasked} of ${tally.records} records are found only with "decisions: ${decisions.join(', ')}"`,
    );
  console.log(row(repo, tally));
  total.records += tally.records;
  total.unasked += tally.unasked;
  total.found += tally.found;
  for (const field of FIELDS) total.right[field] += tally.right[field];
}
console.log(row(`${sheet.length - missing.length} repositories`, total));
for (const field of FIELDS) console.log(`${field.padEnd(10)} ${total.right[field]} of ${total.found} right`);
console.log(misses.length === 0 ? 'No misses.' : `${misses.length} misses:`);
for (const miss of misses.sort()) console.log(miss);
for (const repo of missing) console.error(`There is no clone of ${repo} in LINTEL_MIRROR; it is left out.`);
