import fc from 'fast-check';
import { marked } from 'marked';
import { describe, expect, it } from 'vitest';
import { below, forwardSlashes, nativePath, pathOfUri, uriOfPath } from '../../server/lsp/files.ts';
import { escapeMarkdown, type HoverText, oneLine, renderHover } from '../../server/lsp/render.ts';
import { DEFAULT_SETTINGS, readSettings } from '../../server/lsp/settings.ts';

const markdownOf = (hover: HoverText): string => renderHover(hover, true)?.value ?? '';

describe('text of a repository in a hover', () => {
  /** What VS Code's own Markdown library makes of a text: the kinds of its tokens, and what is read in the end. */
  const rendered = (markdown: string) => {
    const kinds = new Set<string>();
    marked.walkTokens(marked.lexer(markdown), ({ type }) => void kinds.add(type));
    return {
      kinds: [...kinds].filter((kind) => !['paragraph', 'text', 'escape', 'space', 'br'].includes(kind)),
      html: marked.parse(markdown),
    };
  };
  const html = (text: string) =>
    text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;');
  const words = fc
    .array(
      fc.oneof(
        fc.constantFrom(
          ...'[]()<>!`*_~\\&#+-=|:.@$ '.split(''),
          'img',
          'http://a.bc',
          'https:',
          'www.a.bc',
          'a@b.cd',
          '&amp;',
          '&#60;',
          '12.',
          '3)',
          '**',
          '__',
          '$(x)',
          '---',
          '<b>',
          'snake_case',
          'ß',
          '语',
        ),
        fc.string({ maxLength: 3 }),
      ),
      { maxLength: 12 },
    )
    .map((parts) => oneLine(parts.join('')))
    .filter((text) => text !== '');

  it('is shown as written: Markdown finds no markup, no link and no entity in it', () => {
    fc.assert(
      fc.property(words, (text) => {
        const { kinds, html: shown } = rendered(escapeMarkdown(text));
        expect(kinds).toEqual([]);
        expect(shown).toBe(`<p>${html(text)}</p>\n`);
      }),
      { numRuns: 2_000 },
    );
  });

  it('is shown as written behind the marks of a list, a quote and a bold title too', () => {
    fc.assert(
      fc.property(words, (text) => {
        expect(rendered(`- ${escapeMarkdown(text)}`).kinds).toEqual(['list', 'list_item']);
        expect(rendered(`> ${escapeMarkdown(text)}`).kinds).toEqual(['blockquote']);
      }),
      { numRuns: 2_000 },
    );
  });

  it('carries no more backslashes than it needs, because plain clients show them', () => {
    expect(escapeMarkdown('Bulk-First Ingestion Strategy.')).toBe('Bulk-First Ingestion Strategy.');
    expect(escapeMarkdown('video-availability (tri-state): a snake_case value, 50 % & more!')).toBe(
      'video-availability (tri-state): a snake_case value, 50 % & more!',
    );
  });

  it('cannot end its line, its title or its quote', () => {
    const hostile = 'x](command:evil)\n\n# Big\n<script>alert(1)</script>';
    const value = markdownOf({
      cards: [
        {
          title: hostile,
          uri: 'file:///a.md',
          status: '`x`',
          reasons: [hostile],
          quote: hostile,
          source: { uri: 'file:///a.md#L3', label: hostile },
        },
      ],
    });
    expect(value).not.toMatch(/(?<!\\)<script/);
    expect(value).not.toMatch(/^# Big/m);
    expect(value).not.toMatch(/(?<!\\)\]\(command:/);
    expect(value.split('\n')[0]).toContain('(<file:///a.md>)');
    const [, quote, reasons, ...others] = value.split('\n\n');
    expect(others).toEqual([]);
    for (const line of quote?.split('\n') ?? []) expect(line.startsWith('>')).toBe(true);
    expect(reasons?.split('\n')).toEqual([expect.stringMatching(/^- /)]);
  });

  it('comes without Markdown for clients that show none', () => {
    const cards = [{ title: 'Use *ropes*', status: 'accepted', reasons: ['cited here'], quote: 'We use\nropes.' }];
    const links = [{ label: 'Why this code', uri: 'command:x' }];
    expect(renderHover({ cards, links, note: 'The end.' }, false)).toEqual({
      kind: 'plaintext',
      value: 'Use *ropes* [accepted]\n  We use\n  ropes.\n- cited here\n\nThe end.',
    });
  });

  it('shows names of a reason as code, and everything else of it as written', () => {
    expect(markdownOf({ cards: [{ title: 'x', reasons: ['names `orders/<outbox>`, used in *bold* `odd'] }] })).toBe(
      '**x**\n\n- names `orders/<outbox>`, used in \\*bold\\* \\`odd',
    );
  });

  it('keeps the paragraphs of a quote, its source and the links below in one piece', () => {
    const card = { title: 'x', reasons: [], quote: 'We use:\n\n* ropes', source: { uri: 'file:///a b.md#L7', label: 'a b.md:7' } };
    const links = [{ label: 'Why', uri: 'command:y' }];
    expect(markdownOf({ cards: [card], links, note: 'Late.' })).toBe(
      '**x**\n\n> We use:\n>\n> \\* ropes\n>\n> [a b.md:7](<file:///a%20b.md#L7>)\n\n---\n\n[Why](<command:y>) · *Late.*',
    );
  });

  it('has a title even where the document has none', () => {
    expect(markdownOf({ cards: [{ title: ' \n ', reasons: [] }] })).toBe('**Untitled**');
    expect(oneLine(' a\n\tb\u0007 ')).toBe('a b');
  });
});

describe('addresses of files', () => {
  it('are read in every spelling of editors, and other schemes are not files', () => {
    expect(pathOfUri('file:///a/b%20c.ts')).toBe('/a/b c.ts');
    expect(pathOfUri('FILE:///a')).toBe('/a');
    for (const uri of ['untitled:1', 'vscode-vfs://github/a', 'http://x/y', '', 'file://%%%', 'file:///a%2Fb'])
      expect(pathOfUri(uri)).toBeUndefined();
  });

  it('come back the same for any path', () => {
    const name = fc.stringMatching(/^[^/\0\r\n\t]{1,20}$/).filter((part) => part !== '.' && part !== '..');
    fc.assert(
      fc.property(fc.array(name, { minLength: 1, maxLength: 4 }), (names) => {
        expect(pathOfUri(uriOfPath(`/${names.join('/')}`))).toBe(`/${names.join('/')}`);
      }),
    );
  });

  it('never throw, whatever a client sends', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.string().map((rest) => `file://${rest}`),
        ),
        (uri) => void pathOfUri(uri),
      ),
    );
  });

  it('are inside a folder or not, whatever their names begin with', () => {
    expect(below('/shop', '/shop/a/b.ts')).toBe('a/b.ts');
    expect(below('/shop', '/shop')).toBe('');
    expect(below('/shop', '/shop-2/a.ts')).toBeUndefined();
    expect(below('/shop/a', '/shop')).toBeUndefined();
    expect(below('/shop', '/shop/..a')).toBe('..a');
    expect(nativePath('/shop', forwardSlashes('a/b.ts'))).toBe('/shop/a/b.ts');
  });
});

