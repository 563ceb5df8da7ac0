import type { AuthoredResult, LinkCodeParams } from '../../../protocol/authoring.ts';
import { locate, wireAuthored } from '../authoring-wire.ts';
import type { RequestContext } from '../context.ts';

const REQUEST = 'lintel/linkCode';

/** `lintel/linkCode`: a comment that cites a decision, above a line of the text that the editor has. */
export const linkCode = async (context: RequestContext, params: LinkCodeParams): Promise<AuthoredResult> => {
  const { engine, repository, path } = await locate(context, params?.uri, REQUEST);
  const decision = await locate(context, params.decisionUri, REQUEST);
  const text = context.documents.get(params.uri)?.getText();
  const answer = await engine.authoring.linkCode({
    decision: decision.path,
    path,
    line: Number.isInteger(params.line) ? Math.max(0, params.line) : 0,
    ...(text === undefined ? {} : { text }),
  });
  return wireAuthored(context.workspaces, repository, answer);
};
