// Checks that the sample shop holds what cases.json says and what a sample must hold.
// Run with "node kb-samples/verify.mjs"; one sentence per problem, exit code 1 when there is any.

import { execFileSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { materialise } from './materialise.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const problems = [];
const check = (holds, sentence) => holds || problems.push(sentence);
const least = { records: 20, formats: 5, browserSpecs: 15, commits: 60, merges: 4, authors: 4, codeFiles: 60, searches: 12, months: 17 };
const mostHistoryBytes = 600_000;

const workshop = await mkdtemp(join(tmpdir(), 'halden-market-'));
try {
  const cases = JSON.parse(await readFile(join(here, 'cases.json'), 'utf8'));
  const shop = await checkMaterialise(join(workshop, 'shop'));
  const tree = await readTree(shop.folder);
  const log = readLog(shop.folder);
  const counts = { ...checkCounts(cases, tree, log), ...(await checkHistoryText()) };
  checkRecords(cases, tree);
  checkCitations(cases, tree, log);
  checkIdentifiers(cases, tree);
  checkTests(cases, tree, log);
  checkSearches(cases, tree, log);
  checkTexts(tree);
  console.log(JSON.stringify({ head: shop.head, milliseconds: shop.milliseconds, ...counts }, null, 2));
} finally {
  await rm(workshop, { recursive: true, force: true });
}
for (const problem of problems) console.error(problem);
process.exitCode = problems.length > 0 ? 1 : 0;

async function checkMaterialise(folder) {
  const start = performance.now();
  const first = await materialise(folder);
  const took = performance.now() - start;
  const second = await materialise(folder);
  check(first.head === second.head && first.commits === second.commits, 'A second call on the same folder does not give the same answer.');
  await writeFile(join(folder, 'note.txt'), 'mine\n');
  check(await refuses(folder), 'A folder with a new file is not refused.');
  await rm(join(folder, 'note.txt'));
  const foreign = await mkdtemp(join(workshop, 'foreign-'));
  await writeFile(join(foreign, 'thesis.txt'), 'mine\n');
  check(await refuses(foreign), 'A folder with files of somebody is not refused.');
  check((await readdir(foreign)).join() === 'thesis.txt', 'A refused folder was changed.');
  return { ...first, milliseconds: Math.round(took) };
}

async function refuses(folder) {
  return materialise(folder).then(() => false, (problem) => /is not touched/.test(problem.message));
}

async function readTree(folder) {
  const paths = git(folder, 'ls-files', '-z').split('\0').filter(Boolean);
  return new Map(await Promise.all(paths.map(async (path) => [path, await readFile(join(folder, path), 'utf8')])));
}

function readLog(folder) {
  const text = git(folder, 'log', '--first-parent', '--diff-merges=first-parent', '--name-only', '-m', '--format=%x00%H%x01%P%x01%an%x01%at%x01%s%x01%b%x01');
  const all = git(folder, 'log', '--name-only', '--format=%x00%H%x01%P%x01%an%x01%at%x01%s%x01%b%x01');
  const read = (log) =>
    log.split('\0').slice(1).map((entry) => {
      const [sha, parents, author, at, subject, body, names] = entry.split('\x01');
      return { sha, parents: parents.split(' ').filter(Boolean), author, at: Number(at), subject, body, paths: names.trim().split('\n').filter(Boolean) };
    });
  return { all: read(all), firstParent: read(text), everSeen: new Set(git(folder, 'log', '--name-only', '--format=', '--no-renames').split('\n')) };
}

function git(folder, ...args) {
  return execFileSync('git', ['-c', 'core.quotePath=false', '-C', folder, ...args], { encoding: 'utf8', maxBuffer: 1 << 26 });
}

function checkCounts(cases, tree, log) {
  const paths = [...tree.keys()];
  const formats = grouped(cases.records);
  const times = log.all.map((commit) => commit.at);
  const counts = {
    commits: log.all.length,
    merges: log.all.filter((commit) => commit.parents.length > 1).length,
    authors: new Set(log.all.map((commit) => commit.author)).size,
    months: Math.floor((Math.max(...times) - Math.min(...times)) / 86_400 / 30.4),
    records: cases.records.length,
    formats: Object.keys(formats).length,
    recordsByFormat: Object.fromEntries(Object.entries(formats).map(([format, records]) => [format, records.length])),
    specifications: cases.specifications.length,
    browserSpecs: paths.filter((path) => path.endsWith('.spec.ts')).length,
    codeFiles: paths.filter((path) => /\.(tsx?|py|go)$/.test(path) && !path.endsWith('.spec.ts')).length,
    searches: cases.searches.length,
  };
  for (const [name, minimum] of Object.entries(least)) check(counts[name] >= minimum, `There are ${counts[name]} ${name}; a sample needs ${minimum}.`);
  for (const extension of ['ts', 'tsx', 'py', 'go', 'sql', 'tf', 'yaml', 'proto', 'graphql', 'rst', 'feature']) {
    check(paths.some((path) => path.endsWith(`.${extension}`)), `There is no file with the extension ${extension}.`);
  }
  for (const path of ['AGENTS.md', 'CONTRIBUTING.md', '.github/CODEOWNERS', 'docs/architecture.md', 'e2e/playwright.config.ts']) check(tree.has(path), `There is no ${path}.`);
  check(log.all.some((commit) => commit.subject.startsWith('Revert ')), 'The history has no revert.');
  return counts;
}

function grouped(records) {
  const groups = {};
  for (const record of records) groups[record.format] = [...(groups[record.format] ?? []), record];
  return groups;
}

async function checkHistoryText() {
  let historyBytes = 0;
  for (const name of await readdir(join(here, 'history'))) {
    const bytes = (await readFile(join(here, 'history', name))).length;
    historyBytes += bytes;
    check(bytes < 500_000, `history/${name} is larger than 500 kB.`);
  }
  check(historyBytes < mostHistoryBytes, `The history is ${historyBytes} bytes of text, more than ${mostHistoryBytes}.`);
  return { historyBytes };
}

function checkRecords(cases, tree) {
  const known = new Set([...cases.records.map((record) => record.path), ...cases.notRecords]);
  for (const path of known) check(tree.has(path), `cases.json names ${path}, which does not exist.`);
  for (const path of tree.keys()) {
    const looksLikeOne = /(^|\/)(docs\/adr|docs\/decisions|docs\/rfcs)\/.*\.(md|rst)$/.test(path);
    check(!looksLikeOne || known.has(path), `${path} lies in a folder of records, and cases.json does not list it.`);
  }
  for (const { path, title, status } of cases.records) {
    check(tree.get(path)?.includes(title), `${path} does not hold its title "${title}".`);
    check(['accepted', 'superseded', 'rejected', 'proposed'].includes(status), `${path} has the unknown status "${status}".`);
  }
  for (const status of ['superseded', 'rejected', 'proposed']) check(cases.records.some((record) => record.status === status), `No record is ${status}.`);
  for (const { old, new: successor, said } of cases.supersessions) {
    check(tree.has(old) && tree.has(successor), `The supersession of ${old} by ${successor} names a file that does not exist.`);
    for (const place of said) oneLine(tree, place);
  }
  for (const path of cases.specifications) check(tree.has(path), `The specification ${path} does not exist.`);
}

function checkCitations(cases, tree, log) {
  for (const place of [...cases.citesWell, ...cases.citesSuperseded]) {
    oneLine(tree, place);
    check(tree.has(place.record), `${place.path} cites ${place.record}, which does not exist.`);
  }
  for (const place of cases.citesAmbiguous) {
    oneLine(tree, place);
    check(place.candidates.length > 1 && place.candidates.includes(place.meant), `The ambiguous citation in ${place.path} has no choice of records.`);
    for (const path of place.candidates) check(tree.has(path), `${place.path} may mean ${path}, which does not exist.`);
  }
  for (const place of cases.citesRotten) {
    oneLine(tree, place);
    check(!tree.has(place.was) && log.everSeen.has(place.was), `${place.was} should have existed once and be gone now.`);
    for (const path of [place.now, place.misleads].filter(Boolean)) check(tree.has(path), `The rotten citation in ${place.path} names ${path}, which does not exist.`);
  }
  for (const place of cases.citesForeign) {
    const line = oneLine(tree, place);
    check(tree.get(place.path)?.split('\n')[line]?.includes(place.next), `The line after the foreign citation in ${place.path} does not hold ${place.next}.`);
  }
  for (const { subject, record } of cases.commitsThatCite) {
    const commit = bySubject(log.all, subject);
    const number = cases.records.find((known) => known.path === record)?.number;
    const cited = commit && (commit.body.includes(record) || new RegExp(`Decision: 0*${number}\\b`).test(commit.body));
    check(cited, `The commit "${subject}" does not cite ${record}.`);
  }
  for (const { subject, cited, was, now } of cases.commitsThatCiteRotten) {
    check(bySubject(log.all, subject)?.body.includes(`Decision: ${cited}`), `The commit "${subject}" does not cite ${cited}.`);
    check(!tree.has(was) && log.everSeen.has(was) && tree.has(now), `The record ${was} should have become ${now}.`);
  }
}

function checkIdentifiers(cases, tree) {
  for (const place of [...cases.semanticIds, ...cases.semanticIdLookAlikes]) oneLine(tree, place);
  for (const rule of ['SID001', 'SID002', 'SID003', 'SID004', 'SID005', 'SID006', 'SID007']) {
    check(cases.semanticIds.some((place) => place.rule === rule), `There is no case for ${rule}.`);
    check(cases.semanticIdLookAlikes.some((place) => place.rule === rule), `There is no look-alike for ${rule}.`);
  }
  for (const { path, identifier } of cases.semanticIds) check(tree.get(path)?.includes(identifier), `${path} does not hold the identifier ${identifier}.`);
}

function checkTests(cases, tree, log) {
  for (const { change, only, specs, chain } of cases.crossNetworkTests) {
    const name = change.subject ?? change.path;
    if (change.path) check(tree.has(change.path), `The changed file ${change.path} does not exist.`);
    else {
      const commit = bySubject(log.all, change.subject);
      const outside = commit?.paths.filter((path) => !only.some((prefix) => path.startsWith(prefix))) ?? ['(no such commit)'];
      check(outside.length === 0, `The commit "${name}" also changes ${outside.join(', ')}.`);
    }
    for (const spec of specs) check(tree.has(spec), `The spec ${spec} for "${name}" does not exist.`);
    for (const hop of chain) oneLine(tree, hop, true);
  }
  for (const { subject, path } of cases.widensToAll) check(bySubject(log.all, subject)?.paths.includes(path), `The commit "${subject}" does not change ${path}.`);
}

function checkSearches(cases, tree, log) {
  const words = (text) => new Set(text.toLowerCase().match(/[a-zæøå]{4,}/g) ?? []);
  for (const { query, expect, expectCommit } of cases.searches) {
    if (expectCommit) check(bySubject(log.all, expectCommit), `The search "${query}" expects the commit "${expectCommit}", which does not exist.`);
    else check(tree.has(expect), `The search "${query}" expects ${expect}, which does not exist.`);
    const title = words(expectCommit ?? cases.records.find((record) => record.path === expect)?.title ?? expect);
    const shared = [...words(query)].filter((word) => title.has(word));
    check(shared.length * 2 <= title.size, `The search "${query}" repeats the title: ${shared.join(', ')}.`);
  }
}

function checkTexts(tree) {
  for (const [path, text] of tree) {
    check(!text.includes('\0') && !text.includes('\r') && !text.includes('\uFFFD'), `${path} is not plain text.`);
    check(!/\b(TODO|FIXME|XXX)\b/.test(text), `${path} holds a mark of unfinished work.`);
    check(!/[ \t]$/m.test(text), `${path} has spaces at the end of a line.`);
    check(!/\n\n\n\n/.test(text), `${path} has three empty lines in a row.`);
  }
}

/** Returns the number of the line, from 1; notes a problem unless the text is in exactly one line (or in any, when `several`). */
function oneLine(tree, { path, text }, several = false) {
  const found = (tree.get(path) ?? '').split('\n').flatMap((line, index) => (line.includes(text) ? [index + 1] : []));
  check(several ? found.length > 0 : found.length === 1, `${path} holds the text ${JSON.stringify(text)} in ${found.length} lines.`);
  return found[0];
}

function bySubject(commits, subject) {
  return commits.find((commit) => commit.subject === subject);
}
