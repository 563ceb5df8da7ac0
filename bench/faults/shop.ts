import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build } from 'esbuild';
import { materialise } from '../../kb-samples/materialise.mjs';
import {
  type Application,
  finished,
  freePorts,
  playwrightRun,
  type RunOptions,
  Service,
  type SuiteRun,
  wait,
  withoutTitles,
} from './application.ts';
import { type DoublePorts, type Doubles, openDoubles } from './shop-doubles.ts';
import { CHROMIUM_ARGUMENTS, chromium, postgres, run } from './shop-tools.ts';

const REPORTER = fileURLToPath(new URL('../../server/cli/runners/playwright.ts', import.meta.url));
const GLUE = join(dirname(fileURLToPath(import.meta.url)), 'shop');
/** npm packages of the shop and its suite. */
const PACKAGES = [
  '@playwright/test@1.65.1',
  '@axe-core/playwright@4.14.0',
  'fastify@5.12.8',
  'pg@8.23.1',
  'ulid@2.4.0',
  '@grpc/grpc-js@1.14.7',
  '@grpc/proto-loader@0.8.1',
  'graphql@16.15.0',
  'react@19.3.1',
  'react-dom@19.3.1',
];
const PYTHON_PACKAGES = ['fastapi', 'uvicorn', 'psycopg[binary]', 'grpcio', 'grpcio-tools'];
/** Whoever runs the database where root may not. */
const NOBODY = 65_534;
/** How many times longer than on an idle machine tests wait. */
const PATIENCE = Number(process.env.LINTEL_FAULTS_PATIENCE ?? '1');
/** The parts that really run; the Go service needs a compiler and is a double. */
const PARTS = ['storefront/web', 'storefront/bff', 'services/orders', 'services/inventory', 'services/notifications', 'libs'];

interface Client {
  connect(): Promise<void>;
  query(text: string): Promise<unknown>;
  end(): Promise<void>;
}

type Running = Pick<Application, 'apply' | 'run' | 'stop'>;

/** The sample shop in a scratch folder: its repository with its history; what it needs to run is installed when it starts. */
export async function openShop(scratch: string): Promise<Application> {
  mkdirSync(scratch, { recursive: true });
  chmodSync(scratch, 0o755);
  const folder = join(scratch, 'shop');
  if (existsSync(folder)) run('git', ['-C', folder, 'checkout', '--quiet', '--', '.'], scratch);
  await materialise(folder);
  let running: Running | undefined;
  const started = (): Running => {
    if (!running) throw new Error('The shop has not been started.');
    return running;
  };
  return {
    name: 'sample shop',
    folder,
    unstable: [],
    partOf: (path) => (/\.(ts|tsx|py)$/.test(path) ? PARTS.find((part) => path.startsWith(`${part}/`)) : undefined),
    start: async () => {
      running = await startShop(scratch, folder);
    },
    apply: (paths) => started().apply(paths),
    run: (options) => started().run(options),
    stop: async () => running?.stop(),
  };
}

