import { type CommitSpec, importCommits } from './fast-import.ts';
import { type TemporaryFolder, temporaryFolder } from './folder.ts';
import { git } from './git.ts';
import { code, decision, guide, type MadeFile, specification } from './synthetic-files.ts';
import { AREAS, type Prose, prose, random } from './vocabulary.ts';

export interface SyntheticOptions {
  /** Commits of the log: non-merge commits and merges into `main` together. Default 5,000. */
  readonly commits?: number;
  /** Records, specifications and guides together. Default 1,000. */
  readonly documents?: number;
  /** Code files. Default 600. */
  readonly codeFiles?: number;
  /** The same seed and numbers give the same repository, shas included. Default 1. */
  readonly seed?: number;
  /** Check the files out. Default true; false leaves an empty work tree for tests of history alone. */
  readonly checkout?: boolean;
  /** Kept in memory where the system has a place for that: several times quicker to make on a busy disk. Default true. */
  readonly memory?: boolean;
}

export interface SyntheticRepository {
  readonly root: string;
  readonly head: string;
  /** Shas in the order of the commits. */
  readonly shas: readonly string[];
  readonly decisions: readonly string[];
  readonly specifications: readonly string[];
  readonly guides: readonly string[];
  readonly code: readonly string[];
  /** Questions as people type them, each of two to five words that occur in the texts; `queries[i]` is the same for the same seed. */
  readonly queries: readonly string[];
  readonly remove: () => void;
}

const QUERIES = 200;
const START = Date.UTC(2018, 0, 1);
const TWO_HOURS = 2 * 3_600_000;
const AUTHORS = ['Ada Lovelace', 'Grace Hopper', 'Edsger Dijkstra', 'Barbara Liskov', 'Alan Kay', 'Radia Perlman', 'Tony Hoare'];

/**
 * A repository of a made-up shop with believable records, specifications, guides, code and history: several thousand distinct words, spread as
 * words are, an area of the shop preferring its own. Deterministic. 5,000 commits and 1,000 documents take a few seconds. The caller removes it.
 */
export const syntheticRepository = (options: SyntheticOptions = {}): SyntheticRepository => {
  const { commits = 5_000, documents = 1_000, codeFiles = 600, seed = 1, checkout = true, memory = true } = options;
  const writer = prose(random(seed));
  const areas = Object.keys(AREAS);
  const area = (index: number): string => areas[index % areas.length] ?? 'orders';
  const counts = { decisions: Math.ceil(documents * 0.3), specifications: Math.floor(documents * 0.3) };
  const decisions = made(counts.decisions, (index) => decision(writer, area(index), index + 1, counts.decisions));
  const specifications = made(counts.specifications, (index) => specification(writer, area(index), index + 1));
  const guides = made(documents - counts.decisions - counts.specifications, (index) => guide(writer, area(index), index + 1));
  const sources = made(codeFiles, (index) => code(writer, area(index), index + 1, counts.decisions));
  const folder = temporaryFolder('lintel-synthetic', { memory });
  git(folder.path, ['init', '--quiet']);
  const shas = importCommits(
    folder.path,
    history(writer, commits, [...decisions, ...specifications, ...guides, ...sources], sources, (name) =>
      decisions.filter((_, index) => area(index) === name),
    ),
    checkout,
  );
  const queries = made(QUERIES, (index) => {
    const words = Array.from({ length: 2 + writer.random.below(4) }, () => writer.noun(area(index)));
    return words.join(' ');
  });
  const pathsOf = (files: readonly MadeFile[]): string[] => files.map(({ path }) => path);
  return describe(folder, shas, {
    decisions: pathsOf(decisions),
    specifications: pathsOf(specifications),
    guides: pathsOf(guides),
    code: pathsOf(sources),
    queries,
  });
};

const made = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_, index) => make(index));

const describe = (
  folder: TemporaryFolder,
  shas: readonly string[],
  files: Pick<SyntheticRepository, 'decisions' | 'specifications' | 'guides' | 'code' | 'queries'>,
): SyntheticRepository => ({
  root: folder.path,
  head: git(folder.path, ['rev-parse', '--verify', 'main']),
  shas,
  ...files,
  remove: folder.remove,
});

/**
 * Files arrive over the first half of the history; code is edited all along, one time in eight together with a record of its area; every tenth
 * commit lands a branch by a merge.
 */
function* history(
  writer: Prose,
  commits: number,
  files: readonly MadeFile[],
  sources: readonly MadeFile[],
  recordsOf: (area: string) => readonly MadeFile[],
): Generator<CommitSpec> {
  const { random } = writer;
  const perCommit = Math.ceil(files.length / Math.max(1, Math.floor(commits / 2)));
  const arrivals = shuffled(writer, files);
  const current = new Map(sources.map(({ path, text }) => [path, text]));
  const present: MadeFile[] = [];
  const known = new Set(sources.map(({ path }) => path));
  const here = new Set<string>();
  let arrived = 0;
  for (let index = 0; index < commits; index++) {
    const date = new Date(START + index * TWO_HOURS).toISOString();
    const author = random.pick(AUTHORS);
    const branch = `work-${Math.floor(index / 10)}`;
    if (index % 10 === 9) {
      yield { message: `Merge branch '${branch}'\n\n${writer.phrase('platform')}\n`, date, author, merge: branch };
      continue;
    }
    const arriving = arrivals.slice(arrived, arrived + perCommit);
    arrived += arriving.length;
    const edited = present.length === 0 || arriving.length > 0 ? [] : made(1 + random.below(3), () => random.pick(present));
    for (const file of arriving) if (known.has(file.path)) present.push(file);
    const first = arriving[0] ?? edited[0];
    const area = Object.keys(AREAS).find((name) => first?.path.includes(`/${name}/`)) ?? 'orders';
    const changed: Record<string, string> = {};
    for (const { path, text } of arriving) {
      changed[path] = text;
      here.add(path);
    }
    const records = edited.length > 0 && random.next() < 0.125 ? recordsOf(area).filter(({ path }) => here.has(path)) : [];
    if (records.length > 0) {
      const { path, text } = random.pick(records);
      changed[path] = `${current.get(path) ?? text}\n${writer.sentence(area)}\n`;
      current.set(path, changed[path]);
    }
    for (const { path } of edited) {
      const mark = path.endsWith('.py') ? '#' : '//';
      const text = `${current.get(path) ?? ''}${mark} ${writer.sentence(area)}\n`;
      current.set(path, text.length > 6_000 ? text.slice(0, 3_000).replace(/[^\n]*$/, '') : text);
      changed[path] = current.get(path) ?? '';
    }
    const reference = random.next() < 0.2 ? `\n\nDecision: ${String(1 + random.below(300)).padStart(4, '0')}` : '';
    const body = random.next() < 0.6 ? `\n\n${wrapped(writer.paragraph(area, 1 + random.below(4)))}` : '';
    const message = `${random.pick(['Add', 'Fix', 'Change', 'Remove', 'Speed up', 'Test'])} ${writer.phrase(area).replace(/^\S+ /, '')}${body}${reference}\n`;
    yield { message, date, author, files: changed, ...(index % 10 === 8 && index + 1 < commits ? { branch } : {}) };
  }
}

const shuffled = (writer: Prose, files: readonly MadeFile[]): MadeFile[] =>
  files
    .map((file) => ({ file, key: writer.random.next() }))
    .sort((left, right) => left.key - right.key)
    .map(({ file }) => file);

const wrapped = (text: string): string => text.replace(/(.{50,72}) /g, '$1\n');
