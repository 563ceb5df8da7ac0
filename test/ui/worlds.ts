import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EditorOptions, installExtension, startEditor } from '../../scripts/editor/editor.ts';
import { rows, VIEW } from './at-place.ts';
import type { UiTest } from './report.ts';
import { showFilters } from './search.ts';
import { eventually, openWorkbench, prepareHome, type Workbench } from './workbench.ts';

/** How an editor differs from that of the other tests. */
export interface World {
  readonly title: string;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly editor?: Pick<EditorOptions, 'trust' | 'locale'>;
  /** Fills the home before the editor starts, and returns what it opens: a folder, or a `.code-workspace` file beside the folder. */
  readonly prepare: (places: Places) => { readonly workspaceFile?: string };
  readonly run: (workbench: Workbench, places: Places) => Promise<void>;
}

export interface Places {
  /** Home of the editor. */
  readonly home: string;
  /** A copy of the sample that may be written to. */
  readonly shop: string;
  /** An empty folder. */
  readonly scratch: string;
}

const WIDTHS = [240, 480, 700] as const;
const PLACE = {
  file: 'services/orders/src/clients/payments.ts',
  text: 'idempotency-keys-for-payments',
  title: /Idempotency keys for payments/,
};

const pictures = async (workbench: Workbench, name: string): Promise<void> => {
  for (const width of WIDTHS) {
    await workbench.setSidebarWidth(width);
    await workbench.page.mouse.move(1_000, 780);
    await workbench.screenshot(`${name}-${width}`);
  }
};

/** The view answers for a place of the sample: the decision that the line cites governs it. */
const seeWhy = async (workbench: Workbench, view = VIEW, governing = 'Governing Decisions'): Promise<void> => {
  await workbench.openFile(PLACE.file, PLACE.text);
  await workbench.showLintel();
  await eventually(
    async () => (await rows(workbench, view).allInnerTexts()).join('\n'),
    (text) => text.includes(governing) && PLACE.title.test(text),
    60_000,
  );
};

const find = async ({ search }: Workbench, question: string, title: string | RegExp): Promise<void> => {
  await search.locator('#query').fill(question);
  await search.locator('.hit', { hasText: title }).first().waitFor({ timeout: 60_000 });
};

/** A language pack without texts: the editor runs in German and speaks English, so that what is German is ours. */
const installGerman = (home: string): void => {
  const pack = join(home, 'german.i18n.json');
  writeFileSync(pack, JSON.stringify({ version: '1.0.0', contents: {} }));
  const extensions = [{ extensionIdentifier: { id: 'test.german', uuid: '' }, version: '1.0.0' }];
  const german = { hash: 'test', label: 'Deutsch', extensions, translations: { vscode: pack } };
  mkdirSync(join(home, 'user'), { recursive: true });
  writeFileSync(join(home, 'user/languagepacks.json'), JSON.stringify({ de: german }));
};

