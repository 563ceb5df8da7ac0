import { basename } from 'node:path';
import {
  ASK,
  type AskParams,
  type AskResult,
  type RepositoryAnswer,
  type WireAnswerSpan,
  type WireAskAnswer,
} from '../../../protocol/ask.ts';
import type { AnswerSpan, AskAnswer, AskRequest } from '../../model/ask.ts';
import { messageOf } from '../../model/errors.ts';
import type { RequestContext } from '../context.ts';
import { LONGEST_WITH_MODEL, modelWish } from '../model-wish.ts';
import type { OpenRepository } from '../open-repositories.ts';
import { fileParam, textParam } from '../params.ts';
import { lintelRequest } from '../request.ts';

type UriOf = (path: string) => string;

const wireAnswer = ({ spans, closest, replaced, ...rest }: AskAnswer, uriOf: UriOf): WireAskAnswer => {
  const placed = (all: readonly AnswerSpan[]): readonly WireAnswerSpan[] =>
    all.map((span) => (span.path === undefined ? span : { ...span, uri: uriOf(span.path) }));
  return {
    ...rest,
    spans: placed(spans),
    ...(closest ? { closest: placed(closest) } : {}),
    replaced: replaced.map((record) => ({ ...record, uri: uriOf(record.path) })),
  };
};

const answer = async (
  context: RequestContext,
  { folderUri, question, at, limit, model }: AskParams,
  signal: AbortSignal,
): Promise<AskResult> => {
  const request: AskRequest = {
    question: textParam(question, 'question', ASK).trim(),
    ...(at === undefined ? {} : { at }),
    ...(limit === undefined ? {} : { limit }),
    ...(model === undefined ? {} : { model: modelWish(context, model) }),
    signal,
  };
  const { repositories } = context;
  await repositories.settled(folderUri);
  const all: readonly OpenRepository[] = folderUri === undefined ? repositories.all() : [(await fileParam(context, folderUri)).repository];
  const failures: unknown[] = [];
  const answers = await Promise.all(
    all.map(async (repository): Promise<RepositoryAnswer> => {
      const { root, engine, failure } = repository;
      const name = basename(root);
      if (engine === undefined) return { name, failure: failure ?? 'The repository could not be opened.' };
      try {
        return { name, answer: wireAnswer(await engine.ask(request), (path) => repositories.uriOf(repository, path)) };
      } catch (error) {
        signal.throwIfAborted();
        failures.push(error);
        return { name, failure: messageOf(error) };
      }
    }),
  );
  if (failures.length > 0 && answers.every(({ answer }) => answer === undefined)) throw failures[0];
  return { repositories: answers };
};

/** Asks every repository, or one. If one of several fails, the others still answer; if all do, so does the request. */
export const askRequest = lintelRequest<AskParams, AskResult>(ASK, answer, { seconds: LONGEST_WITH_MODEL });
