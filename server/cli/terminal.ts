import { stripVTControlCharacters, styleText } from 'node:util';
import { keyReader } from './keys.ts';

type Format = Parameters<typeof styleText>[0];

/** Where a command reads and writes. Standard output is for data, standard error for progress and failures. */
export interface Terminal {
  readonly folder: string;
  /** Fires on Ctrl-C. */
  readonly signal: AbortSignal;
  /** Whether standard error is a terminal, where a line can be redrawn. */
  readonly redraws: boolean;
  /** Resolves once the text is written, so that nothing is lost when the process exits. */
  readonly out: (text: string) => Promise<void>;
  readonly err: (text: string) => void;
  /** Colors text for standard output. Plain text if that is not a terminal, or if `NO_COLOR` is set. */
  readonly paint: (format: Format, text: string) => string;
  /** What was written to standard input, to its end. */
  readonly input: () => Promise<string>;
  /** Asks a yes-or-no question. False if nobody is there to answer. */
  readonly ask: (question: string) => Promise<boolean>;
  /** Waits for one key. Absent if nobody is there to press it. */
  readonly key?: () => Promise<string | undefined>;
}

/**
 * The terminal of this process. If the reader closes the pipe (`lintel search x | head -1`), the process ends with code 0.
 * @param read what was read of standard input already
 */
export const processTerminal = (signal: AbortSignal, read?: string): Terminal => {
  const { stdout, stderr, stdin } = process;
  stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 3));
  stderr.on('error', () => undefined);
  const colours = stdout.isTTY === true && stdout.hasColors();
  const isWatched = stdin.isTTY === true && stdout.isTTY === true && stderr.isTTY === true;
  return {
    folder: process.cwd(),
    signal,
    redraws: stderr.isTTY === true,
    out: (text) => new Promise((done) => stdout.write(text, () => done())),
    err: (text) => void stderr.write(text),
    paint: (format, text) => (colours && text !== '' ? styleText(format, text) : text),
    input: async () => {
      if (read !== undefined) return read;
      const chunks: Buffer[] = [];
      for await (const chunk of stdin) chunks.push(Buffer.from(chunk));
      return Buffer.concat(chunks).toString('utf8');
    },
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
    ...(isWatched ? { key: keyReader(stdin) } : {}),
  };
};

const CONTROLS = /[\p{Cc}\p{Bidi_Control}]+/gu;
const CONTROLS_BUT_TABS = /[^\P{Cc}\t]|\p{Bidi_Control}/gu;

/** One line of text that is safe to print, whatever a repository contains: no escape sequences, control characters or bidirectional marks. */
export const printable = (text: string): string => stripVTControlCharacters(text).replace(CONTROLS, ' ').replace(/ {2,}/g, ' ');

/** `printable` for text of several lines, whose indentation and columns stay. */
export const printableLines = (text: string): string =>
  text
    .split(/\r\n|[\n\r]/)
    .map((line) => stripVTControlCharacters(line).replace(CONTROLS_BUT_TABS, ' ').trimEnd())
    .join('\n')
    .trimEnd();
