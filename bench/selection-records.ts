import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { classify } from '../server/knowledge/discovery/classify.ts';
import { defaultConfig } from '../server/knowledge/discovery/config.ts';
import { codeMatch } from '../server/knowledge/links/links.ts';
import { readDocument } from '../server/knowledge/read.ts';
import type { Diff } from '../server/model/diff.ts';
import type { Document } from '../server/model/document.ts';
import { hasStatusInForce } from '../server/register/in-force.ts';
import { bm25 } from '../server/selection/ranking/bm25.ts';
import { fused, LIST_WEIGHTS, orderOf, scaled } from '../server/selection/ranking/fuse.ts';
import { closeness, embed } from '../server/selection/ranking/meaning.ts';
import { indexSpecs, wordsOfSpec } from '../server/selection/ranking/spec-index.ts';
import { addText, type Bag } from '../server/selection/ranking/tokens.ts';
import { wordMentions } from '../server/text/record-numbers.ts';
import { e2eRepositories, e2eTexts, e2eUniverses, textsAt } from './e2e-data.ts';
import { type Replayed, replay } from './e2e-replay.ts';
import { ITEM_KEYS, macroMicro, scoreItem } from './e2e-score.ts';
import { readStructure } from './e2e-structure.ts';
import { fail } from './repositories.ts';

/**
 * What the text of governing records would add to the ranking of specs: `npm run bench -- selection-records [STRUCTURE]`, with `LINTEL_BENCH`, and the bare
 * clones in `LINTEL_MIRROR`; repositories without a clone or without records are left out. The records are those before each commit.
 */
const mirror = process.env.LINTEL_MIRROR ?? fail('LINTEL_MIRROR names no folder of bare clones.');
const folder = `${process.env.LINTEL_BENCH}/e2e`;
const structure = process.argv[2] === undefined ? undefined : readStructure(process.argv[2]);
/** So much of a record is its text. In characters. */
const LONGEST = 6_000;
const CONFIG = defaultConfig();
const NEAR = ['linked', 'closest'] as const;

interface Governed {
  readonly one: Replayed;
  /** Records that speak of the change by structure, and the one that is closest in meaning. */
  readonly records: Readonly<Record<(typeof NEAR)[number], readonly Document[]>>;
}

const textOf = ({ title, sections }: Document): string =>
  [title, ...sections.map(({ heading, text }) => `${heading}\n${text}`)].join('\n').slice(0, LONGEST);
const changedText = ({ files }: Diff): string =>
  files.flatMap(({ hunks }) => hunks.flatMap(({ lines }) => lines.map(({ text }) => text))).join('\n');

/** Whether a record applies to a changed path, names it, or is cited around the change by its number or the name of its file. */
const speaksOf = (record: Document, paths: readonly string[], changed: string): boolean => {
  const own = textOf(record);
  const name = record.path?.slice(record.path.lastIndexOf('/') + 1) ?? '';
  return (
    record.links.some(({ kind, target }) => kind === 'applies-to' && paths.some((path) => codeMatch(target, path) > 0)) ||
    paths.some((path) => path.includes('/') && own.includes(path)) ||
    (name !== '' && changed.includes(name)) ||
    [...wordMentions(changed)].some(({ number }) => number === record.number)
  );
};

const recordsAt = (repo: string): ((sha: string) => readonly Document[]) => {
  const git = join(mirror, repo.replace('/', '+'), 'repo');
  const kept = new Map<string, readonly Document[]>();
  return (sha) => {
    const listed = execFileSync('git', ['-C', git, 'ls-tree', '-r', sha], { encoding: 'utf8', maxBuffer: 1 << 28 })
      .split('\n')
      .filter((line) => /\.(?:md|rst|adoc)$/.test(line) && classify(line.slice(line.indexOf('\t') + 1), CONFIG)?.kind === 'decision');
    const key = listed.join('\n');
    const known = kept.get(key);
    if (known) return known;
    const texts =
      textsAt(
        mirror,
        repo,
        sha,
        listed.map((line) => line.slice(line.indexOf('\t') + 1)),
      ) ?? new Map<string, string>();
    const found = [...texts].flatMap(([path, text]) => {
      const format = classify(path, CONFIG)?.format;
      if (format === undefined) return [];
      const document = readDocument({ path, kind: 'decision', format, text, sha: '' });
      return hasStatusInForce(document) ? [document] : [];
    });
    kept.set(key, found);
    return found;
  };
};

