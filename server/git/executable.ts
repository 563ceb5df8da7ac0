import { spawn } from 'node:child_process';
import { access, constants, realpath } from 'node:fs/promises';
import { delimiter, isAbsolute, join } from 'node:path';

let executable: Promise<string | undefined> | undefined;

/**
 * Finds git in the absolute folders of the PATH. The lookup is not left to the system, because Windows searches the working folder first: that is the
 * repository, and a `git.exe` committed there would run.
 */
const findExecutable = async (): Promise<string | undefined> => {
  const name = process.platform === 'win32' ? 'git.exe' : 'git';
  const onPath = (process.env.PATH ?? process.env.Path ?? '').split(delimiter);
  const wellKnown: Partial<Record<NodeJS.Platform, readonly string[]>> = {
    win32: ['ProgramW6432', 'ProgramFiles', 'ProgramFiles(x86)'].map((variable) => join(process.env[variable] ?? '', 'Git', 'cmd')),
    darwin: ['/opt/homebrew/bin', '/usr/local/bin'],
  };
  for (const folder of [...onPath, ...(wellKnown[process.platform] ?? [])]) {
    if (!isAbsolute(folder)) continue;
    const candidate = join(folder, name);
    const runs = await access(candidate, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (runs && (await hasDeveloperTools(candidate))) return candidate;
  }
  return undefined;
};

/** On macOS, `/usr/bin/git` is a stub that opens a dialog unless the developer tools are installed. */
const hasDeveloperTools = async (candidate: string): Promise<boolean> => {
  if (process.platform !== 'darwin' || (await realpath(candidate)) !== '/usr/bin/git') return true;
  return new Promise((resolve) => {
    const child = spawn('/usr/bin/xcode-select', ['-p'], { stdio: 'ignore' });
    child.on('error', () => resolve(false));
    child.on('close', (code) => resolve(code === 0));
  });
};

/** Absolute path of the git that all calls use, looked up once per process; `undefined` if there is none. */
export const gitExecutable = (): Promise<string | undefined> => {
  executable ??= findExecutable();
  return executable;
};