const WORLDS: readonly World[] = [
  {
    title:
      'in German the views, the palette and the statuses are German; sentences about code and decisions stay as the server writes them',
    editor: { locale: 'de' },
    prepare: ({ home }) => {
      installGerman(home);
      return {};
    },
    run: async (workbench) => {
      const { page, search } = workbench;
      await workbench.showLintel();
      await search.locator('#state', { hasText: 'Fragen Sie in eigenen Worten' }).waitFor({ timeout: 60_000 });
      await showFilters(workbench);
      assert.equal(await search.locator('[data-kind="decision"]').innerText(), 'Entscheidungen');
      await seeWhy(workbench, 'Warum dieser Code.', 'Geltende Entscheidungen');
      await find(workbench, 'reserve stock before payment', /reserve stock/i);
      await pictures(workbench, 'german');
      await page.keyboard.press('F1');
      const row = (text: string) => page.locator('.quick-input-list .monaco-list-row', { hasText: text });
      await page.locator('.quick-input-widget input').fill('>Lintel: ');
      await row('End-to-End-Tests vorschlagen').waitFor();
      await workbench.screenshot('german-palette');
      // The palette makes only the rows that are visible.
      await page.locator('.quick-input-widget input').fill('>Index von Grund');
      await row('Index von Grund auf neu erstellen').waitFor();
      await page.keyboard.press('Escape');
    },
  },
  {
    title: 'in restricted mode everything is shown, and what the workspace says about folders and models is ignored',
    settings: {
      'security.workspace.trust.enabled': true,
      'security.workspace.trust.startupPrompt': 'never',
      'security.workspace.trust.banner': 'always',
    },
    editor: { trust: true },
    prepare: ({ shop, scratch }) => {
      const settings = {
        'lintel.index.folder': join(scratch, 'index'),
        'lintel.embedding.model': 'someone/some-model',
        'lintel.hover.enabled': true,
      };
      mkdirSync(join(shop, '.vscode'), { recursive: true });
      writeFileSync(join(shop, '.vscode/settings.json'), JSON.stringify(settings));
      return {};
    },
    run: async (workbench, { scratch }) => {
      const { page } = workbench;
      await page.getByText('Restricted Mode').first().waitFor({ timeout: 30_000 });
      await seeWhy(workbench);
      await find(workbench, 'reserve stock before payment', /reserve stock/i);
      assert.equal(await page.locator('.notification-toast', { hasText: 'some-model' }).count(), 0);
      assert.ok(!existsSync(join(scratch, 'index')), 'the index folder of an untrusted workspace was made');
      await pictures(workbench, 'restricted');
    },
  },
  {
    title: 'two folders in one window are searched together, each place is answered by its own, and the status counts both',
    prepare: ({ shop, scratch }) => {
      const records = join(scratch, 'docs/decisions');
      mkdirSync(records, { recursive: true });
      writeFileSync(
        join(records, '0001-weigh-parcels-twice.md'),
        '# Weigh parcels twice\n\n## Status\n\nAccepted\n\n## Decision\n\nA parcel is weighed at the gate and again in the hall; `gate.ts` keeps both.\n',
      );
      writeFileSync(join(scratch, 'gate.ts'), '// See docs/decisions/0001-weigh-parcels-twice.md\nexport const gate = 1;\n');
      const workspaceFile = join(scratch, 'both.code-workspace');
      writeFileSync(workspaceFile, JSON.stringify({ folders: [{ path: shop }, { path: scratch, name: 'parcels' }] }));
      return { workspaceFile };
    },
    run: async (workbench) => {
      const { page } = workbench;
      await workbench.showLintel();
      await workbench.search.locator('#state', { hasText: 'Ask in your own words' }).waitFor({ timeout: 60_000 });
      await find(workbench, 'parcel weighed at the gate', 'Weigh parcels twice');
      await find(workbench, 'reserve stock before payment', /reserve stock/i);
      await seeWhy(workbench);
      await page.keyboard.press('Control+P');
      await page.locator('.quick-input-widget input').fill('gate.ts');
      await page.locator('.quick-input-list .monaco-list-row.focused', { hasText: 'gate.ts' }).waitFor();
      await page.keyboard.press('Enter');
      await eventually(
        async () => (await rows(workbench, VIEW).allInnerTexts()).join('\n'),
        (text) => /Weigh parcels twice/.test(text),
        20_000,
      );
      await pictures(workbench, 'two-folders');
      await workbench.command('Lintel: Show Index Status');
      await page.locator('.quick-input-list .monaco-list-row', { hasText: 'parcels' }).first().waitFor();
      await page.locator('.quick-input-list .monaco-list-row', { hasText: 'shop' }).first().waitFor();
      await workbench.screenshot('two-folders-status');
      await page.keyboard.press('Escape');
    },
  },
];

/** Tests in editors of their own, each with a fresh home and a copy of the sample. */
export const worldTests = (vsix: string, worlds: readonly World[] = WORLDS): readonly UiTest[] =>
  worlds.map(({ title, settings, editor: options, prepare, run }) => ({
    title,
    run: async ({ folder, out }) => {
      const scratch = mkdtempSync(join(tmpdir(), 'lintel-world-'));
      const places: Places = { home: join(scratch, 'home'), shop: join(scratch, 'shop'), scratch: join(scratch, 'parcels') };
      mkdirSync(places.scratch, { recursive: true });
      cpSync(folder, places.shop, { recursive: true });
      try {
        prepareHome(places.home, settings);
        const { workspaceFile } = prepare(places);
        await installExtension(places.home, vsix);
        const editor = await startEditor({ home: places.home, ...options });
        try {
          const at = { port: editor.port, folder: places.shop, out, home: places.home };
          const workbench = await openWorkbench(at, undefined, workspaceFile);
          try {
            await run(workbench, places).catch(async (error: unknown) => {
              await workbench.screenshot(`failed-${title.split(' ').slice(0, 3).join('-')}`);
              throw error;
            });
          } finally {
            await workbench.close();
          }
        } finally {
          await editor.stop();
        }
      } finally {
        rmSync(scratch, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
      }
    },
  }));
