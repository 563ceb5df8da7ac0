import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type GoverningCandidate, govern } from '../server/decisions/governing/governing.ts';
import type { Level } from '../server/model/answer.ts';
import { wilson } from './intervals.ts';
import { type Asked, openAsked, randomPlaces } from './places.ts';
import { checkout, lines } from './repositories.ts';

/**
 * The levels of decisions: draws the random places of `bench/judgements/level-places.jsonl` again, asks what Why would show there at each level, and
 * looks up what was said of it (`level-verdicts.jsonl`). Then asks at the places where a record is expected (`level-expected.jsonl`: the record names
 * the file, or a commit that touched the record wrote the line), and tells at which level it is. `--draw FILE` writes what is shown, for judging.
 */

const { values } = parseArgs({ options: { part: { type: 'string' }, draw: { type: 'string' } }, allowPositionals: true });
const folder = join(import.meta.dirname, 'judgements');

/** So many random places of a repository. `choosing`: the rule was chosen with it. */
interface Draw {
  readonly part: 'choosing' | 'report' | 'second' | 'third';
  readonly repo: string;
  readonly sha: string;
  readonly places: number;
}

/** A record at a place; `line` is zero-based. */
interface Pair {
  readonly repo: string;
  readonly path: string;
  readonly line: number;
  readonly record: string;
}

interface Judged extends Pair {
  /** One for each time that it was judged. */
  readonly verdicts: readonly ('yes' | 'arguable' | 'no')[];
}

interface Expected extends Pair {
  readonly why: 'file' | 'commit';
}

const MOST_SHOWN = 3;
const LEVELS: readonly Level[] = ['governs', 'probably', 'related'];
const keyOf = ({ repo, path, line, record }: Pair): string => [repo, path, line, record].join('\t');
const verdicts = new Map(lines<Judged>(join(folder, 'level-verdicts.jsonl')).map((each) => [keyOf(each), each.verdicts]));
const expected = lines<Expected>(join(folder, 'level-expected.jsonl'));
const draws = lines<Draw>(join(folder, 'level-places.jsonl')).filter(({ part }) => !values.part || part === values.part);

/** The records that are shown at each level, best first. */
function levelsOf({ view }: Asked, candidates: readonly GoverningCandidate[]): Record<Level, readonly string[]> {
  const { governing, probable, rest } = govern(view.register, view.documentIndex, candidates);
  const decisions = rest.filter(({ item, ranked, rank }) => item.head.kind === 'decision' && ranked.zScore >= 3.5 && rank < MOST_SHOWN);
  return {
    governs: governing.slice(0, MOST_SHOWN).map(({ item }) => item.head.id),
    probably: probable.map(({ item }) => item.head.id),
    related: decisions.map(({ item }) => item.head.id),
  };
}

interface Tally {
  places: number;
  covered: number;
  shown: number;
  judged: number;
  yes: number;
  no: number;
}
const tallies = new Map<string, Tally>();
const expectations = new Map<string, { places: number; governs: number; probably: number }>();

function count(name: string, draw: Draw, shown: readonly Pair[]): void {
  const tally = tallies.get(name) ?? { places: 0, covered: 0, shown: 0, judged: 0, yes: 0, no: 0 };
  tallies.set(name, tally);
  tally.places += 1;
  tally.covered += shown.length > 0 ? 1 : 0;
  tally.shown += shown.length;
  for (const pair of shown) {
    const said = verdicts.get(keyOf(pair));
    if (!said) continue;
    tally.judged += 1;
    tally.yes += said.filter((verdict) => verdict === 'yes').length / said.length;
    tally.no += said.filter((verdict) => verdict === 'no').length / said.length;
  }
  if (values.draw)
    for (const pair of shown) appendFileSync(values.draw, `${JSON.stringify({ part: draw.part, sha: draw.sha, level: name, ...pair })}\n`);
}

function expect(name: string, level: Level | undefined): void {
  const tally = expectations.get(name) ?? { places: 0, governs: 0, probably: 0 };
  expectations.set(name, tally);
  tally.places += 1;
  if (level === 'governs' || level === 'probably') tally[level] += 1;
}

for (const draw of draws) {
  const { repo, sha, part } = draw;
  const tree = checkout(repo, sha);
  if (!tree) {
    console.error(`There is no clone of ${repo} in LINTEL_MIRROR; it is left out.`);
    continue;
  }
  const asked = await openAsked(tree);
  let places = 0;
  for await (const { path, line, candidates } of randomPlaces(tree, asked, `levels ${repo}`)) {
    const levels = levelsOf(asked, candidates);
    for (const level of LEVELS)
      count(
        `${part}  ${level}`,
        draw,
        levels[level].map((record) => ({ repo, path, line, record })),
      );
    if (++places >= draw.places) break;
  }
  for (const each of expected) {
    if (each.repo !== repo) continue;
    const levels = levelsOf(asked, (await asked.ask({ path: each.path, line: each.line })).candidates);
    const level = LEVELS.find((name) => levels[name].includes(each.record));
    for (const name of [part, `${part}  ${each.why}`, `${part}  ${repo}`]) expect(name, level);
  }
  console.error(`${repo}: ${places} places`);
  await asked.close();
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
for (const [name, { places, covered, shown, judged, yes, no }] of [...tallies].sort(([a], [b]) => (a < b ? -1 : 1))) {
  const [low, high] = wilson(yes, judged);
  const precision =
    judged === 0
      ? 'none judged'
      : `yes ${percent(yes / judged)} [${percent(low)}, ${percent(high)}], no ${percent(no / judged)} of ${judged} judged`;
  console.log(`${name.padEnd(22)} ${shown} shown at ${covered} of ${places} random places (${percent(covered / places)}): ${precision}`);
}
for (const [name, { places, governs, probably }] of [...expectations].sort(([a], [b]) => (a < b ? -1 : 1)))
  console.log(
    `${name.padEnd(52)} expected at ${places} places: governs ${percent(governs / places)}, or probably ${percent((governs + probably) / places)}`,
  );
