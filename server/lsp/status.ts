import { STATUS, type StatusParams } from '../../protocol/index.ts';
import type { RequestContext } from './context.ts';
import { wireStatus } from './wire.ts';

/** Changes within this time are sent together. */
const BATCH_MILLISECONDS = 50;

/** Sends `lintel/status` when something changed, at most twenty times a second, and never the same status twice in a row. */
export interface StatusSender {
  readonly soon: () => void;
  /** Sends it before anything else, so that the client has it before the response to the request that changed it. */
  readonly now: () => void;
  readonly stop: () => void;
}

export const createStatusSender = (context: () => RequestContext | undefined): StatusSender => {
  let timer: NodeJS.Timeout | undefined;
  let last = '';
  const send = (): void => {
    timer = undefined;
    const ready = context();
    if (ready === undefined) return;
    const params: StatusParams = { repositories: ready.repositories.all().map(wireStatus) };
    const text = JSON.stringify(params);
    if (text === last) return;
    last = text;
    void ready.connection.sendNotification(STATUS, params).catch(() => undefined);
  };
  return {
    soon: () => {
      timer ??= setTimeout(send, BATCH_MILLISECONDS);
    },
    now: () => {
      clearTimeout(timer);
      send();
    },
    stop: () => clearTimeout(timer),
  };
};
