import { expect, it } from 'vitest';
import { readSpec } from '../../server/selection/suite/reading/read-spec.ts';
import { specDocument } from '../../server/selection/suite/spec-document.ts';

const TEXT = `import { test } from '@playwright/test';

test.describe('Returns', { tag: '@shop' }, () => {
  test('a refund is paid out', async ({ page }) => {
    await page.goto('/returns');
    await page.getByRole('button', { name: 'Pay out' }).click();
    await page.getByTestId('refund-total').click();
  });

  test('a return is refused', async ({ page, request }) => {
    await request.post('/api/returns');
  });
});
`;

it('a spec is a document with a section for each suite and test, at its lines, with what it says', async () => {
  const spec = { path: 'e2e/returns.spec.ts', framework: 'playwright', tags: ['nightly'] };
  const document = specDocument(spec, TEXT, await readSpec(spec.path, TEXT), 'test:e2e/returns.spec.ts', 'abc');
  expect(document).toMatchObject({ id: 'test:e2e/returns.spec.ts', kind: 'test', title: 'Returns', format: 'playwright', sha: 'abc' });
  expect(
    document.sections.map(({ headingPath, text, span }) => [headingPath.join(' > '), text.split('\n'), span.start.line, span.end.line]),
  ).toEqual([
    ['', ['@nightly'], 0, 1],
    ['Returns', ['Returns', '@shop'], 2, 2],
    ['Returns > a refund is paid out', ['a refund is paid out', '/returns', 'button "Pay out"', 'refund-total'], 3, 8],
    ['Returns > a return is refused', ['a return is refused', 'POST /api/returns'], 9, 13],
  ]);
});

it('a spec without titles is one section with what it says, and an empty one has its file name', async () => {
  const spec = { path: 'e2e/smoke.spec.ts', framework: 'puppeteer' };
  const text = "await page.goto('/cart');\n";
  expect(specDocument(spec, text, await readSpec(spec.path, text), 'x', '')).toMatchObject({
    title: 'smoke.spec.ts',
    sections: [{ heading: '', text: '/cart' }],
  });
  expect(specDocument(spec, '', await readSpec(spec.path, ''), 'x', '').sections).toEqual([]);
});
