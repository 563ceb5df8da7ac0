import type { HistoryParams, HistoryResult, WireHistoryEvent } from '../../protocol/authoring.ts';
import { type HistoryEvent, isRefused } from '../model/authoring.ts';
import { locate, wireRecord, wireRefused } from './authoring-wire.ts';
import type { Face } from './face.ts';

/** `lintel/history`: the commits of a record and its place among its successors. */
export const history = async (face: Face, params: HistoryParams, signal: AbortSignal): Promise<HistoryResult> => {
  const { engine, repository, path } = await locate(face, params?.uri, 'lintel/history');
  const answer = await engine.authoring.history(path, signal);
  if (isRefused(answer)) return wireRefused(face.workspaces, repository, answer);
  const wire = (event: HistoryEvent): WireHistoryEvent => {
    if (event.kind !== 'commit') return { kind: event.kind, record: wireRecord(face.workspaces, repository, event.record) };
    const { status, before, path: _, ...rest } = event;
    return { ...rest, ...(status ? { status: status.text } : {}), ...(before ? { before: before.text } : {}) };
  };
  return {
    record: wireRecord(face.workspaces, repository, answer.record),
    events: answer.events.map(wire),
    ...(answer.notice === undefined ? {} : { notice: answer.notice }),
  };
};
