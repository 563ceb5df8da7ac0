/** Messages about end-to-end tests: which ones a change makes relevant, and how they are run. What they carry is defined in `server/model/selection.ts`. */
import type {
  DiffRequest,
  SelectedTest,
  SelectionRequest,
  SkippedTest,
  TestCommand,
  TestCommands,
  TestSelection,
} from '../server/model/selection.ts';
import type { SpecOutcome } from '../server/model/test-runs.ts';

/** Request `lintel/selectTests`: the end-to-end tests that a change makes relevant, in every repository of the workspace or in one. Reads files as they are on disk. */
export const SELECT_TESTS = 'lintel/selectTests';
export interface SelectTestsParams extends Omit<SelectionRequest, 'diff'> {
  /** Default: what differs between HEAD and the files on disk. */
  readonly diff?: DiffRequest;
  /** Only in the repository of this folder. Default: in all repositories of the workspace. */
  readonly folderUri?: string;
}
export interface SelectTestsResult {
  /** One entry per repository, in the order of the workspace. */
  readonly repositories: readonly RepositoryTests[];
}
export interface RepositoryTests {
  /** Root of the repository, as the client spells it. */
  readonly uri: string;
  /** Name of its folder. */
  readonly name: string;
  /** Absent where there is a failure. */
  readonly selection?: WireTestSelection;
  /** Why nothing can be said, and the code of the error. */
  readonly failure?: { readonly code: string; readonly message: string };
}
export interface WireTestSelection extends Omit<TestSelection, 'selected' | 'remainder'> {
  readonly selected: readonly WireSelectedTest[];
  readonly remainder: readonly WireSkippedTest[];
}
/** A selected spec with the URI of its file. */
export interface WireSelectedTest extends SelectedTest {
  readonly uri: string;
}
export interface WireSkippedTest extends SkippedTest {
  readonly uri: string;
}

/** Request `lintel/testCommands`: how specs are run. The server runs nothing. */
export const TEST_COMMANDS = 'lintel/testCommands';
export interface TestCommandsParams {
  /** A file or folder of the repository. */
  readonly uri: string;
  /** Paths of specs, as `lintel/selectTests` has them. */
  readonly specs: readonly string[];
}
export interface TestCommandsResult extends Omit<TestCommands, 'commands'> {
  readonly commands: readonly WireTestCommand[];
}
export interface WireTestCommand extends TestCommand {
  /** Absolute path of the folder to run it in. */
  readonly folder: string;
  /** As a line to type into a shell at the root of the repository. */
  readonly text: string;
}

/** Request `lintel/testResults`: what the reports of a run say of the specs that it was meant to run. */
export const TEST_RESULTS = 'lintel/testResults';
export interface TestResultsParams {
  /** A file or folder of the repository. */
  readonly uri: string;
  /** Paths of specs, as `lintel/selectTests` has them. */
  readonly specs: readonly string[];
  /** Absolute paths of the files that the runner wrote, as this machine spells them. */
  readonly reports: readonly string[];
}
export interface TestResultsResult {
  /** Specs that no complete report names are missing, unless they failed. */
  readonly results: readonly SpecOutcome[];
}

/** Request `lintel/defaultBranch`: the branch that changes of a repository are merged to. */
export const DEFAULT_BRANCH = 'lintel/defaultBranch';
export interface DefaultBranchParams {
  /** A file or folder of the repository. */
  readonly uri: string;
}
export interface DefaultBranchResult {
  /** Absent where it is not known. */
  readonly branch?: string;
}

/** Command of code lenses that the client implements: show which end-to-end tests are relevant. It has no argument. */
export const SHOW_TESTS = 'lintel.showTests';

export type { DiffRequest, JudgedPath, PathRole, TestEvidence, TestReport, Verdict } from '../server/model/selection.ts';
export type { SpecOutcome } from '../server/model/test-runs.ts';
