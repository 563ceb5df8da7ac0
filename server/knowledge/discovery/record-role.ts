import { recordName } from '../record-name.ts';
import { hasLogSections, isLogName } from '../records/decision-log.ts';
import { isFolderOfRecords, isListName, isPageName, isTemplate } from './record-names.ts';
import {
  hasDecisionAnd,
  hasPlaceholderTitle,
  hasRecordParts,
  hasRecordTitle,
  hasRecordWords,
  isAboutRecords,
  isMovedAway,
  isOfSeries,
  isPreamble,
  isProposal,
  isWholeRecord,
  namesDecision,
  proposes,
} from './record-words.ts';

/** Returns the start of a file. */
export type Peek = () => string;

/** The path of a file in the parts that its role follows from. */
export interface PathParts {
  readonly path: string;
  /** Folders in lower case, composed (NFC), from the top. */
  readonly folders: readonly string[];
  /** File name without extension, lower case. */
  readonly stem: string;
  readonly extension: string;
}

/** Folders that never contain documents of this repository, wherever they are. */
const ALWAYS_SKIPPED = new Set(
  'node_modules bower_components external-libs .git .hg .svn .changelog .changes .changeset .next .nuxt .venv site-packages __pycache__ _deps versioned_docs .terraform .yarn .gradle'.split(
    ' ',
  ),
);
/** Folders of somebody else's or generated files; below a folder of records, they are topics. */
const SKIPPED = new Set(
  'vendor vendored third_party third-party thirdparty changelog changelogs newsfragments release-notes releasenotes dist build out target venv pods deps coverage'.split(
    ' ',
  ),
);
const TRIALS =
  /^_*(?:fixtures?|stubs?|testdata|test-?data|test_data|testfixtures?|mocks?|snapshots?|cassettes|templates?|boilerplate|skeletons?|archetypes?|scaffolds?)_*$/;
const TESTS =
  /^_*(?:tests?|e2e|e2e-tests?|specs?|integration-tests?|examples?|samples?|demos?|i18n|l10n|locales?|translations?|translated_docs)_*$/;
const TEST_TOPICS = /^(?:tests?|e2e|e2e-tests?|integration-tests?|i18n|l10n)$/;

// Folders in which only some files are records, recognised by name.
const MIXED_FOLDER = /^(?:proposals?|enhancements?|architecture|architectural|design-proposals?|arch|design-docs|decision)$/;
const PROPOSAL_FOLDER = /proposal|enhancement|rfc|[ktpo]ep/;
/** Folders of code: a folder `adr` below one of them may be a package of that name. */
const CODE_FOLDER = /^(?:src|lib|libs|packages?|pkg|internal|cmd|tools?|crates?|modules?|plugins?|cli|server|client|app)$/;

const RECORD_PREFIX = /^(?:m?adr|rfc|kep|tep|pep|oep|jep|dr|ddr)[-_ .]?\d/;
/** A number that is zero: the template or the first record. */
const ZERO = /^\D{0,6}0+(?!\d)/;
/** `eip-20`, `qep-4`, `dip1001`: enhancement and improvement proposals. */
const PROPOSAL_PREFIX = /^[a-z]{1,3}[ei]ps?[-_ .]?\d/;
/** Names of texts about a record: `ADR-NNN-x-REVIEW`, `REVIEW-ADR-NNN`. */
const ABOUT_RECORD = /[-_ .](?:reviews?|critique|review[-_]findings)$|^(?:reviews?|critique|plan|prd|task)[-_ .]/;
/** Folders of texts about records and work, which are numbered and dated like records. */
const ABOUT_FOLDER = /^\.?(?:reviews?|critiques?|memor(?:y|ies)|plans?|prds?|stories|epics|tasks|skills?|prompts?|commands)$/;
/** `0001-x`, `001_x`: an order of two digits is that of chapters. */
const COUNTED = /^\d{3,5}[-_. ]+\p{L}/u;

/** `eip-20`, `DIP1001`, `0001-x`: the number of a proposal in a series. */
const SERIES = /^(?:[A-Za-z]{2,6}[-_ ]|[A-Z]{2,6})?0*(\d{1,5})(?:[-_. ].*)?$/;

/** Whether a file is numbered or dated like a record. */
export const isNumbered = (path: string): boolean => {
  const name = recordName(path);
  return name.number !== undefined || name.date !== undefined;
};

const isTrialFolder = (folder: string): boolean => TESTS.test(folder) && !/^specs?$/.test(folder);

/**
 * What the folders of a file say about it: `skipped` (not of this repository, or material of tests), `trial` (below tests, examples or
 * translations), or `own`. Below a folder of records that is no folder of code, the names of build output and of tests are topics: `docs/adr/build/`.
 */
