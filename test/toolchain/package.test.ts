import { readFileSync } from 'node:fs';
import path from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { BUNDLES, COMPANIONS } from '../../scripts/packaging/bundle.ts';
import { machineOf, TARGETS, type Target, targetNamed } from '../../scripts/packaging/native.ts';
import { thirdPartyNotices } from '../../scripts/packaging/notices.ts';
import { checkVsix, withPlainPictures } from '../../scripts/packaging/vsix.ts';
import { readZip } from '../../scripts/packaging/zip.ts';

/** A zip archive of these files, every other one stored instead of deflated. */
function zip(files: ReadonlyMap<string, Buffer>): Buffer {
  const parts: Buffer[] = [];
  const central: Buffer[] = [];
  let at = 0;
  [...files].forEach(([name, content], index) => {
    const method = index % 2 === 0 ? 8 : 0;
    const data = method === 8 ? deflateRawSync(content) : content;
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(method, 8);
    local.writeUInt16LE(Buffer.byteLength(name), 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(method, 10);
    entry.writeUInt32LE(crc32(content), 16);
    entry.writeUInt32LE(data.length, 20);
    entry.writeUInt32LE(content.length, 24);
    entry.writeUInt16LE(Buffer.byteLength(name), 28);
    entry.writeUInt32LE(at, 42);
    parts.push(local, Buffer.from(name), data);
    central.push(entry, Buffer.from(name));
    at += 30 + Buffer.byteLength(name) + data.length;
  });
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(files.size, 10);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...parts, ...central, end]);
}

/** The first bytes of a native binary for a machine. */
function binary(machine: string): Buffer {
  const bytes = Buffer.alloc(256);
  const number =
    { 'ELF x86-64': 62, 'ELF aarch64': 183, 'Mach-O arm64': 0x0100000c, 'PE x86-64': 0x8664, 'PE arm64': 0xaa64 }[machine] ?? 0;
  if (machine.startsWith('ELF')) {
    bytes.write('\u007fELF', 'latin1');
    bytes.writeUInt16LE(number, 18);
  } else if (machine.startsWith('Mach-O')) {
    bytes.writeUInt32LE(0xfeedfacf, 0);
    bytes.writeUInt32LE(number, 4);
  } else {
    bytes.write('MZ', 'latin1');
    bytes.writeUInt32LE(128, 60);
    bytes.write('PE\0\0', 128, 'latin1');
    bytes.writeUInt16LE(number, 132);
  }
  return bytes;
}

/** The files of a complete package for a target. */
function complete(target: Target): Map<string, Buffer> {
  const names = [
    'package.json',
    ...BUNDLES.map((name) => `dist/${name}.cjs`),
    'dist/webview/graph.js',
    'dist/webview/search.js',
    ...COMPANIONS.map((name) => `dist/${name}`),
    'readme.md',
    'changelog.md',
    'THIRD-PARTY-NOTICES.txt',
    'THIRD-PARTY-NOTICES-LANCEDB.html',
  ];
  const files = new Map<string, Buffer>(names.map((name) => [`extension/${name}`, Buffer.from(`content of ${name}`)]));
  return files.set(`extension/dist/lancedb.${target.triple}.node`, binary(target.machine));
}

