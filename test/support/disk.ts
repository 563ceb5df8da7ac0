import { execFileSync, spawnSync } from 'node:child_process';
import { rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from './folder.ts';

/** A program and its arguments. */
export type Command = readonly [program: string, args: readonly string[]];

/** A folder in which only so many bytes fit. */
export interface SmallDisk {
  readonly path: string;
  /**
   * How the limit is made:
   * - `mounted`: a tmpfs, for every process. Needs root.
   * - `namespace`: a tmpfs that only programs started through `command` see (user namespace); it is empty for each of them.
   * - `limit`: no file of such a program may grow beyond the limit (RLIMIT_FSIZE).
   */
  readonly kind: 'mounted' | 'namespace' | 'limit';
  /** What a write that does not fit fails with. */
  readonly error: 'ENOSPC' | 'EFBIG';
  /** How to start a program so that the limit holds for it. With it a test runs in all three cases. */
  readonly command: (program: string, args: readonly string[]) => Command;
  /** Fills a mounted disk with ballast until about so many bytes are left (default 0). Nothing in the other cases. */
  readonly fill: (left?: number) => void;
  /** Takes the ballast away again. */
  readonly free: () => void;
  /** Unmounts and removes. Also done when the process ends. */
  readonly remove: () => void;
}

/** What keeps a program from seeing a full disk here. */
export interface NoSmallDisk {
  readonly reason: string;
}

const BALLAST = '.ballast';
const PAGE = 4_096;

/**
 * A disk of limited size, in the best way that this machine permits: as root a mounted tmpfs; else a tmpfs in a user namespace; else a limit
 * on file size. At least the last one works on every Linux. `reason` elsewhere.
 */
export const smallDisk = (bytes: number): SmallDisk | NoSmallDisk => {
  if (process.platform !== 'linux') return { reason: `a disk of limited size is made on Linux only, this is ${process.platform}` };
  return (
    mountedDisk(bytes) ?? namespaceDisk(bytes) ?? limitedDisk(bytes) ?? { reason: 'neither mount, unshare nor prlimit may be used here' }
  );
};

const sizeOption = (bytes: number): string => `size=${Math.max(PAGE, bytes)},mode=0777`;

const succeeds = (program: string, args: readonly string[]): boolean => spawnSync(program, args, { stdio: 'ignore' }).status === 0;

const nothing = (): void => undefined;

const mountedDisk = (bytes: number): SmallDisk | undefined => {
  if (process.getuid?.() !== 0) return undefined;
  const folder = temporaryFolder('lintel-disk');
  if (!succeeds('mount', ['-t', 'tmpfs', '-o', sizeOption(bytes), 'tmpfs', folder.path])) {
    folder.remove();
    return undefined;
  }
  const ballast = join(folder.path, BALLAST);
  const free = (): void => rmSync(ballast, { force: true });
  const fill = (left = 0): void => {
    free();
    const { bavail, bsize } = statfsSync(folder.path);
    writeFileSync(ballast, new Uint8Array(Math.max(0, bavail * bsize - left)));
  };
  let mounted = true;
  const remove = (): void => {
    if (!mounted) return;
    mounted = false;
    execFileSync('umount', ['--lazy', folder.path]);
    folder.remove();
    process.off('exit', remove);
  };
  process.on('exit', remove);
  return { path: folder.path, kind: 'mounted', error: 'ENOSPC', command: (program, args) => [program, args], fill, free, remove };
};

/** A limited tmpfs inside a user and mount namespace: for ordinary users where the kernel permits it. Exported for its own test. */
export const namespaceDisk = (bytes: number): SmallDisk | undefined => {
  const folder = temporaryFolder('lintel-disk');
  const script = `mount -t tmpfs -o ${sizeOption(bytes)} tmpfs "$0" && exec "$@"`;
  const command = (program: string, args: readonly string[]): Command => [
    'unshare',
    ['--user', '--map-root-user', '--mount', 'sh', '-c', script, folder.path, program, ...args],
  ];
  if (!succeeds(...command('true', []))) {
    folder.remove();
    return undefined;
  }
  return { path: folder.path, kind: 'namespace', error: 'ENOSPC', command, fill: nothing, free: nothing, remove: folder.remove };
};

/** An ordinary folder and a limit on the size of each file. Exported for its own test. */
export const limitedDisk = (bytes: number): SmallDisk | undefined => {
  const command = (program: string, args: readonly string[]): Command => ['prlimit', [`--fsize=${bytes}`, '--', program, ...args]];
  if (!succeeds(...command('true', []))) return undefined;
  const folder = temporaryFolder('lintel-disk');
  return { path: folder.path, kind: 'limit', error: 'EFBIG', command, fill: nothing, free: nothing, remove: folder.remove };
};
