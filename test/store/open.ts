import { onTestFinished } from 'vitest';
import { openStore, type Store } from '../../server/store/store.ts';
import type { StoreOptions } from '../../server/store/table.ts';
import { OPTIONS } from './rows.ts';

/** Opens a store that is closed when the running test has ended. */
export async function open(folder: string, more: Partial<StoreOptions> = {}): Promise<Store> {
  const store = await openStore(folder, { ...OPTIONS, ...more });
  onTestFinished(() => store.close());
  return store;
}
