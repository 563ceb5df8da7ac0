import { discoverSuite, type Suite } from '../../server/selection/index.ts';

/** A repository in memory: text by path. */
export type Files = Readonly<Record<string, string>>;

export const readFrom =
  (files: Files) =>
  async (path: string): Promise<string | undefined> =>
    Object.hasOwn(files, path) ? files[path] : undefined;

export const suiteOf = (files: Files, options: Parameters<typeof discoverSuite>[2] = {}): Promise<Suite> =>
  discoverSuite(Object.keys(files), readFrom(files), options);

/** Specs as `framework path`, in their order. */
export const specsOf = async (files: Files, options: Parameters<typeof discoverSuite>[2] = {}): Promise<string[]> =>
  (await suiteOf(files, options)).specs.map(({ framework, path }) => `${framework} ${path}`);
