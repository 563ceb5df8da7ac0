import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { UiTest } from './report.ts';
import { eventually, openWorkbench, THEMES, type Workbench } from './workbench.ts';

/** A server may die this often before it is left dead. */
const FORGIVEN = 4;

/** Opens another folder in a window of its own for the length of a test. */
const inFolder = async (
  { port, out, home }: Workbench,
  fill: (folder: string) => void,
  test: (other: Workbench) => Promise<void>,
): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'lintel-empty-'));
  try {
    fill(folder);
    const other = await openWorkbench({ port, folder, out, home });
    try {
      await test(other);
    } finally {
      await other.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/** A picture of a state in every theme, narrow and wide. */
const inAllThemes = async (workbench: Workbench, name: string): Promise<void> => {
  for (const theme of THEMES) {
    await workbench.setTheme(theme);
    for (const width of [240, 480]) {
      await workbench.setSidebarWidth(width);
      await workbench.screenshot(`${name}-${theme.replaceAll(' ', '-').toLowerCase()}-${width}`);
    }
  }
};

/** The process that started another; `undefined` where that one ended. The name in the second field may hold spaces and parentheses. */
const parentOf = (pid: number): number | undefined => {
  try {
    const written = /^.*\) \S (\d+)/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1];
    return written === undefined ? undefined : Number(written);
  } catch {
    return undefined;
  }
};

/**
 * Language servers that run from the extensions of this editor's home; other editors of the machine have other homes. A process that a server has just
 * forked for git has the command line of the server until it runs git, and is none.
 */
const servers = (home: string): number[] => {
  const found = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
        return command.includes(join(home, 'extensions')) && command.includes('dist/server.cjs');
      } catch {
        return false; // It ended meanwhile.
      }
    });
  return found.filter((pid) => {
    const parent = parentOf(pid);
    return parent !== undefined && !found.includes(parent);
  });
};

export const stateTests: readonly UiTest[] = [
  // First: an editor keeps the server of a window that was closed for a while, in case it is opened again.
  {
    title: 'a server that keeps dying is reported once, with a button that starts it again',
    run: async (workbench) => {
      const { page, search, home } = workbench;
      await workbench.showLintel();
      for (let death = 0; death <= FORGIVEN; death++) {
        const [pid] = await eventually(
          async () => servers(home),
          (all) => all.length === 1,
          20_000,
        );
        assert.ok(pid);
        assert.equal(await page.locator('.notification-toast', { hasText: 'Lintel' }).count(), 0);
        process.kill(pid, 'SIGKILL');
        await eventually(
          async () => servers(home),
          (all) => !all.includes(pid),
        );
      }
      const toast = page.locator('.notification-toast', { hasText: /The Lintel language server crashed \d+ times/ });
      await toast.waitFor();
      await search.locator('#state', { hasText: 'Lintel is not running' }).waitFor();
      await workbench.screenshot('state-dead');
      await inAllThemes(workbench, 'state-dead');
      await toast.getByRole('button', { name: 'Restart' }).click();
      await eventually(
        () => search.locator('#state').innerText(),
        (text) => !/not running|Starting|Indexing/.test(text),
        30_000,
      );
      assert.equal(servers(home).length, 1);
    },
  },
  {
    title: 'a folder without git and records is told so in both views, with a way on',
    run: (workbench) =>
      inFolder(
        workbench,
        (folder) => writeFileSync(join(folder, 'notes.txt'), 'Nothing to see.\n'),
        async (other) => {
          await other.showLintel();
          const state = other.search.locator('#state');
          await state.locator('button', { hasText: 'Get Started' }).waitFor({ timeout: 60_000 });
          await state.locator('button', { hasText: 'New Decision' }).waitFor();
          await other.pane('Why This Code').getByRole('button', { name: 'New Decision' }).waitFor();
          assert.match(await state.innerText(), /No decision records, specifications or commits found\./);
          assert.match(await state.innerText(), /Not a git repository/);
          await other.pane('Why This Code').getByText('This folder is not a git repository').waitFor();
          await other.screenshot('state-not-git');
        },
      ),
  },
  {
    title: 'a folder with records but without git is searched all the same, and the view says what is missing',
    run: (workbench) =>
      inFolder(
        workbench,
        (folder) => {
          const records = join(folder, 'docs/decisions');
          writeFileSync(join(folder, 'notes.txt'), 'Nothing to see.\n');
          mkdirSync(records, { recursive: true });
          writeFileSync(join(records, '0001-use-cents.md'), '# Use cents\n\n## Status\n\nAccepted\n\n## Decision\n\nPrices are cents.\n');
        },
        async (other) => {
          await other.showLintel();
          await other.search.locator('#state', { hasText: 'Not a git repository' }).waitFor({ timeout: 60_000 });
          await other.search.locator('#query').fill('prices');
          await other.search.locator('.hit', { hasText: 'Use cents' }).waitFor();
          await other.screenshot('state-no-git-but-record');
          await other.openFile('notes.txt', 'Nothing');
          const why = other.pane('Why This Code');
          await why.getByText('No decision governs this code').waitFor();
          await why.getByRole('button', { name: 'Link This Code to a Decision' }).waitFor();
          await inAllThemes(other, 'state-nothing');
        },
      ),
  },
];
