/** A process that takes the writer's lock of a folder and keeps it until its standard input ends: `node lock-holder.ts FOLDER [STALE_AFTER]`. */
import { once } from 'node:events';
import { withWriterLock } from '../../server/store/lock.ts';

const [folder = '', staleAfter = '30000'] = process.argv.slice(2);

await withWriterLock(
  folder,
  async () => {
    process.stdout.write('locked\n');
    process.stdin.resume();
    await once(process.stdin, 'end');
  },
  { staleAfter: Number(staleAfter) },
);
process.stdout.write('released\n');
