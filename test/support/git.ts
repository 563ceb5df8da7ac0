import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Environment in which git behaves the same on every machine: no configuration of user or system, a fixed author, no prompts. */
export const GIT_ENVIRONMENT: Readonly<Record<string, string>> = {
  GIT_CONFIG_GLOBAL: process.platform === 'win32' ? 'NUL' : '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'Ada Lovelace',
  GIT_AUTHOR_EMAIL: 'ada@example.org',
  GIT_COMMITTER_NAME: 'Ada Lovelace',
  GIT_COMMITTER_EMAIL: 'ada@example.org',
  GIT_TERMINAL_PROMPT: '0',
  LC_ALL: 'C',
  // glibc would map and unmap memory for every object that git compresses: 1.9 s of system time in an import of 35,000 objects, .1 s with this.
  MALLOC_MMAP_THRESHOLD_: '100000000',
  MALLOC_TRIM_THRESHOLD_: '100000000',
};

export interface GitCall {
  /** Standard input. */
  readonly input?: string | Uint8Array;
  /** Author and commit date: ISO 8601, or `<seconds> +0000`. Default: now. */
  readonly date?: string;
}

const DEFAULTS = [
  'init.defaultBranch=main',
  'commit.gpgSign=false',
  'protocol.file.allow=always',
  'gc.auto=0',
  'advice.detachedHead=false',
];

/** Runs git in a folder and answers what it printed, without the last line end. Throws with git's complaint where it fails. */
export const git = (folder: string, args: readonly string[], call: GitCall = {}): string => {
  const dates = call.date === undefined ? {} : { GIT_AUTHOR_DATE: call.date, GIT_COMMITTER_DATE: call.date };
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_'));
  return execFileSync('git', [...DEFAULTS.flatMap((setting) => ['-c', setting]), ...args], {
    cwd: folder,
    env: { ...Object.fromEntries(kept), ...GIT_ENVIRONMENT, ...dates },
    input: call.input ?? '',
    maxBuffer: 1 << 30,
    stdio: ['pipe', 'pipe', 'pipe'],
  })
    .toString('utf8')
    .replace(/\n$/, '');
};

/** Writes files below a folder, with the folders they need. */
export const writeFiles = (folder: string, files: Readonly<Record<string, string | Uint8Array>>): void => {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
};

/** Writes files and commits everything in the folder. Answers the sha. */
export const commitFiles = (
  folder: string,
  message: string | Uint8Array,
  files: Readonly<Record<string, string | Uint8Array>> = {},
  call: Pick<GitCall, 'date'> = {},
): string => {
  writeFiles(folder, files);
  git(folder, ['add', '--all']);
  git(folder, ['commit', '--quiet', '--allow-empty', '--allow-empty-message', '--file=-', '--cleanup=verbatim'], {
    ...call,
    input: message,
  });
  return git(folder, ['rev-parse', 'HEAD']);
};
