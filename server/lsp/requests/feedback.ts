import { LSPErrorCodes, ResponseError } from 'vscode-languageserver/node';
import type { FeedbackParams, FeedbackResult } from '../../../protocol/authoring.ts';
import { isRefused } from '../../model/authoring.ts';
import { dayOf, locate, wireRefused } from '../authoring-wire.ts';
import type { RequestContext } from '../context.ts';

const REQUEST = 'lintel/feedback';

/** `lintel/feedback`: writes to `.lintel/links.yaml` that a decision governs code, or does not. */
export const feedback = async (context: RequestContext, params: FeedbackParams): Promise<FeedbackResult> => {
  const { engine, repository, path } = await locate(context, params?.uri, REQUEST);
  const decision = await locate(context, params.decisionUri, REQUEST);
  if (params.verdict !== 'governs' && params.verdict !== 'does-not-govern')
    throw new ResponseError(LSPErrorCodes.RequestFailed, `${REQUEST} needs "verdict": governs or does-not-govern.`);
  const answer = await engine.authoring.feedback({
    decision: decision.path,
    path,
    ...(params.line === undefined ? {} : { line: params.line }),
    verdict: params.verdict,
    today: dayOf(params.today, REQUEST),
  });
  if (isRefused(answer)) return wireRefused(context.workspaces, repository, answer);
  const uri = context.workspaces.uriOf(repository, answer.file);
  return { done: answer.done, uri, ...(answer.symbol === undefined ? {} : { symbol: answer.symbol }) };
};
