import type { Hit } from '../../model/answer.ts';
import type { Engine } from '../../model/engine.ts';
import { EngineError } from '../../model/errors.ts';
import { serialiseHit } from '../../model/serialise.ts';
import { defineCommand, EXIT, type Invocation, NO_UPDATE, NO_UPDATE_OPTION, RefusedError, UsageError } from '../command.ts';
import { behindLine, json } from '../hits.ts';
import { type Brief, briefText, shownPlace } from '../hook/brief-text.ts';
import { tokensOf } from '../hook/tokens.ts';
import { placeFrom } from '../place.ts';
import { answerUpToDate, withEngine } from '../session.ts';

const OPTIONS = {
  diff: { type: 'boolean' },
  base: { type: 'string' },
  tokens: { type: 'string' },
  ...NO_UPDATE_OPTION,
} as const;

type BriefInvocation = Invocation<typeof OPTIONS>;

const TOKENS = 1_500;
const LEAST_TOKENS = 100;
const MOST_TOKENS = 100_000;
/** More are a folder, which "--diff" is for. */
const MOST_PATHS = 200;

const readTokens = (written: string | undefined): number => {
  if (written === undefined) return TOKENS;
  const tokens = Number(written);
  if (!Number.isInteger(tokens) || tokens < LEAST_TOKENS || tokens > MOST_TOKENS)
    throw new UsageError(`--tokens: give a number from ${LEAST_TOKENS} to ${MOST_TOKENS}.`);
  return tokens;
};

/** The surest first, each once. */
const merged = (hits: readonly Hit[]): Hit[] => {
  const best = new Map<string, Hit>();
  for (const hit of hits) if ((best.get(hit.id)?.confidence ?? -1) < (hit.confidence ?? 0)) best.set(hit.id, hit);
  return [...best.values()].sort((a, b) => (b.confidence ?? 0) - (a.confidence ?? 0) || (a.id < b.id ? -1 : 1));
};

const briefOf = (
  answers: readonly { readonly place: string; readonly governing: readonly Hit[]; readonly probable: readonly Hit[] }[],
): Brief => {
  const governing = merged(answers.flatMap((answer) => answer.governing));
  const probable = merged(answers.flatMap((answer) => answer.probable)).filter(({ id }) => governing.every((hit) => hit.id !== id));
  const telling = answers.filter((answer) => answer.governing.length > 0);
  return { places: (telling.length > 0 ? telling : answers).map(({ place }) => place), governing, probable };
};

async function ofPaths(engine: Engine, { positionals, terminal }: BriefInvocation): Promise<Brief> {
  const answers = [];
  for (const written of positionals) {
    const { path, line } = placeFrom(written, terminal.folder, engine.root);
    const { governing, probable } = await engine.beforeEdit.decisions({ path, ...(line === undefined ? {} : { line }) });
    answers.push({ place: shownPlace(path, line === undefined ? undefined : { first: line, last: line }), governing, probable });
  }
  return briefOf(answers);
}

async function ofChange(engine: Engine, { values, terminal }: BriefInvocation): Promise<Brief> {
  const report = await engine.change(values.base === undefined ? {} : { base: values.base }, terminal.signal).catch((error: unknown) => {
    throw error instanceof EngineError && (error.code === 'unknown-commit' || error.code === 'not-a-repository')
      ? new RefusedError(error.message)
      : error;
  });
  return briefOf(
    report.decisions.flatMap(({ hit, places }) =>
      places.map(({ path, lines }) => ({
        place: shownPlace(path, lines),
        governing: hit.level === 'probably' ? [] : [hit],
        probable: hit.level === 'probably' ? [hit] : [],
      })),
    ),
  );
}

/** `lintel brief FILES` and `lintel brief --diff` */
export const briefCommand = defineCommand({
  name: 'brief',
  summary: 'Print the decisions that govern files or a change, for a prompt',
  arguments: '[FILE[:LINE]...] [--diff [--base REV]] [--tokens N] [--no-update] [--json]',
  options: OPTIONS,
  optionHelp: [
    ['--diff', 'what is not committed, instead of FILES'],
    ['--base REV', 'with --diff: what changed since HEAD forked from this commit, such as origin/main'],
    ['--tokens N', `what the text may take of a prompt, about; default ${TOKENS}`],
    NO_UPDATE,
  ],
  examples: ['lintel brief services/orders/src/outbox.ts', 'lintel brief --diff --base origin/main --tokens 800'],
  takes: [0, MOST_PATHS],
  run: (invocation) => {
    const { values, positionals, terminal } = invocation;
    const isChange = values.diff === true || values.base !== undefined;
    if (isChange === positionals.length > 0) throw new UsageError('"lintel brief" needs FILES or --diff, and not both.');
    const most = readTokens(values.tokens);
    return withEngine(invocation, async (engine) => {
      const brief = await answerUpToDate(engine, invocation, () => (isChange ? ofChange : ofPaths)(engine, invocation), {
        sources: isChange,
      });
      const { text, shown, mentioned } = briefText(brief, most);
      if (values.json) {
        const { places, governing, probable } = brief;
        await terminal.out(
          json({
            places,
            governing: governing.map(serialiseHit),
            probable: probable.map(serialiseHit),
            text,
            shown,
            mentioned,
            tokens: tokensOf(text),
          }),
        );
        return EXIT.ok;
      }
      terminal.err(behindLine((await engine.status({ load: false })).position.behind));
      if (text === '') terminal.err('lintel: no decision governs it.\n');
      else await terminal.out(`${text}\n`);
      return EXIT.ok;
    });
  },
});
