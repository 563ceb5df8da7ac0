// Builds the sample shop, a git repository with its whole history, from the text files in history/.
// Needs Node 20 or newer and git; nothing else. How the text files are written is told in README.md.

import { spawn } from 'node:child_process';
import { appendFile, lstat, mkdir, mkdtemp, readdir, readFile, realpath, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const historyFolder = join(here, 'history');
const headFile = join(here, 'head');
const mainBranch = 'main';
/** Keeps the bytes of the work tree as they are in the commits, on every system. */
const localConfig = '[core]\n\tautocrlf = false\n\teol = lf\n\tsafecrlf = false\n[gc]\n\tauto = 0\n';

/**
 * Writes the sample shop into `targetFolder` and checks out its newest commit.
 * A folder that already holds exactly this history, with nothing changed, is left alone.
 * A folder that holds anything else is never touched.
 *
 * @param {string} targetFolder a folder that is absent, empty, or the result of an earlier call
 * @returns {Promise<{folder: string, head: string, commits: number}>} absolute folder, sha of the newest commit, number of commits
 * @throws {Error} when the folder holds something else, a history file is wrong, or the result is not the commit named in `head`
 */
export async function materialise(targetFolder) {
  const expected = (await readFile(headFile, 'utf8')).trim();
  return build(resolve(targetFolder), expected);
}

async function build(target, expected) {
  const folder = await realpath(target).catch(() => target);
  const present = await whatIsIn(folder);
  if (present === 'something') return alreadyThere(folder, expected);
  const stream = composeStream(await readHistory());
  await mkdir(dirname(folder), { recursive: true });
  const workshop = await mkdtemp(join(dirname(folder), `.${basename(folder)}-`));
  try {
    await git(workshop, ['init', '--quiet', '--template=', '--object-format=sha1']);
    await appendFile(join(workshop, '.git', 'config'), localConfig);
    await git(workshop, ['fast-import', '--quiet', '--date-format=raw'], stream.text);
    const head = await git(workshop, ['rev-parse', mainBranch]);
    if (expected && head !== expected) {
      throw new Error(`The sample history gives commit ${head}, but kb-samples/head names ${expected}; run "node kb-samples/materialise.mjs --record-head" if the history was changed on purpose.`);
    }
    await git(workshop, ['reset', '--quiet', '--hard', mainBranch]);
    if (present === 'nothing but the folder') await rmdir(folder);
    try {
      await rename(workshop, folder);
    } catch (cause) {
      if ((await whatIsIn(folder)) !== 'something') throw cause;
      return await alreadyThere(folder, expected); // another process was faster
    }
    return { folder, head, commits: stream.commits };
  } finally {
    await rm(workshop, { recursive: true, force: true });
  }
}

async function whatIsIn(folder) {
  try {
    if (!(await lstat(folder)).isDirectory()) return 'something';
    return (await readdir(folder)).length === 0 ? 'nothing but the folder' : 'something';
  } catch (cause) {
    if (cause.code === 'ENOENT') return 'nothing';
    throw cause;
  }
}

async function alreadyThere(folder, expected) {
  const refuse = (why) => new Error(`${folder} is not touched: ${why}. Choose another folder, or remove this one yourself.`);
  const ownRepository = await lstat(join(folder, '.git')).then(() => true, () => false);
  if (!ownRepository) throw refuse('it holds files that are not the sample shop');
  const head = await git(folder, ['rev-parse', '--verify', '--quiet', 'HEAD']).catch(() => '');
  if (head !== expected) throw refuse(`it is a git repository at ${head || 'no commit'}, not at the sample shop's ${expected}`);
  const changes = await git(folder, ['status', '--porcelain', '--untracked-files=all']);
  if (changes) throw refuse(`it holds the sample shop with ${changes.split('\n').length} changed or new file(s)`);
  return { folder, head, commits: Number(await git(folder, ['rev-list', '--count', 'HEAD'])) };
}

// ---- the text files ------------------------------------------------------------------------------------------

async function readHistory() {
  const names = (await readdir(historyFolder)).filter((name) => /^\d{4}-.+\.txt$/.test(name)).sort();
  const people = new Map();
  for (const line of (await readText(join(historyFolder, 'people.txt'))).split('\n')) {
    const match = /^(\w+) = (.+ <.+>)$/.exec(line);
    if (match) people.set(match[1], match[2]);
  }
  return Promise.all(names.map(async (name) => parseCommit(name, await readText(join(historyFolder, name)), people)));
}

async function readText(path) {
  return (await readFile(path, 'utf8')).replaceAll('\r\n', '\n');
}

function parseCommit(file, text, people) {
  const fail = (why) => new Error(`history/${file}: ${why}`);
  const [beforeOperations, ...operationTexts] = `\n${text}`.split(/\n(?=@@ (?:write|edit|rename|delete|restore) )/);
  const [headerText, ...messageParts] = beforeOperations.trim().split('\n\n');
  const header = Object.fromEntries(headerText.split('\n').map((line) => line.split(/: (.*)/s).slice(0, 2)));
  const person = people.get(header.author);
  if (!person) throw fail(`the author "${header.author}" is not in people.txt`);
  const date = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d) ([+-]\d\d)(\d\d)$/.exec(header.date ?? '');
  if (!date) throw fail('the date must look like "2024-09-02 09:14 +0200"');
  const seconds = Date.parse(`${date[1]}T${date[2]}:00${date[3]}:${date[4]}`) / 1000;
  return {
    file,
    slug: file.slice(5, -4),
    person,
    when: `${seconds} ${date[3]}${date[4]}`,
    branch: header.on ?? mainBranch,
    merge: header.merge,
    message: `${messageParts.join('\n\n').trim()}\n`,
    operations: operationTexts.map((operation) => parseOperation(operation, fail)),
  };
}

