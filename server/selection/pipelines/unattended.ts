import { createMatcher } from '../../knowledge/discovery/globs.ts';
import type { UnattendedTest } from '../../model/selection.ts';
import type { ReadFile, SuiteSpec } from '../suite/suite.ts';
import { type Call, callFinder, namedScripts } from './commands.ts';
import { githubReader } from './github.ts';
import { azurePipeline, circlePipeline, gitlabPipeline, jenkinsPipeline } from './other.ts';
import { inFolder, type Pipeline } from './pipeline.ts';

/** Pipelines of services whose configuration is not read. */
const NOT_READ =
  /^(?:\.travis\.yml|bitbucket-pipelines\.yml|\.drone\.(?:ya?ml|jsonnet|star)|\.appveyor\.yml|appveyor\.yml|cloudbuild\.ya?ml|\.semaphore\/.*|\.buildkite\/.*|\.woodpecker(?:\/.*|\.ya?ml)|\.teamcity\/.*|\.prow(?:\/.*|\.ya?ml)|\.tekton\/.*|codefresh\.ya?ml|\.cirrus\.(?:yml|star)|\.zuul\.ya?ml|zuul\.d\/.*|buildspec\.ya?ml|wercker\.yml|bamboo-specs\/.*|\.builds\/.*|\.github\/workflows\/.*\.jsonnet|\.ci-operator\.yaml|\.packit\.ya?ml|\.ibm\/.*|\.testing-farm.*|\.expo\/.*|\.eas\/workflows\/.*|bitrise\.yml|codemagic\.yaml)$/;
const MOST_PIPELINES = 200;

/** Whether the text of a spec of Go asks for a tag that a call does not give. */
const needsTag = (text: string | undefined): boolean => {
  const tag = /^\/\/go:build (\w+)$/m.exec((text ?? '').slice(0, 4_000))?.[1];
  return tag !== undefined && !/^(?:linux|darwin|windows|unix|cgo|amd64|arm64|go1)$/.test(tag);
};

const isPattern = (word: string): boolean => /[*{]/.test(word);

/** Whether a call runs a spec, as far as anybody can say: what narrows it in a way that is not understood narrows nothing. */
function runsSpec({ runner, cwd, args }: Call, spec: SuiteSpec, text: string | undefined, has: (path: string) => boolean): boolean {
  if (!runner.runs(spec)) return false;
  if (spec.path.endsWith('.go') && needsTag(text) && !args.some((word) => /tags/.test(word))) return false;
  const given = args.flatMap((word, at) => {
    const before = args[at - 1] ?? '';
    if (runner.pathOption !== undefined) {
      if (word.startsWith(`${runner.pathOption}=`)) return word.slice(runner.pathOption.length + 1).split(',');
      return before === runner.pathOption ? word.split(',') : [];
    }
    return word.startsWith('-') || /^\d+$|^[A-Z_]+=/.test(word) ? [] : [word];
  });
  if (given.length === 0) return cwd === '' || spec.path.startsWith(`${cwd}/`) || !has(cwd);
  const named = given.map((word) => {
    const path = inFolder(cwd, word.replace(/(?:::|:\d).*$/, '').replace(/\/?\.\.\.$/, ''));
    return path === undefined ? undefined : path;
  });
  // One word that is no path, and nobody knows what it leaves.
  if (named.some((path) => path === undefined || !(isPattern(path) || path === '' || has(path)))) return true;
  return named.some((path, at) => {
    if (path === undefined || path === '') return true;
    if (isPattern(path)) return createMatcher([`/${path}`], { braces: true }).match(spec.path) !== undefined;
    const below = spec.path.startsWith(`${path}/`);
    // A package of Go is a folder without those in it.
    if (spec.path.endsWith('.go') && !(given[at] ?? '').endsWith('...'))
      return below && !spec.path.slice(path.length + 1).includes('/') && !args.includes('-r');
    return below || spec.path === path;
  });
}

async function pipelinesOf(paths: readonly string[], read: ReadFile): Promise<readonly Pipeline[]> {
  const github = githubReader(read);
  const found: Pipeline[] = [];
  for (const path of paths) {
    if (found.length >= MOST_PIPELINES) break;
    if (/^\.github\/workflows\/[^/]+\.ya?ml$/.test(path)) found.push(await github(path));
    else if (path === '.gitlab-ci.yml') found.push(await gitlabPipeline(path, read));
    else if (/^\.circleci\/config\.ya?ml$/.test(path)) found.push(await circlePipeline(path, read));
    else if (/^(?:\.azure(?:-pipelines)?\/[^/]+|azure-pipelines[\w.-]*|\.?azuredevops\/[^/]+)\.ya?ml$/.test(path))
      found.push(await azurePipeline(path, read));
    else if (/(?:^|\/)Jenkinsfile[\w.-]*$/.test(path)) found.push(await jenkinsPipeline(path, read));
    else if (NOT_READ.test(path)) found.push({ path, steps: [], isPartial: true });
  }
  return found;
}

/**
 * Specs that no pipeline runs on a push or a pull request. None where a pipeline is not wholly understood, or there is none: who runs the tests of a
 * repository without pipelines, nobody can say here. Runs nothing, and never rejects.
 * @param paths all files of the repository
 * @param texts of the specs, by path
 */
export async function unattendedSpecs(
  specs: readonly SuiteSpec[],
  paths: readonly string[],
  texts: ReadonlyMap<string, string>,
  read: ReadFile,
): Promise<readonly UnattendedTest[]> {
  const pipelines = await pipelinesOf(paths, read);
  if (specs.length === 0 || pipelines.every(({ steps }) => steps.length === 0) || pipelines.some(({ isPartial }) => isPartial)) return [];
  const folders = new Set(paths.flatMap((path) => path.split('/').map((_, at, parts) => parts.slice(0, at + 1).join('/'))));
  const has = (path: string): boolean => folders.has(path);
  const find = callFinder(paths, await namedScripts(paths, read), read);
  const onChange: Call[] = [];
  const otherwise: { readonly path: string; readonly call: Call }[] = [];
  for (const { path, steps } of pipelines)
    for (const step of steps) {
      const { calls, unknown } = await find(step.script, step.cwd);
      if (step.onChange && unknown !== undefined) return [];
      if (step.onChange) onChange.push(...calls);
      else otherwise.push(...calls.map((call) => ({ path, call })));
    }
  // A pipeline that runs no test at all belongs to something else.
  if (onChange.length + otherwise.length === 0) return [];
  return specs.flatMap((spec): UnattendedTest[] => {
    const text = texts.get(spec.path);
    if (onChange.some((call) => runsSpec(call, spec, text, has))) return [];
    const by = [...new Set(otherwise.filter(({ call }) => runsSpec(call, spec, text, has)).map(({ path }) => path))];
    return [{ path: spec.path, otherwise: by }];
  });
}
