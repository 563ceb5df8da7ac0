import { type AuthoredResult, LINK_CODE, type LinkCodeParams } from '../../../protocol/authoring.ts';
import { fileParam } from '../params.ts';
import { lintelRequest } from '../request.ts';
import { wireAuthored } from '../wire.ts';

export const linkCodeRequest = lintelRequest<LinkCodeParams, AuthoredResult>(LINK_CODE, async (context, params) => {
  const { engine, repository, path } = await fileParam(context, params.uri);
  const decision = await fileParam(context, params.decisionUri);
  const text = context.documents.get(params.uri)?.getText();
  const answer = await engine.authoring.linkCode({
    decision: decision.path,
    path,
    line: params.line,
    ...(text === undefined ? {} : { text }),
  });
  return wireAuthored(context.repositories, repository, answer);
});
