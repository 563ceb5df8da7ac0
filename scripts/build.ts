import { mkdir, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { buildStamp, fail, root, seconds } from './boot.cjs';
import { bundleProduct } from './packaging/bundle.ts';

/** `npm run build`: the bundles for development into `dist/`. `--quiet` says nothing but errors. */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { quiet: { type: 'boolean', default: false } } });
  const since = Date.now();
  try {
    await bundleProduct({ out: path.join(root, 'dist'), minify: false });
  } catch (error) {
    fail(`The build failed.\n${error instanceof Error ? error.message : String(error)}`);
  }
  // The time of the start, so that what was saved during the build counts as newer.
  await mkdir(path.dirname(buildStamp), { recursive: true });
  await writeFile(buildStamp, '');
  await utimes(buildStamp, new Date(since), new Date(since));
  if (!values.quiet) console.log(`✓ build  ${seconds(since)}`);
}

await main();
