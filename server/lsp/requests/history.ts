import type { HistoryParams, HistoryResult, WireHistoryEvent } from '../../../protocol/authoring.ts';
import { type HistoryEvent, isRefused } from '../../model/authoring.ts';
import { locate, wireRecord, wireRefused } from '../authoring-wire.ts';
import type { RequestContext } from '../context.ts';

/** `lintel/history`: the commits of a record and its place among its successors. */
export const history = async (context: RequestContext, params: HistoryParams, signal: AbortSignal): Promise<HistoryResult> => {
  const { engine, repository, path } = await locate(context, params?.uri, 'lintel/history');
  const answer = await engine.authoring.history(path, signal);
  if (isRefused(answer)) return wireRefused(context.workspaces, repository, answer);
  const wire = (event: HistoryEvent): WireHistoryEvent => {
    if (event.kind !== 'commit') return { kind: event.kind, record: wireRecord(context.workspaces, repository, event.record) };
    const { status, before, path: _, ...rest } = event;
    return { ...rest, ...(status ? { status: status.text } : {}), ...(before ? { before: before.text } : {}) };
  };
  return {
    record: wireRecord(context.workspaces, repository, answer.record),
    events: answer.events.map(wire),
    ...(answer.notice === undefined ? {} : { notice: answer.notice }),
  };
};
