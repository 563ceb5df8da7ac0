import { STATUS, type StatusParams } from '../../protocol/index.ts';
import type { RequestContext } from './context.ts';
import { wireStatus } from './wire.ts';

const TOGETHER_MILLISECONDS = 50;

/** Sends `lintel/status` whenever something changed, at most twenty times a second and never twice the same. */
export interface StatusSender {
  readonly soon: () => void;
  /** At once, so that a client has it before the answer to what changed it. */
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
    const params: StatusParams = { repositories: ready.workspaces.repositories().map(wireStatus) };
    const text = JSON.stringify(params);
    if (text === last) return;
    last = text;
    void ready.connection.sendNotification(STATUS, params).catch(() => undefined);
  };
  return {
    soon: () => {
      timer ??= setTimeout(send, TOGETHER_MILLISECONDS);
    },
    now: () => {
      clearTimeout(timer);
      send();
    },
    stop: () => clearTimeout(timer),
  };
};
