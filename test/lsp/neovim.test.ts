import { spawnSync } from 'node:child_process';
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
  stopped: z.boolean(),
});

it('Neovim, a second client, gets hovers, links, lenses and diagnostics', () => {
  const shop = shopRepository();
  const { error, status, stdout, stderr } = spawnSync(
    'nvim',
    ['--headless', '--clean', '-n', '-c', `luafile ${join(import.meta.dirname, 'neovim.lua')}`],
    {
      encoding: 'utf8',
      timeout: 110_000,
      env: {
        ...process.env,
        ...GIT_ENVIRONMENT,
        XDG_CACHE_HOME: temporaryFolder(),
        XDG_STATE_HOME: temporaryFolder(),
        NODE: process.execPath,
        SERVER,
        ROOT: shop.root,
        FILE: 'services/orders/src/outbox.ts',
        RECORD: 'docs/adr/0004-sort-the-shelves.md',
      },
    },
  );
  if (error !== undefined && 'code' in error && error.code === 'ENOENT')
    throw new Error('Neovim is not installed, and this test needs it. On Debian: apt-get install neovim.');
  expect({ error, status, stderr }).toMatchObject({ error: undefined, status: 0 });
  const printed = outcome.parse(JSON.parse(stdout.trim().split('\n').at(-1) ?? ''));
  expect(printed.hover.contents.value.replace(/\\/g, '')).toContain('Keep orders in PostgreSQL');
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
