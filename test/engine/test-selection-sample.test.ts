import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { materialise } from '../../kb-samples/materialise.mjs';
import { openEngine } from '../../server/engine/engine.ts';
import type { Engine } from '../../server/model/engine.ts';
import type { SelectedTest, TestEvidence } from '../../server/model/selection.ts';
import { temporaryFolder } from '../support/folder.ts';
import { git } from '../support/git.ts';

const work = temporaryFolder('lintel-sample-selection');
const folder = join(work.path, 'shop');
let engine: Engine;

beforeAll(async () => {
  await materialise(folder);
  engine = await openEngine({ folder, indexFolder: join(work.path, 'index') });
});
afterAll(async () => {
  await engine.dispose();
  work.remove();
});

/** What is selected while a file says something else. */
const selectedWith = async (path: string, from: string, to: string): Promise<readonly SelectedTest[]> => {
  const text = readFileSync(join(folder, path), 'utf8');
  expect(text).toContain(from);
  writeFileSync(join(folder, path), text.replace(from, to));
  try {
    return (await engine.selectTests({ diff: { of: 'work-tree' } })).selected;
  } finally {
    git(folder, ['checkout', '-q', '.']);
  }
};
const reasonsOf = (selected: readonly SelectedTest[], spec: string): readonly TestEvidence[] =>
  selected.find(({ item }) => item.path === `e2e/tests/${spec}.spec.ts`)?.evidence ?? [];

describe('in the sample shop, the structure of the code selects the tests of', () => {
  it('a component, by the page that shows it and the route of the page', async () => {
    const selected = await selectedWith('storefront/web/src/components/SlotPicker.tsx', 'left)', 'still free)');
    expect(reasonsOf(selected, 'delivery-slots')).toContainEqual(
      expect.objectContaining({
        kind: 'visits',
        route: '/checkout',
        via: ['storefront/web/src/components/SlotPicker.tsx', 'storefront/web/src/pages/CheckoutPage.tsx', 'storefront/web/src/App.tsx'],
        documentSpan: { start: { line: 6, character: 19 }, end: { line: 6, character: 28 } },
      }),
    );
  });

  it('code of a service, across another service and its language', async () => {
    const selected = await selectedWith('services/inventory/app/ledger.py', 'def ', 'def  ');
    const [first] = reasonsOf(selected, 'stock-count');
    expect(first).toMatchObject({
      kind: 'visits',
      via: [
        'services/inventory/app/ledger.py',
        'services/inventory/app/store.py',
        'services/inventory/app/stock_routes.py',
        'storefront/bff/src/routes/stock-counts.ts',
      ],
    });
    expect(first?.explanation).toMatch(
      /^calls \*\*\/api\/stock\/\S+; storefront\/bff\/src\/routes\/stock-counts\.ts serves it by way of store\.py and stock_routes\.py with services\/inventory\/app\/ledger\.py, which changed$/,
    );
  });

  it('a worker, by the event that another service publishes, and the component at the root that asks for it', async () => {
    const selected = await selectedWith('services/notifications/worker/newsletter.py', 'token_urlsafe(24)', 'token_urlsafe(32)');
    expect(reasonsOf(selected, 'newsletter')).toContainEqual(
      expect.objectContaining({
        kind: 'visits',
        route: '/',
        via: [
          'services/notifications/worker/newsletter.py',
          'services/notifications/worker/handlers.py',
          'storefront/bff/src/routes/newsletter.ts',
          'storefront/web/src/components/Newsletter.tsx',
          'storefront/web/src/pages/HomePage.tsx',
          'storefront/web/src/App.tsx',
        ],
      }),
    );
  });

  it('a helper of several handlers, by every page that asks for one of their routes', async () => {
    const selected = await selectedWith('storefront/bff/src/routes/catalogue.ts', 'Math.max(0, level.on_hand', 'Math.max(1, level.on_hand');
    const pages = selected.flatMap(({ evidence }) => evidence.flatMap((one) => (one.kind === 'visits' ? [one.via[1]] : [])));
    expect(new Set(pages)).toEqual(new Set(['storefront/web/src/pages/ProductPage.tsx', 'storefront/web/src/pages/CataloguePage.tsx']));
  });

  it('an operation of OpenAPI, by its clients', async () => {
    const selected = await selectedWith('contracts/openapi/orders.yaml', 'operationId: announceReturn', 'operationId: sendBack');
    expect(reasonsOf(selected, 'returns')).toContainEqual(
      expect.objectContaining({
        kind: 'visits',
        route: '**/api/returns',
        via: ['contracts/openapi/orders.yaml', 'storefront/bff/src/routes/returns.ts'],
      }),
    );
  });

  it('a call of gRPC, by the services between it and what the test waits for', async () => {
    const selected = await selectedWith(
      'contracts/proto/halden/inventory/v1/reservations.proto',
      'rpc Reserve(ReserveRequest) returns (ReserveResponse);',
      'rpc Reserve(ReserveRequest) returns (stream ReserveResponse);',
    );
    const visit = reasonsOf(selected, 'out-of-stock').find(({ kind }) => kind === 'visits');
    const via = visit?.kind === 'visits' ? visit.via : [];
    expect(visit).toMatchObject({ route: '**/api/checkout' });
    expect(via).toContain('services/orders/src/clients/inventory.ts');
    expect(via.at(-1)).toBe('storefront/bff/src/routes/checkout.ts');
  });

  it('a translation, by the text that it shows', async () => {
    const selected = await selectedWith('storefront/web/src/texts.ts', 'This card has expired.', 'Your card has expired.');
    expect(reasonsOf(selected, 'payment-declined').map(({ kind }) => kind)).toContain('selects');
  });
});
