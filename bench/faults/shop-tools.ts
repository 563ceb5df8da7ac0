import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';

/** Runs a command to its end; throws with what it said where it fails. */
export const run = (command: string, args: readonly string[], cwd: string, uid?: number): void => {
  const { status, stderr, error } = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    maxBuffer: 1 << 26,
    env: { ...process.env, PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: '1' },
    ...(uid === undefined ? {} : { uid, gid: uid }),
  });
  if (status !== 0) throw new Error(`${command} ${args[0] ?? ''} failed in ${cwd}: ${error?.message ?? stderr.slice(-2_000)}`);
};

const tool = (names: readonly string[]): string => {
  const found = names.find((name) => existsSync(name));
  if (!found) throw new Error(`Not found: ${names.join(', ')}. The sample shop needs it to run.`);
  return found;
};
/** The browser: `LINTEL_CHROMIUM`, or the system's. The one without windows needs less of the processor. */
export const chromium = (): string =>
  process.env.LINTEL_CHROMIUM ??
  tool([
    '/usr/lib/chromium/chromium-headless-shell',
    '/usr/lib/chromium/chromium',
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
  ]);
/** Nothing is drawn on a screen, and root has no sandbox. */
export const CHROMIUM_ARGUMENTS = ['--no-sandbox', '--disable-gpu', '--disable-extensions', '--disable-dev-shm-usage'];
/** A program of PostgreSQL, the newest that is here. */
export const postgres = (name: string): string => {
  const versions = existsSync('/usr/lib/postgresql') ? readdirSync('/usr/lib/postgresql').sort().reverse() : [];
  return tool([...versions.map((version) => `/usr/lib/postgresql/${version}/bin/${name}`), `/usr/local/bin/${name}`, `/usr/bin/${name}`]);
};
