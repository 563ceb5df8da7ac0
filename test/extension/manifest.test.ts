import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const json = (file: string): Record<string, string> => JSON.parse(readFileSync(join(root, file), 'utf8')) as Record<string, string>;

interface Setting {
  readonly type: string;
  readonly default: unknown;
  readonly scope?: string;
  readonly order?: number;
  readonly markdownDescription?: string;
  readonly enum?: readonly string[];
  readonly markdownEnumDescriptions?: readonly string[];
}
interface Manifest {
  readonly icon: string;
  readonly activationEvents: readonly string[];
  readonly capabilities: { readonly untrustedWorkspaces: { readonly restrictedConfigurations: readonly string[] } };
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly category: string; readonly title: string }[];
    readonly keybindings: readonly { readonly command: string }[];
    readonly menus: Readonly<Record<string, readonly { readonly command: string; readonly when?: string }[]>>;
    readonly configuration: { readonly properties: Readonly<Record<string, Setting>> };
    readonly views: Readonly<Record<string, readonly { readonly id: string; readonly icon: string }[]>>;
    readonly viewsWelcome: readonly { readonly view: string; readonly when: string; readonly contents: string }[];
    readonly walkthroughs: readonly {
      readonly steps: readonly { readonly media: Readonly<Record<string, string>>; readonly completionEvents: readonly string[] }[];
    }[];
  };
}
const manifestText = readFileSync(join(root, 'package.json'), 'utf8');
const manifest = JSON.parse(manifestText) as Manifest;
const { contributes } = manifest;
const settings = Object.entries(contributes.configuration.properties);
const ids = new Set(contributes.commands.map(({ command }) => command));

