import { basename, dirname, resolve, sep } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cacheFolder, defaultIndexFolder } from '../../server/store/folder.ts';

const linux = (env: Record<string, string>) => ({ env, platform: 'linux' as const, home: '/home/ada' });
const slashes = (path: string): string => path.replaceAll('\\', '/');

describe('the cache folder', () => {
  it.each([
    ['linux', {}, '/home/ada/.cache/lintel'],
    ['linux', { XDG_CACHE_HOME: '/fast/cache' }, '/fast/cache/lintel'],
    ['linux', { XDG_CACHE_HOME: 'relative' }, '/home/ada/.cache/lintel'],
    ['linux', { XDG_CACHE_HOME: '' }, '/home/ada/.cache/lintel'],
    ['freebsd', {}, '/home/ada/.cache/lintel'],
    ['darwin', { XDG_CACHE_HOME: '/x' }, '/home/ada/Library/Caches/Lintel'],
    ['win32', {}, '/home/ada/AppData/Local/Lintel'],
    ['win32', { LOCALAPPDATA: '/home/ada/Local' }, '/home/ada/Local/Lintel'],
  ] as const)('on %s with %j is %s', (platform, env, expected) => {
    expect(slashes(cacheFolder({ env, platform, home: '/home/ada' }))).toBe(expected);
  });
});

describe('the index folder', () => {
  it('is named for people and told apart by a hash', () => {
    const one = defaultIndexFolder('/home/one/shop', linux({}));
    const two = defaultIndexFolder('/home/two/shop', linux({}));
    expect(slashes(one)).toMatch(/^\/home\/ada\/\.cache\/lintel\/index\/shop-[0-9a-f]{16}$/);
    expect(two).not.toBe(one);
    expect(defaultIndexFolder('/home/one/shop', linux({}))).toBe(one);
  });

  it('lies below the one that LINTEL_INDEX names, apart for every repository', () => {
    expect(dirname(defaultIndexFolder('/home/one/shop', linux({ LINTEL_INDEX: '/elsewhere' })))).toBe(resolve('/elsewhere'));
    expect(dirname(defaultIndexFolder('/home/two', linux({ LINTEL_INDEX: 'relative' })))).toBe(resolve('relative'));
    expect(defaultIndexFolder('/one/shop', linux({ LINTEL_INDEX: '/elsewhere' }))).not.toBe(
      defaultIndexFolder('/two/shop', linux({ LINTEL_INDEX: '/elsewhere' })),
    );
    expect(defaultIndexFolder('/home/two', linux({ LINTEL_INDEX: '' }))).toContain('.cache');
  });

  it('never leaves the cache folder, whatever a repository is called', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (name) => {
        const folder = defaultIndexFolder(`/repositories/${name}`, linux({}));
        expect(slashes(folder).startsWith('/home/ada/.cache/lintel/index/')).toBe(true);
        expect(basename(folder)).toMatch(/^[\w.-]{1,40}-[0-9a-f]{16}$/);
        expect(slashes(folder).slice('/home/ada/.cache/lintel/index/'.length)).not.toContain(sep);
      }),
    );
  });
});
