import { HISTORY, type HistoryParams, type HistoryResult } from '../../../protocol/authoring.ts';
import { isRefused } from '../../model/authoring.ts';
import { fileParam } from '../params.ts';
import { lintelRequest } from '../request.ts';
import { wireHistoryEvent, wireRecord, wireRefused } from '../wire.ts';

export const historyRequest = lintelRequest<HistoryParams, HistoryResult>(HISTORY, async (context, params, signal) => {
  const { repositories } = context;
  const { engine, repository, path } = await fileParam(context, params.uri);
  const answer = await engine.authoring.history(path, signal);
  if (isRefused(answer)) return wireRefused(repositories, repository, answer);
  return {
    record: wireRecord(repositories, repository, answer.record),
    events: answer.events.map((event) => wireHistoryEvent(repositories, repository, event)),
    ...(answer.notice === undefined ? {} : { notice: answer.notice }),
  };
});
