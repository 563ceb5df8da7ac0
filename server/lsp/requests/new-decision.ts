import { type AuthoredResult, NEW_DECISION, type NewDecisionParams } from '../../../protocol/authoring.ts';
import type { QuotedCode } from '../../model/authoring.ts';
import type { RequestContext } from '../context.ts';
import { dayParam, fileParam, textParam } from '../params.ts';
import { lintelRequest } from '../request.ts';
import { wireAuthored } from '../wire.ts';

/** The selected lines of an open document. A selection that ends at the start of a line does not include that line. */
const quotedCode = (context: RequestContext, { uri, selection }: NewDecisionParams, path: string): QuotedCode | undefined => {
  const document = context.documents.get(uri);
  if (!document || !selection) return undefined;
  const { start, end } = selection;
  const last = end.character === 0 && end.line > start.line ? end.line - 1 : end.line;
  const text = document.getText({ start: { line: start.line, character: 0 }, end: { line: last + 1, character: 0 } });
  return text.trim() === '' ? undefined : { path, lines: { first: start.line, last }, text };
};

export const newDecisionRequest = lintelRequest<NewDecisionParams, AuthoredResult>(NEW_DECISION, async (context, params) => {
  const { engine, repository, path } = await fileParam(context, params.uri);
  const selection = quotedCode(context, params, path);
  const answer = await engine.authoring.newDecision({
    title: textParam(params.title, 'title', NEW_DECISION),
    today: dayParam(params.today, NEW_DECISION),
    ...(path === '' ? {} : { near: path }),
    ...(selection ? { selection } : {}),
    ...(params.fromChanges === true ? { fromChanges: true } : {}),
    ...(params.because === undefined ? {} : { because: params.because }),
  });
  return wireAuthored(context.repositories, repository, answer);
});
