import type { Connection } from 'vscode-languageserver/node';

/** Shorter runs are not worth anybody's attention. */
const SHOWN_AFTER_MILLISECONDS = 2_000;

export interface ProgressOptions {
  readonly title: string;
  /** Whether the client can show work-done progress. Without it, nothing is shown. */
  readonly supported: boolean;
  /** Nothing is known of how much there is to do, so no percentage is shown. Default false. */
  readonly endless?: boolean;
  /** Cancels the run, in addition to the client's button. */
  readonly signal?: AbortSignal;
}

/**
 * Runs work with a progress bar that appears after two seconds. The signal passed to `work` fires when the user or `signal` cancels it.
 * `report` takes a percentage in [0, 100] and a few words about the current step.
 */
export const withProgress = async <T>(
  connection: Connection,
  { title, supported, endless = false, signal }: ProgressOptions,
  work: (signal: AbortSignal, report: (percent: number, message: string) => void) => Promise<T>,
): Promise<T> => {
  const controller = new AbortController();
  const stop = () => controller.abort(signal?.reason);
  if (signal?.aborted) stop();
  signal?.addEventListener('abort', stop, { once: true });

  let latest = { percent: 0, message: '' };
  let over = false;
  let bar: Awaited<ReturnType<Connection['window']['createWorkDoneProgress']>> | undefined;
  const show = async (): Promise<void> => {
    const created = await connection.window.createWorkDoneProgress();
    if (over) return;
    bar = created;
    bar.begin(title, endless ? undefined : Math.floor(latest.percent), latest.message, true);
    bar.token.onCancellationRequested(() => controller.abort(new Error('Canceled by the user.')));
  };
  const timer = supported ? setTimeout(() => show().catch(() => undefined), SHOWN_AFTER_MILLISECONDS) : undefined;
  try {
    return await work(controller.signal, (percent, message) => {
      if (Math.floor(percent) === Math.floor(latest.percent) && message === latest.message) return;
      latest = { percent, message };
      bar?.report(Math.floor(percent), message);
    });
  } finally {
    over = true;
    clearTimeout(timer);
    signal?.removeEventListener('abort', stop);
    bar?.done();
  }
};
