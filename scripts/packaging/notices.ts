import { copyFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { root } from '../boot.cjs';
import { Sentence } from '../report.ts';

const require = createRequire(import.meta.url);

/** Licences under which a package may be shipped with an MIT product, by their SPDX names. A new one is a decision of a person: read it, then add it. */
const ACCEPTED: ReadonlySet<string> = new Set([
  'MIT',
  'ISC',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'BlueOak-1.0.0',
  'Unlicense',
]);

/** Packages of which files are copied beside the bundles, where the bundler does not see them. LanceDB's binary belongs to `@lancedb/lancedb`. */
const COPIED: readonly string[] = [
  'web-tree-sitter',
  '@vscode/tree-sitter-wasm',
  '@tree-sitter-grammars/tree-sitter-kotlin',
  'onnxruntime-web',
  '@lancedb/lancedb',
];

/** Name of the notices in a package. */
export const NOTICES = 'THIRD-PARTY-NOTICES.txt';

/** Name, in a package, of the licences of the Rust crates in LanceDB's binary, as LanceDB publishes them. */
export const RUST_NOTICES = 'THIRD-PARTY-NOTICES-LANCEDB.html';

interface Shipped {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly author: string;
  readonly text: string;
}

/**
 * The notices of everything that a package ships and others wrote: name, version, licence and its text.
 * @param inputs Paths of the files that the bundles were made from, as esbuild's metafile names them: relative to the checkout.
 * Throws a {@link Sentence} for a package whose licence is missing or not among those accepted.
 */
export function thirdPartyNotices(inputs: Iterable<string>): string {
  const folders = new Set(COPIED.map((name) => path.join('node_modules', name)));
  for (const input of inputs) {
    const folder = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(input.replaceAll(path.sep, '/'))?.[0];
    if (folder !== undefined) folders.add(folder);
  }
  const shipped = [...folders].map((folder) => readPackage(path.join(root, folder)));
  const refused = shipped.filter(({ license }) => !ACCEPTED.has(license));
  if (refused.length > 0)
    throw new Sentence(
      `These packages would be shipped, and nobody has accepted their licences (scripts/packaging/notices.ts):\n${refused
        .map(({ name, version, license }) => `- ${name} ${version}: ${license}`)
        .join('\n')}`,
    );
  return render(shipped);
}

/** Writes the notices of a package into its folder. Throws as {@link thirdPartyNotices} does. */
export function writeNotices(folder: string, inputs: Iterable<string>): void {
  writeFileSync(path.join(folder, NOTICES), thirdPartyNotices(inputs));
  copyFileSync(path.join(root, 'node_modules/@lancedb/lancedb/RUST_THIRD_PARTY_LICENSES.html'), path.join(folder, RUST_NOTICES));
}

function render(shipped: readonly Shipped[]): string {
  const once = new Map(shipped.map((one) => [`${one.name} ${one.version}`, one]));
  const ordered = [...once].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
  const rule = '-'.repeat(80);
  return [
    'Lintel contains the following software of others, under the licences below.',
    `The licences of the Rust crates in LanceDB's binary are in ${RUST_NOTICES}.`,
    '',
    ...ordered.map(({ name, version, license }) => `${name} ${version} (${license})`),
    ...ordered.flatMap(({ name, version, license, author, text }) => ['', rule, `${name} ${version}`, license, author, rule, '', text]),
    '',
  ]
    .join('\n')
    .replace(/\r\n?/g, '\n');
}

function readPackage(folder: string): Shipped {
  const manifest = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as {
    readonly name: string;
    readonly version: string;
    readonly license?: string;
    readonly author?: string | { readonly name?: string };
  };
  const license = manifest.license ?? 'no licence stated';
  const author = typeof manifest.author === 'string' ? manifest.author : (manifest.author?.name ?? '');
  const texts = readdirSync(folder)
    .filter((file) => /^(?:licen[cs]e|copying|notice)(?:[-._].*)?$/i.test(file) && !/_header/i.test(file))
    .sort()
    .map((file) => readFileSync(path.join(folder, file), 'utf8').trim());
  return { name: manifest.name, version: manifest.version, license, author, text: texts.join('\n\n') || standardText(license) };
}

/** The text of a licence, for packages that name it and do not carry it. */
function standardText(license: string): string {
  const file = path.join(path.dirname(require.resolve('spdx-license-list/package.json')), 'licenses', `${license}.json`);
  if (!existsSync(file)) return '';
  return (JSON.parse(readFileSync(file, 'utf8')) as { readonly licenseText: string }).licenseText.trim();
}
