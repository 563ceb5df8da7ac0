import { fieldsOf, itemsOf, stringOf } from '../runs/formats/json-value.ts';
import type { ReadFile } from '../suite/suite.ts';
import { inFolder, linesOf, type Pipeline, type PipelineStep, SOMEWHERE, yamlValue } from './pipeline.ts';

const MOST_FILES = 30;
const DEEPEST = 8;

const PARTIAL: Omit<Pipeline, 'path'> = { steps: [], isPartial: true };
const RESERVED = new Set([
  'stages',
  'variables',
  'include',
  'workflow',
  'default',
  'image',
  'services',
  'cache',
  'before_script',
  'after_script',
  'spec',
]);
/** Rules that only let in what no commit causes. */
const NOT_A_CHANGE = /^\s*\$CI_PIPELINE_SOURCE\s*==\s*["'](?:schedule|web|api|trigger|chat)["']\s*$|^\s*\$CI_COMMIT_TAG\s*$/;

/** Whether a commit may cause a job of GitLab. */
function gitlabOnChange(job: Readonly<Record<string, unknown>>): boolean {
  const { rules, only, when } = job;
  if (when === 'manual' || when === 'never') return false;
  const names = Array.isArray(only) ? only.map(stringOf) : itemsOf(fieldsOf(only).refs).map(stringOf);
  if (names.length > 0 && names.every((name) => /^(?:schedules|tags|web|triggers|api)$/.test(name))) return false;
  if (!Array.isArray(rules) || rules.length === 0) return true;
  return itemsOf(rules).some((rule) => {
    const { if: condition, when: own } = fieldsOf(rule);
    return own !== 'never' && own !== 'manual' && !NOT_A_CHANGE.test(stringOf(condition));
  });
}

/** Reads a pipeline of GitLab with the files of the same repository that it includes. */
export async function gitlabPipeline(path: string, read: ReadFile): Promise<Pipeline> {
  const jobs = new Map<string, Readonly<Record<string, unknown>>>();
  let isPartial = false;
  const open = [path];
  const seen = new Set<string>();
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (seen.has(file)) continue;
    seen.add(file);
    const text = seen.size > MOST_FILES ? undefined : await read(file);
    const value = text === undefined ? undefined : yamlValue(text);
    if (value === undefined || Array.isArray(value)) {
      isPartial = true;
      continue;
    }
    for (const [name, job] of Object.entries(fieldsOf(value))) if (!jobs.has(name)) jobs.set(name, fieldsOf(job));
    const { include } = fieldsOf(value);
    for (const one of Array.isArray(include) ? itemsOf(include) : include === undefined ? [] : [include]) {
      const local = typeof one === 'string' && !/^https?:/.test(one) ? one : stringOf(fieldsOf(one).local);
      if (local === '' || /[*$]/.test(local)) isPartial = true;
      else open.push(local.replace(/^\//, ''));
    }
  }
  const whole = (job: Readonly<Record<string, unknown>>, depth = 0): Readonly<Record<string, unknown>> => {
    const parents = typeof job.extends === 'string' ? [job.extends] : itemsOf(job.extends).map(stringOf);
    const inherited = depth > DEEPEST ? [] : parents.map((name) => whole(jobs.get(name) ?? {}, depth + 1));
    return Object.assign({}, ...inherited, job) as Readonly<Record<string, unknown>>;
  };
  const before = linesOf(jobs.get('default')?.before_script);
  const steps = [...jobs].flatMap(([name, job]): PipelineStep[] => {
    if (RESERVED.has(name) || name.startsWith('.')) return [];
    const all = whole(job);
    if (all.trigger !== undefined && gitlabOnChange(all)) isPartial = true;
    const script = [linesOf(all.before_script) || before, linesOf(all.script)].join('\n');
    return all.script === undefined ? [] : [{ onChange: gitlabOnChange(all), cwd: '', script }];
  });
  return { path, steps, isPartial };
}

/** Reads the configuration of CircleCI. */
export async function circlePipeline(path: string, read: ReadFile): Promise<Pipeline> {
  const value = yamlValue((await read(path)) ?? '');
  if (value === undefined) return { path, ...PARTIAL };
  const { jobs, commands, workflows } = fieldsOf(value);
  let isPartial = fieldsOf(value).setup === true;
  const own = fieldsOf(commands);
  const stepsOf = (steps: unknown, cwd: string, onChange: boolean, depth: number): PipelineStep[] =>
    itemsOf(steps).flatMap((step): PipelineStep[] => {
      const [name, inputs] = typeof step === 'string' ? [step, undefined] : (Object.entries(fieldsOf(step))[0] ?? ['', undefined]);
      if (name === 'run') {
        const script = typeof inputs === 'string' ? inputs : stringOf(fieldsOf(inputs).command);
        return [{ onChange, cwd: inFolder(cwd, stringOf(fieldsOf(inputs).working_directory)) ?? SOMEWHERE, script }];
      }
      if (name === 'when' || name === 'unless') return stepsOf(fieldsOf(inputs).steps, cwd, onChange, depth);
      if (depth < DEEPEST && name in own) return stepsOf(fieldsOf(own[name]).steps, cwd, onChange, depth + 1);
      if (/^cypress\//.test(name)) return [{ onChange, cwd, script: 'cypress run' }];
      if (onChange && name.includes('/') && /test|run|e2e|check/i.test(name)) isPartial = true;
      return [];
    });
  const used = new Map<string, boolean>();
  for (const workflow of Object.values(fieldsOf(workflows))) {
    const { jobs: list, triggers } = fieldsOf(workflow);
    for (const entry of itemsOf(list)) {
      const [name, inputs] = typeof entry === 'string' ? [entry, undefined] : (Object.entries(fieldsOf(entry))[0] ?? ['', undefined]);
      if (fieldsOf(inputs).type === 'approval') continue;
      const onChange = triggers === undefined;
      used.set(name, onChange || used.get(name) === true);
      if (onChange && name.includes('/') && !(name in fieldsOf(jobs))) {
        if (/^cypress\//.test(name)) used.set(name, true);
        else if (/test|run|e2e|check/i.test(name)) isPartial = true;
      }
    }
  }
  const steps = Object.entries(fieldsOf(jobs)).flatMap(([name, job]) =>
    stepsOf(
      fieldsOf(job).steps,
      inFolder('', stringOf(fieldsOf(job).working_directory)) ?? '',
      workflows === undefined || used.get(name) === true,
      0,
    ),
  );
  const orbs = [...used].flatMap(([name, onChange]): PipelineStep[] =>
    /^cypress\//.test(name) ? [{ onChange, cwd: '', script: 'cypress run' }] : [],
  );
  return { path, steps: [...steps, ...orbs], isPartial };
}

/** Reads a pipeline of Azure DevOps with the templates of the same repository. */
export async function azurePipeline(path: string, read: ReadFile): Promise<Pipeline> {
  const steps: PipelineStep[] = [];
  let isPartial = false;
  const seen = new Set<string>();
  const visit = async (value: unknown, file: string, onChange: boolean, depth: number): Promise<void> => {
    if (depth > 40) return;
    if (Array.isArray(value)) {
      for (const one of value) await visit(one, file, onChange, depth + 1);
      return;
    }
    const fields = fieldsOf(value);
    if ('extends' in fields && 'template' in fieldsOf(fields.extends)) await visit(fields.extends, file, onChange, depth + 1);
    const { script, bash, pwsh, powershell, task, inputs, template } = fields;
    const cwd =
      inFolder(
        '',
        stringOf(fields.workingDirectory).replace(/^\$\((?:System\.DefaultWorkingDirectory|Build\.SourcesDirectory)\)\/?/, ''),
      ) ?? '';
    const text = [script, bash, pwsh, powershell].map(stringOf).join('\n').trim();
    if (text !== '') steps.push({ onChange, cwd, script: text });
    if (typeof task === 'string') {
      const { command, customCommand, script: own, workingDir, goals, tasks } = fieldsOf(inputs);
      const tool = /^(?:Npm|Yarn|Maven|Gradle|DotNetCoreCLI|VSTest|Go|Bash|CmdLine|PowerShell)@/i
        .exec(task)?.[0]
        .slice(0, -1)
        .toLowerCase();
      const name = { dotnetcorecli: 'dotnet', vstest: 'vstest', maven: 'mvn', gradle: 'gradlew' }[tool ?? ''] ?? tool;
      const line = [
        name === 'bash' || name === 'cmdline' || name === 'powershell' ? '' : name,
        command === 'custom' ? '' : command,
        customCommand,
        goals,
        tasks,
        own,
      ]
        .map(stringOf)
        .join(' ')
        .trim();
      if (tool !== undefined && line !== '') steps.push({ onChange, cwd: inFolder('', stringOf(workingDir)) ?? '', script: line });
      else if (onChange && /test/i.test(task) && !/publish/i.test(task)) isPartial = true;
    }
    if (typeof template === 'string') {
      const [name = '', elsewhere] = template.split('@');
      const target = name.startsWith('/') ? name.slice(1) : inFolder(file.split('/').slice(0, -1).join('/'), name);
      const inner = elsewhere !== undefined && elsewhere !== 'self' ? undefined : target === undefined ? undefined : await read(target);
      if (inner === undefined) isPartial ||= onChange;
      else if (target !== undefined && !seen.has(target) && seen.size < MOST_FILES) {
        seen.add(target);
        await visit(yamlValue(inner), target, onChange, depth + 1);
      }
    }
    for (const key of ['stages', 'jobs', 'steps', 'parameters', 'strategy', 'runOnce', 'deploy'])
      if (key in fields) await visit(fields[key], file, onChange, depth + 1);
    // Conditions and loops of templates are keys.
    for (const [key, inner] of Object.entries(fields)) if (key.startsWith('${{')) await visit(inner, file, onChange, depth + 1);
  };
  const value = yamlValue((await read(path)) ?? '');
  if (value === undefined) return { path, ...PARTIAL };
  const { trigger, pr } = fieldsOf(value);
  await visit(value, path, !(trigger === 'none' && pr === 'none'), 0);
  return { path, steps, isPartial };
}

const SHELL =
  /\b(?:sh|bat|pwsh|powershell)\s*(?:\(\s*)?(?:script\s*:\s*)?(?:"""([\s\S]{0,20000}?)"""|'''([\s\S]{0,20000}?)'''|"((?:[^"\\\n]|\\.){0,5000})"|'((?:[^'\\\n]|\\.){0,5000})')/g;

/** Reads the shell commands of a Jenkinsfile. Whether a commit causes it is set in Jenkins, so it may. */
export async function jenkinsPipeline(path: string, read: ReadFile): Promise<Pipeline> {
  const text = ((await read(path)) ?? '').replace(/^\s*\/\/.*$/gm, '').replace(/\/\*[\s\S]{0,20000}?\*\//g, '');
  const steps = [...text.matchAll(SHELL)].map(
    ([, a, b, c, d]): PipelineStep => ({ onChange: true, cwd: '', script: a ?? b ?? c ?? d ?? '' }),
  );
  return { path, steps, isPartial: /@Library|\blibrary\s*[('"]|\bload\s*[('"]|\bbuild\s+job\s*:/.test(text) || steps.length === 0 };
}
