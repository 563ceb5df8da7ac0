import type { RequestContext } from './context.ts';
import { diagnosticsOfWorkspace } from './diagnostics.ts';

const PAUSE_MILLISECONDS = 250;

/** Sends diagnostics to clients that do not pull them. */
export interface Publisher {
  /** Publishes what changed since the last time, after a short pause: calls in quick succession lead to one run. */
  readonly soon: () => void;
  readonly stop: () => void;
}

export const createPublisher = (context: RequestContext): Publisher => {
  const published = new Map<string, string>();
  let timer: NodeJS.Timeout | undefined;
  let queue: Promise<void> = Promise.resolve();

  const publish = async (): Promise<void> => {
    const current = await diagnosticsOfWorkspace(context);
    for (const uri of [...published.keys()])
      if (!current.has(uri)) {
        published.delete(uri);
        await context.connection.sendDiagnostics({ uri, diagnostics: [] });
      }
    for (const [uri, { items, resultId, version }] of current) {
      const last = published.get(uri);
      if (last === resultId || (last === undefined && items.length === 0)) continue;
      published.set(uri, resultId);
      await context.connection.sendDiagnostics({ uri, diagnostics: items, ...(version === null ? {} : { version }) });
    }
  };

  return {
    soon: () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        queue = queue.then(publish).catch((error) => context.log('warn', `Diagnostics could not be published: ${String(error)}`));
      }, PAUSE_MILLISECONDS);
    },
    stop: () => clearTimeout(timer),
  };
};
