import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { GIT_ENVIRONMENT, shopRepository, temporaryFolder } from './sample-repository.ts';

const SERVER = process.env.LINTEL_TEST_SERVER ?? join(import.meta.dirname, '../../server/lsp/main.ts');

const outcome = z.looseObject({
  status: z.looseObject({ repositories: z.array(z.looseObject({ state: z.literal('ready'), git: z.literal(true) })) }),
  hover: z.looseObject({ contents: z.looseObject({ kind: z.string(), value: z.string() }) }),
  links: z.array(z.looseObject({ target: z.string() })),
  lenses: z.array(z.looseObject({ command: z.looseObject({ title: z.string() }) })),
  diagnostics: z.array(z.looseObject({ code: z.string(), source: z.literal('Lintel') })),
  shown: z.array(z.string()),
  root: z.string(),
  stopped: z.boolean(),
});

/** The configurations that the page gives, by the heading above them, with our server in place of the installed one. */
const configurationFor = (version: readonly [number, number]): string => {
  const page = readFileSync(join(import.meta.dirname, '../../docs/language-server.md'), 'utf8');
  const heading = version[0] > 0 || version[1] >= 11 ? 'Neovim 0.11 and newer:' : 'Neovim 0.7 to 0.10:';
  const lua = page.split(heading)[1]?.split('```lua\n')[1]?.split('```')[0] ?? '';
  expect(lua).toContain("'lintel-language-server', '--stdio'");
  return lua.replaceAll("'lintel-language-server', '--stdio'", `'${process.execPath}', '${SERVER}', '--stdio'`);
};

const neovim = process.env.NVIM ?? 'nvim';

const versionOfNeovim = (): readonly [number, number] => {
  const [, major, minor] = /^NVIM v(\d+)\.(\d+)/.exec(spawnSync(neovim, ['--version'], { encoding: 'utf8' }).stdout ?? '') ?? [];
  return [Number(major ?? 0), Number(minor ?? 0)];
};

it('Neovim, configured as the page says, gets hovers, links, lenses and diagnostics', () => {
  const shop = shopRepository();
  const config = join(temporaryFolder(), 'lintel.lua');
  writeFileSync(config, configurationFor(versionOfNeovim()));
  const { error, status, stdout, stderr } = spawnSync(
    neovim,
    ['--headless', '--clean', '-n', '-c', `luafile ${join(import.meta.dirname, 'neovim.lua')}`],
    {
      encoding: 'utf8',
      timeout: 110_000,
      env: {
        ...process.env,
        ...GIT_ENVIRONMENT,
        XDG_CACHE_HOME: temporaryFolder(),
        XDG_STATE_HOME: temporaryFolder(),
        CONFIG: config,
        ROOT: shop.root,
        FILE: 'services/orders/src/outbox.ts',
        RECORD: 'docs/adr/0004-sort-the-shelves.md',
      },
    },
  );
  if (error !== undefined && 'code' in error && error.code === 'ENOENT')
    throw new Error('Neovim is not installed, and this test needs it. On Debian: apt-get install neovim.');
  expect({ error, status, stderr }).toEqual({ error: undefined, status: 0, stderr: expect.any(String) });
  const printed = outcome.parse(JSON.parse(stdout.trim().split('\n').at(-1) ?? ''));
  expect(printed.root).toBe(shop.root);
  expect(printed.hover.contents.value).toContain('Keep orders in PostgreSQL');
  expect(printed.shown.join('\n')).not.toContain('\\');
  expect(printed.shown.length).toBeGreaterThan(0);
  expect(printed.links.map(({ target }) => target)).toEqual([
    shop.uri('docs/adr/0001-keep-orders-in-postgresql.md'),
    shop.uri('docs/adr/0002-send-events-through-kafka.md'),
  ]);
  expect(printed.lenses[0]?.command.title).toMatch(/govern/);
  expect(printed.diagnostics.length).toBeGreaterThan(0);
  expect(printed.stopped).toBe(true);
  shop.remove();
}, 120_000);
