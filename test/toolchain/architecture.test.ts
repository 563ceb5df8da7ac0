import { globSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { linksOn, missing, pathsOn, ROOT, textOf } from '../support/pages.ts';

const PAGE = 'docs/architecture.md';
const page = textOf(PAGE);
const sources = globSync('server/**/*.ts', { cwd: ROOT })
  .map((path) => path.replaceAll('\\', '/'))
  .sort();

interface Row {
  readonly floor: number | undefined;
  readonly name: string;
  readonly text: string;
}

/** The rows of the table of rooms. A folder inside a room has no floor. */
const rows: readonly Row[] = [...page.matchAll(/^\| (\d*) ?\| `([^`]+)\/` \| (.+) \|$/gm)].map(([, floor = '', name = '', text = '']) => ({
  floor: floor === '' ? undefined : Number(floor),
  name,
  text,
}));

/** Every folder below `server/` that holds files, itself or further down, without `server/`. */
const folders = [
  ...new Set(
    globSync('server/**/*.*', { cwd: ROOT }).flatMap((path) => {
      const parts = dirname(path).replaceAll('\\', '/').split('/').slice(1);
      return parts.map((_, depth) => parts.slice(0, depth + 1).join('/'));
    }),
  ),
].sort();
const roomOf = (path: string): string =>
  path
    .replace(/^server\//, '')
    .split('/')[0]
    ?.replace(/\.ts$/, '') ?? '';

/** The floors of the import check, top first. */
const { FLOORS } = (await import(pathToFileURL(join(ROOT, '.dependency-cruiser.mjs')).href)) as {
  readonly FLOORS: readonly (readonly string[])[];
};
const floorOf = (room: string): number => FLOORS.length - FLOORS.findIndex((floor) => floor.includes(room));

describe('the page on architecture', () => {
  it('has a line for every room and for every folder in it, and for nothing else', () => {
    expect(rows.map(({ name }) => name).sort()).toEqual(folders);
  });

  it('says of each what it is, in a line that ends with a full stop or a parenthesis', () => {
    for (const { name, text } of rows) expect(text, name).toMatch(/^[A-Z].{10,}[.)]$/);
  });

  it('puts every room on the floor that the import check gives it', () => {
    const rooms = rows.filter(({ name }) => !name.includes('/'));
    expect(rooms.map(({ name, floor }) => `${name} ${floor}`)).toEqual(rooms.map(({ name }) => `${name} ${floorOf(name)}`));
    expect(rooms.map(({ name }) => name)).toEqual(FLOORS.flat().filter((room) => folders.includes(room)));
  });

  it('lists folders of a room right below it, without a floor of their own', () => {
    const inner = rows.filter(({ name }) => name.includes('/'));
    expect(inner.filter(({ floor }) => floor !== undefined)).toEqual([]);
    rows.forEach(({ name }, i) => {
      if (name.includes('/')) expect(roomOf(rows[i - 1]?.name ?? ''), name).toBe(roomOf(name));
    });
  });

  it('names the rooms that have a floor and do not exist yet', () => {
    const kept = /^Floors kept free for rooms to come: (.+)$/m.exec(page)?.[1] ?? '';
    const named = [...kept.matchAll(/`([a-z]+)`/g)].map(([, room]) => room);
    expect(named.sort()).toEqual(
      FLOORS.flat()
        .filter((room) => !folders.includes(room))
        .sort(),
    );
  });

  it('names only files and folders that exist', () => {
    expect(missing(pathsOn(page))).toEqual([]);
    expect(missing(linksOn(page).map((link) => join('docs', link)))).toEqual([]);
    const inner = [
      ...page.matchAll(
        /`((?:lsp|cli|engine|decisions|register|history|indexing|retrieval|store|workspace|knowledge|code|git|text|model)\/[\w./-]+)`/g,
      ),
    ];
    expect(missing(inner.map(([, path]) => `server/${path}`))).toEqual([]);
  });

  it('names only rules of the import check that exist', () => {
    const rules = textOf('.dependency-cruiser.mjs');
    for (const name of page.matchAll(/`([a-z]+(?:-[a-z]+)+)`(?=[^|]*dependency-cruiser)/g)) expect(rules).toContain(`'${name[1]}'`);
  });

  it('tells each trip in seven lines', () => {
    const trips = page.split(/^## /m).filter((section) => section.startsWith('The trip of'));
    expect(trips.map((trip) => trip.match(/^\d\. /gm)?.length)).toEqual([7, 7, 7]);
  });
});

/** Source files of the server that import one of these names from a module of Node. */
const importing = (module: string, names = /./): string[] =>
  sources.filter((path) =>
    [...textOf(path).matchAll(/^import (?!type )([^;]+?) from '(?:node:)?([^']+)';/gm)].some(
      ([, imported = '', from]) => from === module && imported.split(/[{},\s]+/).some((name) => name !== '' && names.test(name)),
    ),
  );

const withoutComments = (text: string): string => text.replace(/\/\*[\s\S]*?\*\//g, '');

const WRITING =
  /^(?:writeFile|appendFile|rename|copyFile|cp|rm|rmdir|unlink|mkdir|mkdtemp|symlink|link|truncate|utimes|createWriteStream)(?:Sync)?$/;

describe('what the page says is absent', () => {
  it('no process is started outside of the files that find and start git, the indexing child and the helper of hooks', () => {
    expect(importing('child_process')).toEqual([
      'server/engine/hook/start-helper.ts',
      'server/git/executable.ts',
      'server/git/process.ts',
      'server/indexing/process.ts',
    ]);
    expect(importing('worker_threads')).toEqual(['server/indexing/watchdog.ts']);
  });

  it('no file is written outside of the places on the page', () => {
    const places = /no writing outside of six places: ([^|]+) \|/.exec(page)?.[1] ?? '';
    const allowed = [...places.matchAll(/`([^`]+)`/g)].map(([, place]) => place ?? '');
    const writing = [...new Set([...importing('fs/promises', WRITING), ...importing('fs', WRITING)])];
    expect(allowed).toHaveLength(6);
    expect(writing.filter((path) => !allowed.some((place) => path.startsWith(place)))).toEqual([]);
    expect(allowed.filter((place) => !writing.some((path) => path.startsWith(place)))).toEqual([]);
  });

  it('no connection is opened outside of the download of a model and the client of a language model, but for the socket on which hooks ask their helper', () => {
    for (const module of ['http', 'https', 'http2', 'tls', 'dgram']) expect(importing(module)).toEqual([]);
    // A socket of this computer, never a port.
    expect(importing('net')).toEqual(['server/engine/hook/helper-socket.ts']);
    expect(textOf('server/engine/hook/helper-socket.ts')).not.toMatch(/\b(?:port|host)\b/);
    const fetching = sources.filter((path) => /(?<![\w.'"`])(?:fetch|WebSocket|EventSource)\(/.test(withoutComments(textOf(path))));
    expect(fetching).toEqual(['server/answering/model/client.ts', 'server/embedding/download.ts']);
  });

  it('no text is run as a program', () => {
    expect(importing('vm')).toEqual([]);
    expect(sources.filter((path) => /\beval\(|\bnew Function\(/.test(textOf(path)))).toEqual([]);
  });

  it('no clock and no random number is asked where answers are ranked', () => {
    const ranking = sources.filter((path) =>
      /^server\/(?:decisions\/governing|decisions\/specifications|register|history|retrieval)\//.test(path),
    );
    expect(ranking.length).toBeGreaterThan(30);
    expect(ranking.filter((path) => /Date\.now\(|new Date\(\)|Math\.random|randomUUID|performance\.now/.test(textOf(path)))).toEqual([]);
  });
});

/** A path below `server/` in a text, such as a string or a comment. */
const SERVER_PATH = /\bserver\/[\w./-]+\.ts\b/g;

it('every file of the server that a benchmark or a script names exists', () => {
  const files = globSync('{bench,scripts}/**/*.{ts,cjs}', { cwd: ROOT });
  expect(files.length).toBeGreaterThan(20);
  expect(files.flatMap((file) => missing(textOf(file).match(SERVER_PATH) ?? []))).toEqual([]);
});