async function startShop(scratch: string, folder: string): Promise<Running> {
  const out = join(scratch, 'build');
  const logs = join(scratch, 'logs');
  const data = join(scratch, 'database');
  for (const one of [out, logs]) mkdirSync(one, { recursive: true });
  if (!existsSync(join(scratch, 'node_modules/react-dom'))) {
    writeFileSync(join(scratch, 'package.json'), '{"private": true, "type": "module"}\n');
    run('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', ...PACKAGES], scratch);
  }
  const python = process.env.LINTEL_FAULTS_PYTHON ?? join(scratch, 'python/bin/python');
  if (!existsSync(python)) {
    run('python3', ['-m', 'venv', 'python'], scratch);
    run(python, ['-m', 'pip', 'install', '--quiet', ...PYTHON_PACKAGES], scratch);
  }
  const generated = join(out, 'python');
  mkdirSync(generated, { recursive: true });
  const contract = 'contracts/proto/halden/inventory/v1/reservations.proto';
  const proto = ['-m', 'grpc_tools.protoc', '-Icontracts/proto', `--python_out=${generated}`, `--grpc_python_out=${generated}`, contract];
  run(python, proto, folder);

  const names = ['edge', 'gateway', 'payments', 'broker', 'smtp', 'mailbox', 'bff', 'orders', 'inventory', 'grpc', 'database'] as const;
  const ports: DoublePorts & Record<(typeof names)[number], number> = await freePorts(names);
  const at = (port: number): string => `http://127.0.0.1:${port}`;
  const databaseUrl = `postgresql://market@127.0.0.1:${ports.database}/postgres`;

  const uid = process.getuid?.() === 0 ? NOBODY : undefined;
  rmSync(data, { recursive: true, force: true });
  mkdirSync(data);
  if (uid !== undefined) run('chown', [`${uid}:${uid}`, data], scratch);
  run(postgres('initdb'), ['-D', data, '-U', 'market', '--auth=trust', '--no-sync', '-E', 'UTF8', '--locale=C'], '/', uid);
  const settings = ['-c', 'fsync=off', '-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories=', '-p', String(ports.database)];
  const log = (name: string): string => join(logs, `${name}.log`);
  const database = new Service([postgres('postgres'), ['-D', data, ...settings]], {
    cwd: '/',
    env: {},
    log: log('database'),
    ...(uid === undefined ? {} : { uid }),
  });

  const { Client: PgClient } = createRequire(join(scratch, 'package.json'))('pg') as { Client: new (options: object) => Client };
  const withDatabase = async (work: (client: Client) => Promise<unknown>): Promise<void> => {
    const client = new PgClient({ connectionString: databaseUrl });
    await client.connect();
    await work(client).finally(() => client.end());
  };

  // A slot opens four hours before it starts: for the service it is early in the morning of the day that the browser knows.
  const hours = Math.max(0, new Date().getUTCHours() - 1);
  const common = { PYTHONDONTWRITEBYTECODE: '1', DATABASE_URL: databaseUrl, NATS_URL: at(ports.broker), ORDERS_URL: at(ports.orders) };
  const node = { ...common, TOKEN_URL: at(ports.gateway), RESERVATIONS_PROTO: join(folder, contract) };
  const services = {
    'services/orders': new Service(
      [process.execPath, [join(out, 'orders.mjs')]],
      {
        cwd: folder,
        env: { ...node, PORT: String(ports.orders), PAYMENTS_URL: at(ports.payments), INVENTORY_ADDRESS: `127.0.0.1:${ports.grpc}` },
        log: log('orders'),
      },
      `${at(ports.orders)}/health`,
    ),
    'services/inventory': new Service(
      [python, [join(GLUE, 'python/inventory_main.py')]],
      {
        cwd: folder,
        env: {
          ...common,
          PORT: String(ports.inventory),
          GRPC_PORT: String(ports.grpc),
          PYTHONPATH: `${join(folder, 'services/inventory')}:${generated}`,
          TZ: `SHOP+${hours}`,
        },
        log: log('inventory'),
      },
      `${at(ports.inventory)}/health`,
    ),
    'services/notifications': new Service([python, ['-m', 'worker.main']], {
      cwd: folder,
      env: {
        ...common,
        SMTP_HOST: '127.0.0.1',
        SMTP_PORT: String(ports.smtp),
        PYTHONPATH: `${join(folder, 'services/notifications')}:${join(GLUE, 'python')}`,
      },
      log: log('notifications'),
    }),
    'storefront/bff': new Service(
      [process.execPath, [join(out, 'bff.mjs')]],
      {
        cwd: folder,
        env: {
          ...node,
          PORT: String(ports.bff),
          GRAPHQL_SCHEMA: join(folder, 'contracts/graphql/storefront.graphql'),
          INVENTORY_URL: at(ports.inventory),
          GATEWAY_SECRET: 'gateway',
          TEST_MAILBOX_URL: at(ports.mailbox),
          FJORDPAY_TEST_URL: at(ports.payments),
          FLAGS: '{"delivery-slots": "on", "returns-portal": "on"}',
        },
        log: log('bff'),
      },
      `${at(ports.bff)}/health`,
    ),
  } as const;
  const builds: Readonly<Record<string, BuildOptions>> = {
    'storefront/web': { entryPoints: [join(GLUE, 'web-entry.mjs')], outfile: join(out, 'app.js'), platform: 'browser' },
    'storefront/bff': { entryPoints: [join(folder, 'storefront/bff/src/server.ts')], outfile: join(out, 'bff.mjs') },
    'services/orders': { entryPoints: [join(folder, 'services/orders/src/server.ts')], outfile: join(out, 'orders.mjs') },
  };
  const bundle = (part: string): Promise<boolean> =>
    build({
      bundle: true,
      format: 'esm',
      platform: 'node',
      target: 'es2022',
      jsx: 'automatic',
      logLevel: 'silent',
      nodePaths: [join(scratch, 'node_modules')],
      define: { 'process.env.NODE_ENV': '"production"' },
      alias: {
        SHOP: folder,
        nats: join(GLUE, 'nats.mjs'),
        '@halden-market/flags': join(folder, 'libs/flags/src/index.ts'),
        '@halden-market/service-call': join(folder, 'libs/service-call/src/index.ts'),
      },
      external: part === 'storefront/web' ? [] : ['fastify', 'pg', 'ulid', '@grpc/*', 'graphql'],
      plugins: [
        {
          name: 'shop',
          setup: (hooks) => {
            hooks.onResolve({ filter: /\/generated\/halden\// }, () => ({ path: join(GLUE, 'reservations.mjs') }));
            // The services listen on every address of their container; here only on loopback.
            hooks.onLoad({ filter: /\/src\/server\.ts$/ }, ({ path }) => ({
              contents: readFileSync(path, 'utf8').replace('0.0.0.0', '127.0.0.1'),
              loader: 'ts',
            }));
          },
        },
      ],
      ...builds[part],
    }).then(
      () => true,
      () => false,
    );

  writeFileSync(
    join(scratch, 'playwright.config.ts'),
    `import base from './shop/e2e/playwright.config';
export default { ...base, testDir: './shop/e2e/tests', timeout: ${12_000 * PATIENCE}, expect: { timeout: ${4_000 * PATIENCE} }, retries: 0, outputDir: './results',
  ...(process.env.WITHOUT ? { grepInvert: new RegExp(process.env.WITHOUT) } : {}),
  reporter: [['json', { outputFile: './report.json' }], ...(process.env.SELECTION ? [[${JSON.stringify(REPORTER)}, { selection: process.env.SELECTION, root: './shop' }]] : [])],
  use: { ...base.use, trace: 'off', navigationTimeout: ${6_000 * PATIENCE}, actionTimeout: ${4_000 * PATIENCE},
    launchOptions: { executablePath: ${JSON.stringify(chromium())}, args: ${JSON.stringify(CHROMIUM_ARGUMENTS)} } } };\n`,
  );
  let doubles: Doubles | undefined;
  const inOrder = Object.values(services);
  /** Starts all, and says which do not answer. */
  const startAll = async (): Promise<readonly string[]> =>
    (await Promise.all(Object.entries(services).map(async ([part, service]) => ((await service.start()) ? [] : [part])))).flat();

  /** Services that have just started wait for each other no longer than for those that run: the first questions are not for a test to ask. */
  const warmUp = async (): Promise<void> => {
    for (let attempt = 0; attempt < 3; attempt += 1) {
      const answer = await fetch(`${at(ports.bff)}/api/products/FJE-HON-0003`, { signal: AbortSignal.timeout(10_000) }).catch(
        () => undefined,
      );
      if (answer?.ok) return;
    }
  };

  const stop = async (): Promise<void> => {
    await Promise.all(inOrder.map((service) => service.stop()));
    await doubles?.close();
    await database.stop('SIGINT');
  };
  try {
    await database.start();
    for (let attempt = 0; attempt < 100; attempt += 1) {
      const ready = await withDatabase(() => Promise.resolve()).then(
        () => true,
        () => false,
      );
      if (ready) break;
      await wait(100);
    }
    const migrations = join(folder, 'db/migrations');
    await withDatabase(async (client) => {
      for (const name of readdirSync(migrations).sort()) await client.query(readFileSync(join(migrations, name), 'utf8'));
    });
    doubles = openDoubles(ports, [out, GLUE]);
    for (const part of Object.keys(builds)) if (!(await bundle(part))) throw new Error(`${part} does not build`);
    const silent = await startAll();
    if (silent.length > 0) throw new Error(`${silent.join(' and ')} of the shop does not start; see ${logs}`);
  } catch (cause) {
    await stop();
    throw cause;
  }
  return {
    stop,
    async apply(paths) {
      const parts = new Set(paths.flatMap((path) => PARTS.find((one) => path.startsWith(`${one}/`)) ?? []));
      const shared = parts.has('libs');
      const bundles = Object.keys(builds).filter((part) => parts.has(part) || (shared && part !== 'storefront/web'));
      if (!(await Promise.all(bundles.map(bundle))).every(Boolean)) return false;
      // A backend that remembers answers of a broken service would carry the fault into the next run.
      const again = Object.entries(services).filter(([part]) => shared || part === 'storefront/bff' || parts.has(part));
      return (await Promise.all(again.map(([, service]) => service.start()))).every(Boolean);
    },
    async run({ specs = [], without = [], selection }: RunOptions = {}): Promise<SuiteRun> {
      doubles?.reset();
      await warmUp();
      await withDatabase((client) => client.query(readFileSync(join(GLUE, 'seed.sql'), 'utf8')));
      const report = join(scratch, 'report.json');
      rmSync(report, { force: true });
      const files = specs.map((spec) => spec.slice(spec.lastIndexOf('/') + 1));
      await finished(
        process.execPath,
        [join(scratch, 'node_modules/@playwright/test/cli.js'), 'test', '-c', join(scratch, 'playwright.config.ts'), ...files],
        {
          cwd: folder,
          env: {
            SHOP_URL: `http://localhost:${ports.edge}`,
            CI: '',
            ...withoutTitles(without),
            ...(selection === undefined ? {} : { SELECTION: selection }),
          },
          log: log('playwright'),
          most: 300_000 * PATIENCE,
        },
      );
      return playwrightRun(report, (name) => `e2e/tests/${name}`);
    },
  };
}
