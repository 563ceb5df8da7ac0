import { describe, expect, it } from 'vitest';
import { labelsOf } from '../../server/selection/suite/labels.ts';
import { readSpec } from '../../server/selection/suite/reading/read-spec.ts';

const labels = async (path: string, text: string, declared: readonly string[] = []) =>
  labelsOf(path, text, await readSpec(path, text), declared);

describe('the tags of a spec', () => {
  it.each([
    [
      'pay.spec.ts',
      "test.describe('cart', { tag: '@shop' }, () => {\n  test('pays @smoke', { tag: ['@fast'] }, async () => {});\n  test('fails', async () => {});\n});\n",
      ['shop', 'smoke', 'fast'],
      ['shop'],
    ],
    [
      'pay.cy.ts',
      "describe('cart', { tags: ['@smoke', 'nightly'] }, () => {\n  it('pays', { tags: '@slow @ci' }, () => {});\n  it('fails', () => {});\n});\n",
      ['smoke', 'nightly', 'slow', 'ci'],
      ['smoke', 'nightly'],
    ],
    [
      'test_pay.py',
      "import pytest\npytestmark = [pytest.mark.e2e, pytest.mark.slow]\n@pytest.mark.smoke\ndef test_pays(page):\n    pass\n@pytest.mark.parametrize('a', [pytest.param(1, marks=pytest.mark.flaky)])\ndef test_fails(page):\n    pass\n",
      ['e2e', 'slow', 'smoke', 'flaky'],
      ['e2e', 'slow'],
    ],
    [
      'pay_spec.rb',
      "RSpec.describe 'cart', type: :system, critical: true do\n  it 'pays', :smoke do\n  end\n  it 'fails', retry: 3 do\n  end\nend\n",
      ['type:system', 'critical', 'smoke'],
      ['type:system', 'critical'],
    ],
    [
      'PayTest.java',
      '@Tag("shop")\nclass PayTest {\n  @Test @Tag("slow") void pays() {}\n  @Test(groups = {"ci", "nightly"}) void fails() {}\n  @Category(Smoke.class) @Test public void waits() {}\n}\n',
      ['shop', 'slow', 'ci', 'nightly', 'Smoke'],
      ['shop'],
    ],
    ['PayTest.kt', '@Tag("shop")\nclass PayTest {\n  @Test fun pays() {}\n}\n', ['shop'], ['shop']],
    [
      'PayTests.cs',
      '[TestFixture, Category("shop")]\npublic class PayTests {\n  [Test]\n  [Category("slow")]\n  public void Pays() {}\n  [Fact]\n  [Trait("Category", "ci")]\n  public void Fails() {}\n  [TestMethod, TestCategory("nightly")]\n  public void Waits() {}\n}\n',
      ['shop', 'slow', 'ci', 'nightly'],
      ['shop'],
    ],
    [
      'pay_test.go',
      '//go:build e2e\n\npackage e2e\n\nvar _ = Describe("cart", Label("shop"), func() {\n\tIt("pays", Label("slow", "ci"), func() {})\n\tIt("fails", func() {})\n})\n',
      ['e2e', 'shop', 'slow', 'ci'],
      ['e2e', 'shop'],
    ],
    [
      'pay.feature',
      '@shop\nFeature: Cart\n\n  @slow\n  Scenario: pays\n    Given a cart\n\n  Scenario: fails\n    Given a cart\n',
      ['shop', 'slow'],
      ['shop'],
    ],
    [
      'PayTest.php',
      "<?php\n#[Group('shop')]\nclass PayTest extends TestCase {\n  /** @group slow */\n  public function testPays() {}\n  public function testFails() {}\n}\n",
      ['shop', 'slow'],
      ['shop'],
    ],
  ])('of %s are read from its text, and those of all its tests are told apart', async (path, text, tags, tagsOfAll) => {
    expect(await labels(path, text)).toMatchObject({ tags, tagsOfAll });
  });

  it('that the configuration gives belong to all of its tests, with or without @', async () => {
    expect(await labels('e2e/pay.spec.ts', "test('pays', () => {});\n", ['@nightly'])).toEqual({
      title: 'pays',
      tags: ['nightly'],
      tagsOfAll: ['nightly'],
    });
  });

  it('belong to all where every test has one of its own', async () => {
    const text = "test('pays @smoke', () => {});\ntest('fails @smoke', () => {});\n";
    expect(await labels('pay.spec.ts', text)).toMatchObject({ tagsOfAll: ['smoke'] });
  });

  it('of one of two suites do not belong to all', async () => {
    const text = "describe('a', { tags: '@slow' }, () => {\n  it('x', () => {});\n});\ndescribe('b', () => {\n  it('y', () => {});\n});\n";
    expect(await labels('pay.cy.ts', text)).toMatchObject({ tags: ['slow'], tagsOfAll: [] });
  });
});

it('a spec without titles is called by its file name', async () => {
  expect(await labels('e2e/pay.spec.ts', '')).toEqual({ title: 'pay.spec.ts', tags: [], tagsOfAll: [] });
});
