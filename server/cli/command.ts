import type { ParseArgsOptionsConfig } from 'node:util';
import type { Engine, EngineOptions } from '../model/engine.ts';
import type { Terminal } from './terminal.ts';

/** Exit codes of every command. */
export const EXIT = {
  /** Done; a search that finds nothing is done too. */
  ok: 0,
  /** `doctor` found something wrong. */
  unhealthy: 1,
  /** `check` found findings. */
  found: 1,
  /** The command line was not understood, or names something that does not exist. */
  usage: 2,
  /** The engine failed; the reason is on standard error. */
  failed: 3,
  /** Ctrl-C. */
  cancelled: 130,
} as const;

/** The command line is wrong: `message` says how, for people; `command` names the command whose help is offered. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UsageError';
  }
}

/** Option values as parsed; which are present depends on the command. */
export interface Values {
  readonly repo?: string;
  readonly json?: boolean;
  readonly full?: boolean;
  readonly 'no-update'?: boolean;
  readonly kind?: readonly string[];
  readonly status?: readonly string[];
  readonly path?: string;
  readonly since?: string;
  readonly until?: string;
  readonly limit?: string;
  readonly 'as-of'?: string;
  readonly history?: boolean;
  readonly format?: string;
  readonly near?: string;
  readonly changes?: boolean;
  readonly 'dry-run'?: boolean;
  readonly not?: boolean;
  readonly symbol?: string;
  readonly note?: string;
  readonly rule?: readonly string[];
  readonly sarif?: boolean;
  readonly patch?: boolean;
}

export interface Invocation {
  readonly values: Values;
  readonly positionals: readonly string[];
  readonly terminal: Terminal;
  readonly openEngine: (options: EngineOptions) => Promise<Engine>;
}

/** One command of the CLI: how it is called, what its help says, and what it does. `run` gives the exit code. */
export interface Command {
  readonly name: string;
  readonly summary: string;
  /** What follows `lintel NAME`. */
  readonly arguments: string;
  /** Options beside `--repo`, `--json` and `--help`, which every command has. */
  readonly options: ParseArgsOptionsConfig;
  /** Help lines: the option as written, and what it does. */
  readonly optionHelp: readonly (readonly [string, string])[];
  readonly examples: readonly string[];
  /** Least and most positional arguments. */
  readonly takes: readonly [number, number];
  readonly run: (invocation: Invocation) => Promise<number>;
}

/** `--no-update`, for the commands that bring a stale index up to date first. */
export const NO_UPDATE: readonly [string, string] = ['--no-update', 'answer from the index as it is, without bringing it up to date'];
