import { subscribe } from 'node:diagnostics_channel';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { PARSE_CHANNEL, parsingFor } from '../server/code/parser.ts';
import { SourceFile } from '../server/code/source-file.ts';
import { findingsOfIdentifiers, NO_KNOWLEDGE } from '../server/identifiers/index.ts';
import { countLines } from '../server/text/lines.ts';
import { figure, spreadOf } from './measure.ts';
import { fail } from './repositories.ts';

/**
 * Speed of the rules about identifiers: `npm run bench -- speed-identifiers --files FOLDER`. Reads every file of a folder whose language is known (a
 * working tree, or the files of a benchmark) and prints lines per second for each language, by the time of the processor, and how long a file of 1,000
 * lines takes after its parse. `--rounds` is how often the folder is read; the fastest round counts.
 */

const { values } = parseArgs({
  options: { files: { type: 'string' }, rounds: { type: 'string', default: '3' } },
  allowPositionals: true,
});
const folder = values.files;
if (folder === undefined) fail('Give --files FOLDER: the files that are read.');
const rounds = Number(values.rounds);
if (!Number.isInteger(rounds) || rounds < 1) fail('--rounds is a number of 1 or more.');

const SKIPPED = /(?:^|\/)(?:node_modules|\.git|dist|build|target)\//;
/** Larger files are data. In bytes. */
const LARGEST_FILE = 2_000_000;
/** Files of about 1,000 lines. */
const FEWEST_LINES = 700;
const MOST_LINES = 1_300;
/** The target for Go and TypeScript. */
const LINES_PER_SECOND = 100_000;
const TARGET_MS = 60;

interface BenchText {
  readonly path: string;
  readonly text: string;
}

/** Milliseconds of the processor: those on the wall are of whoever else works on the machine. */
function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

const byLanguage = new Map<string, BenchText[]>();
for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
  const file = join(entry.parentPath, entry.name);
  const path = relative(folder, file).replaceAll('\\', '/');
  if (!entry.isFile() || SKIPPED.test(path)) continue;
  const { language } = new SourceFile(path, '');
  if (!language || statSync(file).size > LARGEST_FILE) continue;
  const known = byLanguage.get(language.id) ?? [];
  byLanguage.set(language.id, known);
  known.push({ path, text: readFileSync(file, 'utf8') });
}

let parses = 0;
subscribe(PARSE_CHANNEL, () => {
  parses += 1;
});

/** Milliseconds of the parse alone. */
async function parseTime({ path, text }: BenchText): Promise<number> {
  const grammar = new SourceFile(path, text).language?.grammar;
  const parsing = grammar && (await parsingFor(grammar));
  const start = processorTime();
  await parsing?.withTree(text, () => undefined);
  return parsing ? processorTime() - start : 0;
}

interface Scan {
  readonly ms: number;
  readonly found: number;
  /** False where nothing in the text asked for it. */
  readonly parsed: boolean;
}

/** A scan of one file: its milliseconds, and what it gave. */
async function scan({ path, text }: BenchText): Promise<Scan> {
  const before = parses;
  const start = processorTime();
  const findings = await findingsOfIdentifiers(new SourceFile(path, text), NO_KNOWLEDGE);
  return { ms: processorTime() - start, found: findings.length, parsed: parses > before };
}

console.log(`${[...byLanguage.values()].flat().length} files of ${folder}, the fastest of ${rounds} rounds, time of the processor`);
const afterParse: number[] = [];
const bySize = [...byLanguage].sort((a, b) => b[1].length - a[1].length);
for (const [language, files] of bySize) {
  const lines = files.reduce((sum, { text }) => sum + countLines(text), 0);
  const times: number[] = [];
  let found = 0;
  for (let round = 0; round < rounds; round += 1) {
    const scanned: Scan[] = [];
    for (const file of files) scanned.push(await scan(file));
    times.push(scanned.reduce((sum, { ms }) => sum + ms, 0));
    found = scanned.reduce((sum, one) => sum + one.found, 0);
  }
  const pace = (1_000 * lines) / Math.min(...times);
  const hasTarget = language === 'go' || language === 'typescript' || language === 'tsx';
  const verdict = hasTarget ? `${pace >= LINES_PER_SECOND ? 'ok  ' : 'MISS'} target 100,000 or more` : '';
  console.log(
    `${language.padEnd(14)}${Math.round(pace).toLocaleString('en').padStart(12)} lines/s  ${verdict.padEnd(28)}${files.length} files, ${lines} lines, ${found} findings`,
  );
  for (const file of files) {
    const own = countLines(file.text);
    if (own < FEWEST_LINES || own > MOST_LINES) continue;
    const { ms, parsed } = await scan(file);
    if (parsed) afterParse.push((Math.max(0, ms - (await parseTime(file))) * 1_000) / own);
  }
}
if (afterParse.length > 0) {
  const { p50, p95, n } = spreadOf(afterParse);
  figure('1,000 lines after the parse, p50', p50, 'ms');
  figure(
    '1,000 lines after the parse, p95',
    p95,
    'ms',
    { most: TARGET_MS },
    `${n} files of ${FEWEST_LINES} to ${MOST_LINES} lines that are parsed`,
  );
} else console.log(`No file that is parsed has ${FEWEST_LINES} to ${MOST_LINES} lines.`);
