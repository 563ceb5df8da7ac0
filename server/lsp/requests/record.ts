import { RECORD, type RecordParams, type RecordResult } from '../../../protocol/decisions.ts';
import { fileParam } from '../params.ts';
import { lintelRequest } from '../request.ts';
import { wireHit } from '../wire.ts';

export const recordRequest = lintelRequest<RecordParams, RecordResult>(RECORD, async (context, params) => {
  const { engine, repository } = await fileParam(context, params.uri);
  const hit = await engine.record(params.id);
  return hit ? { record: wireHit(context.repositories, repository, hit) } : {};
});
