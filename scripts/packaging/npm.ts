import { readFileSync } from 'node:fs';
import { cp, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { npmCommand, root } from '../boot.cjs';
import { localFolder } from '../cache.ts';
import { run } from '../process.ts';
import { Sentence } from '../report.ts';
import { bundleProduct } from './bundle.ts';
import { lockedVersion, TARGETS } from './native.ts';
import { writeNotices } from './notices.ts';

/** What of a build only the editor's extension uses. */
const EDITOR_ONLY = ['extension.cjs', 'extension.cjs.LEGAL.txt', 'webview'];
/** Keys of the manifest that the package for npm shares with the checkout. */
const SHARED_KEYS = ['version', 'license', 'homepage', 'repository', 'bugs', 'keywords'];
const NAME = 'lintel';

/**
 * Makes `lintel-VERSION.tgz` in the checkout: the command line and the language server as a package for npm, for all platforms, with LanceDB's binary as an optional dependency for each.
 * Returns its path. Throws a {@link Sentence} when npm does not pack it.
 */
export async function makeNpmPackage(): Promise<string> {
  const stage = path.join(localFolder, `stage-npm-${process.pid}`);
  try {
    await fillStage(stage);
    const npm = npmCommand(process.execPath);
    const packed = await run(npm.command, [...npm.prefix, 'pack', '--json', '--ignore-scripts'], { shell: npm.shell, cwd: stage });
    const file = /"filename":\s*"([^"]+\.tgz)"/.exec(packed.output)?.[1];
    if (packed.code !== 0 || file === undefined) throw new Sentence(`npm pack failed:\n${packed.output.trim()}`);
    const made = path.join(root, path.basename(file));
    await rename(path.join(stage, path.basename(file)), made);
    return made;
  } finally {
    await rm(stage, { recursive: true, force: true });
  }
}

async function fillStage(stage: string): Promise<void> {
  const dist = path.join(stage, 'dist');
  await mkdir(stage, { recursive: true });
  await writeNotices(stage, await bundleProduct({ out: dist, minify: true }));
  for (const name of EDITOR_ONLY) await rm(path.join(dist, name), { recursive: true, force: true });
  for (const name of ['LICENSE', 'CHANGELOG.md']) await cp(path.join(root, name), path.join(stage, name));
  await cp(path.join(root, 'docs/npm.md'), path.join(stage, 'README.md'));
  await writeFile(path.join(stage, 'package.json'), `${JSON.stringify(manifest(), null, 2)}\n`);
}

function manifest(): Readonly<Record<string, unknown>> {
  const checkout = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as Readonly<Record<string, unknown>> & {
    readonly engines: { readonly node: string };
  };
  return {
    name: NAME,
    description:
      'Decision records that govern your code: search, why, and checks for citations and records that no longer hold. Command line and language server.',
    ...Object.fromEntries(SHARED_KEYS.map((key) => [key, checkout[key]])),
    engines: { node: checkout.engines.node },
    bin: { lintel: 'dist/cli.cjs', 'lintel-language-server': 'dist/server.cjs' },
    // Playwright's reporter and the helper for Cypress; a manifest with exports hides everything else.
    exports: { './playwright': './dist/playwright.cjs', './cypress': './dist/cypress.cjs', './package.json': './package.json' },
    files: ['dist', 'CHANGELOG.md', 'THIRD-PARTY-NOTICES*'],
    // The loader of LanceDB, which is in the bundles, asks for the package of the platform; npm installs the one that fits.
    optionalDependencies: Object.fromEntries(
      Object.values(TARGETS).map(({ triple }) => [`@lancedb/lancedb-${triple}`, lockedVersion(`@lancedb/lancedb-${triple}`)]),
    ),
  };
}
