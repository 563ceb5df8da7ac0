import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { explainNpm, npmCommand, npmInstallOptions, root } from '../boot.cjs';
import { run } from '../process.ts';
import { Sentence } from '../report.ts';

/** A platform VS Code packages extensions for, and the LanceDB binary it takes. */
export interface Target {
  /** LanceDB's name of the platform: package `@lancedb/lancedb-TRIPLE`, file `lancedb.TRIPLE.node`. */
  readonly triple: string;
  /** What the header of the binary says when it is the right one. */
  readonly machine: string;
}

/** Targets of `vsce package --target` for which LanceDB 0.31.0 has a binary. */
export const TARGETS: Readonly<Record<string, Target>> = {
  'linux-x64': { triple: 'linux-x64-gnu', machine: 'ELF x86-64' },
  'linux-arm64': { triple: 'linux-arm64-gnu', machine: 'ELF aarch64' },
  'alpine-x64': { triple: 'linux-x64-musl', machine: 'ELF x86-64' },
  'alpine-arm64': { triple: 'linux-arm64-musl', machine: 'ELF aarch64' },
  'darwin-arm64': { triple: 'darwin-arm64', machine: 'Mach-O arm64' },
  'win32-x64': { triple: 'win32-x64-msvc', machine: 'PE x86-64' },
  'win32-arm64': { triple: 'win32-arm64-msvc', machine: 'PE arm64' },
};

/** The target of the machine we run on. */
export function hostTarget(): string {
  return `${process.platform}-${process.arch}`;
}

/** Looks up a target by its name. Throws a {@link Sentence} for one that is unknown or that LanceDB does not have. */
export function targetNamed(name: string): Target {
  const target = TARGETS[name];
  if (target !== undefined) return target;
  const why =
    name === 'darwin-x64'
      ? 'LanceDB has no binary for Macs with an Intel processor (the last one was 0.22.3), so Lintel cannot be packaged for darwin-x64.'
      : `"${name}" is not a target Lintel can be packaged for.`;
  throw new Sentence(`${why}\nTargets: ${Object.keys(TARGETS).join(', ')}.`);
}

/** File name of a target's binary. */
export function nativeName(target: Target): string {
  return `lancedb.${target.triple}.node`;
}

/**
 * Path of a target's LanceDB binary: from node_modules when this machine has it, else packed from the npm registry into `cache` and checked against
 * the integrity in package-lock.json.
 */
export async function nativeBinary(target: Target, cache: string): Promise<string> {
  const name = `@lancedb/lancedb-${target.triple}`;
  const { version, integrity } = locked(name);
  const installed = path.join(root, 'node_modules', name);
  if (existsSync(path.join(installed, nativeName(target))) && versionOf(installed) === version)
    return path.join(installed, nativeName(target));
  const folder = path.join(cache, 'native', `${target.triple}-${version}`);
  const file = path.join(folder, 'package', nativeName(target));
  if (existsSync(file)) return file;
  const temporary = `${folder}.${process.pid}.tmp`;
  await mkdir(temporary, { recursive: true });
  try {
    const npm = npmCommand(process.execPath);
    const packed = await run(
      npm.command,
      [...npm.prefix, 'pack', `${name}@${version}`, '--pack-destination', temporary, ...npmInstallOptions()],
      {
        shell: npm.shell,
        cwd: temporary,
      },
    );
    if (packed.code !== 0) throw new Sentence(`${name}@${version} was not fetched: ${explainNpm(packed.output)}`);
    const tarball = (await readdir(temporary)).find((entry) => entry.endsWith('.tgz'));
    if (tarball === undefined) throw new Sentence(`npm pack made no archive of ${name}@${version}.`);
    await checkIntegrity(path.join(temporary, tarball), integrity, name);
    const extracted = await run('tar', ['-xzf', tarball], { cwd: temporary });
    if (extracted.code !== 0) throw new Sentence(`${tarball} could not be extracted: ${extracted.output.trim()}`);
    await rm(path.join(temporary, tarball));
    await rm(folder, { recursive: true, force: true });
    await rename(temporary, folder);
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
  return file;
}

/** Format and processor of a native binary, read from its header; `unknown` for anything else. */
export function machineOf(binary: Buffer): string {
  if (binary.length < 64) return 'unknown';
  if (binary.readUInt32BE(0) === 0x7f454c46) {
    const machines: Readonly<Record<number, string>> = { 62: 'x86-64', 183: 'aarch64' };
    return `ELF ${machines[binary.readUInt16LE(18)] ?? 'other'}`;
  }
  if (binary.readUInt32LE(0) === 0xfeedfacf) {
    const machines: Readonly<Record<number, string>> = { 16777223: 'x86-64', 16777228: 'arm64' };
    return `Mach-O ${machines[binary.readUInt32LE(4)] ?? 'other'}`;
  }
  if (binary.readUInt16BE(0) === 0x4d5a) {
    const header = binary.readUInt32LE(60);
    if (header + 6 > binary.length || binary.readUInt32BE(header) !== 0x50450000) return 'unknown';
    const machines: Readonly<Record<number, string>> = { 34404: 'x86-64', 43620: 'arm64' };
    return `PE ${machines[binary.readUInt16LE(header + 4)] ?? 'other'}`;
  }
  return 'unknown';
}

/** Version of a package in package-lock.json. Throws a {@link Sentence} where it is missing. */
export const lockedVersion = (name: string): string => locked(name).version;

function locked(name: string): { version: string; integrity: string } {
  const lock: unknown = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8'));
  const { packages } = lock as { packages: Readonly<Record<string, { version: string; integrity: string } | undefined>> };
  const entry = packages[`node_modules/${name}`];
  if (entry === undefined) throw new Sentence(`package-lock.json has no ${name}.`);
  return entry;
}

function versionOf(folder: string): string {
  const manifest: unknown = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  return (manifest as { version: string }).version;
}

async function checkIntegrity(file: string, integrity: string, name: string): Promise<void> {
  const [algorithm = 'sha512', wanted] = integrity.split('-', 2);
  const found = createHash(algorithm)
    .update(await readFile(file))
    .digest('base64');
  if (found === wanted) return;
  throw new Sentence(
    `${name}: the archive from the npm registry is not the one in package-lock.json (${algorithm} ${found}, expected ${wanted}).`,
  );
}
