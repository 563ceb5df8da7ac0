import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { hitOf, isHit } from '../../extension/hit-argument.ts';
import { kindName, statusName } from '../../extension/names.ts';
import { searchPage } from '../../extension/search/page.ts';
import { hitWith } from '../support/engine.ts';

const PAGE = { nonce: 'N0nce', cspSource: 'vscode-webview://x', script: 'x/main.js', style: 'x/main.css' };
const unescaped = (html: string): string => html.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));
const stringsIn = (html: string): Record<string, unknown> => JSON.parse(unescaped(/data-strings="([^"]*)"/.exec(html)?.[1] ?? '{}'));

describe('the page of the Search view', () => {
  it('allows its own script and style and nothing else', () => {
    const html = searchPage(PAGE);
    expect(html).toContain(`content="default-src 'none'; style-src vscode-webview://x; script-src 'nonce-N0nce'"`);
    expect(html.match(/<script[^>]*>/g)).toEqual(['<script nonce="N0nce" src="x/main.js">']);
    expect(html).not.toMatch(/ on\w+=|javascript:|style="/);
  });

  it('has a filter for each kind and status, all of them off', () => {
    const html = searchPage(PAGE);
    expect([...html.matchAll(/data-kind="(\w+)"/g)].map(([, kind]) => kind)).toEqual([
      'decision',
      'specification',
      'guide',
      'commit',
      'test',
    ]);
    expect([...html.matchAll(/data-status="(\w+)"/g)].map(([, status]) => status)).toEqual([
      'accepted',
      'proposed',
      'superseded',
      'deprecated',
      'rejected',
    ]);
    expect(html.match(/aria-pressed="false"/g)).toHaveLength(10);
    expect(html).not.toContain('aria-pressed="true"');
  });

  it('has its filters behind one button, folded', () => {
    const html = searchPage(PAGE);
    expect(html).toMatch(/<button type="button" id="funnel" aria-expanded="false" aria-controls="filters"[^>]*aria-label="Filters"/);
    expect(html).toContain('<div id="filters" class="folded">');
  });

  it('hands its texts to the script in one attribute, with their placeholders', () => {
    const strings = stringsIn(searchPage(PAGE));
    expect(strings).toMatchObject({ many: '{0} results for "{1}"', indexingPercent: 'Indexing this repository for the first time: {0}%' });
    expect(strings).toMatchObject({ status: { unknown: 'Unknown status' }, kind: { decision: 'Decision' } });
  });

  it('stays one page whatever the addresses of script and style contain', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('"', "'", '<', '>', '&', '/', 'a', '</script>') }), (address) => {
        const html = searchPage({ ...PAGE, script: address, style: address });
        expect(html.match(/<script/g)).toHaveLength(1);
        expect(unescaped(/src="([^"]*)"/.exec(html)?.[1] ?? '')).toBe(address);
        expect(unescaped(/href="([^"]*)"/.exec(html)?.[1] ?? '')).toBe(address);
      }),
    );
  });
});

describe('the names of kinds and statuses', () => {
  test.each([
    [kindName, 'guide', 'Guide'],
    [kindName, 'something new', 'something new'],
    [statusName, 'unknown', 'Unknown status'],
    [statusName, 'on hold', 'on hold'],
  ])('%o of "%s" is "%s": a value of a newer server is shown as it is', (name, value, expected) => {
    expect(name(value)).toBe(expected);
  });
});

describe('the argument of a command on a result', () => {
  const hit = hitWith();

  it('is a result from the tree, or an object around it from the Search view', () => {
    expect(isHit(hit)).toBe(true);
    expect(isHit({ hit, webviewSection: 'hit' })).toBe(true);
    expect(hitOf(hit)).toBe(hit);
    expect(hitOf({ hit })).toBe(hit);
  });

  test.each([[undefined], [null], ['file:///a.ts'], [{ scheme: 'file', path: '/a.ts' }], [{ title: 'x' }], [{ evidence: [] }]])(
    'is not %j, which the palette and the menus of the editor pass',
    (argument) => {
      expect(isHit(argument)).toBe(false);
    },
  );
});
