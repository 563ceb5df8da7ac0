import type { AuthoredResult, NewDecisionParams } from '../../../protocol/authoring.ts';
import type { QuotedCode } from '../../model/authoring.ts';
import { dayOf, locate, needed, wireAuthored } from '../authoring-wire.ts';
import type { RequestContext } from '../context.ts';

const REQUEST = 'lintel/newDecision';

/** The selected lines of an open document. A selection that ends at the beginning of a line does not hold that line. */
const quoted = (context: RequestContext, { uri, selection }: NewDecisionParams, path: string): QuotedCode | undefined => {
  const document = context.documents.get(uri);
  if (!document || !selection) return undefined;
  const { start, end } = selection;
  const lastLine = end.character === 0 && end.line > start.line ? end.line - 1 : end.line;
  const text = document.getText({ start: { line: start.line, character: 0 }, end: { line: lastLine + 1, character: 0 } });
  return text.trim() === '' ? undefined : { path, firstLine: start.line, lastLine, text };
};

/** `lintel/newDecision`: the edits that begin a record in the repository's own format. */
export const newDecision = async (context: RequestContext, params: NewDecisionParams): Promise<AuthoredResult> => {
  const { engine, repository, path } = await locate(context, params?.uri, REQUEST);
  const selection = quoted(context, params, path);
  const answer = await engine.authoring.newDecision({
    title: needed(params.title, 'title', REQUEST),
    today: dayOf(params.today, REQUEST),
    ...(path === '' ? {} : { near: path }),
    ...(selection ? { selection } : {}),
    ...(params.fromChanges === true ? { fromChanges: true } : {}),
  });
  return wireAuthored(context.workspaces, repository, answer);
};
