import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type GoverningCandidate, govern } from '../server/decisions/governing/governing.ts';
import { wilson } from './intervals.ts';
import { type AnsweredPlace, type Asked, openAsked, randomPlaces } from './places.ts';
import { checkout, lines } from './repositories.ts';

/**
 * Governing precision: draws the places of `bench/judgements/places.jsonl` again (the seed gives the same places), asks the engine what a hover shows
 * there, and looks up what people who read code and record said (`verdicts.jsonl`). Prints precision, coverage, and both with each kind of
 * evidence left out. A shown pair that nobody judged is counted and named.
 */

const { values } = parseArgs({ options: { part: { type: 'string' } }, allowPositionals: true });
const folder = join(import.meta.dirname, 'judgements');

/** So many random places of a repository. */
interface Draw {
  readonly part: string;
  readonly repo: string;
  readonly sha: string;
  readonly seed: string;
  readonly places: number;
}

/** What raters said of a record at a place; `line` is zero-based. */
interface Judged {
  readonly part: string;
  readonly repo: string;
  readonly path: string;
  readonly line: number;
  readonly record: string;
  /** One for each rater. */
  readonly verdicts: readonly ('yes' | 'arguable' | 'no')[];
}

const keyOf = (repo: string, path: string, line: number, record: string): string => [repo, path, line, record].join('\t');
const judged = new Map(
  lines<Judged>(join(folder, 'verdicts.jsonl')).map(({ repo, path, line, record, verdicts }) => [
    keyOf(repo, path, line, record),
    verdicts,
  ]),
);
const draws = lines<Draw>(join(folder, 'places.jsonl')).filter(({ part }) => !values.part || part === values.part);

const KINDS = ['cited', 'scoped', 'changed-together', 'declared'] as const;
const MOST_SHOWN = 3;

interface Tally {
  places: number;
  covered: number;
  yes: number;
  no: number;
  shown: number;
  unjudged: string[];
}
const tallies = new Map<string, Tally>();
const tallyOf = (name: string): Tally => {
  const known = tallies.get(name) ?? { places: 0, covered: 0, yes: 0, no: 0, shown: 0, unjudged: [] };
  tallies.set(name, known);
  return known;
};

function count(name: string, { repo }: Draw, place: AnsweredPlace, shown: readonly string[]): void {
  const tally = tallyOf(name);
  tally.places += 1;
  if (shown.length > 0) tally.covered += 1;
  for (const record of shown) {
    const key = keyOf(repo, place.path, place.line, record);
    const verdicts = judged.get(key);
    if (!verdicts) {
      tally.unjudged.push(key);
      continue;
    }
    tally.shown += 1;
    tally.yes += verdicts.filter((verdict) => verdict === 'yes').length / verdicts.length;
    tally.no += verdicts.filter((verdict) => verdict === 'no').length / verdicts.length;
  }
}

const shownWith = ({ view }: Asked, candidates: readonly GoverningCandidate[]): string[] =>
  govern(view.register, view.documentIndex, candidates)
    .governing.slice(0, MOST_SHOWN)
    .map(({ item: document }) => document.head.path ?? document.head.id);

for (const draw of draws) {
  const tree = checkout(draw.repo, draw.sha);
  if (!tree) {
    console.error(`There is no clone of ${draw.repo} in LINTEL_MIRROR; it is left out.`);
    continue;
  }
  const asked = await openAsked(tree);
  let places = 0;
  for await (const place of randomPlaces(tree, asked, draw.seed)) {
    places += 1;
    const shown = shownWith(asked, place.candidates);
    count(draw.part, draw, place, shown);
    if (places <= 20) count(`${draw.part}, first 20 places`, draw, place, shown);
    count(`${draw.part}  ${draw.repo}`, draw, place, shown);
    for (const kind of KINDS) {
      const less = place.candidates.map((each) => ({ ...each, evidence: each.evidence.filter((evidence) => evidence.kind !== kind) }));
      count(`${draw.part} without ${kind}`, draw, place, shownWith(asked, less));
    }
    if (places >= draw.places) break;
  }
  await asked.close();
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
const range = ([low, high]: readonly [number, number]): string => `[${percent(low)}, ${percent(high)}]`;
for (const [name, { places, covered, shown, yes, no, unjudged }] of [...tallies].sort(([a], [b]) => (a < b ? -1 : 1))) {
  const precision = shown === 0 ? 'nothing shown' : `yes ${percent(yes / shown)} ${range(wilson(yes, shown))}, no ${percent(no / shown)}`;
  const open = unjudged.length > 0 ? `, ${unjudged.length} not judged` : '';
  console.log(`${name.padEnd(52)} ${shown} shown at ${covered} of ${places} places (${percent(covered / places)}): ${precision}${open}`);
}
for (const key of [...tallies.entries()].filter(([name]) => !name.includes(' ')).flatMap(([, { unjudged }]) => unjudged))
  console.log(`not judged: ${key}`);
