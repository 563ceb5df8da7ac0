/**
 * A process that writes into a store until it is stopped: `node store-writer.ts FOLDER [ROWS]`. Prints the number of each document when its write
 * was acknowledged, or the code and message of the failure that ended it.
 */

import { withWriterLock } from '../../server/store/lock.ts';
import { INDEX_SCHEMA, writeState } from '../../server/store/state.ts';
import { openStore } from '../../server/store/store.ts';
import { OPTIONS, row } from './rows.ts';

const [folder = '', size = '3'] = process.argv.slice(2);

try {
  await withWriterLock(folder, async () => {
    const store = await openStore(folder, OPTIONS);
    for (let turn = await store.count(); ; turn++) {
      await store.put(
        Array.from({ length: Number(size) }, (_, ordinal) => row(`doc${turn}`, ordinal, { text: `text of ${turn} `.repeat(500) })),
      );
      process.stdout.write(`${turn}\n`);
      if (turn % 4 === 3) await store.upkeep({ force: true });
      if (turn % 4 === 1)
        await writeState(folder, {
          schema: INDEX_SCHEMA,
          fingerprint: '',
          head: String(turn),
          files: {},
          commitsIndexed: 0,
          finishedAt: '',
          notices: [],
        });
    }
  });
} catch (error) {
  const { code, message } = error as { code?: string; message: string };
  process.stdout.write(`failed ${code}: ${message}\n`);
}
