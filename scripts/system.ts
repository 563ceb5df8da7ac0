import { existsSync } from 'node:fs';
import path from 'node:path';
import { run } from './process.ts';
import { Sentence } from './report.ts';

/** A browser of the Chromium family on this machine, or undefined. `CHROMIUM` names one. */
export function findChromium(): string | undefined {
  const named = process.env.CHROMIUM;
  if (named !== undefined && named !== '') {
    if (existsSync(named)) return named;
    throw new Sentence(`CHROMIUM names ${named}, which does not exist.`);
  }
  return [...onPath(['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge']), ...usualPlaces()].find(
    (file) => existsSync(file),
  );
}

/** Neovim on this machine, or undefined. `NVIM` names one. */
export function findNeovim(): string | undefined {
  const named = process.env.NVIM;
  return [...(named === undefined || named === '' ? [] : [named]), ...onPath(['nvim'])].find((file) => existsSync(file));
}

/** Throws a {@link Sentence} where git is missing. */
export async function requireGit(): Promise<void> {
  const found = await run('git', ['--version']);
  if (found.code !== 0)
    throw new Sentence('git was not found on the PATH. Lintel reads the history of repositories with it: install git and run this again.');
}

/**
 * Installs what the tests need and npm does not have, Chromium and Neovim: from Debian's packages when we are root, else a sentence that says how.
 * Returns the names of what was installed.
 */
export async function installTestPrograms(): Promise<readonly string[]> {
  const missing = [...(findChromium() === undefined ? ['chromium'] : []), ...(findNeovim() === undefined ? ['neovim'] : [])];
  if (missing.length === 0) return [];
  const install = `apt-get install -y --no-install-recommends ${missing.join(' ')}`;
  if (process.platform !== 'linux' || !existsSync('/usr/bin/apt-get'))
    throw new Sentence(
      `The tests need ${missing.join(' and ')}. Install it (or name a browser of the Chromium family in CHROMIUM, Neovim in NVIM) and run this again.`,
    );
  if (process.getuid?.() !== 0)
    throw new Sentence(
      `The tests need ${missing.join(' and ')}. Run this, then the tests again:\n  sudo apt-get update && sudo ${install}`,
    );
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update'], { env });
  const done = await run('sh', ['-c', install], { env });
  if (done.code !== 0)
    throw new Sentence(
      `${missing.join(' and ')} could not be installed with apt-get:\n${done.output.trim().split('\n').slice(-8).join('\n')}`,
    );
  return missing;
}

/** Opens an address in the person's browser where there is a desktop. Returns whether it was tried. */
export async function openInBrowser(url: string): Promise<boolean> {
  if (process.platform === 'darwin') return (await run('open', [url])).code === 0;
  if (process.platform === 'win32') return (await run('cmd', ['/c', 'start', '', url])).code === 0;
  const desktop = (process.env.DISPLAY ?? '') !== '' || (process.env.WAYLAND_DISPLAY ?? '') !== '';
  if (!desktop || onPath(['xdg-open']).find((file) => existsSync(file)) === undefined) return false;
  return (await run('xdg-open', [url], { timeout: 5000 })).code === 0;
}

/** Where programs of these names would be on the PATH. */
export function onPath(names: readonly string[]): readonly string[] {
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter((folder) => folder !== '');
  const endings = process.platform === 'win32' ? ['.exe', '.cmd'] : [''];
  return names.flatMap((name) => folders.flatMap((folder) => endings.map((ending) => path.join(folder, name + ending))));
}

function usualPlaces(): readonly string[] {
  if (process.platform === 'darwin') {
    const apps = ['Chromium', 'Google Chrome', 'Microsoft Edge', 'Brave Browser'];
    return apps.map((app) => `/Applications/${app}.app/Contents/MacOS/${app}`);
  }
  if (process.platform === 'win32') {
    const folders = [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA].filter(
      (folder) => folder !== undefined,
    );
    return folders.flatMap((folder) =>
      ['Google\\Chrome\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe'].map((app) => path.join(folder, app)),
    );
  }
  return ['/snap/bin/chromium', '/usr/bin/chromium'];
}
