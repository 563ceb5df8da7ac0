import { readFileSync } from 'node:fs';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Config, configJsonSchema, defaultConfig, type LoadedConfig, loadConfig } from '../../server/knowledge/discovery/config.ts';
import { createMatcher, isSafePattern } from '../../server/knowledge/discovery/globs.ts';
import { testSuites } from '../../server/knowledge/discovery/test-settings.ts';
import { testFolder } from '../support/folder.ts';
import { partOf } from './spec-helpers.ts';

const load = (files: Readonly<Record<string, string>>): Promise<LoadedConfig> =>
  loadConfig('/nowhere', async (path) => (Object.hasOwn(files, path) ? files[path] : undefined));

describe('lintel.yaml', () => {
  it('may be absent, empty or only comments: the defaults hold', async () => {
    const expected = {
      decisions: [],
      specifications: [],
      guides: [],
      exclude: [],
      rules: {},
      overrides: [],
      identifiers: { teams: [], allow: [] },
      tests: {
        globs: [],
        exclude: [],
        tags: [],
        suites: [],
        inert: [],
        coverage: [],
        runs: { folder: '.lintel' },
        shadow: { runs: 30, days: 7, missed: 1 },
      },
      gate: { constraints: [], appendOnly: false },
      answers: {},
      embedding: { model: 'static' },
      index: {},
      knowledge: {},
      limits: { fileSize: 2_000_000 },
      commits: {},
    };
    expect(defaultConfig()).toEqual(expected);
    for (const files of [{}, { 'lintel.yaml': '' }, { 'lintel.yaml': '# nothing yet\n' }, { 'lintel.yaml': '---\n' }]) {
      expect(await load(files)).toEqual({ config: expected, findings: [] });
    }
  });

  it('sets what it names and leaves the rest at its default', async () => {
    const text =
      'decisions:\n  - /notes/**/*.md\nexclude: [/notes/private]\nembedding:\n  model: org/model\nlimits:\ncommits: { limit: 500 }\n';
    const { config, findings } = await load({ 'lintel.yaml': text });
    expect(findings).toEqual([]);
    expect(config).toMatchObject({
      decisions: ['/notes/**/*.md'],
      exclude: ['/notes/private'],
      embedding: { model: 'org/model' },
      limits: { fileSize: 2_000_000 },
      commits: { limit: 500 },
    });
  });

  it('names the endpoint and the model that may word answers, and never takes an address that holds a key', async () => {
    const good = await load({ 'lintel.yaml': 'answers: { endpoint: "http://localhost:11434/v1", model: "qwen3:8b" }\n' });
    expect(good).toMatchObject({ config: { answers: { endpoint: 'http://localhost:11434/v1', model: 'qwen3:8b' } }, findings: [] });
    for (const address of [
      'https://me:secret@api.example.com/v1',
      'https://api.example.com/v1?key=secret',
      'file:///etc/passwd',
      'localhost:11434',
      'x',
    ]) {
      const { config, findings } = await load({ 'lintel.yaml': `answers: { endpoint: "${address}", model: m }\n` });
      expect(config.answers).toEqual({ model: 'm' });
      expect(findings).toMatchObject([{ rule: 'config-invalid', message: expect.stringContaining('LINTEL_API_KEY') }]);
    }
    const { findings } = await load({ 'lintel.yaml': 'answers: { key: secret }\n' });
    expect(findings).toMatchObject([{ rule: 'config-unknown-key' }]);
  });

  it('names suites of end-to-end tests, one or several, and leaves out what is wrong', async () => {
    const { config: one } = await load({ 'lintel.yaml': 'tests:\n  globs: [checks/**]\n  command: npm run checks --\n' });
    expect(testSuites(one.tests)).toEqual([{ globs: ['checks/**'], exclude: [], command: 'npm run checks --', tags: [] }]);
    const { config: several } = await load({
      'lintel.yaml': 'tests:\n  inert: [tools/**]\n  suites:\n    - globs: [a/**]\n      tags: [nightly]\n    - exclude: [b/**]\n',
    });
    expect(several.tests.inert).toEqual(['tools/**']);
    expect(testSuites(several.tests)).toEqual([
      { globs: ['a/**'], exclude: [], tags: ['nightly'] },
      { globs: [], exclude: ['b/**'], tags: [] },
    ]);
    const { config: wrong, findings } = await load({ 'lintel.yaml': 'tests: checks\n' });
    expect(testSuites(wrong.tests)).toEqual([]);
    expect(findings.map(({ message }) => message)).toEqual([expect.stringContaining('"tests" is not valid')]);
  });

  it('reports an unknown key at the key and keeps everything else', async () => {
    const text = 'decisons: [a]\nguides: [b]\nlimits:\n  filesize: 3\n  fileSize: 5000\n';
    const { config, findings } = await load({ 'lintel.yaml': text });
    const found = findings.map((problem) => `${problem.rule} ${problem.path} ${partOf(text, problem.span)}`);
    expect(found.toSorted()).toEqual(['config-unknown-key lintel.yaml decisons', 'config-unknown-key lintel.yaml filesize']);
    expect(config).toMatchObject({ decisions: [], guides: ['b'], limits: { fileSize: 5_000 } });
  });

  it('reports a wrong value at the value, in words, and uses the default for it', async () => {
    const text = 'guides: docs/*.md\nlimits:\n  fileSize: lots\nexclude: [a, 7, b, [c]]\n';
    const { config, findings } = await load({ 'lintel.yaml': text });
    expect(new Set(findings.map((problem) => partOf(text, problem.span)))).toEqual(new Set(['docs/*.md', 'lots', '7', '[c]']));
    expect(findings.every((problem) => problem.rule === 'config-invalid' && problem.severity === 'error')).toBe(true);
    expect(findings.find((problem) => partOf(text, problem.span) === 'lots')?.message).toContain('"limits.fileSize" is not valid');
    expect(config).toEqual({ ...defaultConfig(), exclude: ['a', 'b'] });
  });

  it.each([
    ['is longer than 1,000 characters', '*a'.repeat(600)],
    ['has braces with more than 64 combinations', '{a,b}'.repeat(7)],
  ])('reports a pattern that %s and leaves it out', async (problem, pattern) => {
    const { config, findings } = await load({ 'lintel.yaml': `exclude: ['${pattern}', ok]\n` });
    expect(findings).toMatchObject([{ rule: 'config-invalid', message: expect.stringContaining(`This pattern ${problem}.`) }]);
    expect(config.exclude).toEqual(['ok']);
  });

  it.each(['/etc', '../models', './../models', 'C:\\models', './a/../../b'])(
    'reports the model %s, which is not inside the repository',
    async (model) => {
      const { config, findings } = await load({ 'lintel.yaml': `embedding:\n  model: '${model}'\n` });
      expect(findings).toMatchObject([{ rule: 'config-invalid', message: expect.stringContaining('inside the repository') }]);
      expect(config.embedding.model).toBe('static');
    },
  );

  it.each(['static', 'org/model', './models/small', 'org/model..v2'])('takes the model %s', async (model) => {
    const { config, findings } = await load({ 'lintel.yaml': `embedding:\n  model: ${model}\n` });
    expect(findings).toEqual([]);
    expect(config.embedding.model).toBe(model);
  });

  it('does not read a file of more than 100,000 characters, and says so', async () => {
    const { config, findings } = await load({ 'lintel.yaml': 'exclude: [a]\n'.repeat(70_000) });
    expect(findings).toMatchObject([{ rule: 'config-invalid', message: expect.stringContaining('more than 100,000 characters') }]);
    expect(config).toEqual(defaultConfig());
  });

  it('reports broken YAML at its place and uses what can be read', async () => {
    const { config, findings } = await load({ 'lintel.yaml': 'exclude: [a]\nguides: ["b\n' });
    expect(findings[0]).toMatchObject({ rule: 'broken-yaml', path: 'lintel.yaml' });
    expect(config.exclude).toEqual(['a']);
  });

  it('reports a file that is no map', async () => {
    const { config, findings } = await load({ 'lintel.yaml': '- a\n- b\n' });
    expect(findings).toMatchObject([{ rule: 'config-invalid', span: { start: { line: 0, character: 0 } } }]);
    expect(config).toEqual(defaultConfig());
  });

  it('does not let a key reach the prototype', async () => {
    const { findings } = await load({ 'lintel.yaml': '__proto__: { polluted: 1 }\nconstructor: { prototype: { polluted: 1 } }\n' });
    expect(findings.map((problem) => problem.rule)).toEqual(['config-unknown-key', 'config-unknown-key']);
    expect('polluted' in {}).toBe(false);
  });

  it('gives a valid configuration for any text', async () => {
    const words = [
      'decisions',
      'exclude',
      'limits',
      'fileSize',
      'embedding',
      'model',
      'commits',
      'limit',
      'index',
      ': ',
      ':\n  ',
      '\n',
      '- ',
      '[',
      ']',
      '{',
      '}',
      ', ',
      '*',
      '&a ',
      '*a',
      '1',
      '-1',
      '"',
      "'",
      'null',
      '1.5',
    ];
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(fc.constantFrom(...words), { maxLength: 40 }).map((parts) => parts.join('')),
    );
    await fc.assert(
      fc.asyncProperty(text, text, text, async (own, brains, adrDir) => {
        const { config, findings } = await load({ 'lintel.yaml': own, '.log4brains.yml': brains, '.adr-dir': adrDir });
        expect(Object.keys(config).toSorted()).toEqual(expect.arrayContaining(Object.keys(defaultConfig()).toSorted()));
        expect(config.limits.fileSize).toBeGreaterThanOrEqual(1_024);
        for (const problem of findings) expect(problem.message).not.toBe('');
      }),
      { numRuns: 300 },
    );
  });

  it('is read from the folder of the repository, and counts as absent where it cannot be read', async () => {
    const root = testFolder();
    await writeFile(join(root, 'lintel.yaml'), '\uFEFFexclude: [a]\n');
    expect((await loadConfig(root)).config.exclude).toEqual(['a']);
    const other = testFolder();
    await mkdir(join(other, 'lintel.yaml'));
    expect(await loadConfig(other)).toEqual({ config: defaultConfig(), findings: [] });
    await chmod(join(other, 'lintel.yaml'), 0o700);
  });
});

