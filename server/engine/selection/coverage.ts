import { stat } from 'node:fs/promises';
import { isAbsolute, relative } from 'node:path';
import { type CoverageFile, type CoverageFiles, type ReadCoverage, readCoverage } from '../../selection/index.ts';
import { beginningOf, reportFiles } from './report-files.ts';

/** All coverage files together. */
const MOST_BYTES = 1_000_000_000;
const MOST_NOTICES = 10;
const COVERAGE = /\.(?:info|lcov|json|xml|out|cov|coverprofile|txt)$/i;

/** Reads coverage files, and keeps what it read of each in memory as long as the file is the same. */
export class CoverageReading {
  readonly #known = new Map<string, { readonly stamp: string; readonly read: ReadCoverage }>();

  /**
   * The coverage that paths, folders and patterns name.
   * @param root absolute folder that they are relative to, unless they are absolute
   */
  async files(named: readonly string[], root: string, signal?: AbortSignal): Promise<CoverageFiles> {
    const notices: string[] = [];
    const found = new Set<string>();
    for (const one of named) {
      const own = await reportFiles(root, [one], COVERAGE);
      if (own.length === 0) notices.push(`No coverage was found at ${one}.`);
      for (const path of own) found.add(path);
    }
    const files: CoverageFile[] = [];
    const refused: string[] = [];
    let left = MOST_BYTES;
    for (const path of found) {
      signal?.throwIfAborted();
      const inner = relative(root, path).replaceAll('\\', '/');
      const shown = inner.startsWith('../') || isAbsolute(inner) ? path.replaceAll('\\', '/') : inner;
      const size = await stat(path).then(
        (entry) => entry.size,
        () => 0,
      );
      left -= size;
      if (left < 0) {
        notices.push(`Coverage beyond 1 GB is not read: ${shown} and what follows.`);
        break;
      }
      const read = await this.#read(path);
      if ('refused' in read) refused.push(`${shown} is no coverage: ${read.refused}`);
      else files.push({ path: shown, coverage: read });
    }
    for (const path of this.#known.keys()) if (!found.has(path)) this.#known.delete(path);
    notices.push(...refused.slice(0, MOST_NOTICES));
    if (refused.length > MOST_NOTICES) notices.push(`${refused.length - MOST_NOTICES} more files are no coverage.`);
    return { files, notices };
  }

  async #read(path: string): Promise<ReadCoverage> {
    const stamp = await stat(path).then(
      ({ size, mtimeMs }) => `${size} ${mtimeMs}`,
      () => '',
    );
    const known = this.#known.get(path);
    if (known && known.stamp === stamp) return known.read;
    const begun = await beginningOf(path);
    const read = begun ? readCoverage(begun.bytes, begun.cut) : { refused: 'It cannot be read.' };
    this.#known.set(path, { stamp, read });
    return read;
  }
}