describe('settings of a client', () => {
  it('fall back group by group, with a complaint that names the group', () => {
    const { settings, complaints } = readSettings({
      hover: { enabled: 'yes' },
      codeLens: { enabled: false },
      index: null,
      future: { x: 1 },
    });
    expect(settings).toEqual({ ...DEFAULT_SETTINGS, codeLens: false });
    expect(complaints).toHaveLength(1);
    expect(complaints[0]).toContain('lintel.hover.enabled');
  });

  it('treat an empty folder and an empty model as not set, and take every other value', () => {
    expect(readSettings({ index: { folder: '' }, embedding: { model: '' } }).settings).toEqual(DEFAULT_SETTINGS);
    expect(readSettings({ codeLens: { granularity: 'all' } }).settings).toEqual({ ...DEFAULT_SETTINGS, codeLensGranularity: 'all' });
    expect(readSettings({ index: { folder: '/x' }, embedding: { model: 'm' } }).settings).toMatchObject({ indexFolder: '/x', model: 'm' });
  });

  it('never break the server, whatever they are', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (sent) => {
        expect(Object.keys(readSettings(sent).settings)).toEqual(Object.keys(DEFAULT_SETTINGS));
      }),
    );
    expect(readSettings('x').complaints).toHaveLength(1);
    expect(readSettings(undefined).complaints).toEqual([]);
  });
});

describe('the lines of a hover', () => {
  const line = ['Governed by ', { label: '0014 *Transactional* outbox', uri: 'file:///a b.md' }, ' and 2 more decisions'];
  const links = [{ label: 'Why this code', uri: 'command:y' }];

  it('are one with the links and the note where there is no card', () => {
    expect(markdownOf({ cards: [], lines: [line], links, note: 'Late.' })).toBe(
      'Governed by [0014 \\*Transactional\\* outbox](<file:///a%20b.md>) and 2 more decisions · [Why this code](<command:y>) · *Late.*',
    );
    expect(renderHover({ cards: [], lines: [line], links, note: 'Late.' }, false)?.value).toBe(
      'Governed by 0014 *Transactional* outbox and 2 more decisions. Late.',
    );
  });

  it('stand below the cards, each on its own, before the links', () => {
    expect(markdownOf({ cards: [{ title: 'x', reasons: [] }], lines: [line, ['Second']], links })).toBe(
      '**x**\n\n---\n\nGoverned by [0014 \\*Transactional\\* outbox](<file:///a%20b.md>) and 2 more decisions\n\nSecond\n\n[Why this code](<command:y>)',
    );
  });

  it('cannot be broken or turned into markup by what a repository says', () => {
    const hostile = 'x](command:evil)\n\n# Big <script>';
    const value = markdownOf({ cards: [], lines: [[hostile, { label: hostile, uri: 'file:///a.md' }]] });
    expect(value.split('\n')).toHaveLength(1);
    expect(value).not.toMatch(/(?<!\\)(?:<script|\]\(command:)/);
  });

  it('do not make a hover of nothing but links', () => {
    expect(renderHover({ cards: [], links, note: 'Late.' }, true)).toBeUndefined();
  });
});