export const standingOf = ({ folders }: PathParts): 'skipped' | 'trial' | 'topic' | 'own' => {
  let records = folders.findIndex(isFolderOfRecords);
  if (records >= 0 && folders.slice(0, records).some((folder) => CODE_FOLDER.test(folder))) records = -1;
  let [trial, topic] = [false, false];
  for (const [at, folder] of folders.entries()) {
    if (ALWAYS_SKIPPED.has(folder) || TRIALS.test(folder)) return 'skipped';
    const below = records >= 0 && at > records;
    if (SKIPPED.has(folder)) {
      if (!below) return 'skipped';
      topic = true;
    } else if (isTrialFolder(folder)) {
      if (below && TEST_TOPICS.test(folder)) topic = true;
      else trial = true;
    }
  }
  return trial ? 'trial' : topic ? 'topic' : 'own';
};

/** Whether a folder is named like a record, so that its README is the record. Four digits before words count as a number here, even if they look like a year. */
const isRecordFolder = (folders: readonly string[]): boolean =>
  /^\d+[-_. ]+\p{L}/u.test(folders.at(-1) ?? '') || isNumbered(`${folders.join('/')}/index.md`);

/** Words in a path that make it worth looking whether a file calls itself a record. */
const MAY_BE_TITLED = /(?:^|[^a-z])(?:m?adrs?|decisions?|design|architecture)(?:[^a-z]|$)/;

/** Outside of all folders of records: only what a file says makes it a record. */
const roleByContent = ({ path, folders, stem }: PathParts, peek: Peek | undefined, inDocs: boolean): 'record' | undefined => {
  const counted = COUNTED.test(stem);
  const ofFolder = /^(?:readme|index)$/.test(stem);
  const own = path.split('/').at(ofFolder ? -2 : -1) ?? '';
  const series = recordName(path).date === undefined ? SERIES.exec(ofFolder ? own : own.slice(0, stem.length)) : null;
  const number = series?.[1];
  if (isTemplate(stem) || folders.slice(-2).some(isTemplate)) return undefined;
  if (!counted && number === undefined && (isListName(stem) || isPageName(stem))) return undefined;
  if (number === undefined && !counted && !inDocs && !MAY_BE_TITLED.test(stem)) return undefined;
  const beginning = peek?.();
  if (beginning === undefined) return undefined;
  if ((number === undefined || number === '0') && hasPlaceholderTitle(beginning)) return undefined;
  if (number !== undefined && isPreamble(beginning, number)) return 'record';
  if (PROPOSAL_PREFIX.test(stem) || /^[a-z]{2,6}-\d{4}[-_]/.test(stem)) if (isOfSeries(beginning)) return 'record';
  if (ofFolder || doubtOf(folders, stem) === 'about') return undefined;
  if (hasRecordTitle(beginning)) return 'record';
  if (!counted || doubtOf(folders, stem) !== 'none') return undefined;
  // `text/0001-x.md` is where the RFC repositories that follow Rust's keep their RFCs.
  const texts = folders.length === 1 && folders[0] === 'text';
  return isWholeRecord(beginning) || (texts ? proposes(beginning) : isProposal(beginning)) ? 'record' : undefined;
};

/**
 * Whether the file is a record although its folder also holds others (`docs/architecture`), or because of its name alone (`docs/adr-7-x.md`): it
 * names the parts of one. Where nothing can be read, three digits decide.
 */
const inMixedFolder = ({ stem, path, folders }: PathParts, folder: string, peek: Peek | undefined): 'record' | undefined => {
  const doubt = doubtOf(folders, stem);
  const first = ZERO.test(stem);
  const numbered = isNumbered(path);
  const prefixed = RECORD_PREFIX.test(stem);
  const proposals = PROPOSAL_FOLDER.test(folder);
  if (doubt === 'none' && !first) {
    // Chapters of a manual have up to three digits.
    if (folder !== '' && (prefixed || /^\d{4,5}[-_. ]+\p{L}/u.test(stem))) return 'record';
    if (proposals && numbered && /^(?:[a-z]{1,6}[-_]?)?\d{3}/.test(stem)) return 'record';
  }
  const beginning = peek?.();
  if (beginning === undefined) return prefixed || COUNTED.test(stem) ? 'record' : undefined;
  if ((first || !numbered) && hasPlaceholderTitle(beginning)) return undefined;
  if (doubt === 'about') return isWholeRecord(beginning) ? 'record' : undefined;
  if (prefixed && namesDecision(beginning)) return 'record';
  if ((numbered && hasRecordParts(beginning)) || hasRecordWords(beginning) || hasRecordTitle(beginning)) return 'record';
  return proposals && proposes(beginning) ? 'record' : undefined;
};

