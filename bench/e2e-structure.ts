import { execFileSync, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Diff } from '../server/model/diff.ts';
import type { StructureScores } from '../server/selection/ranking/lists.ts';
import { catalogueOf, translationPaths } from '../server/selection/structure/catalogue.ts';
import { type StructuralEvidence, structuralEvidence } from '../server/selection/structure/evidence.ts';
import { type FileFacts, factsOf, hasFacts } from '../server/selection/structure/file-facts.ts';
import { productOf } from '../server/selection/structure/product.ts';
import { placesIn, type SpecPlace } from '../server/selection/structure/spec-places.ts';

export interface StructureOf extends StructuralEvidence {
  readonly took: number;
}

/** The structure of the product before each commit, from a bare clone; facts of files are kept by blob. */
export function structureReader(
  mirror: string,
  repo: string,
):
  | {
      readonly of: (sha: string, diff: Diff, specs: readonly (readonly [string, string])[]) => Promise<StructureOf>;
      readonly close: () => void;
    }
  | undefined {
  const git = join(mirror, repo.replace('/', '+'), 'repo');
  if (!existsSync(git)) return undefined;
  const facts = new Map<string, FileFacts | undefined>();
  const places = new Map<string, readonly SpecPlace[]>();
  const blobReader = spawn('git', ['-C', git, 'cat-file', '--batch'], { stdio: ['pipe', 'pipe', 'ignore'] });
  let pending = Buffer.alloc(0);
  const chunks: Buffer[] = [];
  let wake: () => void = () => undefined;
  blobReader.stdout.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    wake();
  });
  const more = async (): Promise<void> => {
    if (chunks.length === 0)
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    pending = Buffer.concat([pending, ...chunks.splice(0)]);
  };
  const batch = async (input: readonly string[]): Promise<(string | undefined)[]> => {
    if (input.length === 0) return [];
    blobReader.stdin.write(input.map((one) => `${one}\n`).join(''));
    const out: (string | undefined)[] = [];
    while (out.length < input.length) {
      let end = pending.indexOf(10);
      while (end < 0) {
        await more();
        end = pending.indexOf(10);
      }
      const size = Number(/ blob (\d+)$/.exec(pending.toString('utf8', 0, end))?.[1] ?? Number.NaN);
      if (Number.isNaN(size)) {
        pending = pending.subarray(end + 1);
        out.push(undefined);
        continue;
      }
      while (pending.length < end + size + 2) await more();
      out.push(pending.toString('utf8', end + 1, end + 1 + Math.min(size, 400_000)));
      pending = pending.subarray(end + size + 2);
    }
    return out;
  };
  const texts = new Map<string, string>();
  const of = async (sha: string, diff: Diff, specs: readonly (readonly [string, string])[]): Promise<StructureOf> => {
    const tree = execFileSync('git', ['-C', git, 'ls-tree', '-r', sha], { encoding: 'utf8', maxBuffer: 1 << 28 })
      .split('\n')
      .flatMap((line) => {
        const found = /^\d+ blob (\w+)\t(.*)$/.exec(line);
        return found ? [[found[2] ?? '', found[1] ?? ''] as const] : [];
      });
    const isSpec = new Set(specs.map(([path]) => path));
    const wanted = tree.filter(([path]) => !isSpec.has(path) && hasFacts(path));
    const missing = wanted.filter(([path, blob]) => !facts.has(`${path} ${blob}`));
    for (let at = 0; at < missing.length; at += 200) {
      const some = missing.slice(at, at + 200);
      for (const [index, text] of (await batch(some.map(([, blob]) => blob))).entries()) {
        const [path, blob] = some[index] ?? ['', ''];
        facts.set(`${path} ${blob}`, text === undefined ? undefined : factsOf(path, text));
      }
    }
    const packages = new Map<string, string>();
    const manifests = tree.filter(([path]) => /(?:^|\/)package\.json$/.test(path) && !path.includes('node_modules/')).slice(0, 200);
    const unread = manifests.filter(([, blob]) => !texts.has(blob));
    for (const [index, text] of (await batch(unread.map(([, blob]) => blob))).entries()) texts.set(unread[index]?.[1] ?? '', text ?? '');
    for (const [path, blob] of manifests) {
      const name = /"name"\s*:\s*"([^"\n]{1,200})"/.exec(texts.get(blob) ?? '')?.[1];
      if (name !== undefined) packages.set(name, path.slice(0, Math.max(0, path.lastIndexOf('/'))));
    }
    const blobs = new Map(tree);
    const started = performance.now();
    const product = productOf(
      new Map(
        wanted.flatMap(([path, blob]) => {
          const found = facts.get(`${path} ${blob}`);
          return found ? [[path, found] as const] : [];
        }),
      ),
      packages,
    );
    let reading = 0;
    const read = async (path: string): Promise<string | undefined> => {
      const blob = blobs.get(path);
      const begun = performance.now();
      const text = blob === undefined ? undefined : (await batch([blob]))[0];
      reading += performance.now() - begun;
      return text;
    };
    const placesOf = new Map(
      specs.map(([path, text]) => {
        const key = `${path}\n${text}`;
        const found = places.get(key) ?? placesIn(path, text);
        places.set(key, found);
        return [path, found] as const;
      }),
    );
    let catalogue: ReadonlyMap<string, readonly string[]> | undefined;
    const evidence = await structuralEvidence(diff, 'old', {
      product,
      read,
      texts: new Map(specs),
      places: placesOf,
      translations: async () => {
        const paths = translationPaths([...blobs.keys()]);
        catalogue ??= catalogueOf(
          (await batch(paths.map((path) => blobs.get(path) ?? ''))).map((text, at) => [paths[at] ?? '', text ?? '']),
        );
        return catalogue;
      },
    });
    return { ...evidence, took: performance.now() - started - reading };
  };
  return { of, close: () => void blobReader.kill() };
}

/** Scores that were written before, by item. */
export const readStructure = (file: string): ReadonlyMap<string, StructureScores> =>
  new Map(
    readFileSync(file, 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as { id: string; visits: Record<string, number>; shown: Record<string, number> })
      .map(({ id, visits, shown }) => {
        const scores = (own: Record<string, number>) => new Map(Object.entries(own).map(([spec, score]) => [spec, { score }]));
        return [id, { visits: scores(visits), shown: scores(shown) }];
      }),
  );
