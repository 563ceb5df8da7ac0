import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { groundsOf } from '../server/decisions/governing/governing.ts';
import { groundOf } from '../server/decisions/governing/grounds.ts';
import { type AnsweredPlace, openAsked, randomPlaces } from './places.ts';
import { benchmarkHeads, checkout, fail } from './repositories.ts';

/**
 * Draws code places for judging by hand. `random`: so many random places of each repository: everything that a hover shows there, and now and then the
 * closest record that it does not show. `candidates`: random places at which some evidence speaks for a record, so many of each kind of evidence,
 * whether a hover would show it or not.
 * Writes `{repo, sha, path, line, record, ...}` lines, and for the judge a sheet without any evidence.
 */

const { values } = parseArgs({
  options: {
    repos: { type: 'string' },
    mode: { type: 'string', default: 'random' },
    places: { type: 'string', default: '20' },
    seed: { type: 'string', default: '1' },
    out: { type: 'string' },
    sheet: { type: 'string' },
  },
  allowPositionals: true,
});
if (!values.repos || !values.out)
  fail('Usage: npm run bench -- draw --repos OWNER/NAME,... --out FILE [--mode random|candidates] [--places N] [--seed S] [--sheet FILE]');

/** One pair of a place and a record. */
interface Pair {
  readonly id: string;
  readonly repo: string;
  readonly sha: string;
  readonly path: string;
  /** Zero-based. */
  readonly line: number;
  /** Path of the record. */
  readonly record: string;
  /** Whether a hover shows it; of random places. */
  readonly shown?: boolean;
  /** The how manieth place of its repository it is, from 1. */
  readonly place?: number;
  /** What speaks most for it; of candidates. */
  readonly group?: string;
}

const most = Number(values.places);
const PLACES_LOOKED_AT = 400;
const LEAST_Z_SCORE = 3;

const mirror = process.env.LINTEL_MIRROR ?? '';
const known = benchmarkHeads();
/** Repositories of the benchmark at its commit, so that work trees and indexes are shared; others at the newest one. */
const headOf = (repo: string): string =>
  known.get(repo) ??
  execFileSync('git', ['-C', join(mirror, repo.replace('/', '+'), 'repo'), 'rev-parse', 'HEAD'], { encoding: 'utf8' }).trim();

/** What speaks most for a record at a place, for drawing alike many of each kind. */
function groupOf(candidate: AnsweredPlace['candidates'][number]): string | undefined {
  const { ranked, evidence, item: document } = candidate;
  if (document.head.kind !== 'decision') return undefined;
  const top = ranked.lead > 0 && ranked.zScore >= LEAST_Z_SCORE;
  const ground = groundOf(groundsOf(candidate));
  if (ground) return ground;
  const [first] = evidence;
  const form = first?.kind === 'scoped' ? `${first.kind} ${first.form}` : (first?.kind ?? (top ? 'similar' : undefined));
  return form === undefined ? undefined : `${form}${top ? ', closest' : ''}`;
}

const CONTEXT = 20;
const RECORD_WORDS = 700;

function sheetOf(place: AnsweredPlace, pair: Pair): string {
  const record = place.candidates.find(({ item: document }) => (document.head.path ?? document.head.id) === pair.record)?.item;
  const first = Math.max(0, place.line - CONTEXT);
  const code = place.lines
    .slice(first, place.line + CONTEXT + 1)
    .map((text, i) => `${first + i === place.line ? '>' : ' '} ${first + i + 1}\t${text.slice(0, 200)}`);
  const text = (record?.passages ?? []).map(({ headingPath, text: words }) => `[${headingPath.join(' > ')}] ${words}`).join('\n');
  const shown = text
    .split(/(?<=\s)/)
    .slice(0, RECORD_WORDS)
    .join('');
  return [`=== ${pair.id}`, `CODE ${pair.repo} ${pair.path}`, ...code, `RECORD ${pair.record} : ${record?.head.title}`, shown, ''].join(
    '\n',
  );
}

const pairs: Pair[] = [];
const sheets: string[] = [];
const drawn = new Map<string, number>();

for (const repo of values.repos.split(',')) {
  if (!existsSync(join(mirror, repo.replace('/', '+'), 'repo'))) fail(`There is no clone of ${repo} in LINTEL_MIRROR.`);
  const sha = headOf(repo);
  const tree = checkout(repo, sha);
  if (!tree) continue;
  const asked = await openAsked(tree);
  let places = 0;
  const ofRepo = new Map<string, number>();
  for await (const place of randomPlaces(tree, asked, `${values.seed} ${repo}`)) {
    places += 1;
    const { path, line } = place;
    const base = { repo, sha, path, line };
    const take = (pair: Omit<Pair, 'id' | keyof typeof base>): void => {
      const full = { id: `${repo.split('/')[1]}-${places}-${pairs.length}`, ...base, ...pair };
      pairs.push(full);
      sheets.push(sheetOf(place, full));
    };
    if (values.mode === 'random') {
      const shown = new Set(place.governing.slice(0, 3).map(({ item: document }) => document));
      for (const document of shown) take({ record: document.head.path ?? document.head.id, shown: true, place: places });
      // Now and then the closest record that is not shown: the judge must not know that most are.
      const decoy =
        places % 12 === 0 ? place.candidates.find(({ ranked, item: document }) => ranked.lead > 0 && !shown.has(document)) : undefined;
      if (decoy) take({ record: decoy.item.head.path ?? decoy.item.head.id, shown: false, place: places });
      if (places >= most) break;
      continue;
    }
    for (const candidate of place.candidates) {
      const group = groupOf(candidate);
      const key = `${group} ${repo}`;
      if (!group || (drawn.get(group) ?? 0) >= most || (ofRepo.get(key) ?? 0) >= Math.ceil(most / 5)) continue;
      drawn.set(group, (drawn.get(group) ?? 0) + 1);
      ofRepo.set(key, (ofRepo.get(key) ?? 0) + 1);
      take({ record: candidate.item.head.path ?? candidate.item.head.id, group });
      break;
    }
    if (places >= PLACES_LOOKED_AT) break;
  }
  console.error(`${repo}: ${places} places`);
  await asked.close();
}
const write = (file: string, text: string): void => {
  mkdirSync(dirname(resolve(file)), { recursive: true });
  writeFileSync(file, text);
};
write(values.out, `${pairs.map((pair) => JSON.stringify(pair)).join('\n')}\n`);
if (values.sheet) write(values.sheet, sheets.join('\n'));
console.log(`${pairs.length} lines, ${sheets.length} pairs to judge`);
for (const [group, count] of [...drawn].sort()) console.log(`  ${group}: ${count}`);
