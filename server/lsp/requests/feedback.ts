import { FEEDBACK, type FeedbackParams, type FeedbackResult } from '../../../protocol/authoring.ts';
import { isRefused } from '../../model/authoring.ts';
import { dayParam, fileParam, requestFailed } from '../params.ts';
import { lintelRequest } from '../request.ts';
import { wireRefused } from '../wire.ts';

export const feedbackRequest = lintelRequest<FeedbackParams, FeedbackResult>(FEEDBACK, async (context, params) => {
  const { engine, repository, path } = await fileParam(context, params.uri);
  const decision = await fileParam(context, params.decisionUri);
  if (params.verdict !== 'governs' && params.verdict !== 'does-not-govern')
    throw requestFailed(`${FEEDBACK} needs "verdict": governs or does-not-govern.`);
  const answer = await engine.authoring.feedback({
    decision: decision.path,
    path,
    ...(params.line === undefined ? {} : { line: params.line }),
    verdict: params.verdict,
    today: dayParam(params.today, FEEDBACK),
  });
  context.refresh();
  if (isRefused(answer)) return wireRefused(context.repositories, repository, answer);
  const uri = context.repositories.uriOf(repository, answer.file);
  return { done: answer.done, uri, ...(answer.symbol === undefined ? {} : { symbol: answer.symbol }) };
});