function parseOperation(text, fail) {
  const [first, ...lines] = text.split('\n');
  const [, verb, rest] = /^@@ (\w+) (.+)$/.exec(first);
  const body = withOneNewlineAtTheEnd(lines.join('\n'));
  if (verb === 'write') return { verb, path: rest, text: body };
  if (verb === 'delete') return { verb, path: rest };
  if (verb === 'rename') {
    const [from, to] = rest.split(' -> ');
    if (!to) throw fail(`"${first}" must name two paths with " -> " between`);
    return { verb, path: from, to };
  }
  if (verb === 'restore') {
    const [path, at] = rest.split(' at ');
    if (!at) throw fail(`"${first}" must end with " at COMMIT", the file name of a commit without number and .txt`);
    return { verb, path, at };
  }
  const replacements = lines.join('\n').replace(/\n+$/, '').split(/^@@ was\n/m).slice(1).map((part) => {
    const [was, now] = part.replace(/\n$/, '').split(/^@@ now(?:\n|$)/m);
    if (now === undefined) throw fail(`an edit of ${rest} has "@@ was" without "@@ now"`);
    return { was: was.replace(/\n$/, ''), now: now.replace(/\n$/, '') };
  });
  if (replacements.length === 0) throw fail(`the edit of ${rest} has no "@@ was"`);
  return { verb, path: rest, replacements };
}

function withOneNewlineAtTheEnd(text) {
  return `${text.replace(/\n+$/, '')}\n`;
}

// ---- from commits to a fast-import stream --------------------------------------------------------------------

function composeStream(history) {
  const branches = new Map(); // name -> { mark, tree, base }, trees are Map<path, text>
  const trees = new Map(); // slug -> tree
  const out = [];
  history.forEach((commit, index) => {
    const mark = index + 1;
    const main = branches.get(mainBranch);
    const parent = branches.get(commit.branch) ?? (main && { ...main, base: main.tree });
    const before = parent?.tree ?? new Map();
    let tree = new Map(before);
    let merged;
    if (commit.merge) {
      merged = branches.get(commit.merge);
      if (!merged) throw new Error(`history/${commit.file}: there is no branch "${commit.merge}" to merge`);
      tree = mergeTrees(commit, before, merged);
    }
    for (const operation of commit.operations) apply(commit, tree, operation, trees);
    out.push(`commit refs/heads/${commit.branch}\nmark :${mark}\nauthor ${commit.person} ${commit.when}\ncommitter ${commit.person} ${commit.when}\n`);
    out.push(data(commit.message));
    if (parent) out.push(`from :${parent.mark}\n`);
    if (merged) out.push(`merge :${merged.mark}\n`);
    for (const path of [...before.keys()].filter((path) => !tree.has(path)).sort()) out.push(`D ${path}\n`);
    for (const path of [...tree.keys()].sort()) {
      if (before.get(path) !== tree.get(path)) out.push(`M 100644 inline ${path}\n`, data(tree.get(path)));
    }
    out.push('\n');
    branches.set(commit.branch, { mark, tree, base: parent?.base });
    if (commit.merge) branches.delete(commit.merge);
    trees.set(commit.slug, tree);
  });
  const unmerged = [...branches.keys()].filter((branch) => branch !== mainBranch);
  if (unmerged.length > 0) throw new Error(`The history never merges ${unmerged.join(', ')}`);
  for (const branch of new Set(history.map((commit) => commit.branch))) {
    if (branch !== mainBranch) out.push(`reset refs/heads/${branch}\nfrom ${'0'.repeat(40)}\n\n`); // merged, so it goes
  }
  return { text: out.join(''), commits: history.length };
}

