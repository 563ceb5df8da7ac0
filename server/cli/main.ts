#!/usr/bin/env node
import { isEventOfHook, runHook } from './hook/run-hook.ts';

/** The commands, in a bundle of their own: it takes longer to load than an agent's hook may take. From source, the TypeScript file. */
const PROGRAM = new URL(import.meta.url.endsWith('.ts') ? './program.ts' : './program.cjs', import.meta.url);

const run = async (argv: readonly string[], input?: string): Promise<number> => {
  const { runProgram } = (await import(PROGRAM.href)) as typeof import('./program.ts');
  return runProgram(argv, input);
};

const argv = process.argv.slice(2);
void (isEventOfHook(argv) ? runHook(argv, run) : run(argv)).then((code) => process.exit(code));
