import type { Application } from './application.ts';
import { openShop } from './shop.ts';

const OPENERS: Readonly<Record<string, (scratch: string) => Promise<Application>>> = { shop: openShop };

/** Applications whose suites can be run here. */
export const APPLICATIONS: readonly string[] = Object.keys(OPENERS);

export const openApplication = (name: string, scratch: string): Promise<Application> => {
  const open = OPENERS[name];
  if (!open) throw new Error(`There is no application "${name}".`);
  return open(scratch);
};
