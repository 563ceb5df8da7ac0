import type { Application } from './application.ts';
import { type MochaApplication, openMocha } from './mocha-app.ts';
import { openShop } from './shop.ts';

/** The editor of texts that many write at once: a server with an HTTP API, pads, plugins and a socket; its API suite uses supertest. */
const ETHERPAD: MochaApplication = {
  name: 'etherpad',
  repository: 'ether/etherpad-lite',
  commit: 'b827f5b3d93bc79fc9014c7d9f8b900956b8af65',
  install: [
    ['npm', 'install', '--prefix', '../tools', '--no-audit', '--no-fund', '--ignore-scripts', 'pnpm@10.34.9'],
    [
      '../tools/node_modules/.bin/pnpm',
      'install',
      '--frozen-lockfile',
      '--ignore-scripts',
      '--filter',
      'ep_etherpad-lite',
      '--filter',
      'etherpad',
    ],
  ],
  copies: [['src/tests/settings.json', 'settings.json']],
  // Its tests are named like no tests, and its browser tests are not run here.
  settings:
    "tests:\n  globs: ['/src/tests/backend/specs/**/*.ts']\n  exclude: ['/src/tests/frontend-new/**', '/src/tests/backend-new/**']\n",
  // Its tests rest on one another, and one of them is left out.
  unstable: ['src/tests/backend/specs/api/importexport.ts'],
  cwd: 'src',
  options: ['--import=tsx', '--timeout', '15000', '--recursive'],
  specs: ['tests/backend/specs/**/*.ts'],
  env: { NODE_ENV: 'production' },
  most: 240_000,
  partOf: (path) => (/^src\/node\/.*\.ts$/.test(path) ? path.split('/').slice(0, 3).join('/') : undefined),
};

/** The web framework; its suite sends requests to applications with supertest. */
const EXPRESS: MochaApplication = {
  name: 'express',
  repository: 'expressjs/express',
  commit: 'a3714473feb3d2908add734d340e7755fd85e0a3',
  install: [['npm', 'install', '--no-audit', '--no-fund', '--ignore-scripts', '--no-package-lock']],
  copies: [],
  // Its tests are named like no tests: res.send.js.
  settings: "tests:\n  globs: ['/test/*.js']\n",
  unstable: [],
  cwd: '.',
  options: ['--require', 'test/support/env', '--timeout', '15000'],
  specs: ['test/*.js', 'test/acceptance/*.js'],
  env: {},
  most: 90_000,
  partOf: (path) => (/^(lib|examples)\/.*\.js$/.test(path) ? path.split('/')[0] : undefined),
};

const OPENERS: Readonly<Record<string, (scratch: string) => Promise<Application>>> = {
  shop: openShop,
  etherpad: (scratch) => openMocha(ETHERPAD, scratch),
  express: (scratch) => openMocha(EXPRESS, scratch),
};

/** Applications whose suites can be run here. */
export const APPLICATIONS: readonly string[] = Object.keys(OPENERS);

export const openApplication = (name: string, scratch: string): Promise<Application> => {
  const open = OPENERS[name];
  if (!open) throw new Error(`There is no application "${name}".`);
  return open(scratch);
};
