import { createIndexer } from '../../server/indexing/process.ts';

// Starts a run that never ends, and tells the process id of whoever runs it.

const log = (_level: string, message: string): void => {
  process.send?.(message);
};
void createIndexer({ log, consent: () => Promise.resolve(false) }, process.argv[2] ?? '').run({ root: 'endless', indexFolder: '' });
