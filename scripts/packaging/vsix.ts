import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import { copyFile, cp, link, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { root } from '../boot.cjs';
import { cacheFolder, localFolder } from '../cache.ts';
import { run } from '../process.ts';
import { Sentence } from '../report.ts';
import { BUNDLES, bundleProduct, COMPANIONS } from './bundle.ts';
import { isMadeFrom, noteMadeFrom } from './made-from.ts';
import { machineOf, nativeBinary, nativeName, type Target, targetNamed } from './native.ts';
import { NOTICES, RUST_NOTICES, writeNotices } from './notices.ts';
import { readZip, type ZipEntry } from './zip.ts';

/** A finished package. */
export interface Vsix {
  readonly file: string;
  readonly megabytes: number;
  /** False when it was there already, made from the same inputs. */
  readonly fresh: boolean;
}

const MEGABYTE = 1_000_000;
/** Largest package for linux-x64, in megabytes; three quarters of it are LanceDB's binary. */
const BUDGET = 90;
/** Everything the content of a package depends on. */
const INPUTS = [
  'server',
  'protocol',
  'extension',
  'scripts/packaging',
  'docs/rules.md',
  'docs/identifiers',
  'package.json',
  'package-lock.json',
];
/** Keys of package.json that concern the checkout, not the extension. */
const CHECKOUT_KEYS = ['scripts', 'files', 'dependencies', 'devDependencies', 'optionalDependencies', 'overrides', 'allowScripts'];

/**
 * Makes the VSIX of a target, `lintel-TARGET.vsix` in the checkout, unless it is there already, made from the same inputs.
 * Throws a {@link Sentence} when something that belongs inside is missing or the package is too large.
 */
export async function makeVsix(name: string): Promise<Vsix> {
  const target = targetNamed(name);
  const file = path.join(root, `lintel-${name}.vsix`);
  const key = inputsKey(name);
  if (isMadeFrom(file, key)) return { file, megabytes: megabytes(file), fresh: false };
  const stage = path.join(localFolder, `stage-${name}-${process.pid}`);
  const temporary = path.join(stage, 'lintel.vsix');
  const content = path.join(stage, 'content');
  try {
    await fillStage(content, target);
    await vsce(content, name, temporary);
    checkVsix(readFileSync(temporary), target);
    const size = megabytes(temporary);
    if (name === 'linux-x64' && size > BUDGET)
      throw new Sentence(`The package for ${name} has ${size.toFixed(1)} MB; the budget is ${BUDGET} MB.`);
    await rename(temporary, file);
    await noteMadeFrom(file, key);
    return { file, megabytes: size, fresh: true };
  } finally {
    await rm(stage, { recursive: true, force: true });
  }
}

/** The pages that the Marketplace and the editor show. vsce makes their relative addresses absolute, from `repository` in package.json. */
const PAGES = ['extension/readme.md', 'extension/changelog.md'];

/** Throws a {@link Sentence} naming everything that a target's VSIX lacks or must not have. */
export function checkVsix(archive: Buffer, target: Target): void {
  const entries = new Map(readZip(archive).map((entry) => [entry.name, entry]));
  const problems: string[] = [];
  const needed = [
    'extension/package.json',
    ...BUNDLES.map((bundle) => `extension/dist/${bundle}.cjs`),
    ...webviews().map((view) => `extension/dist/webview/${view}.js`),
    ...COMPANIONS.map((file) => `extension/dist/${file}`),
    ...PAGES,
    ...[NOTICES, RUST_NOTICES].map((file) => `extension/${file}`),
  ];
  for (const entry of needed) if ((entries.get(entry)?.size ?? 0) === 0) problems.push(`${entry} is missing or empty`);
  for (const page of PAGES) {
    const relative = /\]\((?!https:|#|mailto:)[^)]*\)|src="(?!https:)[^"]*"/.exec(entries.get(page)?.read().toString('utf8') ?? '');
    if (relative !== null) problems.push(`${page} has the relative address ${relative[0]}, which leads nowhere outside of the checkout`);
  }
  const natives = [...entries.values()].filter((entry) => entry.name.endsWith('.node'));
  problems.push(...nativeProblems(natives, target));
  if (problems.length > 0) throw new Sentence(`The package is not right:\n- ${problems.join('\n- ')}`);
}

function nativeProblems(natives: readonly ZipEntry[], target: Target): readonly string[] {
  const wanted = `extension/dist/${nativeName(target)}`;
  const binary = natives.find((entry) => entry.name === wanted);
  const problems = natives.filter((entry) => entry !== binary).map((entry) => `${entry.name} belongs to another platform`);
  if (binary === undefined) return [...problems, `LanceDB's binary ${wanted} is missing`];
  const machine = machineOf(binary.read());
  return machine === target.machine ? problems : [...problems, `${wanted} is made for ${machine}, not for ${target.machine}`];
}

/** A page with plain images in place of `<picture>`: the Marketplace and npm do not choose between sources. */
export function withPlainPictures(markdown: string): string {
  return markdown.replace(/<picture>.*?(<img [^>]*>).*?<\/picture>/gs, '$1');
}

async function fillStage(stage: string, target: Target): Promise<void> {
  const inputs = await bundleProduct({ out: path.join(stage, 'dist'), minify: true });
  await writeNotices(stage, inputs);
  const binary = await nativeBinary(target, cacheFolder());
  await linkOrCopy(binary, path.join(stage, 'dist', nativeName(target)));
  const manifest = readManifest();
  for (const pattern of manifest.files ?? []) {
    for (const file of globSync(pattern, { cwd: root })) {
      if (file.startsWith('dist')) continue;
      await mkdir(path.dirname(path.join(stage, file)), { recursive: true });
      await cp(path.join(root, file), path.join(stage, file), { recursive: true });
    }
  }
  const readme = path.join(stage, 'README.md');
  await writeFile(readme, withPlainPictures(readFileSync(readme, 'utf8')));
  const shipped = Object.fromEntries(Object.entries(manifest).filter(([key]) => !CHECKOUT_KEYS.includes(key)));
  await writeFile(path.join(stage, 'package.json'), `${JSON.stringify(shipped, null, 2)}\n`);
}

async function vsce(stage: string, name: string, out: string): Promise<void> {
  const cli = path.join(root, 'node_modules/@vscode/vsce/vsce');
  const args = [cli, 'package', '--target', name, '--no-dependencies', '--out', out];
  const packed = await run(process.execPath, args, { cwd: stage, timeout: 300_000 });
  if (packed.code !== 0) throw new Sentence(`vsce package failed:\n${packed.output.trim()}`);
}

function inputsKey(name: string): string {
  const hash = createHash('sha256').update(name);
  const patterns = [...INPUTS, ...(readManifest().files ?? [])];
  const files = globSync(
    patterns.flatMap((pattern) => [pattern, `${pattern}/**/*`]),
    { cwd: root },
  );
  for (const file of [...new Set(files)].sort()) {
    const full = path.join(root, file);
    if (!file.startsWith('dist') && statSync(full).isFile()) hash.update(`\0${file}\0`).update(readFileSync(full));
  }
  return hash.digest('hex');
}

function readManifest(): Readonly<Record<string, unknown>> & { readonly files?: readonly string[] } {
  return JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
}

function webviews(): readonly string[] {
  return globSync('extension/webview/*/main.ts', { cwd: root }).map((file) => path.basename(path.dirname(file)));
}

function megabytes(file: string): number {
  return statSync(file).size / MEGABYTE;
}

/** The binary has 200 MB: a second name for it is enough where both are on one file system. */
async function linkOrCopy(from: string, to: string): Promise<void> {
  if (existsSync(to)) await rm(to);
  await link(from, to).catch(() => copyFile(from, to));
}
