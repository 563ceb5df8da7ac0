import { type AuthoredResult, SUPERSEDE, type SupersedeParams } from '../../../protocol/authoring.ts';
import { dayParam, fileParam, textParam } from '../params.ts';
import { lintelRequest } from '../request.ts';
import { wireAuthored } from '../wire.ts';

export const supersedeRequest = lintelRequest<SupersedeParams, AuthoredResult>(SUPERSEDE, async (context, params) => {
  const { engine, repository, path } = await fileParam(context, params.uri);
  const text = context.documents.get(params.uri)?.getText();
  const answer = await engine.authoring.supersede({
    decision: path,
    title: textParam(params.title, 'title', SUPERSEDE),
    today: dayParam(params.today, SUPERSEDE),
    ...(text === undefined ? {} : { text }),
    ...(params.accept === true ? { accept: true } : {}),
  });
  return wireAuthored(context.repositories, repository, answer);
});
