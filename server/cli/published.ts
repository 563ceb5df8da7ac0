import type { Engine } from '../model/engine.ts';
import { type Invocation, UsageError } from './command.ts';
import { printable, type Terminal } from './terminal.ts';

const MB = 1024 * 1024;

/** `12.3 MB` */
export const megabytes = (bytes: number): string => `${(bytes / MB).toFixed(1)} MB`;

/** Options of the commands that publish and pull. */
export const PLACE_OPTIONS = { name: { type: 'string' }, force: { type: 'boolean' }, yes: { type: 'boolean', short: 'y' } } as const;
export const PLACE_HELP: readonly (readonly [string, string])[] = [
  ['--name NAME', 'name of the repository; default: "owner/name" of its remote'],
  ['-y, --yes', 'do not ask before the place that lintel.yaml names is used'],
];

/**
 * The place to publish to or pull from, and the folder that it is relative to: what the command line says, else what `lintel.yaml` says, once somebody agreed.
 * `undefined`: nobody did.
 */
export async function placeOf(
  engine: Pick<Engine, 'publishing' | 'root'>,
  { positionals: [given], values, terminal }: Invocation<typeof PLACE_OPTIONS>,
  doing: string,
): Promise<{ readonly place: string; readonly base: string } | undefined> {
  if (given !== undefined) return { place: given, base: terminal.folder };
  const place = await engine.publishing.place();
  if (place === undefined)
    throw new UsageError('Name a place, such as s3://bucket/folder or a folder, or set "knowledge.published" in lintel.yaml.');
  if (!values.yes && !(await terminal.ask(`${doing} ${printable(place)}, as lintel.yaml says?`))) {
    terminal.err(`lintel: lintel.yaml names ${printable(place)}. Nothing was done; agree with --yes.\n`);
    return undefined;
  }
  return { place, base: engine.root };
}

/** Shows how far a transfer is: a line that is redrawn on a terminal, else one for every quarter. */
export function transferLine({ redraws, err }: Pick<Terminal, 'redraws' | 'err'>, doing: string) {
  let shown = -1;
  return {
    show: (done: number, total: number): void => {
      const percent = total === 0 ? 100 : Math.floor((100 * done) / total);
      if (redraws) err(`\r\u001b[K${doing} ${percent}%`);
      else if (Math.floor(percent / 25) > shown) err(`${doing} ${percent}%\n`);
      shown = Math.max(shown, Math.floor(percent / 25));
    },
    end: (): void => {
      if (redraws && shown >= 0) err('\r\u001b[K');
    },
  };
}
