import type { TestReport } from '../../model/selection.ts';
import type { Framework } from '../suite/suite.ts';

/** A spec that is to be run. */
export interface RunnableSpec {
  /** Repository-relative, forward slashes. */
  readonly path: string;
  readonly framework: Framework;
  /** The configuration that takes it, where there is one. */
  readonly config?: string | undefined;
  /** What `lintel.yaml` says to run its suite with. */
  readonly command?: string | undefined;
}

/** What a repository says about running tests. */
export interface RunFacts {
  /** All paths of the repository. */
  readonly files: ReadonlySet<string>;
  /** Text of a spec, or of a `package.json`; `undefined` where it is not known. */
  readonly text: (path: string) => string | undefined;
}

/** What runs a spec. Specs with the same key, framework and folder share one process. */
export interface Runner {
  readonly key: string;
  readonly cwd: string;
  /** One process for each spec, for tools that take one only. */
  readonly single?: true;
  readonly line: (paths: readonly string[]) => CommandLine;
}

export interface CommandLine {
  readonly command: string;
  readonly args: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly report?: TestReport;
}

/** Nothing is known to run a spec; the sentence says why. */
export interface NoRunner {
  readonly reason: string;
}
