import { chmod, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

const NOBODY = 65_534;

/** Runs a function while nobody may read `path`. Root may read everything, so under root the process becomes another user meanwhile. */
export const withoutRights = async <T>(path: string, run: () => Promise<T>): Promise<T> => {
  const folder = dirname(path);
  const modes = await Promise.all([path, folder].map(async (each) => (await stat(each)).mode));
  const isRoot = process.geteuid?.() === 0;
  await chmod(folder, 0o755);
  await chmod(path, 0o000);
  if (isRoot) process.seteuid?.(NOBODY);
  try {
    return await run();
  } finally {
    if (isRoot) process.seteuid?.(0);
    await chmod(path, modes[0] ?? 0o700);
    await chmod(folder, modes[1] ?? 0o700);
  }
};
