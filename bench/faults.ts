import { execFileSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type SuiteRun, wait } from './faults/application.ts';
import { APPLICATIONS, openApplication } from './faults/applications.ts';
import { drawFaults } from './faults/draw-faults.ts';
import { withFault } from './faults/mutators.ts';
import { type Baseline, baselineOf, type FaultResult, failuresOf, withoutSpecs } from './faults/results.ts';
import { selectionReport } from './faults/selection-report.ts';
import { fail, lines } from './repositories.ts';

/**
 * The true test of the selection: `npm run bench -- faults [--app NAME] [--count 64] [--seed 1] [--report]` makes small faults in a running application, one at
 * a time, runs its whole suite for each, and says what share of the faults that the suite catches the selection catches too, and at what share of the suite's
 * time. An interrupted run goes on where it stopped; `--report` only selects again for the faults that were run. `--ablate` leaves out each kind of evidence.
 */
const { values } = parseArgs({
  options: {
    app: { type: 'string', default: 'shop' },
    count: { type: 'string', default: '64' },
    seed: { type: 'string', default: '1' },
    scratch: { type: 'string' },
    report: { type: 'boolean', default: false },
    ablate: { type: 'boolean', default: false },
    target: { type: 'string', default: '0.95' },
    verbose: { type: 'boolean', default: false },
  },
  allowPositionals: true,
});
if (!APPLICATIONS.includes(values.app)) fail(`There is no application "${values.app}". Known: ${APPLICATIONS.join(', ')}.`);
const scratch = resolve(values.scratch ?? join(tmpdir(), 'lintel-faults'), values.app);
mkdirSync(scratch, { recursive: true });
const log = join(scratch, `faults-${values.seed}.jsonl`);
const baselineFile = join(scratch, 'baseline.json');

const app = await openApplication(values.app, scratch);
const git = (...args: string[]): string => execFileSync('git', ['-C', app.folder, ...args], { encoding: 'utf8' });
const clean = (): string => git('checkout', '--quiet', '--', '.');
clean();
const sources = git('ls-files', '-z')
  .split('\0')
  .filter(Boolean)
  .flatMap((path) => {
    const part = app.partOf(path);
    return part === undefined ? [] : [{ path, part, text: readFileSync(join(app.folder, path), 'utf8') }];
  });

const readBaseline = (): Baseline => withoutSpecs(JSON.parse(readFileSync(baselineFile, 'utf8')) as Baseline, app.unstable);

/** Three runs of the suite without a fault say what passes, and how long it takes. */
async function baseline(): Promise<Baseline> {
  if (existsSync(baselineFile)) return readBaseline();
  const runs: SuiteRun[] = [];
  for (let round = 0; round < 3; round += 1) {
    runs.push(await app.run());
    console.error(`unchanged ${round + 1} of 3`);
  }
  writeFileSync(baselineFile, `${JSON.stringify(baselineOf(runs), undefined, 1)}\n`);
  return readBaseline();
}

/** Tests that failed and fail again: a failure that comes and goes is none. */
async function confirmed(sound: Baseline): Promise<Readonly<Record<string, readonly string[]>> | undefined> {
  const without = Object.values(sound.unsound).flat();
  const whole = await app.run({ without });
  if (whole.size === 0) return undefined;
  const first = failuresOf(whole, sound);
  const specs = Object.keys(first);
  if (specs.length === 0 || specs.length > Object.keys(sound.seconds).length / 2) return first;
  const second = failuresOf(await app.run({ specs, without }), sound);
  return Object.fromEntries(
    Object.entries(first).flatMap(([spec, failed]) => {
      const both = failed.filter((title) => second[spec]?.includes(title));
      return both.length > 0 ? [[spec, both]] : [];
    }),
  );
}

async function injectFaults(): Promise<void> {
  const done = new Set(existsSync(log) ? lines<FaultResult>(log).map(({ fault }) => fault.id) : []);
  const wanted = Number(values.count);
  await app.start();
  const sound = await baseline();
  let ran = 0;
  // The part that still runs with the last fault: it is brought back together with the next one.
  let last: string | undefined;
  for await (const fault of drawFaults(sources, Number(values.seed))) {
    if (ran >= wanted) break;
    const known = done.has(fault.id) ? lines<FaultResult>(log).find((one) => one.fault.id === fault.id) : undefined;
    if (known) {
      if (known.outcome === 'ran') ran += 1;
      continue;
    }
    const source = sources.find(({ path }) => path === fault.path);
    if (!source) continue;
    const began = performance.now();
    writeFileSync(join(app.folder, fault.path), withFault(source.text, fault.site));
    const patch = git('diff');
    const failed = (await app.apply(last === undefined ? [fault.path] : [last, fault.path])) ? await confirmed(sound) : undefined;
    last = fault.path;
    clean();
    if (failed) ran += 1;
    const result: FaultResult = { fault, outcome: failed ? 'ran' : 'does not start', failed: failed ?? {}, patch };
    appendFileSync(log, `${JSON.stringify(result)}\n`);
    const took = ((performance.now() - began) / 1000).toFixed(0);
    console.error(`${ran}/${wanted} ${fault.id}: ${failed ? `${Object.keys(failed).length} specs fail` : 'does not start'} (${took} s)`);
    await wait(0);
  }
}

if (!values.report) {
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => {
      clean();
      void app.stop().finally(() => process.exit(1));
    });
  try {
    await injectFaults();
  } finally {
    clean();
    await app.stop();
  }
}
if (!existsSync(log)) fail(`There are no results in ${log}; run without --report first.`);
console.log(
  await selectionReport({
    app,
    sound: readBaseline(),
    results: lines<FaultResult>(log),
    indexFolder: join(scratch, 'index'),
    target: Number(values.target),
    ablate: values.ablate,
    verbose: values.verbose,
  }),
);
process.exit(0);
