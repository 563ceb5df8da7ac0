import type { Document } from '../model/document.ts';
import type { StoreRow } from '../store/row.ts';
import type { IndexState, TestState } from '../store/state.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { rowsOf } from './rows.ts';
import type { Run } from './steps.ts';
import { type TestToIndex, testId } from './test-reading.ts';
import { noteStep } from './watchdog.ts';

/** What to read and remove of the tests. */
export interface TestPlan {
  readonly read: readonly (TestToIndex & { readonly stamp: string })[];
  /** Paths. */
  readonly remove: readonly string[];
}

/** How much of a test is read. In bytes. */
const MOST_TEXT_BYTES = 500_000;
const FILES_AT_ONCE = 40;
/** Rows at which a write is due: every write is one more version of the table. */
const ROWS_OF_A_WRITE = 4_000;
/** Cost of a test, in commits: it is parsed, and has a passage for each of its tests. */
const UNITS_OF_A_TEST = 4;

/** Expected cost of a plan, in units of progress. */
export const unitsOfTests = ({ read }: TestPlan): number => read.length * UNITS_OF_A_TEST;

const isBelow = (path: string, others: readonly string[]): boolean =>
  others.some((other) => path === other || path.startsWith(`${other}/`));

async function changedAmong(
  { files }: Workspace,
  tests: readonly TestToIndex[],
  known: NonNullable<IndexState['tests']>,
  reported: readonly string[],
): Promise<TestPlan['read']> {
  const read: (TestToIndex & { stamp: string })[] = [];
  for (let at = 0; at < tests.length; at += FILES_AT_ONCE) {
    const some = tests.slice(at, at + FILES_AT_ONCE);
    const stamps = await Promise.all(some.map(({ path }) => files.stamp(path)));
    some.forEach((test, index) => {
      const stamp = stamps[index] ?? '';
      const before = Object.hasOwn(known, test.path) ? known[test.path] : undefined;
      const isSame =
        before?.stamp === stamp && before.framework === test.framework && (before.tags ?? []).join('\n') === test.tags.join('\n');
      if (stamp !== '' && (!isSame || isBelow(test.path, reported))) read.push({ ...test, stamp });
    });
  }
  return read;
}

type Planning = Pick<Run, 'workspace' | 'job' | 'tools' | 'stateWriter' | 'sources'>;

/**
 * Finds the tests of a work tree, and compares their stamps with those in the index. A bare repository has no files to find them by.
 * @param files all files of the work tree
 * @param reported files and folders that somebody reported as changed
 */
export async function planTests(run: Planning, files: readonly string[], reported: readonly string[] = []): Promise<TestPlan> {
  const { workspace, job, tools } = run;
  const known = run.stateWriter.state.tests ?? {};
  const tests = tools.tests === undefined || workspace.repository?.bare ? [] : await tools.tests.find(workspace, files, job.indexFolder);
  const found = new Set(tests.map(({ path }) => path));
  return {
    read: await changedAmong(workspace, tests, known, reported),
    remove: Object.keys(known).filter((path) => !found.has(path)),
  };
}

/**
 * Plans what to read and remove after these paths were saved, created or deleted. Looks at the whole suite only where one may change what belongs to it.
 * Call it before the log of source files takes the same paths, because that says which are new.
 */
export async function planSavedTests(run: Planning, paths: readonly string[]): Promise<TestPlan> {
  const { workspace, tools, sources } = run;
  const known = run.stateWriter.state.tests ?? {};
  if (tools.tests === undefined || workspace.repository?.bare) return { read: [], remove: [] };
  const { mayConcern } = tools.tests;
  if (paths.some((path) => !Object.hasOwn(known, path) && mayConcern(path, !sources.stamps.has(path))))
    return planTests(run, (await workspace.files.list(tools.signal)).files, paths);
  const saved = Object.entries(known).filter(([path]) => isBelow(path, paths));
  const stamps = await Promise.all(saved.map(([path]) => workspace.files.stamp(path)));
  return {
    read: saved.flatMap(([path, { framework, tags = [] }], at) => (stamps[at] ? [{ path, framework, tags, stamp: stamps[at] }] : [])),
    remove: saved.flatMap(([path], at) => (stamps[at] ? [] : [path])),
  };
}

const stateOf = ({ framework, tags, stamp }: TestPlan['read'][number]): TestState => ({
  stamp,
  framework,
  ...(tags.length > 0 ? { tags: [...tags] } : {}),
});

async function writeTests({ store, stateWriter, fresh }: Run, rows: readonly StoreRow[], tests: TestPlan['read']): Promise<void> {
  noteStep('write');
  if (!fresh) {
    stateWriter.settleTests(new Map(tests.map((test) => [test.path, { ...stateOf(test), stamp: '' }])));
    await stateWriter.write();
  }
  await (fresh ? store.append(rows) : store.put(rows));
  stateWriter.settleTests(new Map(tests.map((test) => [test.path, stateOf(test)])));
  await stateWriter.writeNowAndThen();
}

/** Brings the rows of the tests up to date. */
export async function indexTests(run: Run, { read, remove }: TestPlan): Promise<void> {
  const { workspace, embedder, store, stateWriter, meter, tools } = run;
  const { tests: reading, signal } = tools;
  if (remove.length > 0) {
    await store.remove(remove.map(testId));
    stateWriter.settleTests(new Map(), remove);
  }
  let rows: StoreRow[] = [];
  let done: TestPlan['read'][number][] = [];
  for (let at = 0; reading !== undefined && at < read.length; at += FILES_AT_ONCE) {
    signal.throwIfAborted();
    const some = read.slice(at, at + FILES_AT_ONCE);
    const texts = await workspace.files.readMany(
      some.map(({ path }) => path),
      MOST_TEXT_BYTES,
    );
    const documents: Document[] = [];
    for (const [index, test] of some.entries()) {
      noteStep('read', test.path);
      documents.push(await reading.read(test, texts[index] ?? '', workspace.head));
    }
    rows.push(...(await rowsOf(documents, embedder, signal)));
    done.push(...some);
    meter.advance('embed', some.length * UNITS_OF_A_TEST);
    if (rows.length < ROWS_OF_A_WRITE) continue;
    await writeTests(run, rows, done);
    rows = [];
    done = [];
  }
  if (done.length > 0) await writeTests(run, rows, done);
}
