import { HISTORY, type HistoryParams, type HistoryResult } from '../../../protocol/authoring.ts';
import { isRefused } from '../../model/authoring.ts';
import { fileParam } from '../params.ts';
import { lintelRequest } from '../request.ts';
import { wireHistoryEvent, wireRecord, wireRefused } from '../wire.ts';

export const historyRequest = lintelRequest<HistoryParams, HistoryResult>(HISTORY, async (context, params, signal) => {
  const { workspaces } = context;
  const { engine, repository, path } = await fileParam(context, params?.uri, HISTORY);
  const answer = await engine.authoring.history(path, signal);
  if (isRefused(answer)) return wireRefused(workspaces, repository, answer);
  return {
    record: wireRecord(workspaces, repository, answer.record),
    events: answer.events.map((event) => wireHistoryEvent(workspaces, repository, event)),
    ...(answer.notice === undefined ? {} : { notice: answer.notice }),
  };
});
