import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resolvePath } from '../../../server/knowledge/paths.ts';
import { recordName } from '../../../server/knowledge/record-name.ts';
import { decodeText } from '../../../server/text/decode.ts';
import { lineIndex } from '../../../server/text/lines.ts';

const utf16 = (text: string, big: boolean): Uint8Array => {
  const bytes = Buffer.from(`\uFEFF${text}`, 'utf16le');
  return big ? bytes.swap16() : bytes;
};

describe('bytes of a file', () => {
  it.each([
    ['UTF-8', Buffer.from('Größe ✅')],
    ['UTF-8 with a byte order mark', Buffer.from('\uFEFFGröße ✅')],
    ['UTF-16, little end first', utf16('Größe ✅', false)],
    ['UTF-16, big end first', utf16('Größe ✅', true)],
  ])('are read as %s without a problem and without the mark', (_name, bytes) => {
    expect(decodeText(bytes)).toEqual({ text: 'Größe ✅', findings: [] });
  });

  it('that are no UTF-8 are read as Windows-1252, with a problem at the first letter concerned', () => {
    const decoded = decodeText(Buffer.from('Titel\nder Gr\xf6\xdfe \x80 5\n', 'latin1'));
    expect(decoded).toMatchObject({
      text: 'Titel\nder Größe € 5\n',
      findings: [
        { rule: 'wrong-encoding', severity: 'warning', span: { start: { line: 1, character: 6 }, end: { line: 1, character: 7 } } },
      ],
    });
  });

  it('that hold a NUL are binary', () => {
    expect(decodeText(Buffer.from('PNG\0\r\n'))).toEqual({ binary: true });
    expect(decodeText(Buffer.from([0xff, 0xfe, 0, 0, 65, 0, 0, 0]))).toEqual({ binary: true });
  });

  it('may be none', () => {
    expect(decodeText(new Uint8Array())).toEqual({ text: '', findings: [] });
  });

  it('are always decoded', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const decoded = decodeText(bytes);
        expect('binary' in decoded || typeof decoded.text === 'string').toBe(true);
      }),
    );
  });
});

describe('places in a text', () => {
  it('count lines that end in any way, in UTF-16 units', () => {
    const lines = lineIndex('a\r\n💥b\rc\n');
    expect(lines.count).toBe(4);
    expect(lines.position(5)).toEqual({ line: 1, character: 2 });
    expect(lines.offset({ line: 1, character: 2 })).toBe(5);
    expect(lines.position(2)).toEqual({ line: 0, character: 1 });
    expect(lines.offset({ line: 0, character: 99 })).toBe(1);
    expect(lines.offset({ line: 99, character: 0 })).toBe(9);
  });

  it('lead back to the same offset', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', '\n', '\r', '💥') }), fc.nat(30), (text, at) => {
        const lines = lineIndex(text);
        const offset = Math.min(at, text.length);
        const back = lines.offset(lines.position(offset));
        // Between a carriage return and its line feed there is no place of its own.
        expect(back).toBe(text[offset] === '\n' && text[offset - 1] === '\r' ? offset - 1 : offset);
      }),
    );
  });
});

describe('the name of a record', () => {
  it.each([
    ['docs/adr/adr-007-use-kafka.md', '7', 'use-kafka', 'adr'],
    ['docs/adr/adr0007-use-kafka.md', '7', 'use-kafka', 'adr'],
    ['docs/adr/0007-use-kafka.md', '7', 'use-kafka', 'adr'],
    ['docs/adr/7-use-kafka.md', '7', 'use-kafka', 'adr'],
    ['docs/adr/0010_audit_logging.rst', '10', 'audit-logging', 'adr'],
    ['docs/adr/2021-06-05_011-use-kafka.md', '11', 'use-kafka', 'adr'],
    ['docs/adr/2022-02-03-use-kafka.md', undefined, 'use-kafka', 'adr'],
    ['docs/adr/20200924-use-kafka.md', undefined, 'use-kafka', 'adr'],
    ['docs/adr/20220118.use-kafka.md', undefined, 'use-kafka', 'adr'],
    ['docs/adr/2022-02-03-5-whys.md', undefined, '5-whys', 'adr'],
    ['docs/adr/2021-roadmap.md', undefined, '2021-roadmap', 'adr'],
    ['rfcs/2021-roadmap.md', '2021', 'roadmap', 'rfc'],
    ['docs/rfc-12-prices.md', '12', 'prices', 'rfc'],
    ['docs/rfc/rfc-012-prices.md', '12', 'prices', 'rfc'],
    ['docs/adr/ADR-0082.md', '82', 'adr-0082', 'adr'],
    ['docs/adr/0000-use-records.md', '0', 'use-records', 'adr'],
    ['docs/adr/003-release/index.md', '3', 'release', 'adr'],
    ['docs/adr/2025-02-05-sign-webhooks/README.md', undefined, 'sign-webhooks', 'adr'],
    ['keps/1234-sidecars/README.md', '1234', 'sidecars', 'kep'],
    ['docs/adr/A-13-expired-keys.md', '13', 'expired-keys', 'a'],
    ['docs/adr/ADR-A13-keys.md', '13', 'keys', 'a'],
    ['docs/adr/UI-004-forms.md', '4', 'forms', 'ui'],
    ['docs/adr/be-0012-queues.md', '12', 'queues', 'be'],
    ['docs/adr/D042.md', '42', 'd042', 'd'],
    ['kips/KIP-500.md', '500', 'kip-500', 'kip'],
    ['peps/pep-0008.rst', '8', 'pep-0008', 'pep'],
    ['text/0012-traits.md', '12', 'traits', 'rfc'],
    ['docs/adr/UTF-8-everywhere.md', undefined, 'utf-8-everywhere', 'adr'],
    ['docs/adr/S3-buckets.md', undefined, 's3-buckets', 'adr'],
    ['docs/adr/ADR-S3-buckets.md', undefined, 'adr-s3-buckets', 'adr'],
    ['docs/adr/use-kafka.md', undefined, 'use-kafka', 'adr'],
    ['docs/adr/404-page.md', '404', 'page', 'adr'],
    ['README.md', undefined, 'readme', 'adr'],
    ['docs/adr/0007-größe-ändern.md', '7', 'größe-ändern', 'adr'],
  ])('%s', (path, number, slug, namespace) => {
    const name = recordName(path);
    expect([name.number, name.slug, name.namespace]).toEqual([number, slug, namespace]);
  });

  it('is found for any path', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (path) => void expect(recordName(path).number ?? '0').toMatch(/^\d{1,5}$/)));
  });
});

describe('a relative link', () => {
  it.each([
    ['docs/adr/1.md', '2.md', 'docs/adr/2.md'],
    ['docs/adr/1.md', './../x/2.md?raw#l', 'docs/x/2.md'],
    ['docs/adr/1.md', '/src/a.ts', 'src/a.ts'],
    ['docs/adr/1.md', '..\\x.md', 'docs/x.md'],
    ['docs/adr/1.md', '%zz.md', 'docs/adr/%zz.md'],
    ['1.md', '../x.md', undefined],
    ['docs/adr/1.md', '#anchor', undefined],
    ['docs/adr/1.md', 'https://example.com', undefined],
    ['docs/adr/1.md', '//example.com/x', undefined],
    ['docs/adr/1.md', '', undefined],
    ['docs/adr/1.md', '%00.md', undefined],
  ])('from %s to %j is %s', (from, target, path) => {
    expect(resolvePath(from, target)).toBe(path);
  });
});
