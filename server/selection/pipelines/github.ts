import { fieldsOf, itemsOf, stringOf } from '../runs/formats/json-value.ts';
import type { ReadFile } from '../suite/suite.ts';
import { inFolder, linesOf, type Pipeline, type PipelineStep, SOMEWHERE, yamlValue } from './pipeline.ts';

const DEEPEST = 4;
/** Events that no commit causes. */
const NO_CHANGE = new Set([
  'schedule',
  'workflow_dispatch',
  'repository_dispatch',
  'release',
  'workflow_call',
  'issues',
  'delete',
  'label',
]);
const ELSEWHERE = /e2e|cypress|playwright|maestro|selenium|testcafe|browserstack|run-?tests?|test-?runner|detox/i;
/** Workflows of other repositories whose names say that they run no tests. */
const NO_TESTS =
  /lint|label|stale|release|codeql|scorecard|semgrep|depend|docs|pages|publish|licen[sc]e|sync|scan|secur|claude|format|triage|changelog|deploy/i;
const TOLD_TO_TEST = /\b(?:tests?|e2e|specs?|checks?|verify|integration\w*|ci|all|build)\b/i;
/** Actions that prepare something, whatever their names. */
const PREPARES =
  /^(?:actions|docker|codecov|github|dorny|mikepenz|EnricoMi|test-summary|phoenix-actions|daun|ScaCap|coverallsapp|reviewdog|testspace-com)\//;

const eventsOf = (on: unknown): readonly string[] =>
  typeof on === 'string' ? [on] : Array.isArray(on) ? on.map(stringOf) : Object.keys(fieldsOf(on));

/** Whether a commit may cause a workflow: a push of nothing but tags is a release. */
function isOnChange(on: unknown): boolean {
  return eventsOf(on).some((event) => {
    if (event === 'push') {
      const push = fieldsOf(fieldsOf(on).push);
      const keys = Object.keys(push);
      return !(keys.some((key) => key.startsWith('tags')) && !keys.some((key) => key.startsWith('branches')));
    }
    return !NO_CHANGE.has(event);
  });
}

/** Whether a condition keeps commits out for certain. */
const keepsOut = (condition: unknown): boolean => {
  if (condition === false) return true;
  const text = stringOf(condition)
    .replace(/^\$\{\{(.*)\}\}$/s, '$1')
    .trim();
  return text === 'false' || /^github\.event_name\s*==\s*'(?:schedule|workflow_dispatch|repository_dispatch|release)'$/.test(text);
};

/** Reads workflows of GitHub, with the actions and workflows of the same repository that they use. */
export function githubReader(read: ReadFile): (path: string) => Promise<Pipeline> {
  const stepsOf = async (steps: unknown, cwd: string, onChange: boolean, depth: number): Promise<Omit<Pipeline, 'path'>> => {
    const found: PipelineStep[] = [];
    let isPartial = false;
    for (const step of itemsOf(steps)) {
      const { run, uses, with: inputs, if: condition } = fieldsOf(step);
      const own = inFolder('', stringOf(fieldsOf(step)['working-directory']) || cwd);
      const isOn = onChange && !keepsOut(condition);
      if (typeof run === 'string') found.push({ onChange: isOn, cwd: own ?? SOMEWHERE, script: run });
      const used = stringOf(uses);
      if (used.startsWith('./')) {
        const action =
          depth < DEEPEST ? ((await read(`${used.slice(2)}/action.yml`)) ?? (await read(`${used.slice(2)}/action.yaml`))) : undefined;
        const { runs } = fieldsOf(action === undefined ? undefined : yamlValue(action));
        const inner = await stepsOf(fieldsOf(runs).steps, '', isOn, depth + 1);
        // An action in JavaScript or in a container does what its code does.
        isPartial ||= isOn && (fieldsOf(runs).using !== 'composite' || inner.isPartial);
        found.push(...inner.steps);
      } else if (/^cypress-io\/github-action@/.test(used)) {
        const { runTests, command, spec, 'working-directory': folder, project } = fieldsOf(inputs);
        const script = stringOf(command) || `cypress run${spec === undefined ? '' : ` --spec ${linesOf(spec).replaceAll('\n', ',')}`}`;
        if (runTests !== false)
          found.push({ onChange: isOn, cwd: inFolder('', stringOf(folder) || stringOf(project) || cwd) ?? SOMEWHERE, script });
      } else if (isOn && used !== '' && !PREPARES.test(used) && ELSEWHERE.test(used.replace(/@.*$/, ''))) isPartial = true;
      else if (isOn && used !== '' && !PREPARES.test(used)) {
        // Tools that retry or wrap a command are given it; what others are told to do, nobody can say here.
        for (const [key, value] of Object.entries(fieldsOf(inputs))) {
          if (/^(?:command|run|script|cmd|test-command)$/.test(key))
            found.push({ onChange: isOn, cwd: own ?? SOMEWHERE, script: linesOf(value) });
          else if (
            /^(?:arg\w*|task\w*|target\w*|goals?|verb|call|commands?|attempt\w*|options)$/.test(key) &&
            TOLD_TO_TEST.test(linesOf(value))
          )
            isPartial = true;
        }
      }
    }
    return { steps: found, isPartial };
  };

  const workflow = async (path: string, calledOnChange: boolean | undefined, depth: number): Promise<Omit<Pipeline, 'path'>> => {
    const text = await read(path);
    const value = text === undefined ? undefined : yamlValue(text);
    if (value === undefined) return { steps: [], isPartial: true };
    const { on, jobs, defaults } = fieldsOf(value);
    const onChange = calledOnChange ?? isOnChange(on);
    // What only others call runs where they run.
    if (calledOnChange === undefined && eventsOf(on).every((event) => event === 'workflow_call')) return { steps: [], isPartial: false };
    const found: PipelineStep[] = [];
    let isPartial = false;
    for (const job of Object.values(fieldsOf(jobs))) {
      const { uses, steps, if: condition, defaults: own } = fieldsOf(job);
      const isOn = onChange && !keepsOut(condition);
      const folder =
        stringOf(fieldsOf(fieldsOf(own).run)['working-directory']) || stringOf(fieldsOf(fieldsOf(defaults).run)['working-directory']);
      const used = stringOf(uses);
      const inner =
        used === ''
          ? await stepsOf(steps, folder, isOn, depth)
          : used.startsWith('./') && depth < DEEPEST
            ? await workflow(used.slice(2), isOn, depth + 1)
            : { steps: [], isPartial: isOn && !NO_TESTS.test(used) };
      found.push(...inner.steps);
      isPartial ||= inner.isPartial;
    }
    return { steps: found, isPartial };
  };

  return async (path) => ({ path, ...(await workflow(path, undefined, 0)) });
}
