import { registerHooks } from 'node:module';

/**
 * For a process that is started with `--import` of this file: `LINTEL_TEST_SCHEMA` is the version of its index format, and `LINTEL_TEST_CLOCK` by how many
 * milliseconds its clock is ahead of ours.
 */
const { LINTEL_TEST_SCHEMA: schema, LINTEL_TEST_CLOCK: clock } = process.env;

if (schema !== undefined) {
  registerHooks({
    load: (url, context, next) => {
      const loaded = next(url, context);
      if (!url.endsWith('server/store/state.ts')) return loaded;
      return { ...loaded, source: String(loaded.source).replace(/(?<=INDEX_SCHEMA = )\d+/, schema) };
    },
  });
}

if (clock !== undefined) {
  const ahead = Number(clock);
  const Ours = Date;
  const now = (): number => Ours.now() + ahead;
  globalThis.Date = new Proxy(Ours, {
    construct: (_, given: []) => (given.length === 0 ? new Ours(now()) : new Ours(...given)),
    get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
  });
}
