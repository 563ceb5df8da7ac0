import { isRefused } from '../../model/authoring.ts';
import { defineCommand, EXIT, type Invocation, NO_UPDATE, NO_UPDATE_OPTION, UsageError } from '../command.ts';
import { pathsOf } from '../findings.ts';
import { json } from '../hits.ts';
import { askForEach, MOST_PAIRS, pairLimit, saveAnswers, selectAnswers, serialiseReview } from '../link-review.ts';
import { placeFrom } from '../place.ts';
import { answerUpToDate, freshen, tellNotices, withEngine } from '../session.ts';
import { printable } from '../terminal.ts';
import { today } from '../today.ts';
import { recordName, refuse } from './decisions.ts';

const OUTCOMES = { added: 'added to', replaced: 'updated in', unchanged: 'already in' } as const;

const OPTIONS = {
  not: { type: 'boolean' },
  symbol: { type: 'string' },
  note: { type: 'string' },
  review: { type: 'boolean' },
  accept: { type: 'string', multiple: true },
  reject: { type: 'string', multiple: true },
  limit: { type: 'string' },
  ...NO_UPDATE_OPTION,
} as const;

type LinkInvocation = Invocation<typeof OPTIONS>;

/** `lintel link FILE[:LINE] DECISION [--not]` */
const linkOne = (invocation: LinkInvocation): Promise<number> => {
  const { values, positionals, terminal } = invocation;
  return withEngine(invocation, async (engine) => {
    const { path, line } = placeFrom(positionals[0] ?? '', terminal.folder, engine.root);
    await freshen(engine, invocation);
    const answer = await engine.authoring.feedback({
      decision: recordName(positionals[1] ?? '', terminal, engine.root),
      path,
      ...(line === undefined ? {} : { line }),
      ...(values.symbol === undefined ? {} : { symbol: values.symbol }),
      ...(values.note === undefined ? {} : { note: values.note }),
      verdict: values.not ? 'does-not-govern' : 'governs',
      today: today(),
    });
    if (isRefused(answer)) return refuse(answer);
    if (values.json) {
      await terminal.out(json(answer));
      return EXIT.ok;
    }
    const { record, symbol, lines, done, file } = answer;
    const where = symbol === undefined ? (lines === undefined ? '' : `, line ${lines.first + 1}`) : `, ${symbol}`;
    const verb = values.not ? 'does not govern' : 'governs';
    await terminal.out(`${printable(record.path)} ${verb} ${printable(path + where)}: ${OUTCOMES[done]} ${file}.\n`);
    return EXIT.ok;
  });
};

/** `lintel link --review [PATH...]` */
const linkMany = (invocation: LinkInvocation): Promise<number> => {
  const { values, positionals, terminal } = invocation;
  const { accept = [], reject = [] } = values;
  const isAnswered = accept.length + reject.length > 0;
  if (!isAnswered && !values.json && !terminal.key)
    throw new UsageError(
      '--review asks on a terminal, and there is none. List the pairs with --json, and answer them with --accept and --reject.',
    );
  const limit = pairLimit(values.limit);
  return withEngine(invocation, async (engine) => {
    const paths = pathsOf(positionals, terminal, engine.root);
    const onFile = (done: number, total: number): void => {
      if (terminal.redraws && done % 20 === 0) terminal.err(`\r\u001b[KLooking at files: ${done} of ${total}`);
    };
    const ask = () => engine.review({ paths, onFile, ...(limit === undefined ? {} : { limit }) }, terminal.signal);
    const review = await answerUpToDate(engine, invocation, ask, { sources: true });
    if (terminal.redraws) terminal.err('\r\u001b[K');
    tellNotices(invocation, review.notices);
    if (!isAnswered && values.json) {
      await terminal.out(json(serialiseReview(review)));
      return EXIT.ok;
    }
    if (review.pairs.length === 0 && !isAnswered) {
      await terminal.out('There is nothing to review: no decision probably governs this code that is not linked to it yet.\n');
      return EXIT.ok;
    }
    const answers = isAnswered
      ? await selectAnswers(engine, terminal, review.pairs, { governs: accept, 'does-not-govern': reject })
      : await askForEach(review.pairs, engine.root, terminal);
    await saveAnswers(engine, terminal, answers, review, values.json === true);
    return EXIT.ok;
  });
};

/** Throws a `UsageError` for what does not go together. */
const refuseContradictions = ({ values, positionals }: LinkInvocation): void => {
  if (values.review) {
    const wrong = (['not', 'symbol', 'note'] as const).find((name) => values[name] !== undefined);
    if (wrong) throw new UsageError(`Use only one of --review and --${wrong}.`);
    return;
  }
  const wrong = (['accept', 'reject', 'limit'] as const).find((name) => values[name] !== undefined);
  if (wrong) throw new UsageError(`--${wrong}: use it with --review.`);
  if (positionals.length < 2) throw new UsageError('"lintel link" needs FILE[:LINE] DECISION, or --review.');
  if (positionals.length > 2) throw new UsageError(`Unexpected argument "${positionals[2]}" for "lintel link".`);
};

/** `lintel link FILE[:LINE] DECISION` and `lintel link --review` */
export const linkCommand = defineCommand({
  name: 'link',
  summary: 'Record in .lintel/links.yaml that a decision governs code, or that it does not',
  arguments:
    'FILE[:LINE] DECISION [--not] [--symbol NAME] [--note TEXT] | --review [PATH...] [--accept PAIR] [--reject PAIR] [--limit N] [--no-update] [--json]',
  options: OPTIONS,
  optionHelp: [
    ['--not', 'the decision does not govern this code, and is never shown as governing it'],
    ['--symbol NAME', 'only the function, class or other symbol with this name; default: the one around LINE'],
    ['--note TEXT', 'the reason'],
    ['--review', 'go through the decisions that probably govern files, of some paths or of all code; the answers are saved in one edit'],
    ['--accept PAIR', 'with --review, answer without a terminal: FILE=DECISION, a DECISION for all its files, or "all"; can be repeated'],
    ['--reject PAIR', 'the same for decisions that do not govern; the narrowest PAIR counts'],
    ['--limit N', `with --review: only the N surest pairs, 1 to ${MOST_PAIRS}; default 100`],
    NO_UPDATE,
  ],
  examples: [
    'lintel link services/orders/src/outbox.ts 14',
    'lintel link services/orders/src/outbox.ts:42 14 --not --note "kept for the tests"',
    'lintel link --review services/orders',
    'lintel link --review --accept all --reject services/orders/src/outbox.ts=14',
  ],
  takes: [0, Number.POSITIVE_INFINITY],
  run: async (invocation) => {
    refuseContradictions(invocation);
    return invocation.values.review ? linkMany(invocation) : linkOne(invocation);
  },
});