/** How far a name and its folders suggest a text about records rather than a record: in a hidden folder, or called a review or a note. */
const doubtOf = (folders: readonly string[], stem: string): 'none' | 'hidden' | 'about' => {
  if (ABOUT_RECORD.test(stem) || folders.some((folder) => ABOUT_FOLDER.test(folder))) return 'about';
  return folders.some((folder) => folder.startsWith('.')) ? 'hidden' : 'none';
};

/**
 * Whether a file is a record or an index, by folder, name and start. `undefined` if it is not in a folder of records and does not begin like a record.
 * A file that only says where its record is now is none.
 */
export const recordRole = (name: PathParts, peek: Peek | undefined, inDocs: boolean): 'record' | 'index' | 'none' | undefined => {
  const role = roleByName(name, peek, inDocs);
  if (role !== 'record') return role;
  const counted = isNumbered(name.path) && !ZERO.test(name.stem);
  // In a folder of records, a number says all; the file need not be read.
  if (counted && name.folders.some(isFolderOfRecords)) return role;
  const beginning = peek?.() ?? '';
  if (isMovedAway(beginning)) return 'none';
  return !counted && isAboutRecords(beginning) ? 'index' : role;
};

/** A file in a folder of records that lists decisions by the plural: `decisions/DECISIONS.md`. */
const PLURAL_LOG = /(?:s|log|register)$/;

const roleByName = (name: PathParts, peek: Peek | undefined, inDocs: boolean): 'record' | 'index' | 'none' | undefined => {
  const { folders, stem, path } = name;
  let at = folders.length - 1;
  while (at >= 0 && !isFolderOfRecords(folders[at] ?? '') && !MIXED_FOLDER.test(folders[at] ?? '')) at -= 1;
  if (at < 0) {
    if (RECORD_PREFIX.test(stem) && inDocs && inMixedFolder(name, '', peek)) return 'record';
    return roleByContent(name, peek, inDocs);
  }
  const numbered = isNumbered(path) || RECORD_PREFIX.test(stem);
  const below = folders.length - 1 - at;
  if (isTemplate(stem) || folders.slice(at + 1).some(isTemplate)) return 'none';
  const folder = folders[at] ?? '';
  // Its sections are records, each by itself.
  const strong = isFolderOfRecords(folder);
  if (isLogName(stem) && (strong ? PLURAL_LOG.test(stem) : hasLogSections(peek?.() ?? ''))) return 'index';
  const own = below > 0 && isRecordFolder(folders);
  // `0007-use-kafka/README.md` is the record; `adr/README.md` and `adr/frontend/README.md` are indexes.
  if (isListName(stem)) return own ? 'record' : strong ? 'index' : undefined;
  if (isPageName(stem) && (!numbered || ZERO.test(stem))) return strong ? 'index' : undefined;
  // Other files in the record's own folder belong to it but are not records.
  if (own && !numbered) return 'index';
  // Such as `.claude/commands/adr/write.md`, which tells a tool how to write records, or a note below `.memories/adr/`, which is about one.
  const hidden = folders.some((each) => each.startsWith('.'));
  const doubtful = hidden || folders.some((each) => ABOUT_FOLDER.test(each));
  if (numbered && !strong)
    return inMixedFolder(name, folder, peek) ?? (ZERO.test(stem) && hasPlaceholderTitle(peek?.() ?? '') ? 'none' : undefined);
  if (numbered && !doubtful && !ZERO.test(stem)) return 'record';
  const beginning = peek?.();
  if (beginning === undefined) return !strong ? undefined : numbered || (below === 0 && !hidden) ? 'record' : hidden ? undefined : 'index';
  if (hasPlaceholderTitle(beginning)) return 'none';
  if (numbered && (!doubtful || hasRecordParts(beginning) || hasRecordWords(beginning))) return 'record';
  if (strong && below === 0 && !doubtful) return 'record';
  if (hasRecordTitle(beginning)) return 'record';
  if (doubtful) return strong && isWholeRecord(beginning) ? 'record' : undefined;
  if (hasRecordWords(beginning) || isWholeRecord(beginning)) return 'record';
  if (PROPOSAL_FOLDER.test(folder) && proposes(beginning)) return 'record';
  return strong ? 'index' : undefined;
};

/**
 * Whether a file that is not taken as a record begins like one, so that its folder is worth naming to the user. Stricter than the conventions of a
 * folder of records, because the name of the folder says nothing: a decision and one more part if it is numbered, else a decision and two more.
 */
export const looksLikeRecord = ({ path, folders, stem }: PathParts, beginning: string): boolean => {
  if (isTemplate(stem) || isListName(stem) || isPageName(stem) || isLogName(stem) || folders.slice(-2).some(isTemplate)) return false;
  if (doubtOf(folders, stem) === 'about' || hasPlaceholderTitle(beginning)) return false;
  const more = recordName(path).number === undefined ? 2 : 1;
  return hasRecordTitle(beginning) || isWholeRecord(beginning) || hasDecisionAnd(more, beginning);
};
