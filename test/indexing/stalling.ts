import type { ToIndexer } from '../../server/indexing/job.ts';
import { noteStep, startWatchdog } from '../../server/indexing/watchdog.ts';

// Stands in for the indexing process: a file called `endless` is read for ever, and so is what the job calls its root.

startWatchdog();
process.on('message', (message: ToIndexer) => {
  if (message.type !== 'run') return;
  const { root, skip = [] } = message.job;
  process.send?.({ type: 'log', level: 'info', message: String(process.pid) });
  for (const file of root.split(' ')) {
    noteStep(file === 'upkeep' ? 'upkeep' : 'read', file === 'upkeep' ? '' : file);
    // Leaves the time for what was sent to arrive.
    if (/^(?:endless|upkeep)/.test(file) && !skip.includes(file)) setTimeout(() => spin(), 50);
    else if (file === 'done')
      process.send?.({
        type: 'done',
        run: message.run,
        report: { added: skip.length, updated: 0, removed: 0, unchanged: 0, milliseconds: 0 },
      });
    if (/^(?:endless|upkeep)/.test(file) && !skip.includes(file)) return;
  }
});

function spin(): void {
  for (;;);
}
