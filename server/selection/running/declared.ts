import { REPORT_FILE } from '../../model/selection.ts';
import type { CommandLine, NoRunner, Runner } from './runner.ts';

/** What only a shell understands. */
const SHELL = /^(?:&&|\|\|?|;|&|[<>]+.*|\d>.*)$|\$\(|`|;$/;
const VARIABLE = /^([A-Za-z_]\w*)=(.*)$/s;
const ALL = '{specs}';
const ONE = '{spec}';
/** Where results go if nobody says where. */
const PLAIN_REPORT = 'test-report.xml';

/** Words of a command as people write them: white space parts them, quotes hold them together. `undefined` where a quote does not end. */
export function wordsOfCommand(text: string): readonly { readonly word: string; readonly quoted: boolean }[] | undefined {
  const words: { word: string; quoted: boolean }[] = [];
  let word: string | undefined;
  let quoted = false;
  let quote = '';
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (quote !== '') {
      if (character === quote) quote = '';
      else if (character === '\\' && quote === '"' && /["\\]/.test(text.charAt(at + 1))) {
        at += 1;
        word = (word ?? '') + text.charAt(at);
      } else word = (word ?? '') + character;
    } else if (character === '"' || character === "'") {
      quote = character;
      quoted = true;
      word ??= '';
    } else if (/\s/.test(character)) {
      if (word !== undefined) words.push({ word, quoted });
      word = undefined;
      quoted = false;
    } else word = (word ?? '') + character;
  }
  if (quote !== '') return undefined;
  if (word !== undefined) words.push({ word, quoted });
  return words;
}

/**
 * What `lintel.yaml` gives as the command of a suite: run at the root, without a shell. `{specs}` stands for the paths, as words of their own or, within a word,
 * parted by commas; `{spec}` for one path, with one process for each. Without either, the paths follow at the end. `NAME=value` before the command is a variable.
 * `{report}` stands for the file that the command writes results to, as JUnit XML: without it nobody can tell whether a test ran.
 */
export function declaredRunner(command: string): Runner | NoRunner {
  const words = wordsOfCommand(command);
  if (words === undefined) return { reason: `"command" in lintel.yaml has a quote that does not end: ${command}` };
  const shell = words.find(({ word, quoted }) => !quoted && SHELL.test(word));
  if (shell)
    return {
      reason: `"command" in lintel.yaml is run without a shell, so "${shell.word}" means nothing in it. Put the command into a script.`,
    };
  const plain = words.map(({ word }) => word);
  const environment: Record<string, string> = {};
  while (plain[0] !== undefined) {
    const [, name, value] = VARIABLE.exec(plain[0]) ?? [];
    if (name === undefined || value === undefined) break;
    environment[name] = value;
    plain.shift();
  }
  const [executable, ...args] = plain;
  if (executable === undefined) return { reason: '"command" in lintel.yaml names no program.' };
  const reports = [...Object.values(environment), ...args].some((word) => word.includes(REPORT_FILE));
  const single = args.some((word) => word.includes(ONE));
  const named = single || args.some((word) => word.includes(ALL));
  const line = (paths: readonly string[]): CommandLine => {
    const safe = paths.map((path) => (path.startsWith('-') ? `./${path}` : path));
    const filled = args.flatMap((word) =>
      word === ALL ? safe : [word.replaceAll(ALL, () => safe.join(',')).replaceAll(ONE, () => safe[0] ?? '')],
    );
    const all = named ? filled : [...filled, ...safe];
    const plainly = (word: string): string => word.replaceAll(REPORT_FILE, PLAIN_REPORT);
    const variables = Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, plainly(value)]));
    return {
      command: executable,
      args: all.map(plainly),
      ...(Object.keys(environment).length === 0 ? {} : { environment: variables }),
      ...(reports ? { report: { format: 'junit' as const, args: all, environment } } : {}),
    };
  };
  return { key: command, cwd: '', ...(single ? { single: true } : {}), line };
}
