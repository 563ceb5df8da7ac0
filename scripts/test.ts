import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { root, seconds } from './boot.cjs';
import { endAll, onEnd } from './process.ts';
import { begin, command, finish, Sentence, say } from './report.ts';
import { type Outcome, PARTS, resultsFolder, STEPS, type TestStep } from './test-steps.ts';

/** Steps that run at the same time. */
const LANES = 2;
/** Lines shown of each failure, and failures shown of each step; everything is in the logs. */
const LINES = 14;
const FAILURES = 12;

/**
 * `npm test [-- PART...]`: every check that needs nothing else (or those of the parts, with what they need), two at a time.
 * The last line is `N passed, N failed`; the exit code is 0 when nothing failed.
 */
async function main(): Promise<void> {
  const since = Date.now();
  onEnd((code) => void endAll().then(() => process.exit(code)));
  const steps = wanted(process.argv.slice(2));
  rmSync(resultsFolder, { recursive: true, force: true });
  mkdirSync(resultsFolder, { recursive: true });
  const outcomes = await runAll(steps);
  const passed = sum(outcomes, (outcome) => outcome.passed);
  const failed = sum(outcomes, (outcome) => outcome.failures.length);
  say(`\n${seconds(since)} in all; logs in ${path.relative(root, resultsFolder)}/`);
  await endAll();
  console.log(`${passed} passed, ${failed} failed`);
  process.exit(failed === 0 && passed > 0 ? 0 : 1);
}

function wanted(parts: readonly string[]): readonly TestStep[] {
  const unknown = parts.find((part) => PARTS[part] === undefined);
  if (unknown !== undefined)
    throw new Sentence(`There is no part "${unknown}". Usage: npm test [-- ${Object.keys(PARTS).join(' | ')} ...]`);
  if (parts.length === 0) return STEPS.filter((step) => step.onDemand !== true);
  const ids = new Set(parts.flatMap((part) => PARTS[part] ?? []));
  for (const step of [...STEPS].reverse()) if (ids.has(step.id)) for (const need of step.needs) ids.add(need);
  return STEPS.filter((step) => ids.has(step.id));
}

/** Runs the steps in their order, each as soon as a lane is free and what it needs has passed. */
async function runAll(steps: readonly TestStep[]): Promise<readonly Outcome[]> {
  const waiting = [...steps];
  const running = new Map<string, Promise<void>>();
  const outcomes = new Map<string, Outcome>();
  while (waiting.length > 0 || running.size > 0) {
    const ready = waiting.find((step) => step.needs.every((need) => outcomes.has(need)));
    if (ready === undefined || running.size >= LANES) {
      await Promise.race(running.values());
      continue;
    }
    waiting.splice(waiting.indexOf(ready), 1);
    const work = runOne(ready, outcomes).then((outcome) => {
      outcomes.set(ready.id, outcome);
      running.delete(ready.id);
    });
    running.set(ready.id, work);
  }
  return [...outcomes.values()];
}

async function runOne(step: TestStep, before: ReadonlyMap<string, Outcome>): Promise<Outcome> {
  const since = Date.now();
  begin(step.title, since);
  const lacking = step.needs.filter((need) => (before.get(need)?.failures.length ?? 0) > 0);
  const outcome = lacking.length > 0 ? { passed: 0, failures: [`not run: ${lacking.join(', ')} failed`] } : await guarded(step);
  const note = outcome.note === undefined || outcome.note === '' ? '' : `  (${outcome.note})`;
  const mark = outcome.failures.length === 0 ? '✓' : '✗';
  finish(step.title, [`${mark} ${step.title}  ${seconds(since)}${note}`, ...outcome.failures.slice(0, FAILURES).map(indented)].join('\n'));
  if (outcome.failures.length > FAILURES) say(`    … and ${outcome.failures.length - FAILURES} more: test-results/${step.id}.log`);
  return outcome;
}

async function guarded(step: TestStep): Promise<Outcome> {
  try {
    return await step.run();
  } catch (error) {
    const text = error instanceof Sentence ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { passed: 0, failures: [text] };
  }
}

function indented(failure: string): string {
  const lines = failure.split('\n');
  const shown = lines.length > LINES ? [...lines.slice(0, LINES), `… ${lines.length - LINES} more lines`] : lines;
  return shown.map((line) => `    ${line}`).join('\n');
}

function sum(outcomes: readonly Outcome[], count: (outcome: Outcome) => number): number {
  return outcomes.reduce((total, outcome) => total + count(outcome), 0);
}

await command(main);
