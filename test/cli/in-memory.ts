import type { ServeMcp } from '../../server/cli/command.ts';
import { runCli } from '../../server/cli/run.ts';
import type { Terminal } from '../../server/cli/terminal.ts';
import type { Engine, EngineOptions } from '../../server/model/engine.ts';
import { fakeEngine } from '../support/engine.ts';

/** What a command line did. */
export interface Result {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  /** Options with which engines were opened. */
  readonly opened: readonly EngineOptions[];
  /** Options with which MCP was served. */
  readonly served: readonly Parameters<ServeMcp>[0][];
}

/** Runs a command line in this process, with an engine in memory and a terminal that remembers what was written. */
export const runInMemory = async (
  args: readonly string[],
  engine: Engine = fakeEngine(),
  terminal: Partial<Terminal> = {},
): Promise<Result> => {
  let out = '';
  let err = '';
  const opened: EngineOptions[] = [];
  const served: Parameters<ServeMcp>[0][] = [];
  const code = await runCli(args, {
    terminal: {
      folder: '/shop',
      signal: new AbortController().signal,
      redraws: false,
      input: async () => '',
      out: async (text) => {
        out += text;
      },
      err: (text) => {
        err += text;
      },
      paint: (_, text) => text,
      ask: async () => false,
      ...terminal,
    },
    openEngine: async (options) => {
      opened.push(options);
      return engine;
    },
    serveMcp: async (options) => {
      served.push(options);
    },
  });
  return { code, out, err, opened, served };
};
