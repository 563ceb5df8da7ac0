import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { explainNpm, npmCommand, npmInstallOptions, requireSpace } from '../boot.cjs';
import { cacheFolder } from '../cache.ts';
import { run } from '../process.ts';
import { Sentence } from '../report.ts';

/** The editor: code-server 4.139.1 is VS Code 1.139.1, its server and its workbench, whole from the npm registry. */
export const EDITOR_VERSION = '4.139.1';

/** Entry point of the installed editor, for the pinned Node. */
export function editorEntry(): string {
  return path.join(editorFolder(), 'node_modules/code-server/out/node/entry.js');
}

/** Whether the editor is there, complete. */
export function isEditorInstalled(): boolean {
  return existsSync(path.join(editorFolder(), 'complete')) && existsSync(editorEntry());
}

/**
 * Installs the editor into the cache folder unless it is there: about 620 MB, about 40 s with a compiler and 20 s without.
 * It is built aside and renamed, so that an interrupted installation leaves nothing half done.
 */
export async function installEditor(): Promise<void> {
  if (isEditorInstalled()) return;
  if (process.platform === 'win32')
    throw new Sentence(
      'The editor that npm start opens (code-server) does not run on Windows. Use your VS Code instead: npm start -- --vscode',
    );
  const folder = editorFolder();
  const temporary = `${folder}.${process.pid}.tmp`;
  await mkdir(temporary, { recursive: true });
  requireSpace(temporary, 0.8, 'installing the editor');
  const options = npmInstallOptions();
  try {
    await writeFile(path.join(temporary, 'package.json'), '{ "name": "editor", "private": true, "version": "0.0.0" }\n');
    await npm(temporary, ['install', '--save-exact', `code-server@${EDITOR_VERSION}`], options);
    const vscode = path.join(temporary, 'node_modules/code-server/lib/vscode');
    // Its own script would compile what we do not need and fails without Kerberos headers; `npm ci` refuses its shrinkwrap (tslib is missing in it).
    await npm(vscode, ['install', '--omit=dev'], options);
    await Promise.all([npm(path.join(vscode, 'extensions'), ['install', '--omit=dev'], options), compileLogging(vscode)]);
    await writeFile(path.join(temporary, 'complete'), `${EDITOR_VERSION}\n`);
    if (!existsSync(path.join(folder, 'complete'))) await rm(folder, { recursive: true, force: true });
    await rename(temporary, folder).catch((error: unknown) => {
      // Another command has installed it meanwhile.
      if (!isEditorInstalled()) throw error;
    });
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

function editorFolder(): string {
  return path.join(cacheFolder(), `editor-${EDITOR_VERSION}`);
}

async function npm(cwd: string, args: readonly string[], options: readonly string[]): Promise<void> {
  const { command, prefix, shell } = npmCommand(process.execPath);
  const done = await run(command, [...prefix, ...args, '--ignore-scripts', ...options], { cwd, shell, env: cleanEnvironment() });
  if (done.code !== 0) throw new Sentence(`The editor was not installed: ${explainNpm(done.output)}`);
}

/**
 * Compiles VS Code's logging module where there is a compiler: without it the editor works, but output channels that write logs stay empty.
 * It uses the headers in the pinned Node's package and downloads nothing.
 */
async function compileLogging(vscode: string): Promise<void> {
  const { prefix } = npmCommand();
  const cli = prefix[0];
  const headers = path.dirname(path.dirname(process.execPath));
  if (cli === undefined || !existsSync(path.join(headers, 'include/node/node_api.h'))) return;
  const gyp = path.join(path.dirname(path.dirname(cli)), 'node_modules/node-gyp/bin/node-gyp.js');
  if (!existsSync(gyp)) return;
  const module = path.join(vscode, 'node_modules/@vscode/spdlog');
  // A failure is no failure of the editor.
  await run(process.execPath, [gyp, 'rebuild', '--nodedir', headers], {
    cwd: module,
    env: { ...cleanEnvironment(), MAKEFLAGS: '-j2' },
    timeout: 180_000,
  });
}

/** Without what npm sets for the script we run in: it would speak of our package to the npm inside. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  const foreign = /^npm_(package|lifecycle|config_(local_prefix|prefix|global_prefix|noproxy|node_gyp))/;
  const kept = Object.entries(process.env).filter(([key]) => !foreign.test(key) && key !== 'INIT_CWD');
  return { ...Object.fromEntries(kept), PATH: `${path.dirname(process.execPath)}${path.delimiter}${process.env.PATH ?? ''}` };
}
