import { parseArgs } from 'node:util';
import manifest from '../../package.json' with { type: 'json' };
import type { Engine, EngineOptions } from '../model/engine.ts';
import { EngineError } from '../model/errors.ts';
import { type Command, EXIT, UsageError, type Values } from './command.ts';
import { COMMANDS, COMMON_OPTIONS, commandHelp, generalHelp } from './registry.ts';
import { didYouMean } from './suggest.ts';
import type { Terminal } from './terminal.ts';

const GLOBAL_OPTIONS = { ...COMMON_OPTIONS, version: { type: 'boolean', short: 'v' } } as const;

/** Place of the command's name: the first argument that is neither an option nor the value of one. */
const commandPlace = (argv: readonly string[]): number => {
  const { tokens } = parseArgs({ args: [...argv], options: GLOBAL_OPTIONS, strict: false, tokens: true, allowPositionals: true });
  return tokens.find(({ kind }) => kind === 'positional')?.index ?? -1;
};

const parse = (
  command: Command,
  args: readonly string[],
): { readonly values: Values & { readonly help?: boolean }; readonly positionals: string[] } => {
  const options = { ...command.options, ...COMMON_OPTIONS };
  const { tokens } = parseArgs({ args: [...args], options, strict: false, tokens: true, allowPositionals: true });
  const names = Object.keys(options);
  for (const token of tokens)
    if (token.kind === 'option' && !names.includes(token.name)) {
      const meant = token.rawName.startsWith('--') ? didYouMean(token.name, names).replace('"', '"--') : '';
      throw new UsageError(`There is no option ${token.rawName} for "lintel ${command.name}".${meant}`);
    }
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? (error.message.split('\n')[0] ?? error.message) : String(error));
  }
};

const checkCount = ({ takes: [least, most], name }: Command, given: readonly string[]): void => {
  if (given.length < least) throw new UsageError(`"lintel ${name}" needs ${least === 1 ? 'an argument' : `${least} arguments`}.`);
  if (given.length > most) throw new UsageError(`"lintel ${name}" does not understand "${given[most]}".`);
};

const dispatch = async (
  argv: readonly string[],
  terminal: Terminal,
  openEngine: (options: EngineOptions) => Promise<Engine>,
): Promise<number> => {
  const place = commandPlace(argv);
  const name = argv[place];
  if (name === undefined) {
    const { values } = parseArgs({ args: [...argv], options: GLOBAL_OPTIONS, strict: false });
    if (values.version) await terminal.out(`lintel ${manifest.version}\n`);
    else if (values.help) await terminal.out(`${generalHelp()}\n`);
    else throw new UsageError('Name a command.');
    return EXIT.ok;
  }
  const rest = argv.toSpliced(place, 1);
  const helped = name === 'help' ? rest[0] : name;
  const command = COMMANDS.find((one) => one.name === helped);
  if (helped === undefined) {
    await terminal.out(`${generalHelp()}\n`);
    return EXIT.ok;
  }
  if (command === undefined)
    throw new UsageError(
      `There is no command "${helped}".${didYouMean(
        helped,
        COMMANDS.map((one) => one.name),
      )}`,
    );
  const { values, positionals } = name === 'help' ? { values: { help: true }, positionals: [] } : parse(command, rest);
  if (values.help) {
    await terminal.out(`${commandHelp(command)}\n`);
    return EXIT.ok;
  }
  checkCount(command, positionals);
  return command.run({ values, positionals, terminal, openEngine });
};

/** Runs one command line (without the program's name) and gives the exit code; never rejects. */
export const runCli = async (
  argv: readonly string[],
  terminal: Terminal,
  openEngine: (options: EngineOptions) => Promise<Engine>,
): Promise<number> => {
  try {
    return await dispatch(argv, terminal, openEngine);
  } catch (error) {
    if (terminal.signal.aborted) {
      terminal.err('lintel: cancelled.\n');
      return EXIT.cancelled;
    }
    if (error instanceof UsageError) {
      terminal.err(`lintel: ${error.message}\nTry "lintel --help".\n`);
      return EXIT.usage;
    }
    terminal.err(`lintel: ${error instanceof Error ? error.message : String(error)}\n`);
    if (!(error instanceof EngineError) && error instanceof Error && process.env.LINTEL_DEBUG) terminal.err(`${error.stack}\n`);
    return error instanceof EngineError && error.code === 'not-a-folder' ? EXIT.usage : EXIT.failed;
  }
};
