import { readdir, stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import manifest from '../../../package.json' with { type: 'json' };

/** The folders of a checkout that decide what is found. */
const FOLDERS = [
  '../../identifiers/',
  '../../selection/',
  '../../decisions/',
  '../../retrieval/',
  '../../code/',
  '../../knowledge/',
  '../../text/',
];

const stampOf = async (path: URL | string): Promise<string> => {
  const found = await stat(path).catch(() => undefined);
  return found === undefined ? '' : `${found.size} ${found.mtimeMs}`;
};

let known: Promise<string> | undefined;

/** Differs once another version of the rules runs: by the bundle that this is part of, or by the sources of a checkout. */
export function programStamp(): Promise<string> {
  known ??= (async () => {
    const parts = [manifest.version, await stampOf(new URL(import.meta.url))];
    for (const folder of FOLDERS) {
      const url = new URL(folder, import.meta.url);
      const names = await readdir(url, { recursive: true }).catch(() => []);
      const sources = names.filter((name) => name.endsWith('.ts')).sort();
      parts.push(...(await Promise.all(sources.map((name) => stampOf(`${fileURLToPath(url)}${name}`)))));
    }
    return parts.join('\n');
  })();
  return known;
}
