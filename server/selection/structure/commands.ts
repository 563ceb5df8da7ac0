import { groupBy } from '../../text/group-by.ts';
import { afterBracket } from './brackets.ts';
import type { FoundRoute } from './found-route.ts';

/** `cobra.Command{Use: "up [SERVICE...]", ...}`, `cli.Command{Name: "up", ...}`. */
const COMMAND = /(?<![\w.])(?:cobra|cli)\.Command\{/g;
const NAME = /(?<![\w.])(?:Use|Name)\s{0,20}:\s{0,20}(["`])([a-z][\w-]{0,40})(?=[\s"`])/;
const HEAD = 600;
/** A call with texts, perhaps behind a test, a context or a list: `cli.Run(t, "up", "-d")`, `exec.Command("app", "up")`. */
const CALL = /(?<![\w.])(?:\w{1,60}\.){0,4}(\w{1,60})\(\s{0,100}(?:[\w.()]{1,60},\s{0,100}){0,3}(?:\[\]string\{\s{0,100})?["`]/g;
const NO_COMMAND =
  /^(?:expect|equal|assert|require|contain|have|be|to|not|should|match|error|log|print|fatal|skip|join|append|sprint|fprint|describe|context|it|test|by|when|entry|label|parallel|setenv|getenv|lookup|replace|split|trim|has|index|new|step|with)/i;
/** Names of helpers that begin like one of those and run something. */
const RUNS = /cmd|command|cli|exec|args|^run\w/i;
/** The first word is the program. */
const PROGRAM = /^(?:Command|CommandContext)$/;
const TEXT = /"((?:[^"\\\n]|\\.){1,200})"|`([^`]{1,200})`/g;
const WORD = /^[a-z][a-z0-9-]{1,40}$/;
const LONGEST_CALL = 800;
const MOST_WORDS = 3;
/** A word alone may be the command below another one. */
const ALONE = 0.6;
/** What runs commands of the product runs hardly others. */
const LEAST_KNOWN = 0.8;

/** Commands that a program in Go declares, each with the function that makes it, from its declaration on. */
export function commandsIn(text: string): FoundRoute[] {
  const found = [...text.matchAll(COMMAND)].flatMap((match): FoundRoute[] => {
    const end = afterBracket(text, match.index + match[0].length - 1);
    const name = NAME.exec(text.slice(match.index, Math.min(end ?? 0, match.index + HEAD)))?.[2];
    if (end === undefined || name === undefined) return [];
    const isInFunction = /^\s/.test(text.slice(text.lastIndexOf('\n', match.index) + 1, match.index + 1));
    const close = isInFunction ? text.indexOf('\n}', end) : -1;
    const next = text.slice(end, close < 0 ? end : close).search(COMMAND);
    const last = close < 0 || next >= 0 ? end : close;
    return [{ text: name, kind: 'command', start: match.index, end: last, at: match.index }];
  });
  // The only command of a program is the program.
  return found.length === 1 && /^package main\b/m.test(text) ? [] : found;
}

/** A command that a test in Go runs: the words that may name it, in their order. */
export interface RunCommand {
  readonly words: readonly string[];
  /** What runs it: the helper, or the program that stands first. */
  readonly by: string;
  /** Offset of the first text. */
  readonly at: number;
  readonly text: string;
}

/** The commands that calls in Go run, as far as their words stand there. */
export const commandsRun = (text: string): RunCommand[] =>
  [...text.matchAll(CALL)].flatMap((match): RunCommand[] => {
    const name = match[1] ?? '';
    if (NO_COMMAND.test(name) && !RUNS.test(name)) return [];
    const open = match.index + match[0].indexOf(`${name}(`) + name.length;
    const end = Math.min(afterBracket(text, open) ?? 0, open + LONGEST_CALL);
    const [args = '', body] = text.slice(open, end).split('func(');
    // `t.Run("title", func(t *testing.T) { ... })`.
    if (name === 'Run' && body !== undefined) return [];
    const texts = [...args.matchAll(TEXT)].map((one) => one[1] ?? one[2] ?? '');
    const [first = '', ...rest] = texts.flatMap((one) => one.split(/\s+/));
    const isProgram = PROGRAM.test(name);
    const words = (isProgram ? rest : [first, ...rest]).filter((word) => WORD.test(word)).slice(0, MOST_WORDS);
    if (words.length === 0) return [];
    const by = isProgram ? `${name} ${first}` : name;
    return [{ words, by, at: match.index + match[0].length, text: texts.slice(0, 4).join(' ') }];
  });

const singular = (word: string): string => word.replace(/s$/, '');

/** The helpers and programs that run commands of the product: most of what they run is declared there. */
export const runnersOf = (
  runs: readonly { readonly words: readonly string[]; readonly by: string }[],
  isDeclared: (name: string) => boolean,
): ReadonlySet<string> =>
  new Set(
    [...groupBy(runs, ({ by }) => by)].flatMap(([by, own]) =>
      own.filter(({ words }) => words.some(isDeclared)).length >= LEAST_KNOWN * own.length ? [by] : [],
    ),
  );

/** How surely words name a command of a file: a word before it names the command above, which the path of the file then has, too. */
export const commandMatch = (name: string, file: string, words: readonly string[]): number => {
  const at = words.indexOf(name);
  if (at < 0) return 0;
  const parent = words[at - 1];
  const isBelow =
    parent === undefined ||
    file
      .toLowerCase()
      .split(/[^a-z0-9]+/)
      .some((part) => singular(part) === singular(parent));
  if (parent === undefined) return ALONE;
  return isBelow ? 1 : 0;
};
