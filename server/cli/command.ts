import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import type { Engine, EngineOptions } from '../model/engine.ts';
import { EngineError, messageOf } from '../model/errors.ts';
import { didYouMean } from '../text/suggest.ts';
import type { Terminal } from './terminal.ts';

/** Exit codes of every command. */
export const EXIT = {
  /** Success; a search without results is a success too. */
  ok: 0,
  /** `doctor` found something wrong. */
  unhealthy: 1,
  /** `check` or `ids` reported findings. */
  found: 1,
  /** The command line is invalid, or names something that does not exist. */
  usage: 2,
  /** The engine failed; the reason is on standard error. */
  failed: 3,
  /** Ctrl-C. */
  cancelled: 130,
} as const;

/** The command line is invalid; `message` tells people what is wrong with it. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UsageError';
  }
}

/** The command line is well formed, but what it names is not there or cannot be done; help on the command would not help. */
export class RefusedError extends UsageError {
  constructor(message: string) {
    super(message);
    this.name = 'RefusedError';
  }
}

/** What to do with a failure of the engine where the command line names a commit: one that is unknown is a mistake in it. */
export const refuseUnknownCommit = (error: unknown): never => {
  throw error instanceof EngineError && error.code === 'unknown-commit' ? new RefusedError(error.message) : error;
};

/** Options that every command has. */
export const COMMON_OPTIONS = {
  repo: { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const satisfies ParseArgsOptionsConfig;

/** The option of commands that update an outdated index before they answer, and its help line. */
export const NO_UPDATE_OPTION = { 'no-update': { type: 'boolean' } } as const satisfies ParseArgsOptionsConfig;
export const NO_UPDATE: readonly [string, string] = ['--no-update', 'use the index as it is, without updating it first'];

/** The values of options as `parseArgs` gives them: exactly those that the command declares. */
type ValuesOf<O extends ParseArgsOptionsConfig> = ReturnType<typeof parseArgs<{ options: O }>>['values'];

/** Serves MCP over standard input and output until the client is gone: another program of this package, because a face knows no other face. */
export type ServeMcp = (options: {
  readonly repo: string | undefined;
  readonly folder: string;
  readonly log: (message: string) => void;
}) => Promise<void>;

/** What a command needs from the process. Tests give it a terminal and an engine in memory. */
export interface Environment {
  readonly terminal: Terminal;
  readonly openEngine: (options: EngineOptions) => Promise<Engine>;
  readonly serveMcp: ServeMcp;
}

/** A parsed command line of a command with the options `O`, in addition to the common ones. */
export interface Invocation<O extends ParseArgsOptionsConfig = Record<never, never>> extends Environment {
  readonly values: ValuesOf<O & typeof COMMON_OPTIONS>;
  readonly positionals: readonly string[];
}

/** What help says about a command. */
interface CommandInfo {
  readonly name: string;
  readonly summary: string;
  /** What follows `lintel NAME`. */
  readonly arguments: string;
  /** Help lines: the option as written, and what it does. */
  readonly optionHelp: readonly (readonly [string, string])[];
  readonly examples: readonly string[];
}

interface CommandDefinition<O extends ParseArgsOptionsConfig> extends CommandInfo {
  /** Options in addition to those that every command has. */
  readonly options: O;
  /** Least and most positional arguments. */
  readonly takes: readonly [number, number];
  /** Resolves with the exit code. */
  readonly run: (invocation: Invocation<O>) => Promise<number>;
}

type CountedArguments = Pick<CommandDefinition<ParseArgsOptionsConfig>, 'name' | 'arguments' | 'takes'>;

/** One command of the CLI. */
export interface Command extends CommandInfo {
  /** Names of all options, without dashes. */
  readonly optionNames: readonly string[];
  /**
   * Reads what follows the name of the command. Throws a `UsageError` for an unknown option or a wrong value, and `run` throws one for a
   * wrong number of arguments, so that `--help` works without them.
   */
  readonly parse: (args: readonly string[]) => {
    readonly help: boolean;
    readonly run: (environment: Environment) => Promise<number>;
  };
}

const refuseUnknownOptions = (name: string, args: readonly string[], options: ParseArgsOptionsConfig): void => {
  const { tokens } = parseArgs({ args: [...args], options, strict: false, tokens: true, allowPositionals: true });
  const names = Object.keys(options);
  for (const token of tokens)
    if (token.kind === 'option' && !names.includes(token.name)) {
      const suggestion = token.rawName.startsWith('--') ? didYouMean(token.name, names).replace('"', '"--') : '';
      throw new UsageError(`There is no option ${token.rawName} for "lintel ${name}".${suggestion}`);
    }
};

/** The arguments of a command as its help writes them, without the options: `FILE[:LINE] DECISION`. */
const argumentNames = (written: string): string => written.replace(/\s*\[(?:-|OPTIONS).*$/, '');

const refuseWrongCount = ({ name, takes: [least, most], ...info }: CountedArguments, given: readonly string[]): void => {
  if (given.length < least) throw new UsageError(`"lintel ${name}" needs ${argumentNames(info.arguments)}.`);
  if (given.length > most) throw new UsageError(`Unexpected argument "${given[most]}" for "lintel ${name}".`);
};

/** A command whose `run` sees the values of the options that it declares, and of no others. */
export const defineCommand = <const O extends ParseArgsOptionsConfig>({ options, takes, run, ...info }: CommandDefinition<O>): Command => {
  const all = { ...options, ...COMMON_OPTIONS };
  return {
    ...info,
    optionNames: Object.keys(all),
    parse: (args) => {
      refuseUnknownOptions(info.name, args, all);
      try {
        const { values, positionals } = parseArgs({ args: [...args], options: all, allowPositionals: true });
        return {
          help: 'help' in values,
          run: (environment) => {
            refuseWrongCount({ ...info, takes }, positionals);
            return run({ ...environment, values, positionals });
          },
        };
      } catch (error) {
        throw new UsageError(messageOf(error).split('\n')[0] ?? '');
      }
    },
  };
};
