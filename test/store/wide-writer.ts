/** A process that indexes many different words: `node wide-writer.ts FOLDER`. Prints how many rows one of them finds. */

import { openStore } from '../../server/store/store.ts';
import { OPTIONS, row } from './rows.ts';

const ROWS = 20_000;
const WORDS = 20;

const [folder = ''] = process.argv.slice(2);
const store = await openStore(folder, OPTIONS);
await store.append(
  Array.from({ length: ROWS }, (_, at) =>
    row(`doc${at}`, 0, { words: Array.from({ length: WORDS }, (_, word) => `w${at * WORDS + word}`).join(' '), text: '' }),
  ),
);
await store.upkeep({ force: true });
process.stdout.write(String((await store.textCandidates(['w399999'], undefined, 5)).length));
process.exit(0);
