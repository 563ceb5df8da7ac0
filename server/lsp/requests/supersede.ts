import type { AuthoredResult, SupersedeParams } from '../../../protocol/authoring.ts';
import { dayOf, locate, needed, wireAuthored } from '../authoring-wire.ts';
import type { RequestContext } from '../context.ts';

const REQUEST = 'lintel/supersede';

/** `lintel/supersede`: the edits of both records, on the text that the editor has. */
export const supersede = async (context: RequestContext, params: SupersedeParams): Promise<AuthoredResult> => {
  const { engine, repository, path } = await locate(context, params?.uri, REQUEST);
  const text = context.documents.get(params.uri)?.getText();
  const answer = await engine.authoring.supersede({
    decision: path,
    title: needed(params.title, 'title', REQUEST),
    today: dayOf(params.today, REQUEST),
    ...(text === undefined ? {} : { text }),
  });
  return wireAuthored(context.workspaces, repository, answer);
};
