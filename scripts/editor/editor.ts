import { createWriteStream, existsSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { end, run, start } from '../process.ts';
import { Sentence } from '../report.ts';
import { editorEntry } from './install.ts';

/** A VS Code that listens on loopback. */
export interface Editor {
  readonly port: number;
  /** Ends the editor, its extension hosts and its language servers. */
  stop(): Promise<void>;
  /** Settles when the editor ends by itself, with its exit code. */
  readonly ended: Promise<number>;
}

export interface EditorOptions {
  /** Folder of its settings, extensions and logs; made when absent, kept afterwards. */
  readonly home: string;
  /** Default: a free one. */
  readonly port?: number;
  /**
   * Lets the address bar name an extension under development and its tests, as tests inside the extension host need. VS Code then shows no
   * notifications and no dialogs. Default: false.
   */
  readonly driver?: boolean;
  /** Has workspace trust: folders are opened in restricted mode until somebody trusts them. Default: false. */
  readonly trust?: boolean;
  /** Display language, such as `de`; its language pack must be in the home. Default: English. */
  readonly locale?: string;
  /** Added to the environment of the editor and its extensions. */
  readonly env?: NodeJS.ProcessEnv;
  /** User settings beside {@link QUIET}; written only when the home has none yet. */
  readonly settings?: Readonly<Record<string, unknown>>;
}

/** Settings of an editor that shows nothing but the workspace and asks nobody outside. */
const QUIET: Readonly<Record<string, unknown>> = {
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'workbench.startupEditor': 'none',
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
  'workbench.tips.enabled': false,
  'workbench.enableExperiments': false,
  'workbench.settings.enableNaturalLanguageSearch': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'chat.disableAIFeatures': true,
  'chat.commandCenter.enabled': false,
  'security.workspace.trust.enabled': false,
  'git.openRepositoryInParentFolders': 'never',
  'git.autofetch': false,
  'typescript.disableAutomaticTypeAcquisition': true,
  'npm.fetchOnlinePackageInfo': false,
  'json.schemaDownload.enable': false,
  'remote.autoForwardPorts': false,
};

/** Installs a VSIX into an editor's home. */
export async function installExtension(home: string, vsix: string): Promise<void> {
  await prepare(home);
  const done = await run(process.execPath, [...commandLine(home), '--install-extension', vsix, '--force'], {
    cwd: home,
    env: environment(home, {}),
  });
  if (done.code !== 0) throw new Sentence(`The extension was not installed into the editor:\n${done.output.trim()}`);
}

/**
 * Starts the editor on 127.0.0.1 and waits until it serves its page. It asks for no password, which is why it never listens on another address.
 * Its log is `editor.log` in its home.
 */
export async function startEditor(options: EditorOptions): Promise<Editor> {
  await prepare(options.home);
  await writeSettings(options.home, options.settings ?? {});
  const port = options.port ?? (await freePort());
  const flags = ['--auth', 'none', '--bind-addr', `127.0.0.1:${port}`, '--disable-telemetry', '--disable-update-check'];
  flags.push('--disable-getting-started-override', '--disable-proxy');
  if (options.trust !== true) flags.push('--disable-workspace-trust');
  if (options.locale !== undefined) flags.push('--locale', options.locale);
  if (options.driver === true) flags.push('--vscode-option', 'enable-smoke-test-driver');
  const log = path.join(options.home, 'editor.log');
  const child = start(process.execPath, [...commandLine(options.home), ...flags], {
    cwd: options.home,
    env: environment(options.home, options.env ?? {}),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const file = createWriteStream(log);
  child.stdout?.pipe(file, { end: false });
  child.stderr?.pipe(file, { end: false });
  const ended = new Promise<number>((resolve) => child.once('exit', (code) => resolve(code ?? 1)));
  const served = await Promise.race([serves(port), ended.then(() => false)]);
  if (!served) {
    await end(child);
    throw new Sentence(`The editor did not start. The end of its log (${log}):\n${tail(log)}`);
  }
  return { port, ended, stop: () => end(child) };
}

/** A port of 127.0.0.1 nobody listens on. */
export async function freePort(): Promise<number> {
  return (await tryPort(0)) ?? 0;
}

/** The port (0: one that the system chooses) when it is free on 127.0.0.1, else undefined. */
export function tryPort(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : undefined));
    });
  });
}

function commandLine(home: string): string[] {
  const folders = ['--user-data-dir', path.join(home, 'user'), '--extensions-dir', path.join(home, 'extensions')];
  // Without --config it writes into the person's own ~/.config, even for --version.
  return [editorEntry(), '--config', path.join(home, 'config.yaml'), ...folders];
}

async function prepare(home: string): Promise<void> {
  await Promise.all([mkdir(path.join(home, 'user/User'), { recursive: true }), mkdir(path.join(home, 'extensions'), { recursive: true })]);
  await writeFile(path.join(home, 'config.yaml'), 'auth: none\n');
}

async function writeSettings(home: string, settings: Readonly<Record<string, unknown>>): Promise<void> {
  const file = path.join(home, 'user/User/settings.json');
  if (!existsSync(file)) await writeFile(file, `${JSON.stringify({ ...QUIET, ...settings }, null, 2)}\n`);
}

function environment(home: string, extra: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([key]) => !/^(npm_|NODE_|VSCODE_|INIT_CWD$|PORT$|PASSWORD$|CODE_SERVER)/.test(key));
  return { ...Object.fromEntries(kept), XDG_CONFIG_HOME: path.join(home, 'config'), EXTENSIONS_GALLERY: '{}', ...extra };
}

/** A listening port is no proof of life: waits for the workbench's page. */
async function serves(port: number): Promise<boolean> {
  const until = Date.now() + 60_000;
  while (Date.now() < until) {
    try {
      const page = await fetch(`http://127.0.0.1:${port}/`, { signal: AbortSignal.timeout(10_000) });
      if (page.ok && (await page.text()).includes('workbench')) return true;
    } catch {
      // Not yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return false;
}

function tail(file: string): string {
  return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n').slice(-15).join('\n') : '(no log)';
}
