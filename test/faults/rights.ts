import { spawnSync } from 'node:child_process';
import type { Command } from '../support/disk.ts';

const FORGET = '-dac_override,-dac_read_search';

/**
 * How to start a program for which the modes of files count. They do for an ordinary user; root is made to mind them by starting the program
 * without the two capabilities that pass over them.
 */
export const minding = (program: string, args: readonly string[]): Command =>
  process.getuid?.() === 0 ? ['setpriv', [`--bounding-set=${FORGET}`, `--inh-caps=${FORGET}`, '--', program, ...args]] : [program, args];

/** Why modes cannot be made to count here; `undefined` where they can. */
export const noRights = (): string | undefined => {
  if (process.platform === 'win32') return 'Windows has no modes';
  const [program, args] = minding('true', []);
  return spawnSync(program, [...args], { stdio: 'ignore' }).status === 0 ? undefined : 'setpriv may not be used here';
};
