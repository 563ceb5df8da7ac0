import { DECISIONS, type DecisionsParams, type DecisionsResult } from '../../../protocol/authoring.ts';
import { fileParam } from '../params.ts';
import { lintelRequest } from '../request.ts';
import { wireRecord } from '../wire.ts';

export const decisionsRequest = lintelRequest<DecisionsParams, DecisionsResult>(DECISIONS, async (context, params) => {
  const { engine, repository } = await fileParam(context, params.uri);
  return { decisions: (await engine.authoring.list()).map((record) => wireRecord(context.repositories, repository, record)) };
});
