import { type DraftSubjectParams, KINDRED, type KindredResult } from '../../../protocol/authoring.ts';
import { isRefused } from '../../model/authoring.ts';
import { lintelRequest } from '../request.ts';
import { wireRecord, wireRefused } from '../wire.ts';
import { draftSubject } from './draft-subject.ts';

/** Names the records to read before one is written. */
export const kindredRequest = lintelRequest<DraftSubjectParams, KindredResult>(KINDRED, async (context, params, signal) => {
  const { repositories } = context;
  const { engine, repository, subject } = await draftSubject(context, KINDRED, params, signal);
  const found = await engine.authoring.kindred(subject);
  if (isRefused(found)) return wireRefused(repositories, repository, found);
  return { kindred: found.map((one) => ({ ...one, record: wireRecord(repositories, repository, one.record) })) };
});
