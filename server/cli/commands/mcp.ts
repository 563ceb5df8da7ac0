import { statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { McpClient, McpProgramCall } from '../../engine/tools/setup.ts';
import { didYouMean } from '../../text/suggest.ts';
import { defineCommand, EXIT, type Invocation, RefusedError, UsageError } from '../command.ts';
import { json } from '../hits.ts';
import { withEngine } from '../session.ts';
import { printable, printableLines } from '../terminal.ts';

const OPTIONS = {
  client: { type: 'string' },
  yes: { type: 'boolean' },
  print: { type: 'boolean' },
} as const;

type McpInvocation = Invocation<typeof OPTIONS>;

const isOnPath = (name: string): boolean =>
  (process.env.PATH ?? '')
    .split(delimiter)
    .some((folder) => folder !== '' && ['', '.cmd'].some((end) => statSync(join(folder, name + end), { throwIfNoEntry: false })?.isFile()));

/** How clients start this program: by its name where it is installed, else by the file that runs now. */
const ownCall = (): { readonly call: McpProgramCall; readonly isInstalled: boolean } => {
  if (isOnPath('lintel')) return { call: { command: 'lintel', args: [] }, isInstalled: true };
  return { call: { command: process.execPath, args: [process.argv[1] ?? 'lintel'] }, isInstalled: false };
};

const clientOf = (given: string | undefined, known: readonly McpClient[]): McpClient => {
  const found = known.find((client) => client === (given ?? 'claude'));
  if (found === undefined)
    throw new UsageError(`--client: unknown client "${given}".${didYouMean(given ?? '', known)} Use ${known.join(', ')}.`);
  return found;
};

/** `lintel mcp install`: shows the file of a client, asks, and writes it. */
const install = async (invocation: McpInvocation): Promise<number> => {
  const { values, terminal } = invocation;
  const { MCP_CLIENTS, mcpSetup } = await import('../../engine/tools/setup.ts');
  const client = clientOf(values.client, MCP_CLIENTS);
  const { call, isInstalled } = ownCall();
  return withEngine(invocation, async (engine) => {
    const setup = await mcpSetup(engine.root, client, call);
    if ('refused' in setup) throw new RefusedError(printableLines(setup.refused));
    const { path, text, edits } = setup;
    const done = (outcome: 'printed' | 'unchanged' | 'written' | 'declined') =>
      values.json ? terminal.out(json({ path, outcome, text })) : Promise.resolve();
    if (!isInstalled)
      terminal.err(
        `lintel: "lintel" is not on your PATH, so the file names ${printable(call.args.join(' '))}, which others do not have.\n`,
      );
    if (values.print) {
      await (values.json ? done('printed') : terminal.out(text));
      return EXIT.ok;
    }
    if (edits.length === 0) {
      terminal.err(`lintel: ${path} has this server already.\n`);
      await done('unchanged');
      return EXIT.ok;
    }
    terminal.err(`${path}:\n${printableLines(text)}\n`);
    if (!values.yes && !(await terminal.ask(`Write ${join(engine.root, path)}?`))) {
      terminal.err('lintel: nothing was written. Use --yes to write without being asked.\n');
      await done('declined');
      return EXIT.usage;
    }
    await engine.authoring.apply(edits);
    terminal.err(`lintel: wrote ${path}.\n`);
    await done('written');
    return EXIT.ok;
  });
};

const run = async (invocation: McpInvocation): Promise<number> => {
  const { values, positionals, terminal, serveMcp } = invocation;
  const [action] = positionals;
  if (action === 'install') return install(invocation);
  if (action !== undefined) throw new UsageError(`There is no "lintel mcp ${printable(action)}".${didYouMean(action, ['install'])}`);
  if (values.client !== undefined || values.yes || values.print)
    throw new UsageError('--client, --yes and --print are options of "lintel mcp install".');
  await serveMcp({ repo: values.repo, folder: terminal.folder, log: (message) => terminal.err(`lintel: ${printable(message)}\n`) });
  return EXIT.ok;
};

/** `lintel mcp` and `lintel mcp install` */
export const mcpCommand = defineCommand({
  name: 'mcp',
  summary: 'Serve the knowledge base to agents (Model Context Protocol), or set that up',
  arguments: '[install [--client C] [--yes | --print]]',
  options: OPTIONS,
  optionHelp: [
    ['--client C', 'with install: claude (default; .mcp.json), vscode (.vscode/mcp.json) or cursor (.cursor/mcp.json)'],
    ['--yes', 'with install: write the file without asking'],
    ['--print', 'with install: print the file and write nothing'],
  ],
  examples: ['lintel mcp --repo ~/src/shop', 'lintel mcp install', 'lintel mcp install --client vscode --print'],
  takes: [0, 1],
  run,
});
