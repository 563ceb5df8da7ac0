import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { emptyRepository, GIT_ENVIRONMENT, temporaryFolder } from '../lsp/sample-repository.ts';

const root = path.join(import.meta.dirname, '../..');
const action = z
  .object({
    inputs: z.record(z.string(), z.object({ default: z.string() })),
    runs: z.object({ steps: z.tuple([z.object({ run: z.string() })]) }),
  })
  .parse(parse(readFileSync(path.join(root, 'action.yml'), 'utf8')));

const cache = temporaryFolder();

/** Runs the step of the action as a runner does. */
const runAction = (folder: string, inputs: Readonly<Record<string, string>>) => {
  const script = path.join(temporaryFolder(), 'step.sh');
  writeFileSync(script, action.runs.steps[0].run);
  return spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', script], {
    cwd: folder,
    encoding: 'utf8',
    env: {
      ...process.env,
      ...GIT_ENVIRONMENT,
      XDG_CACHE_HOME: cache,
      INIT_CWD: '',
      GITHUB_ACTION_PATH: root,
      CHECK_PATH: '.',
      CHECK_ARGUMENTS: '',
      CHECK_SARIF: '',
      ...inputs,
    },
  });
};

test('the GitHub Action checks a repository: findings fail the job, a sound repository passes, and SARIF goes to its file', () => {
  const repository = emptyRepository();
  repository.write('docs/adr/0001-use-ropes.md', '# 1. Use ropes\n\n## Status\n\nAccepted\n');
  repository.write('src/a.ts', '// ADR-0001\nexport const a = 1;\n');
  repository.commit('Add');
  expect(runAction(repository.root, {})).toMatchObject({ status: 0 });
  repository.write('src/b.ts', '// See docs/adr/0007-use-nets.md\nexport const b = 1;\n');
  const failed = runAction(repository.root, { CHECK_ARGUMENTS: '--rule cites-nothing' });
  expect(failed.stdout).toContain('src/b.ts:1:8');
  expect(failed.status).toBe(1);
  expect(runAction(repository.root, { CHECK_SARIF: 'out.sarif' }).status).toBe(1);
  expect(readFileSync(path.join(repository.root, 'out.sarif'), 'utf8')).toContain('"cites-nothing"');
  const injected = runAction(repository.root, { CHECK_ARGUMENTS: '$(touch evil) ; touch evil' });
  expect(injected.status).toBe(2);
  expect(spawnSync('ls', [repository.root], { encoding: 'utf8' }).stdout).not.toContain('evil');
}, 120_000);

test('every input of the action is on the page about pipelines', () => {
  const page = readFileSync(path.join(root, 'docs/pipelines.md'), 'utf8');
  for (const name of Object.keys(action.inputs)) expect(page).toContain(`| \`${name}\` |`);
});