describe('a package', () => {
  test.each(Object.entries(TARGETS))('for %s is right when everything is inside', (_name, target) => {
    expect(() => checkVsix(zip(complete(target)), target)).not.toThrow();
  });

  test.each([...complete(targetNamed('linux-x64')).keys()])('without %s is refused', (name) => {
    const files = complete(targetNamed('linux-x64'));
    files.delete(name);
    expect(() => checkVsix(zip(files), targetNamed('linux-x64'))).toThrow(name);
  });

  test.each(['[the decisions](docs/decisions.md)', '<img src="media/picture.png" alt="">'])(
    'whose page says %s is refused: nothing is there on the Marketplace',
    (words) => {
      const files = complete(targetNamed('linux-x64')).set('extension/readme.md', Buffer.from(`See [this](https://a.b) and ${words}`));
      expect(() => checkVsix(zip(files), targetNamed('linux-x64'))).toThrow('readme.md has the relative address');
    },
  );

  test('with an empty file is refused', () => {
    const files = complete(targetNamed('linux-x64')).set('extension/dist/server.cjs', Buffer.alloc(0));
    expect(() => checkVsix(zip(files), targetNamed('linux-x64'))).toThrow('extension/dist/server.cjs is missing or empty');
  });

  test('with a binary for another processor under the right name is refused', () => {
    const files = complete(targetNamed('linux-x64')).set('extension/dist/lancedb.linux-x64-gnu.node', binary('ELF aarch64'));
    expect(() => checkVsix(zip(files), targetNamed('linux-x64'))).toThrow('is made for ELF aarch64, not for ELF x86-64');
  });

  test('with the binary of another platform beside its own is refused', () => {
    const files = complete(targetNamed('win32-x64')).set('extension/dist/lancedb.linux-x64-gnu.node', binary('ELF x86-64'));
    expect(() => checkVsix(zip(files), targetNamed('win32-x64'))).toThrow('lancedb.linux-x64-gnu.node belongs to another platform');
  });

  test('that is no zip archive is refused', () => {
    expect(() => checkVsix(Buffer.from('not a zip archive, but long enough to be looked at'), targetNamed('linux-x64'))).toThrow(
      'not a zip archive',
    );
  });
});

test('the README of a package shows the plain picture, because nobody chooses between sources there', () => {
  const readme = readFileSync(path.join(import.meta.dirname, '../../README.md'), 'utf8');
  expect(withPlainPictures(readme)).toMatch(/^<img src="media\/screenshot-light\.png" alt="[^"]+">$/m);
  expect(withPlainPictures(readme)).not.toMatch(/<picture>|<source/);
});

describe('the notices of a package', () => {
  test('name what the bundles were made of and what is copied beside them, each with its licence and the text', () => {
    const notices = thirdPartyNotices([
      'server/lsp/main.ts',
      'node_modules/zod/v4/index.js',
      'node_modules/@cucumber/gherkin/dist/a.js',
      'node_modules/zod/v4/b.js',
    ]);
    for (const name of ['zod', '@cucumber/gherkin', 'web-tree-sitter', '@lancedb/lancedb', 'onnxruntime-web'])
      expect(notices.match(new RegExp(`^${name} [0-9.]+\\S* \\(`, 'gm'))).toHaveLength(1);
    expect(notices).toContain('Apache License');
    expect(notices).toContain('Permission is hereby granted');
    expect(notices).not.toContain('typescript');
  });

  test('are refused where nobody accepted a licence', () => {
    expect(() => thirdPartyNotices(['node_modules/spdx-license-list/a.js', 'node_modules/axe-core/axe.js'])).toThrow(
      /- axe-core \S+: MPL-2\.0/,
    );
  });
});

describe('a target', () => {
  test('for Macs with Intel processors is declined with the reason', () => {
    expect(() => targetNamed('darwin-x64')).toThrow(/LanceDB has no binary for Macs with an Intel processor/);
  });

  test('that nobody knows is declined with those that are known', () => {
    expect(() => targetNamed('amiga-m68k')).toThrow(/"amiga-m68k".*\nTargets: linux-x64, /);
  });
});

test('a zip archive gives back what was packed, stored or deflated', () => {
  const files = new Map([
    ['a.txt', Buffer.from('aaaaaaaaaaaaaaaa')],
    ['folder/ü.bin', Buffer.from([0, 1, 2, 255])],
  ]);
  expect(readZip(zip(files)).map((entry) => [entry.name, entry.size, entry.read()])).toEqual(
    [...files].map(([name, data]) => [name, data.length, data]),
  );
});

test.each(['', 'text', '\u007fELF', 'MZ'])('bytes that start with %j and go on without sense are for no known machine', (start) => {
  expect(machineOf(Buffer.from(start))).toBe('unknown');
  expect(machineOf(Buffer.concat([Buffer.from(start), Buffer.alloc(100, 0xff)]))).toMatch(/unknown|other/);
});
