import type { TestCommand, TestCommands } from '../../model/selection.ts';
import { familyOf } from '../suite/places.ts';
import { declaredRunner } from './declared.ts';
import { featureRunner } from './features.ts';
import { otherRunner } from './languages.ts';
import { nodeRunner } from './node.ts';
import type { NoRunner, RunFacts, RunnableSpec, Runner } from './runner.ts';

/** Longer command lines are split: Windows takes 32,767 characters. */
const LONGEST = 24_000;

const runnerOf = (spec: RunnableSpec, facts: RunFacts): Runner | NoRunner => {
  if (spec.command !== undefined) return declaredRunner(spec.command);
  const family = familyOf(spec.path);
  if (family === 'gherkin') return featureRunner(spec, facts);
  return family === 'typescript' ? nodeRunner(spec, facts) : otherRunner(spec, family, facts);
};

/** Groups of specs that fit into one command line each. */
function portions(paths: readonly string[], single: boolean): string[][] {
  const out: string[][] = [];
  let length = Number.POSITIVE_INFINITY;
  for (const path of paths) {
    length += path.length + 20;
    if (single || length > LONGEST) {
      out.push([]);
      length = path.length + 20;
    }
    out.at(-1)?.push(path);
  }
  return out;
}

interface Group {
  readonly framework: string;
  readonly runner: Runner;
  readonly paths: string[];
}

/**
 * The commands that run these specs, in their order: one for each runner, folder and configuration, and more where the list is too long for one. Pure: what the
 * repository holds comes with `facts`.
 */
export function testCommands(specs: readonly RunnableSpec[], facts: RunFacts): TestCommands {
  const groups = new Map<string, Group>();
  const without: { path: string; reason: string }[] = [];
  for (const spec of specs) {
    const runner = runnerOf(spec, facts);
    if ('reason' in runner) {
      without.push({ path: spec.path, reason: runner.reason });
      continue;
    }
    const key = [spec.framework, runner.cwd, runner.key].join('\n');
    const group = groups.get(key);
    if (group) group.paths.push(spec.path);
    else groups.set(key, { framework: spec.framework, runner, paths: [spec.path] });
  }
  const commands = [...groups.values()].flatMap(({ framework, runner, paths }) =>
    portions(paths, runner.single ?? false).map(
      (portion): TestCommand => ({ framework, specs: portion, cwd: runner.cwd, ...runner.line(portion) }),
    ),
  );
  return { commands, without };
}
