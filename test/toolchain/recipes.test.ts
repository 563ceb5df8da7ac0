import { existsSync, globSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as authoringProtocol from '../../protocol/authoring.ts';
import * as decisionsProtocol from '../../protocol/decisions.ts';
import * as protocol from '../../protocol/index.ts';
import * as testProtocol from '../../protocol/tests.ts';
import { COMMON_OPTIONS } from '../../server/cli/command.ts';
import { COMMANDS } from '../../server/cli/registry.ts';
import { linksOn, missing, pathsOn, ROOT, sourcesIn, textOf } from '../support/pages.ts';

const contributing = textOf('CONTRIBUTING.md');
const agents = textOf('AGENTS.md');
const readme = textOf('README.md');

/** The recipes by their heading. */
const recipes = new Map(
  (contributing.split('## How to add ...')[1] ?? '')
    .split(/^### /m)
    .slice(1)
    .map((recipe) => [recipe.split('\n', 1)[0] ?? '', recipe] as const),
);

/** Files of a folder that another file does not import, of those whose text matches. */
const unlisted = (folder: string, registry: string, matching: RegExp): string[] => {
  const text = textOf(registry);
  return sourcesIn(folder)
    .filter((name) => matching.test(textOf(`${folder}/${name}.ts`)))
    .filter((name) => !text.includes(`/${name}.ts'`));
};

describe('the pages for contributors', () => {
  it.each(['CONTRIBUTING.md', 'AGENTS.md', 'README.md', 'docs/development.md'])('%s names only files and links that exist', (page) => {
    const folder = page.includes('/') ? 'docs' : '.';
    // The README names folders of its readers as well.
    const paths = page === 'README.md' ? [] : pathsOn(textOf(page));
    expect(missing(paths)).toEqual([]);
    expect(missing(linksOn(textOf(page)).map((link) => join(folder, link)))).toEqual([]);
  });

  it('names only npm scripts that exist', () => {
    const { scripts } = JSON.parse(textOf('package.json')) as { readonly scripts: Readonly<Record<string, string>> };
    for (const page of [contributing, agents, readme, textOf('docs/development.md')])
      for (const [, name = ''] of page.matchAll(/`npm run (?:-s )?([\w:]+)/g)) expect(Object.keys(scripts)).toContain(name);
  });

  it('has a recipe for everything that is added often, each with the test that checks it', () => {
    expect([...recipes.keys()].map((heading) => heading.toLowerCase()).join('\n')).toMatch(
      /reader[\s\S]*rule[\s\S]*language[\s\S]*command[\s\S]*request[\s\S]*evidence[\s\S]*room/,
    );
    for (const [heading, recipe] of recipes) {
      const tests = /Checked by (.+?)\.( |\n|$)/.exec(recipe)?.[1] ?? '';
      expect(pathsOn(tests), heading).not.toEqual([]);
    }
  });

  it('is short where agents read it before every task', () => {
    expect(agents.length).toBeLessThan(4_500);
    expect(agents).toContain('](CONTRIBUTING.md)');
    expect(readme).toContain('](CONTRIBUTING.md)');
    expect(readme).toContain('](docs/architecture.md)');
  });
});

describe('a reader', () => {
  const read = textOf('server/knowledge/read.ts');
  const listed = /SPECIFICATIONS: [\s\S]*?new Map\(\[([\s\S]*?)\]\);/.exec(read)?.[1] ?? '';
  const formats = [...listed.matchAll(/\['([^']+)', (\w+)\]/g)].map(([, format = '', reader = '']) => ({ format, reader }));

  it('is called for its format', () => {
    const exported = sourcesIn('server/knowledge/specs').flatMap((name) =>
      [...textOf(`server/knowledge/specs/${name}.ts`).matchAll(/^export (?:const|function) (read[A-Z]\w*)[ (=:].*\bDocument\b/gm)].map(
        ([, reader]) => reader,
      ),
    );
    expect(exported.length).toBeGreaterThan(4);
    expect(formats.map(({ reader }) => reader).sort()).toEqual(exported.sort());
  });

  it('has a format that is recognised, named in the model and told to users', () => {
    const plain = (text: string): string => text.toLowerCase().replace(/[^a-z]/g, '');
    for (const { format } of formats) {
      expect(textOf('server/knowledge/discovery/classify.ts'), format).toContain(`'${format}'`);
      expect(textOf('server/model/document.ts'), format).toContain(`\`${format}\``);
      expect(plain(readme), format).toContain(plain(format));
    }
  });

  it('is among those that take any input', () => {
    for (const { reader } of formats) expect(textOf('test/knowledge/specs-hostile.test.ts')).toMatch(new RegExp(`: ${reader},`));
  });
});

it('a language is in the list of languages', () => {
  const folder = 'server/code/languages';
  if (!existsSync(join(ROOT, folder))) return;
  const list = /LANGUAGES: [^=]*= \[([\s\S]*?)\n\];/.exec(textOf(`${folder}/index.ts`))?.[1] ?? '';
  const declared = sourcesIn(folder).flatMap((name) =>
    [...textOf(`${folder}/${name}.ts`).matchAll(/^export const ([A-Z_]+): Language\b/gm)].map(([, language]) => language),
  );
  expect(declared.length).toBeGreaterThan(30);
  expect(declared.filter((language) => !new RegExp(`\\b${language}\\b`).test(list))).toEqual([]);
});

describe('a rule', () => {
  it('has a section on the page, is in the list of its folder and has a test that names it', () => {
    const sections = [...textOf('docs/rules.md').matchAll(/^## (\S+)$/gm)].map(([, id = '']) => id);
    const tests = globSync('test/**/*.ts', { cwd: ROOT }).map((path) => textOf(path));
    const lists = globSync('server/decisions/findings/**/{rules,code,records,index}.ts', { cwd: ROOT })
      .map((path) => textOf(path))
      .join('\n');
    const rules = globSync('server/decisions/findings/**/*.ts', { cwd: ROOT }).filter((path) =>
      /^export const \w+: (?:Code|Record|Document)Rule\b/m.test(textOf(path)),
    );
    expect(rules.length).toBeGreaterThan(5);
    for (const path of rules) {
      const file = path.replaceAll('\\', '/').split('/').at(-1) ?? '';
      expect(lists, path).toContain(`/${file}'`);
      const ids = [...textOf(path).matchAll(/\b(?:id|rule): '([a-z-]+)'/g)].map(([, id = '']) => id);
      expect(ids.length, path).toBeGreaterThan(0);
      for (const id of ids) {
        expect(sections, path).toContain(id);
        expect(
          tests.some((text) => text.includes(id)),
          id,
        ).toBe(true);
      }
    }
  });
});

describe('a rule about identifiers', () => {
  it('has a page of its own, a line in the list of pages, and a test that names it', () => {
    const tests = globSync('test/**/*.ts', { cwd: ROOT }).map((path) => textOf(path));
    const ids = [...textOf('server/identifiers/rules.ts').matchAll(/'(SID\d{3})'/g)].map(([, id = '']) => id);
    expect(ids.length).toBeGreaterThan(6);
    for (const id of ids) {
      expect(textOf(`docs/identifiers/${id}.md`)).toMatch(new RegExp(`^# ${id}\\n`));
      expect(textOf('docs/identifiers/README.md')).toContain(`](${id}.md)`);
      expect(
        tests.some((text) => text.includes(id)),
        id,
      ).toBe(true);
    }
  });
});

describe('a command', () => {
  const page = textOf('docs/cli.md');

  it('is a file of its name and in the list of commands', () => {
    expect(COMMANDS.map(({ name }) => name).sort()).toEqual(sourcesIn('server/cli/commands'));
  });

  it('has a test that runs it', () => {
    const tests = globSync('test/cli/**/*.ts', { cwd: ROOT }).map((path) => textOf(path));
    for (const { name } of COMMANDS)
      expect(
        tests.some((text) => text.includes(`['${name}'`)),
        name,
      ).toBe(true);
  });

  it.each(COMMANDS)('"$name" is on the page with all its options', ({ name, optionNames, optionHelp }) => {
    expect(page).toMatch(new RegExp(`\`lintel ${name}\\b`));
    for (const option of optionNames.filter((option) => !(option in COMMON_OPTIONS))) {
      expect(page, option).toContain(`--${option}`);
      expect(optionHelp.map(([written]) => written).join('\n'), option).toContain(`--${option}`);
    }
  });
});

describe('a request', () => {
  const page = textOf('docs/language-server.md');
  const methods = Object.values({ ...protocol, ...authoringProtocol, ...decisionsProtocol, ...testProtocol }).filter(
    (value) => typeof value === 'string' && value.startsWith('lintel/'),
  );

  it('of our own is on the page', () => {
    expect(methods.length).toBeGreaterThan(10);
    for (const method of methods) expect(page).toContain(`\`${method}\``);
  });

  it('of our own has a test of its answer', () => {
    const names = { ...protocol, ...authoringProtocol, ...decisionsProtocol, ...testProtocol };
    const tests = sourcesIn('test/lsp')
      .filter((name) => name !== 'request-modules.test')
      .map((name) => textOf(`test/lsp/${name}.ts`))
      .join('\n');
    const untested = Object.entries(names)
      .filter(([, method]) => methods.includes(method))
      .filter(([name, method]) => !tests.includes(`'${method}'`) && !new RegExp(`\\b${name}\\b`).test(tests))
      .map(([, method]) => method);
    expect(untested).toEqual([]);
  });

  it('is in the list of requests', () => {
    expect(unlisted('server/lsp/requests', 'server/lsp/requests/index.ts', /^export const \w+Request = /m)).toEqual([]);
  });
});

describe('a kind of evidence', () => {
  const kinds = [...textOf('server/model/evidence.ts').matchAll(/readonly kind: '([a-z-]+)';/g)].map(([, kind = '']) => kind);
  const table = textOf('docs/architecture.md').split('\n## Evidence\n')[1] ?? '';
  const rows = [...table.matchAll(/^\| `([a-z-]+)` \| (.+?) \|/gm)].map(([, kind = '', made = '']) => ({ kind, made: pathsOn(made) }));

  it('is in the table of evidence, with the files that make it', () => {
    expect(kinds.length).toBeGreaterThan(7);
    expect(rows.map(({ kind }) => kind).sort()).toEqual([...kinds].sort());
    for (const { kind, made } of rows) {
      expect(made, kind).not.toEqual([]);
      for (const path of made) expect(textOf(path), path).toContain(`kind: '${kind}'`);
    }
  });

  it('is made nowhere else', () => {
    const making = globSync('server/{register,decisions,retrieval,history}/**/*.ts', { cwd: ROOT }).map((path) =>
      path.replaceAll('\\', '/'),
    );
    for (const { kind, made } of rows) {
      const found = making.filter((path) => new RegExp(`kind: '${kind}',[^;]*\\b(?:weight|explanation)\\b`).test(textOf(path)));
      expect(
        found.filter((path) => !made.includes(path)),
        kind,
      ).toEqual([]);
    }
  });

  it('has its role in the record, and those that side bars show an icon', () => {
    const record = textOf('docs/decisions/0012-give-every-kind-of-evidence-one-role.md');
    const icons = /EVIDENCE_ICONS[^=]*= \{([\s\S]*?)\};/.exec(textOf('extension/why/items.ts'))?.[1] ?? '';
    for (const kind of kinds) {
      expect(record, kind).toContain(`\`${kind}\``);
      if (kind !== 'matched') expect(icons, kind).toMatch(new RegExp(`^\\s*'?${kind}'?:`, 'm'));
    }
  });
});

it('a folder of tests is named after a room, or is in the table of those that are not', () => {
  const page = textOf('docs/development.md');
  const folders = globSync('test/*/', { cwd: ROOT }).map((path) => path.replaceAll('\\', '/').replace(/\/$/, ''));
  expect(folders.length).toBeGreaterThan(10);
  const strange = folders.filter((folder) => !existsSync(join(ROOT, folder.replace('test', 'server'))) && !page.includes(`\`${folder}/`));
  expect(strange).toEqual([]);
});
