import { relative, resolve, sep } from 'node:path';
import { type Feedback, isRefused } from '../model/authoring.ts';
import type { Engine } from '../model/engine.ts';
import type { Review, ReviewPair } from '../model/review.ts';
import { serialiseHit } from '../model/serialise.ts';
import { counted } from './check-summary.ts';
import { RefusedError, UsageError } from './command.ts';
import { recordName, refuse } from './commands/decisions.ts';
import { json, renderHits } from './hits.ts';
import { printable, type Terminal } from './terminal.ts';
import { today } from './today.ts';

type Verdict = Feedback['verdict'];

/** An answer to a pair of file and decision. */
interface Answer extends ReviewPair {
  readonly verdict: Verdict;
}

const nameOf = ({ path, hit }: ReviewPair): string => `${path}=${hit.path ?? hit.id}`;

/** What there is to review, as `--json` prints it. `pair` is what `--accept` and `--reject` take. */
export const serialiseReview = ({ pairs, left, files, notices, index }: Review): unknown => ({
  pairs: pairs.map((pair) => ({ pair: nameOf(pair), path: pair.path, decision: serialiseHit(pair.hit) })),
  left,
  files,
  index,
  notices,
});

const QUESTION = 'Does it govern this file? a accept, r reject, s skip, b back, q save and quit: ';
const HELP = [
  'a  accept: the decision governs this file, and is shown as governing it',
  'r  reject: it does not, and is never shown as governing it',
  's  skip: leave it as it is',
  'b  back to the pair before',
  'q  save the answers and quit; Ctrl-C quits without saving',
];
const VERDICTS: Readonly<Record<string, Verdict>> = { a: 'governs', r: 'does-not-govern' };
const SAID: Readonly<Record<Verdict, string>> = { governs: 'accepted', 'does-not-govern': 'rejected' };

/** Shows one pair after the other and waits for a key each. Nothing is answered where the terminal is gone; rejects on Ctrl-C. */
export async function askForEach(pairs: readonly ReviewPair[], root: string, terminal: Terminal): Promise<readonly Answer[]> {
  const { key, signal, out, err, paint, folder } = terminal;
  const answers = new Map<ReviewPair, Verdict>();
  for (let at = 0; at < pairs.length; ) {
    const pair = pairs[at];
    if (!pair || !key) break;
    const shown = printable(relative(folder, resolve(root, pair.path)) || pair.path);
    const text = renderHits([pair.hit], root, terminal).replace(/^1\. /, '   ');
    await out(`${paint('bold', `${at + 1} of ${pairs.length}: ${shown}`)}\n\n${text}\n\n`);
    err(QUESTION);
    const pressed = await key();
    signal.throwIfAborted();
    if (pressed === undefined) return [];
    const letter = pressed.toLowerCase();
    const verdict = VERDICTS[letter];
    err(`${verdict ? SAID[verdict] : letter === 's' ? 'skipped' : ''}\n\n`);
    if (letter === 'q') break;
    if (verdict) answers.set(pair, verdict);
    if (letter === 's') answers.delete(pair);
    if (verdict || letter === 's') at += 1;
    else if (letter === 'b') at = Math.max(0, at - 1);
    else err(`${HELP.join('\n')}\n\n`);
  }
  return [...answers].map(([pair, verdict]) => ({ ...pair, verdict }));
}

/** Whether a selector means a pair, and how narrowly: 1 all, 2 a decision, 3 a file and a decision. */
interface Selector {
  readonly written: string;
  readonly verdict: Verdict;
  readonly width: 1 | 2 | 3;
  readonly path?: string;
  readonly record?: string;
}

const ALL = 'all';

const recordOf = async (engine: Engine, terminal: Terminal, written: string): Promise<string> => {
  const found = await engine.authoring.find(recordName(written, terminal, engine.root));
  const [record] = found;
  if (record && found.length === 1) return record.id;
  if (!record) return refuse({ refused: `No decision matches "${written}". Use its path, its number, or the words of its file name.` });
  return refuse({ refused: `"${written}" matches ${found.length} decisions. Use the path of one of them:`, candidates: found });
};

