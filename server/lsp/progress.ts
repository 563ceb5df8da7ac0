import type { Connection } from 'vscode-languageserver/node';

/** A run that is shorter than this is not worth a person's attention. */
const SHOWN_AFTER_MILLISECONDS = 2_000;

export interface ProgressOptions {
  readonly title: string;
  /** False for a client without work-done progress: the run is then silent. */
  readonly supported: boolean;
  /** Cancels the run beside the button of the client. */
  readonly signal?: AbortSignal;
}

/**
 * Runs work with a progress bar that appears only when the work takes longer than two seconds and that the user can cancel: the
 * signal given to the work then fires. `report` takes a percentage in [0, 100] and words for what is going on.
 */
export const withProgress = async <T>(
  connection: Connection,
  { title, supported, signal }: ProgressOptions,
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
    bar.begin(title, Math.floor(latest.percent), latest.message, true);
    bar.token.onCancellationRequested(() => controller.abort(new Error('Cancelled by the user.')));
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
