import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { extname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { SourceFile } from '../server/code/source-file.ts';
import { findingsOfIdentifiers, NO_KNOWLEDGE } from '../server/identifiers/index.ts';
import type { Finding, Severity } from '../server/model/finding.ts';
import { countLines } from '../server/text/lines.ts';
import { fail, lines } from './repositories.ts';
import {
  type CleanTruth,
  cleanScore,
  type Detection,
  falseByReason,
  fileOf,
  type Labelled,
  outcomesOf,
  ruleAgreement,
  type Score,
  score,
  scoreByLanguage,
  scoreByRule,
  unjudged,
} from './semid-score.ts';

/**
 * Semantic identifiers: runs the rules about identifiers over the files of the benchmark and compares what they find with the labelled places. Files
 * come from `--files`, a folder that the benchmark's `extract.mjs` wrote, or from the bare clones in `LINTEL_MIRROR`. `--rule` keeps one rule,
 * `--min-severity` drops weaker findings, `--list` prints the outcomes of a kind (missed, false, unjudged, clean), `--out` writes the
 * detections for the benchmark's own scorer.
 */

const { values } = parseArgs({
  options: {
    split: { type: 'string', default: 'dev' },
    files: { type: 'string' },
    rule: { type: 'string' },
    'min-severity': { type: 'string', default: 'hint' },
    list: { type: 'string' },
    out: { type: 'string' },
  },
  allowPositionals: true,
});

const SEVERITIES: readonly Severity[] = ['hint', 'info', 'warning', 'error'];
const weakest = SEVERITIES.indexOf(values['min-severity'] as Severity);
if (weakest < 0) fail(`--min-severity is one of ${SEVERITIES.join(', ')}.`);

const bench = resolve(process.env.LINTEL_BENCH ?? '../shared/bench', 'semid');
const mirror = process.env.LINTEL_MIRROR;
if (!existsSync(join(bench, `${values.split}.jsonl`)))
  fail(`There is no ${values.split}.jsonl in ${bench}. Set LINTEL_BENCH to the folder that holds "semid".`);

interface BenchFile {
  readonly repo: string;
  readonly sha: string;
  readonly path: string;
}

function contentOf({ repo, sha, path }: BenchFile): string | undefined {
  if (values.files !== undefined) {
    const file = [join(values.files, values.split, repo, path), join(values.files, repo, path)].find(existsSync);
    return file === undefined ? undefined : readFileSync(file, 'utf8');
  }
  if (!mirror) fail('Set LINTEL_MIRROR to the folder that holds the bare clones (owner+name/repo), or give --files FOLDER.');
  try {
    const args = ['-C', join(mirror, repo.replace('/', '+'), 'repo'), 'cat-file', 'blob', `${sha}:${path}`];
    return execFileSync('git', args, { encoding: 'utf8', maxBuffer: 1 << 26, stdio: ['ignore', 'pipe', 'ignore'] });
  } catch {
    return undefined;
  }
}

const rows = lines<Labelled>(join(bench, `${values.split}.jsonl`));
const cleanFiles: readonly BenchFile[] = readFileSync(join(bench, `clean-${values.split}.txt`), 'utf8')
  .split('\n')
  .filter(Boolean)
  .map((line) => {
    const [repo = '', sha = '', ...path] = line.split(' ');
    return { repo, sha, path: path.join(' ') };
  });

/** Files by extension: how much was read, and how long it took. */
const pace = new Map<string, { lines: number; milliseconds: number }>();
const cleanKeys = new Set(cleanFiles.map(fileOf));
const messages = new Map<string, Finding>();
const keyOf = ({ repo, path, line, rule }: Detection): string => `${repo}/${path}:${line} ${rule}`;
let cleanLines = 0;
const missing: string[] = [];
const all: Detection[] = [];

for (const file of new Map([...rows, ...cleanFiles].map((one) => [fileOf(one), one])).values()) {
  const text = contentOf(file);
  if (text === undefined) {
    missing.push(`${file.repo}/${file.path}`);
    continue;
  }
  const count = countLines(text);
  if (cleanKeys.has(fileOf(file))) cleanLines += count;
  const begin = performance.now();
  const findings = await findingsOfIdentifiers(new SourceFile(file.path, text), NO_KNOWLEDGE);
  const extension = extname(file.path) || '-';
  const known = pace.get(extension) ?? { lines: 0, milliseconds: 0 };
  pace.set(extension, { lines: known.lines + count, milliseconds: known.milliseconds + performance.now() - begin });
  for (const finding of findings) {
    const detection = {
      repo: file.repo,
      path: file.path,
      line: finding.span.start.line + 1,
      rule: finding.rule,
      severity: finding.severity,
    };
    all.push(detection);
    messages.set(keyOf(detection), finding);
  }
}

const detections = all.filter(
  ({ rule, severity }) => SEVERITIES.indexOf(severity) >= weakest && (values.rule === undefined || rule === values.rule),
);
const asked = values.rule === undefined ? rows : rows.filter(({ label, rule }) => !label || rule === values.rule);
const outcomes = outcomesOf(asked, detections);
const rest = unjudged(rows, detections);

const print = (name: string, { precision, recall, f1, tp, fp, fn }: Score): void =>
  console.log(
    `  ${name.padEnd(18)} P ${precision.toFixed(3)}  R ${recall.toFixed(3)}  F1 ${f1.toFixed(3)}  (hit ${tp}, false ${fp}, missed ${fn})`,
  );

console.log(`${values.split}: ${rows.length} labelled, ${detections.length} detections, ${rest.length} unjudged in labelled files`);
if (missing.length > 0) console.log(`${missing.length} files are missing, such as ${missing[0]}`);
print('all', score(outcomes));
print('without arguable', score(outcomes.filter(({ row }) => !row.arguable)));
console.log(`  the rule is the labelled one at ${(100 * ruleAgreement(outcomes)).toFixed(1)} % of the hits`);
console.log('by rule');
for (const [rule, own] of scoreByRule(outcomes)) print(rule, own);
console.log('by language');
for (const [language, own] of scoreByLanguage(outcomes)) print(language, own);
const reasons = falseByReason(outcomes).map(([reason, found, total]) => `${reason} ${found}/${total}`);
console.log(`found at negatives, by reason: ${reasons.join(', ')}`);

const truth = lines<CleanTruth & { readonly split: string }>(join(bench, 'clean-truth.jsonl')).filter(
  ({ split }) => split === values.split,
);
const clean = cleanScore(cleanKeys, truth, detections);
const strong = clean.falseFindings.filter(({ severity }) => severity === 'warning' || severity === 'error').length;
const perThousand = (count: number): string => ((1_000 * count) / (cleanLines || 1)).toFixed(3);
console.log(
  `clean files: ${cleanKeys.size} with ${cleanLines} lines; false findings ${clean.falseFindings.length} (${perThousand(clean.falseFindings.length)} per 1,000 lines) ` +
    `in ${clean.filesWithFalse} files, of them warnings and errors ${strong} (${perThousand(strong)}); known positives ${clean.knownHit} of ${clean.known}`,
);
console.log(
  `pace: ${[...pace]
    .sort((a, b) => b[1].lines - a[1].lines)
    .map(([extension, { lines: read, milliseconds }]) => `${extension} ${read} lines in ${milliseconds.toFixed(0)} ms`)
    .join(', ')}`,
);

const showDetection = (detection: Detection): void =>
  console.log(`  ${keyOf(detection)} (${detection.severity}): ${messages.get(keyOf(detection))?.message ?? ''}`);
if (values.list === 'missed')
  for (const { row, near } of outcomes)
    if (row.label && near.length === 0)
      console.log(`  ${row.id} ${row.rule}${row.arguable ? ' (arguable)' : ''} ${row.repo}/${row.path}:${row.line}: ${row.why}`);
if (values.list === 'false')
  for (const { row, near } of outcomes) {
    if (row.label || near.length === 0) continue;
    console.log(`  ${row.id} ${row.reason}${row.arguable ? ' (arguable)' : ''} ${row.repo}/${row.path}:${row.line}: ${row.why}`);
    for (const detection of near) showDetection(detection);
  }
if (values.list === 'unjudged') for (const detection of rest) showDetection(detection);
if (values.list === 'clean') for (const detection of clean.falseFindings) showDetection(detection);
if (values.out !== undefined) writeFileSync(values.out, all.map((detection) => `${JSON.stringify(detection)}\n`).join(''));