function data(text) {
  return `data ${Buffer.byteLength(text)}\n${text}\n`;
}

function mergeTrees(commit, ours, theirs) {
  const tree = new Map(ours);
  for (const path of new Set([...theirs.tree.keys(), ...theirs.base.keys()])) {
    const [base, their, our] = [theirs.base.get(path), theirs.tree.get(path), ours.get(path)];
    if (their === base || their === our) continue;
    if (our !== base && !commit.operations.some((operation) => operation.verb === 'write' && operation.path === path)) {
      throw new Error(`history/${commit.file}: ${path} was changed on both sides of the merge; write its merged text here`);
    }
    if (their === undefined) tree.delete(path);
    else tree.set(path, their);
  }
  return tree;
}

function apply(commit, tree, operation, trees) {
  const fail = (why) => new Error(`history/${commit.file}: ${why}`);
  const { verb, path } = operation;
  if (verb !== 'write' && verb !== 'restore' && !tree.has(path)) throw fail(`there is no ${path} to ${verb}`);
  if (verb === 'write') tree.set(path, operation.text);
  if (verb === 'delete') tree.delete(path);
  if (verb === 'rename') {
    tree.set(operation.to, tree.get(path));
    tree.delete(path);
  }
  if (verb === 'restore') {
    const text = trees.get(operation.at)?.get(path);
    if (text === undefined) throw fail(`there is no ${path} in the commit ${operation.at}`);
    tree.set(path, text);
  }
  for (const { was, now } of operation.replacements ?? []) {
    const text = tree.get(path);
    const found = text.split(was).length - 1;
    if (found !== 1) throw fail(`${path} holds this text ${found} times, and an edit needs it once:\n${was}`);
    const whole = now === '' && text.includes(`${was}\n`) ? `${was}\n` : was; // nothing instead of lines leaves no empty line
    tree.set(path, withOneNewlineAtTheEnd(text.replace(whole, () => now)));
  }
}

// ---- git -----------------------------------------------------------------------------------------------------

function git(folder, args, input = '') {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_')));
  const settings = ['-c', 'init.defaultBranch=main', '-c', 'core.hooksPath=/dev/null', '-c', 'core.fsmonitor=false'];
  return new Promise((fulfil, reject) => {
    const child = spawn('git', [...settings, '-C', folder, ...args], {
      env: { ...env, GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null', LC_ALL: 'C' },
      stdio: ['pipe', 'pipe', 'pipe'],
      windowsHide: true,
    });
    const out = [];
    const err = [];
    child.stdout.on('data', (chunk) => out.push(chunk));
    child.stderr.on('data', (chunk) => err.push(chunk));
    child.stdin.on('error', () => {}); // the exit code tells
    child.on('error', (cause) => reject(new Error(`git could not be started: ${cause.message}`)));
    child.on('close', (code) => {
      if (code === 0) fulfil(Buffer.concat(out).toString('utf8').trim());
      else reject(new Error(`git ${args[0]} failed: ${Buffer.concat(err).toString('utf8').trim()}`));
    });
    child.stdin.end(input);
  });
}

// ---- command line --------------------------------------------------------------------------------------------

async function recordHead() {
  const folder = await mkdtemp(join(tmpdir(), 'halden-market-'));
  try {
    const { head, commits } = await build(folder, '');
    await writeFile(headFile, `${head}\n`);
    return `${head}, ${commits} commits`;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function main(argument) {
  if (argument === '--record-head') return `kb-samples/head is now ${await recordHead()}`;
  if (!argument || argument.startsWith('-')) throw new Error('Usage: node kb-samples/materialise.mjs FOLDER   (or --record-head after a change of history/)');
  const { folder, head, commits } = await materialise(argument);
  return `${folder} holds Halden Market at ${head} (${commits} commits)`;
}

if (process.argv[1] && import.meta.url === pathToFileURL(await realpath(process.argv[1]).catch(() => process.argv[1])).href) {
  try {
    console.log(await main(process.argv[2]));
  } catch (problem) {
    console.error(problem.message);
    process.exitCode = 1;
  }
}
