// Slow: the modules under test are loaded once more, with the paths of Windows; other tests must not see them.
import { win32 } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it, test, vi } from 'vitest';

// The modules under test see the paths of Windows: these are the functions that they would have there.
vi.doMock('node:path', () => ({ ...win32, default: win32 }));
vi.doMock('node:url', async () => {
  const url = await vi.importActual<typeof import('node:url')>('node:url');
  return {
    ...url,
    fileURLToPath: (from: string | URL) => url.fileURLToPath(from, { windows: true }),
    pathToFileURL: (path: string) => url.pathToFileURL(path, { windows: true }),
  };
});
vi.resetModules();
const { below, forwardSlashes, nativePath, pathOfUri, uriOfPath } = await import('../../server/lsp/files.ts');
const { insideOf } = await import('../../server/workspace/paths.ts');
vi.doUnmock('node:path');
vi.doUnmock('node:url');
afterAll(() => void vi.resetModules());

describe('URIs of an editor on Windows', () => {
  test.each([
    ['file:///c%3A/Shop/a%20b.ts', 'C:\\Shop\\a b.ts'],
    ['file:///C:/Shop/%C3%A9.md', 'C:\\Shop\\é.md'],
    ['file:///c:/', 'C:\\'],
    ['FILE:///d:/x/..%2Fy', undefined],
    ['file://server/share/docs/adr/0001.md', '\\\\server\\share\\docs\\adr\\0001.md'],
    ['untitled:Untitled-1', undefined],
    ['file:///no-drive/a.ts', undefined],
  ])('%s is %j', (uri, path) => {
    expect(pathOfUri(uri)).toBe(path);
  });

  it('lead to the same path and back, whatever the names of files', () => {
    const segment = fc.stringMatching(/^[\p{L}\p{N} #%&'()+,;=@[\]^_`{}~.-]{1,20}$/u).filter((name) => !/^\.+$|[. ]$/.test(name));
    fc.assert(
      fc.property(fc.constantFrom('C:', 'z:'), fc.array(segment, { minLength: 1, maxLength: 5 }), (drive, segments) => {
        const path = [drive.toUpperCase(), ...segments].join('\\');
        expect(pathOfUri(uriOfPath([drive, ...segments].join('\\')))).toBe(path);
      }),
    );
  });
});

describe('paths of a repository on Windows', () => {
  test.each([
    ['C:\\Shop', 'C:\\Shop\\docs\\a.md', 'docs\\a.md'],
    ['C:\\Shop', 'c:\\shop\\docs\\a.md', 'docs\\a.md'],
    ['C:\\Shop', 'C:\\Shop', ''],
    ['C:\\Shop', 'D:\\Shop\\a.md', undefined],
    ['C:\\Shop', 'C:\\Shopping\\a.md', undefined],
    ['C:\\Shop', 'C:\\Shop\\..\\b.md', undefined],
    ['C:\\Shop', 'C:\\Shop\\..b.md', '..b.md'],
    ['\\\\server\\share', '\\\\server\\share\\a.md', 'a.md'],
  ])('below %s, %s is %j', (folder, path, expected) => {
    expect(below(folder, path)).toBe(expected);
  });

  it('are written with forward slashes, and found again', () => {
    expect(forwardSlashes('docs\\adr\\0001.md')).toBe('docs/adr/0001.md');
    expect(nativePath('C:\\Shop', 'docs/adr/0001.md')).toBe('C:\\Shop\\docs\\adr\\0001.md');
  });

  test.each([
    ['C:\\Shop\\docs\\a.md', 'docs/a.md'],
    ['c:\\SHOP\\docs\\a.md', 'docs/a.md'],
    ['docs\\a.md', 'docs/a.md'],
    ['docs\\..\\..\\a.md', undefined],
    ['D:\\a.md', undefined],
    ['C:\\Shop', undefined],
    ['docs\\', 'docs'],
  ])('the changed path %s is %j', (path, expected) => {
    expect(insideOf('C:\\Shop', path)).toBe(expected);
  });
});
