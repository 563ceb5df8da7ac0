import { recordName } from '../record-name.ts';
import { hasLogSections, isLogName } from '../records/decision-log.ts';
import { hasRecordTitle, hasRecordWords, isPreamble, isProposal, isWholeRecord, proposes } from './record-words.ts';

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

// Folders that contain little but records. A leading dot is not part of the name: `.decisions`, `.adr`.
const RECORD_FOLDER =
  /^\.?(?:m?adrs?|(?:(?:architect(?:ure|ural)|design|technical|tech)[-_ ]?)?decisions?(?:[-_ ]?(?:records?|logs?|register))?|ard|rfcs?|keps?|teps?|oeps?|peps?|jeps?|xeps?|(?:\w+[-_])?(?:adrs?|rfcs?))$/;
// The same in other languages. Words with a second meaning ("решения" are also solutions of exercises) need the word for architecture beside them.
const FOREIGN_RECORD_FOLDER =
  /^\.?(?:(?:architektur-?)?entscheidungen|entscheidungs(?:log|protokolle?|register)|(?:registros?[-_ ]de[-_ ])?decis(?:o|õ)es(?:[-_ ](?:de[-_ ])?arquitetur(?:a|ais))?|(?:registros?[-_ ]de[-_ ])?decisiones(?:[-_ ](?:de[-_ ])?arquitectura|[-_ ]arquitect(?:o|ó)nicas)?|decisioni(?:[-_ ]architetturali)?|d(?:e|é)cisions(?:[-_ ](?:d[-_'’])?architectur(?:e|ales))?|beslissingen|arkitekturbeslut|decyzje[-_ ]architektoniczne|архитектурные[-_ ]решения|决策|(?:架构)?决策记录|架构决策|(?:アーキテクチャ)?(?:意思)?決定記録|アーキテクチャ決定|(?:아키텍처[-_ ]?)?결정[-_ ]?기록)$/u;
// Folders in which only some files are records, recognised by name.
const MIXED_FOLDER = /^(?:proposals?|enhancements?|architecture|architectural|design-proposals?|arch|design-docs|decision)$/;
const PROPOSAL_FOLDER = /proposal|enhancement|rfc|[ktpo]ep/;
/** Folders of code: a folder `adr` below one of them may be a package of that name. */
const CODE_FOLDER = /^(?:src|lib|libs|packages?|pkg|internal|cmd|tools?|crates?|modules?|plugins?|cli|server|client|app)$/;

const INDEX_NAME =
  /^(?:_?readme|_?index|toc|summary|_sidebar|_category_|overview|list|adr-?(?:index|log|list|toc|summary)|decision-?log|contents|table-of-contents|[ií]ndice|inhalt(?:sverzeichnis)?|sommaire|spis[-_ ]tre[sś]ci|оглавление|目录|目錄|目次|목차)$/u;
/** `template` in English and the other most used languages of records. */
const TEMPLATE_WORDS =
  'templates?|plantillas?|vorlagen?|mod[eè]les?|modelos?|modello|gabarit|sjabloon|szablon|şablon|шаблон|テンプレート|模板|範本|템플릿';
const TEMPLATE_NAME = new RegExp(
  String.raw`^(?:[\d_.x-]|nnnn|yyyy|mm|dd)*(?:(?:m?adr|rfc|kep|tep|[cdnqrs]ep|scs|decision|record|proposal|enhancement|design|standard|doc|short|long|bare|minimal|full|example|sample|nygard|my|our)[-_ .]?(?:\d{1,4}[-_ .]|x{3,}[-_ .]|v?n{1,4}[-_ .])*){0,5}(?:${TEMPLATE_WORDS})(?:[-_ .](?:(?:m?adr|rfc|kep|bare|minimal|full|short|long|for|nygard|madr|v?\d+).{0,40}|[a-z]{2}(?:[-_][a-z]{2})?))?$`,
  'u',
);
const PLACEHOLDER_NAME =
  /^(?:(?:m?adr|rfc|kep)[-_]?)?(?:x{3,}|n{3,}|0{4}|yyyy-?mm-?dd)[-_]+(?:template|title|name|rfc-title|short|your|my|example|feature).*$/;
const FOREIGN_NAME =
  /^(?:contributing|changelog|license|licence|code_of_conduct|process|glossary|how-?to.*|about|guidelines?|guide|faq|maintainers|owners|agents|claude|workflow|instructions|conventions|adr-process|rfc-process|.*[-_]process|.*[-_]checklist|cheat-?builder)$/;
const RECORD_PREFIX = /^(?:m?adr|rfc|kep|tep|pep|oep|jep|dr|ddr)[-_ .]?\d/;
/** `0001-x`, `001_x`: an order of two digits is that of chapters. */
const COUNTED = /^\d{3,5}[-_. ]+\p{L}/u;

/** `eip-20`, `DIP1001`, `0001-x`: the number of a proposal in a series. */
const SERIES = /^(?:[A-Za-z]{2,6}[-_ ]|[A-Z]{2,6})?0*(\d{1,5})(?:[-_. ].*)?$/;

/** Whether a name is that of a template or of a place holder such as `NNNN-title`. */
export const isTemplate = (stem: string): boolean => TEMPLATE_NAME.test(stem) || PLACEHOLDER_NAME.test(stem);

/** Whether a name is that of an index of records, or of a page about how they are written. */
export const isIndex = (stem: string): boolean => INDEX_NAME.test(stem) || FOREIGN_NAME.test(stem);

/** Whether a folder contains little but records, by its name in lower case. */
export const isFolderOfRecords = (folder: string): boolean => RECORD_FOLDER.test(folder) || FOREIGN_RECORD_FOLDER.test(folder);

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
  if (isTemplate(stem) || (!counted && number === undefined && isIndex(stem))) return undefined;
  if (number === undefined && !counted && !inDocs && !MAY_BE_TITLED.test(stem)) return undefined;
  const beginning = peek?.();
  if (beginning === undefined) return undefined;
  if (number !== undefined && isPreamble(beginning, number)) return 'record';
  if (ofFolder) return undefined;
  if (hasRecordTitle(beginning)) return 'record';
  if (!counted) return undefined;
  // `text/0001-x.md` is where the RFC repositories that follow Rust's keep their RFCs.
  const texts = folders.length === 1 && folders[0] === 'text';
  return isWholeRecord(beginning) || (texts ? proposes(beginning) : isProposal(beginning)) ? 'record' : undefined;
};

/** Whether a file is a record or an index, by folder and name. `undefined` if it is not in a folder of records and does not begin like a record. */
export const recordRole = (name: PathParts, peek: Peek | undefined, inDocs: boolean): 'record' | 'index' | 'none' | undefined => {
  const { folders, stem, path } = name;
  let at = folders.length - 1;
  while (at >= 0 && !isFolderOfRecords(folders[at] ?? '') && !MIXED_FOLDER.test(folders[at] ?? '')) at -= 1;
  if (at < 0) return RECORD_PREFIX.test(stem) && inDocs ? 'record' : roleByContent(name, peek, inDocs);
  const numbered = isNumbered(path) || RECORD_PREFIX.test(stem);
  if (isTemplate(stem)) return 'none';
  const folder = folders[at] ?? '';
  // Its sections are records, each by itself.
  if (isLogName(stem) && !isFolderOfRecords(folder) && hasLogSections(peek?.() ?? '')) return 'index';
  const strong = isFolderOfRecords(folder);
  const below = folders.length - 1 - at;
  const own = below > 0 && isRecordFolder(folders);
  if (INDEX_NAME.test(stem)) {
    if (below > 0 && TEMPLATE_NAME.test(folders.at(-1) ?? '')) return 'none';
    // `0007-use-kafka/README.md` is the record; `adr/README.md` and `adr/frontend/README.md` are indexes.
    return own ? 'record' : strong ? 'index' : undefined;
  }
  // Chapters of a manual (`01-overview`) and series of other documents (`ad-0001`, a description) are numbered too.
  if (numbered && (strong || RECORD_PREFIX.test(stem) || COUNTED.test(stem) || recordName(path).date !== undefined)) return 'record';
  if (FOREIGN_NAME.test(stem)) return strong ? 'index' : undefined;
  // Other files in the record's own folder belong to it but are not records.
  if (own) return 'index';
  // Such as `.claude/commands/adr/write.md`, which tells a tool how to write records.
  const hidden = folders.some((each) => each.startsWith('.'));
  if (strong && below === 0 && !hidden) return 'record';
  const beginning = peek?.();
  if (beginning !== undefined && hasRecordTitle(beginning)) return 'record';
  if (hidden) return strong && beginning !== undefined && isWholeRecord(beginning) ? 'record' : undefined;
  if (beginning !== undefined && hasRecordWords(beginning)) return 'record';
  if (beginning !== undefined && PROPOSAL_FOLDER.test(folder) && proposes(beginning)) return 'record';
  return strong ? 'index' : undefined;
};
