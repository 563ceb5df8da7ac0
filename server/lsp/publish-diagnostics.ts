import type { RequestContext } from './context.ts';
import { diagnoseWorkspace } from './diagnostics.ts';

const QUIET_MILLISECONDS = 250;

/** Pushes diagnostics, for clients that cannot pull them. */
export interface Publisher {
  /** Publishes soon what changed since the last time; calls in quick succession count as one. */
  readonly soon: () => void;
  readonly stop: () => void;
}

export const createPublisher = (context: RequestContext): Publisher => {
  const published = new Map<string, string>();
  let timer: NodeJS.Timeout | undefined;
  let last: Promise<void> = Promise.resolve();

  const publish = async (): Promise<void> => {
    const now = await diagnoseWorkspace(context);
    for (const uri of [...published.keys()])
      if (!now.has(uri)) {
        published.delete(uri);
        await context.connection.sendDiagnostics({ uri, diagnostics: [] });
      }
    for (const [uri, { items, resultId, version }] of now) {
      const known = published.get(uri);
      if (known === resultId || (known === undefined && items.length === 0)) continue;
      published.set(uri, resultId);
      await context.connection.sendDiagnostics({ uri, diagnostics: items, ...(version === null ? {} : { version }) });
    }
  };

  return {
    soon: () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        last = last.then(publish).catch((error) => context.log('warn', `Diagnostics could not be published: ${String(error)}`));
      }, QUIET_MILLISECONDS);
    },
    stop: () => clearTimeout(timer),
  };
};