const embedded = new Map<string, Float32Array>();
const vectorOf = (text: string): Float32Array => {
  const known = embedded.get(text) ?? embed(text);
  embedded.set(text, known);
  return known;
};
const dot = (a: Float32Array, b: Float32Array): number => a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0);

const governed: Governed[] = [];
const suites = new Map<string, () => ReturnType<typeof indexSpecs>>();
for (const repo of e2eRepositories(folder, 'dev')) {
  if (!existsSync(join(mirror, repo.replace('/', '+'), 'repo'))) continue;
  const at = recordsAt(repo);
  const universes = e2eUniverses(folder, repo);
  const texts = e2eTexts(folder, repo);
  const words = new Map<string, ReturnType<typeof wordsOfSpec>>();
  let commits = 0;
  let linked = 0;
  let most = 0;
  for (const one of replay({ folder, split: 'dev', repo, history: true, mirror: undefined, structure })) {
    if (one.item.relevant.length === 0) continue;
    commits += 1;
    const records = at(one.item.parent);
    most = Math.max(most, records.length);
    if (records.length === 0) continue;
    const changed = changedText(one.diff);
    const query = embed(changed.slice(0, LONGEST));
    const [closest] = [...records].sort((a, b) => dot(vectorOf(textOf(b)), query) - dot(vectorOf(textOf(a)), query));
    const speaking = records.filter((record) =>
      speaksOf(
        record,
        one.item.files.map(({ path }) => path),
        changed,
      ),
    );
    if (speaking.length > 0) linked += 1;
    governed.push({ one, records: { linked: speaking, closest: closest ? [closest] : [] } });
    suites.set(one.item.id, () =>
      indexSpecs(
        [...(universes.get(one.item.id) ?? [])].map(([path, blob]) => {
          const known = words.get(`${path} ${blob}`) ?? wordsOfSpec(path, texts.get(blob) ?? '');
          words.set(`${path} ${blob}`, known);
          return known;
        }),
      ),
    );
  }
  console.log(`${repo}: ${commits} commits, ${most} records in force, ${linked} commits that a record speaks of`);
}

const shown = (value: number): string => value.toFixed(3);
for (const near of NEAR) {
  const own = governed.filter(({ records }) => records[near].length > 0);
  console.log(`${near}: ${own.length} commits; macro (micro) of ${ITEM_KEYS.join(', ')}`);
  if (own.length === 0) continue;
  const extra = own.map(({ one, records }) => {
    const index = suites.get(one.item.id)?.() ?? indexSpecs([]);
    const bag: Bag = new Map();
    for (const record of records[near]) addText(bag, textOf(record), 1);
    const vectors = index.specs.map(({ vectors }) => vectors());
    const close = records[near].map((record) => closeness(vectorOf(textOf(record)), vectors));
    return {
      words: scaled(bm25(index.body, bag, 400)),
      meaning: scaled(Float64Array.from(index.specs, (_, at) => Math.max(0, ...close.map((scores) => scores[at] ?? 0)))),
    };
  });
  for (const list of ['words', 'meaning'] as const)
    for (const weight of list === 'words' ? [0, 0.25, 0.5, 1, 2] : [0.25, 0.5, 1, 2]) {
      const rows = own.map(({ one }, at) => {
        const base = fused(one.ranking.lists, LIST_WEIGHTS);
        const scores = base.map((score, spec) => score + weight * (extra[at]?.[list][spec] ?? 0));
        return {
          item: one.item,
          score: scoreItem(
            one.specs.length,
            orderOf(scores).map((spec) => one.specs[spec] ?? ''),
            one.item.relevant,
          ),
        };
      });
      const figures = ITEM_KEYS.map((key) => macroMicro(rows, key)).map(({ macro, micro }) => `${shown(macro)} (${shown(micro)})`);
      console.log(`  ${list} at ${weight}: ${figures.join('  ')}`);
    }
}