const selectorOf = async (
  engine: Engine,
  terminal: Terminal,
  written: string,
  verdict: Verdict,
  pairs: readonly ReviewPair[],
): Promise<Selector> => {
  if (written === ALL) return { written, verdict, width: 1 };
  const cut = written.lastIndexOf('=');
  const exact = pairs.find((pair) => nameOf(pair) === written);
  if (exact) return { written, verdict, width: 3, path: exact.path, record: exact.hit.id };
  if (cut < 0) return { written, verdict, width: 2, record: await recordOf(engine, terminal, written) };
  const file = written.slice(0, cut);
  const inner = [resolve(terminal.folder, file), resolve(engine.root, file)].map((path) =>
    relative(engine.root, path).split(sep).join('/'),
  );
  const path = inner.find((one) => pairs.some((pair) => pair.path === one)) ?? file;
  return { written, verdict, width: 3, path, record: await recordOf(engine, terminal, written.slice(cut + 1)) };
};

const means = ({ path, record }: Selector, pair: ReviewPair): boolean =>
  (path === undefined || path === pair.path) && (record === undefined || record === pair.hit.id);

/**
 * Answers pairs by what a pipeline selects: `all`, a decision, or FILE=DECISION; the narrowest counts. Rejects with a `RefusedError` for one that
 * selects nothing, or where two that are as narrow say both.
 */
export async function selectAnswers(
  engine: Engine,
  terminal: Terminal,
  pairs: readonly ReviewPair[],
  written: Readonly<Record<Verdict, readonly string[]>>,
): Promise<readonly Answer[]> {
  const selectors: Selector[] = [];
  for (const verdict of ['governs', 'does-not-govern'] as const)
    for (const one of written[verdict]) selectors.push(await selectorOf(engine, terminal, one, verdict, pairs));
  for (const selector of selectors)
    if (selector.width > 1 && !pairs.some((pair) => means(selector, pair)))
      throw new RefusedError(
        `${printable(selector.written)} is not to be reviewed here, so nothing was saved. List the pairs with "lintel link --review --json".`,
      );
  return pairs.flatMap((pair): Answer[] => {
    const meant = selectors.filter((selector) => means(selector, pair));
    const narrowest = Math.max(...meant.map(({ width }) => width));
    const verdicts = new Set(meant.filter(({ width }) => width === narrowest).map(({ verdict }) => verdict));
    if (verdicts.size > 1)
      throw new RefusedError(`${printable(nameOf(pair))} is both accepted and rejected, so nothing was saved. Leave one out.`);
    return [...verdicts].map((verdict) => ({ ...pair, verdict }));
  });
}

/** Saves answers in one edit, and tells what was saved. */
export async function saveAnswers(
  engine: Engine,
  terminal: Terminal,
  answers: readonly Answer[],
  review: Review,
  asJson: boolean,
): Promise<void> {
  const { pairs, left } = review;
  const day = today();
  const saved =
    answers.length === 0
      ? []
      : await engine.authoring.feedbackAll(answers.map(({ path, hit, verdict }) => ({ path, decision: hit.id, verdict, today: day })));
  if (isRefused(saved)) {
    refuse(saved);
    return;
  }
  const open = pairs.length - answers.length + left;
  if (asJson) {
    const list = saved.map(({ path, record, done }, at) => ({ path, decision: record.path, verdict: answers[at]?.verdict, done }));
    await terminal.out(json({ saved: list, left: open }));
    return;
  }
  const count = (verdict: Verdict): string => `${answers.filter((answer) => answer.verdict === verdict).length} ${SAID[verdict]}`;
  const rest = open === 0 ? '' : ` ${counted(open, 'pair')} left.`;
  const where = saved[0] ? `: saved in ${saved[0].file}` : '';
  await terminal.out(`${count('governs')}, ${count('does-not-govern')}${where}.${rest}\n`);
}

/** The largest number of pairs of one review. */
export const MOST_PAIRS = 1_000;

/** Reads `--limit`. Throws a `UsageError` for anything but a number from 1 on. */
export const pairLimit = (given: string | undefined): number | undefined => {
  if (given === undefined) return undefined;
  const limit = /^\d+$/.test(given) ? Number(given) : 0;
  if (limit < 1 || limit > MOST_PAIRS) throw new UsageError(`--limit takes a number from 1 to ${MOST_PAIRS}, not "${given}".`);
  return limit;
};
