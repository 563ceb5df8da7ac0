import { existsSync, readFileSync, statSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { root, seconds } from './boot.cjs';
import { localFolder } from './cache.ts';
import { freePort, installExtension, startEditor, tryPort } from './editor/editor.ts';
import { installEditor } from './editor/install.ts';
import { materialiseSample } from './editor/sample.ts';
import { contentHash, isMadeFrom, noteMadeFrom } from './packaging/made-from.ts';
import { hostTarget } from './packaging/native.ts';
import { makeVsix, type Vsix } from './packaging/vsix.ts';
import { endAll, onEnd, run } from './process.ts';
import { command, Sentence, say, step } from './report.ts';
import { onPath, openInBrowser, requireGit } from './system.ts';

const USUAL_PORT = 8765;
const USAGE = `Usage: npm start [-- [PATH] [--vscode] [--port N] [--no-open]]
  PATH       the repository to open (default: the sample workspace)
  --vscode   in your own VS Code (\`code\` on the PATH) instead of one in the browser
  --port N   where the editor listens on 127.0.0.1 (default: ${USUAL_PORT}, or a free one)
  --no-open  do not open a browser`;

interface Wishes {
  readonly folder: string | undefined;
  readonly vscode: boolean;
  readonly port: number | undefined;
  readonly open: boolean;
}

/** `npm start`: a VS Code with Lintel in it, from a bare checkout. */
async function main(): Promise<void> {
  const since = Date.now();
  const wishes = parse();
  onEnd((code) => void endAll().then(() => process.exit(code)));
  await requireGit();
  const code = wishes.vscode ? findCode() : undefined;
  const port = code === undefined ? await choosePort(wishes.port) : 0;
  const packaging = step(
    'package Lintel',
    () => makeVsix(hostTarget()),
    (made) => `${made.megabytes.toFixed(0)} MB${made.fresh ? '' : ', unchanged'}`,
  );
  const editor = code === undefined ? step(`editor (VS Code from npm)`, installEditor) : Promise.resolve();
  const sample = wishes.folder === undefined ? step('sample workspace', sampleWorkspace) : Promise.resolve(wishes.folder);
  const [vsix, folder] = await Promise.all([packaging, sample, editor]);
  if (code !== undefined) return openDesktop(code, vsix, folder);
  const home = path.join(localFolder, 'start');
  await step(
    'install Lintel into the editor',
    () => installOnce(vsix, home),
    (fresh) => (fresh ? '' : 'unchanged'),
  );
  const running = await step('start the editor', () => startEditor({ home, port }));
  const url = `http://127.0.0.1:${running.port}/?folder=${encodeURIComponent(folder)}`;
  const opened = wishes.open && (await openInBrowser(url));
  say(
    `\nLintel is running (${seconds(since)})${opened ? ', your browser shows it' : '; open this address'}:\n\n  ${url}\n\nCtrl-C ends it.`,
  );
  const ended = await running.ended;
  throw new Sentence(`The editor ended (${ended}). Its log: ${path.join(home, 'editor.log')}`);
}

function parse(): Wishes {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      allowNegative: true,
      options: {
        vscode: { type: 'boolean', default: false },
        port: { type: 'string' },
        open: { type: 'boolean', default: true },
        help: { type: 'boolean' },
      },
    });
    if (values.help === true) {
      console.log(USAGE);
      process.exit(0);
    }
    if (positionals.length > 1) throw new Error('One PATH at most.');
    const port = values.port === undefined ? undefined : Number(values.port);
    if (port !== undefined && !(Number.isInteger(port) && port > 0 && port < 65_536))
      throw new Error(`--port ${values.port} is not a port (1 to 65535).`);
    return {
      folder: positionals[0] === undefined ? undefined : existingFolder(positionals[0]),
      vscode: values.vscode,
      port,
      open: values.open,
    };
  } catch (error) {
    throw error instanceof Sentence ? error : new Sentence(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
  }
}

function existingFolder(named: string): string {
  const folder = path.resolve(process.env.INIT_CWD ?? process.cwd(), named);
  if (!existsSync(folder)) throw new Sentence(`${folder} does not exist.`);
  if (!statSync(folder).isDirectory()) throw new Sentence(`${folder} is not a folder.`);
  return folder;
}

async function choosePort(wanted: number | undefined): Promise<number> {
  const free = await tryPort(wanted ?? USUAL_PORT);
  if (free !== undefined) return free;
  if (wanted !== undefined)
    throw new Sentence(`Port ${wanted} is busy: something else listens there. Name another with --port, or none to take a free one.`);
  return freePort();
}

/** The sample workspace; one that a person has changed is theirs and stays, one that is only old is made anew. */
async function sampleWorkspace(): Promise<string> {
  const folder = path.join(localFolder, 'sample');
  const head = readFileSync(path.join(root, 'kb-samples/head'), 'utf8').trim();
  if (isMadeFrom(folder, head)) return folder;
  if (existsSync(folder)) {
    if (!(await isUntouched(folder))) {
      say(`! ${folder} has changes of yours and is opened as it is; delete it to get the new sample.`);
      return folder;
    }
    await rm(folder, { recursive: true });
  }
  await materialiseSample(folder);
  await noteMadeFrom(folder, head);
  return folder;
}

async function isUntouched(folder: string): Promise<boolean> {
  const status = await run('git', ['-C', folder, 'status', '--porcelain']);
  const head = await run('git', ['-C', folder, 'rev-parse', 'HEAD']);
  return status.code === 0 && status.output === '' && isMadeFrom(folder, head.output.trim());
}

/** Installs the VSIX unless this very one is installed. */
async function installOnce(vsix: Vsix, home: string): Promise<boolean> {
  const extensions = path.join(home, 'extensions/extensions.json');
  const key = contentHash(vsix.file);
  if (isMadeFrom(extensions, key)) return false;
  await mkdir(home, { recursive: true });
  await installExtension(home, vsix.file);
  await noteMadeFrom(extensions, key);
  return true;
}

function findCode(): string {
  const code = onPath(['code', 'code-insiders', 'codium']).find((file) => existsSync(file));
  if (code === undefined)
    throw new Sentence(
      '`code` was not found on the PATH. In VS Code run "Shell Command: Install \'code\' command in PATH", or use npm start without --vscode.',
    );
  return code;
}

/** Opens the person's own VS Code, with settings and extensions apart from theirs. */
async function openDesktop(code: string, vsix: Vsix, folder: string): Promise<void> {
  const home = path.join(localFolder, 'desktop');
  const apart = ['--extensions-dir', path.join(home, 'extensions'), '--user-data-dir', path.join(home, 'user')];
  const shell = process.platform === 'win32';
  await step('install Lintel into VS Code', async () => {
    const done = await run(code, [...apart, '--install-extension', vsix.file, '--force'], { shell });
    if (done.code !== 0) throw new Sentence(`VS Code did not install Lintel:\n${done.output.trim()}`);
  });
  const opened = await run(code, [...apart, '--new-window', folder], { shell });
  if (opened.code !== 0) throw new Sentence(`VS Code did not start:\n${opened.output.trim()}`);
  say(`\nVS Code shows ${folder} with Lintel.`);
}

await command(main);
