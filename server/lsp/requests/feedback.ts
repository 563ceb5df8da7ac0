import { FEEDBACK, type FeedbackParams, type FeedbackResult } from '../../../protocol/authoring.ts';
import { isRefused } from '../../model/authoring.ts';
import { dayParam, fileParam, requestFailed } from '../params.ts';
import { lintelRequest } from '../request.ts';
import { wireRefused } from '../wire.ts';

export const feedbackRequest = lintelRequest<FeedbackParams, FeedbackResult>(FEEDBACK, async (context, params) => {
  const { decisionUri, line, verdict } = params;
  const { engine, repository, path } = await fileParam(context, params.uri);
  if (verdict !== 'governs' && verdict !== 'does-not-govern')
    throw requestFailed(`${FEEDBACK} needs "verdict": governs or does-not-govern.`);
  const today = dayParam(params.today, FEEDBACK);
  const uris = typeof decisionUri === 'string' ? [decisionUri] : decisionUri;
  const decisions = await Promise.all(uris.map((uri) => fileParam(context, uri)));
  const place = line === undefined ? { path } : { path, line };
  const saved = await engine.authoring.feedbackAll(decisions.map((decision) => ({ ...place, decision: decision.path, verdict, today })));
  context.refresh();
  if (isRefused(saved)) return wireRefused(context.repositories, repository, saved);
  const told = saved.find(({ done }) => done !== 'unchanged') ?? saved[0];
  if (told === undefined) throw requestFailed(`${FEEDBACK} saved nothing.`);
  const uri = context.repositories.uriOf(repository, told.file);
  return { done: told.done, uri, ...(told.symbol === undefined ? {} : { symbol: told.symbol }) };
});