/** Every text that the client translates at run time, from its syntax tree. */
const translated = (): Set<string> => {
  const texts = new Set<string>();
  for (const file of globSync('extension/**/*.ts', { cwd: root })) {
    const source = ts.createSourceFile(file, readFileSync(join(root, file), 'utf8'), ts.ScriptTarget.Latest, true);
    const visit = (node: ts.Node): void => {
      if (ts.isCallExpression(node) && node.expression.getText() === 'vscode.l10n.t') {
        const [text] = node.arguments;
        if (text === undefined || !ts.isStringLiteralLike(text)) throw new Error(`${file}: ${node.getText()} cannot be translated`);
        texts.add(text.text);
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
  return texts;
};

const sorted = (texts: Iterable<string>): string[] => [...texts].sort();
const places = (text: string): string[] => sorted(text.match(/\{\d\}/g) ?? []);
const links = (text: string): string[] => sorted([...text.matchAll(/\]\((command:[^)]+)\)/g)].map(([, target]) => target ?? ''));

describe('the manifest', () => {
  it('activates for records and configuration, never for everything', () => {
    expect(manifest.activationEvents.length).toBeGreaterThan(0);
    for (const event of manifest.activationEvents) expect(event).toMatch(/^workspaceContains:\S+$/);
  });

  it('has few settings, each with a description, a scope, a default and a place in the order', () => {
    expect(settings.length).toBeLessThanOrEqual(25);
    for (const [name, setting] of settings) {
      expect(setting, name).toMatchObject({
        markdownDescription: expect.stringMatching(/^%.+%$/),
        scope: expect.stringMatching(/^(resource|window|machine-overridable|application)$/),
        order: expect.any(Number),
      });
      expect(setting.default, name).toBeDefined();
      expect(setting.markdownEnumDescriptions?.length, name).toBe(setting.enum?.length);
    }
    expect(new Set(settings.map(([, { order }]) => order)).size).toBe(settings.length);
  });

  it('has a setting for everything that the server reads, with the same default', () => {
    const texts = ['index.folder', 'embedding.model'];
    const switches = ['hover', 'codeLens', 'diagnostics', 'documentLinks'].map((name) => `${name}.enabled`);
    for (const name of texts) expect(contributes.configuration.properties[`lintel.${name}`]?.default, name).toBe('');
    for (const name of switches) expect(contributes.configuration.properties[`lintel.${name}`]?.default, name).toBe(true);
  });

  it('ignores in Restricted Mode what the workspace says about folders and models', () => {
    expect(sorted(manifest.capabilities.untrustedWorkspaces.restrictedConfigurations)).toEqual([
      'lintel.embedding.model',
      'lintel.index.folder',
    ]);
  });

  it('lets no workspace turn on, or point elsewhere, what sends text to a language model', () => {
    const sending = settings.filter(([name]) => /^lintel\.(?:answers|chat)\./.test(name));
    expect(sending.length).toBeGreaterThan(3);
    for (const [name, { scope }] of sending) expect(scope, name).toBe('application');
  });

  it('puts every command under Lintel, and binds a key to search alone', () => {
    for (const { command, category } of contributes.commands) expect(category, command).toBe('Lintel');
    expect(contributes.keybindings.map(({ command }) => command)).toEqual(['lintel.search']);
  });

  it('names only commands that exist in its menus, and says in each place when', () => {
    for (const [menu, items] of Object.entries(contributes.menus)) {
      for (const { command, when } of items) {
        expect(ids, menu).toContain(command);
        expect(when, `${menu} ${command}`).toBeTruthy();
      }
    }
  });

  it('has a welcome text for every state in which Why this code is empty', () => {
    const conditions = contributes.viewsWelcome.map(({ when }) => when).join('\n');
    for (const state of ['noEditor', 'loading', 'nothing', 'failed']) expect(conditions).toContain(`lintel.why.state == ${state}`);
    for (const phase of ['starting', 'indexing', 'failed', 'noRecords']) expect(conditions).toContain(`lintel.phase == ${phase}`);
    for (const key of ['lintel.server == dead', '!lintel.git', '!isWorkspaceTrusted', 'workspaceFolderCount == 0'])
      expect(conditions).toContain(key);
  });

  it('names only files that exist', () => {
    const media = contributes.walkthroughs.flatMap(({ steps }) =>
      steps.flatMap(({ media: { altText: _, ...files } }) => Object.values(files)),
    );
    const icons = Object.values(contributes.views).flatMap((views) => views.map(({ icon }) => icon));
    for (const file of [manifest.icon, ...media, ...icons]) expect(existsSync(join(root, file)), file).toBe(true);
  });

  it('lets every step of the walkthrough be completed', () => {
    for (const { completionEvents } of contributes.walkthroughs.flatMap(({ steps }) => steps)) expect(completionEvents).not.toEqual([]);
  });
});

describe('the texts', () => {
  it('of the manifest are all in package.nls.json, and no other is', () => {
    const used = new Set([...manifestText.matchAll(/"%([^%"]+)%"/g)].map(([, key]) => key ?? ''));
    expect(sorted(used)).toEqual(sorted(Object.keys(json('package.nls.json'))));
  });

  it('of the client are all in the bundle, and no other is', () => {
    expect(sorted(Object.keys(json('l10n/bundle.l10n.json')))).toEqual(sorted(translated()));
  });

  it.each([
    ['package.nls.json', 'package.nls.de.json'],
    ['l10n/bundle.l10n.json', 'l10n/bundle.l10n.de.json'],
  ])('of %s are all in German, with the same places, commands and links', (english, german) => {
    const from = json(english);
    const to = json(german);
    expect(sorted(Object.keys(to))).toEqual(sorted(Object.keys(from)));
    for (const [key, text] of Object.entries(from)) {
      expect(to[key]?.trim(), key).toBeTruthy();
      expect(places(to[key] ?? ''), key).toEqual(places(text));
      expect(links(to[key] ?? ''), key).toEqual(links(text));
    }
  });

  it('run only commands that exist', () => {
    for (const [key, text] of Object.entries(json('package.nls.json'))) {
      for (const target of links(text)) {
        const command = target.slice('command:'.length).split('?')[0] ?? '';
        if (command.startsWith('lintel.')) expect(ids, key).toContain(command);
      }
    }
  });
});
