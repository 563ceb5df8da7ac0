import { stripVTControlCharacters, styleText } from 'node:util';

type Format = Parameters<typeof styleText>[0];

/** Where a command reads and writes. Standard output is for data, standard error for progress and failures. */
export interface Terminal {
  readonly folder: string;
  /** Fires on Ctrl-C. */
  readonly signal: AbortSignal;
  /** True where standard error is a screen, so that one line may be redrawn. */
  readonly redraws: boolean;
  /** Resolves when the text was taken, so that nothing is lost when the process ends. */
  readonly out: (text: string) => Promise<void>;
  readonly err: (text: string) => void;
  /** Colours for standard output; plain where that is no screen or `NO_COLOR` is set. */
  readonly paint: (format: Format, text: string) => string;
  /** Asks a person; false where there is none. */
  readonly ask: (question: string) => Promise<boolean>;
}

/** The terminal of this process. A reader that goes away (`lintel search x | head -1`) ends the process quietly. */
export const processTerminal = (signal: AbortSignal): Terminal => {
  const { stdout, stderr, stdin } = process;
  stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 3));
  stderr.on('error', () => undefined);
  const colours = stdout.isTTY === true && stdout.hasColors();
  return {
    folder: process.cwd(),
    signal,
    redraws: stderr.isTTY === true,
    out: (text) => new Promise((done) => stdout.write(text, () => done())),
    err: (text) => void stderr.write(text),
    paint: (format, text) => (colours && text !== '' ? styleText(format, text) : text),
    ask: async (question) => {
      if (!stdin.isTTY || !stderr.isTTY) return false;
      const { createInterface } = await import('node:readline/promises');
      const lines = createInterface({ input: stdin, output: stderr });
      try {
        return /^y(es)?$/i.test((await lines.question(`${question} [y/N] `, { signal })).trim());
      } finally {
        lines.close();
      }
    },
  };
};

const CONTROLS = /[\p{Cc}\p{Bidi_Control}]+/gu;

/** Text of a repository, made safe for a terminal: no escape sequences, no controls, no marks that reorder text; one line. */
export const printable = (text: string): string => stripVTControlCharacters(text).replace(CONTROLS, ' ').replace(/ {2,}/g, ' ');