describe('configuration of other tools', () => {
  const decides = (config: Config, path: string): boolean => createMatcher(config.decisions).match(path) !== undefined;

  it('adds the folder that .adr-dir names', async () => {
    for (const text of ['docs/choices', './docs/choices/\n', 'docs\\choices\r\n']) {
      const { config, findings } = await load({ '.adr-dir': text });
      expect(findings).toEqual([]);
      expect(decides(config, 'docs/choices/0001-a.md')).toBe(true);
      expect(decides(config, 'other/docs/choices/0001-a.md')).toBe(false);
    }
  });

  it('adds the folders of the project and of each package that .log4brains.yml names, beside those of lintel.yaml', async () => {
    const brains =
      'project:\n  name: Shop\n  adrFolder: ./docs/log\n  packages:\n    - name: core\n      path: ./packages/core\n      adrFolder: ./packages/core/log\n    - name: none\n';
    const { config } = await load({ '.log4brains.yml': brains, 'lintel.yaml': 'decisions: [/mine/*.md]\n' });
    for (const path of ['docs/log/a.md', 'packages/core/log/b.md', 'mine/c.md']) expect(decides(config, path)).toBe(true);
    expect(config.decisions).toHaveLength(3);
  });

  it('ignores folders outside of the repository', async () => {
    for (const text of ['../other', '/etc', 'a/../../b', 'C:\\adr', '', '.', './']) {
      expect((await load({ '.adr-dir': text })).config.decisions).toEqual([]);
    }
  });

  it('takes special letters in the name of a folder literally', async () => {
    const { config } = await load({ '.adr-dir': 'docs/[adr] *!' });
    expect(decides(config, 'docs/[adr] *!/0001-a.md')).toBe(true);
    expect(decides(config, 'docs/a xy/0001-a.md')).toBe(false);
  });

  it('reports broken YAML in the file that it stands in', async () => {
    const { findings } = await load({ '.log4brains.yml': 'project: [\n' });
    expect(findings[0]).toMatchObject({ rule: 'broken-yaml', path: '.log4brains.yml' });
  });
});

