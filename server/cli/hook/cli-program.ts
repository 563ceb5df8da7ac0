import { fileURLToPath } from 'node:url';

/** The script of the command line: the bundle that holds this module, or is beside it; from source, the TypeScript file. */
export const cliProgram = (): string =>
  fileURLToPath(import.meta.url.endsWith('.ts') ? new URL('../main.ts', import.meta.url) : new URL('./cli.cjs', import.meta.url));
