import { parseArgs } from 'node:util';
import manifest from '../../package.json' with { type: 'json' };
import { EngineError, messageOf } from '../model/errors.ts';
import { didYouMean } from '../text/suggest.ts';
import { COMMON_OPTIONS, type Environment, EXIT, RefusedError, UsageError } from './command.ts';
import { COMMANDS, commandHelp, generalHelp } from './registry.ts';

const GLOBAL_OPTIONS = { ...COMMON_OPTIONS, version: { type: 'boolean', short: 'v' } } as const;

/** Index of the command's name: the first argument that is neither an option nor the value of one. */
const commandIndex = (argv: readonly string[]): number => {
  const { tokens } = parseArgs({ args: [...argv], options: GLOBAL_OPTIONS, strict: false, tokens: true, allowPositionals: true });
  return tokens.find(({ kind }) => kind === 'positional')?.index ?? -1;
};

const dispatch = async (argv: readonly string[], environment: Environment): Promise<number> => {
  const { terminal } = environment;
  const index = commandIndex(argv);
  const name = argv[index];
  if (name === undefined) {
    const { values } = parseArgs({ args: [...argv], options: GLOBAL_OPTIONS, strict: false });
    if (values.version) await terminal.out(`lintel ${manifest.version}\n`);
    else if (values.help) await terminal.out(`${generalHelp()}\n`);
    else throw new UsageError('Name a command.');
    return EXIT.ok;
  }
  const rest = argv.toSpliced(index, 1);
  const wanted = name === 'help' ? rest[0] : name;
  if (wanted === undefined) {
    await terminal.out(`${generalHelp()}\n`);
    return EXIT.ok;
  }
  const command = COMMANDS.find((known) => known.name === wanted);
  if (command === undefined) {
    const names = COMMANDS.map((known) => known.name);
    throw new UsageError(`There is no command "${wanted}".${didYouMean(wanted, names)}`);
  }
  const { help, run } = command.parse(name === 'help' ? ['--help'] : rest);
  if (!help) return run(environment);
  await terminal.out(`${commandHelp(command)}\n`);
  return EXIT.ok;
};

/** Where to read on after a mistake: the help of the command, if there is one of that name. */
const helpLine = (argv: readonly string[]): string => {
  const name = argv[commandIndex(argv)];
  return `lintel ${COMMANDS.some((known) => known.name === name) ? `${name} ` : ''}--help`;
};

/** Runs one command line, without the name of the program. Resolves with the exit code and never rejects. */
export const runCli = async (argv: readonly string[], environment: Environment): Promise<number> => {
  const { terminal } = environment;
  try {
    return await dispatch(argv, environment);
  } catch (error) {
    if (terminal.signal.aborted) {
      terminal.err('lintel: canceled.\n');
      return EXIT.cancelled;
    }
    if (error instanceof UsageError) {
      terminal.err(`lintel: ${error.message}\n${error instanceof RefusedError ? '' : `Try "${helpLine(argv)}".\n`}`);
      return EXIT.usage;
    }
    terminal.err(`lintel: ${messageOf(error)}\n`);
    if (!(error instanceof EngineError) && error instanceof Error && process.env.LINTEL_DEBUG) terminal.err(`${error.stack}\n`);
    return error instanceof EngineError && error.code === 'not-a-folder' ? EXIT.usage : EXIT.failed;
  }
};