describe('patterns', () => {
  it('are matched as git matches them, the last one deciding', () => {
    const matcher = createMatcher(['*.md', '!docs/*.md', '/docs/a.md']);
    expect(matcher.match('x/y.md')).toBe('*.md');
    expect(matcher.match('docs/b.md')).toBeUndefined();
    expect(matcher.match('docs/a.md')).toBe('/docs/a.md');
    expect(matcher.match('../a.md')).toBeUndefined();
  });

  it('are safe as people write them', () => {
    for (const pattern of ['*', '**/*.md', '/docs/**/adr-*.md', 'a/**/b/**/*.{md,rst}', 'packages/*/docs/adr/**'])
      expect(isSafePattern(pattern)).toBe(true);
    expect(isSafePattern('x'.repeat(2_000))).toBe(false);
  });
});

describe('the published schema', () => {
  // `vitest run test/knowledge/config.test.ts -u` writes it anew after a change of the settings.
  it('is what the code says', async () => {
    await expect(`${JSON.stringify(configJsonSchema(), null, 2)}\n`).toMatchFileSnapshot('../../docs/lintel.schema.json');
  });

  it('describes every setting', () => {
    const published: unknown = JSON.parse(readFileSync(new URL('../../docs/lintel.schema.json', import.meta.url), 'utf8'));
    const settings = (published as { properties: Record<string, { description?: string }> }).properties;
    expect(Object.keys(settings)).toEqual(expect.arrayContaining(Object.keys(defaultConfig())));
    for (const [name, setting] of Object.entries(settings)) expect(setting.description, name).toMatch(/\.$/);
  });
});
