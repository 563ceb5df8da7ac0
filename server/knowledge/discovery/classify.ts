import type { DocumentKind } from '../../model/document.ts';
import { recordName } from '../record-name.ts';
import type { Config } from './config.ts';
import { createMatcher, type Matcher } from './globs.ts';

/** Which reader a file is for. */
export interface Classification {
  readonly kind: DocumentKind;
  /** Format of the reader, as in `Document.format`. */
  readonly format: string;
}

interface Globs {
  readonly decisions: Matcher;
  readonly specifications: Matcher;
  readonly guides: Matcher;
  readonly exclude: Matcher;
}

const compiled = new WeakMap<Config, Globs>();

const globsOf = (config: Config): Globs => {
  let globs = compiled.get(config);
  if (!globs) {
    globs = {
      decisions: createMatcher(config.decisions, { braces: true }),
      specifications: createMatcher(config.specifications, { braces: true }),
      guides: createMatcher(config.guides, { braces: true }),
      exclude: createMatcher(config.exclude, { braces: true }),
    };
    compiled.set(config, globs);
  }
  return globs;
};

const PROSE: ReadonlyMap<string, string> = new Map([
  ['md', 'markdown'],
  ['markdown', 'markdown'],
  ['mdx', 'markdown'],
  ['rst', 'rst'],
  ['rest', 'rst'],
  ['adoc', 'asciidoc'],
  ['asciidoc', 'asciidoc'],
]);
const LANGUAGES: ReadonlyMap<string, string> = new Map([
  ['proto', 'protobuf'],
  ['graphql', 'graphql'],
  ['graphqls', 'graphql'],
  ['gql', 'graphql'],
  ['feature', 'gherkin'],
]);
const DATA = new Set(['yaml', 'yml', 'json']);

const SKIPPED = new Set(
  'node_modules bower_components vendor vendored third_party third-party thirdparty external-libs .git .hg .svn changelog changelogs .changelog .changes .changeset newsfragments release-notes releasenotes dist build out target .next .nuxt .venv venv site-packages __pycache__ pods deps _deps versioned_docs .terraform .yarn .gradle coverage'.split(
    ' ',
  ),
);
const TRIALS =
  /^_*(?:fixtures?|stubs?|testdata|test-?data|test_data|testfixtures?|mocks?|snapshots?|cassettes|templates?|boilerplate|skeletons?|archetypes?|scaffolds?)_*$/;
const TESTS =
  /^_*(?:tests?|e2e|e2e-tests?|specs?|integration-tests?|examples?|samples?|demos?|i18n|l10n|locales?|translations?|translated_docs)_*$/;

// Folders that contain little but records.
const RECORD_FOLDER =
  /^(?:m?adrs?|(?:(?:architect(?:ure|ural)|design|technical|tech)[-_ ]?)?decisions?(?:[-_ ]?(?:records?|logs?|register))?|ard|rfcs?|keps?|teps?|oeps?|peps?|jeps?|xeps?|(?:\w+[-_])?(?:adrs?|rfcs?))$/;
// Folders in which only some files are records, recognised by name.
const MIXED_FOLDER = /^(?:proposals?|enhancements?|architecture|architectural|design-proposals?|arch|design-docs|decision)$/;
const PROPOSAL_FOLDER = /proposal|enhancement|rfc|[ktpo]ep/;
const DOCS_FOLDER =
  /^(?:docs?|documentation|wiki|handbook|guides?|runbooks?|playbooks?|design|designs|design-docs|architecture|specs?|specifications?|technical-design|manual|book|website|knowledge-base|kb|tech-docs)$/;
const GUIDE_NAME =
  /^(?:readme|contributing|architecture|agents?|claude|gemini|copilot-instructions|design|development|developing|hacking|style-?guide|conventions|governance|glossary|overview|guidelines|security|testing|runbook|onboarding|principles|tech-?radar|vision|roadmap)(?:[-_.][\w-]{1,20})?$/;
const NO_GUIDE =
  /^(?:changelog|changes|history|news|license|licence|copying|notice|authors|adopters|users|contributors|maintainers|code_of_conduct|code-of-conduct|pull_request_template|release-?notes?|summary|_sidebar|_navbar|_coverpage|_footer|toc|third[-_]party[-_](?:licen[sc]es?|notices?|software|programs?|components?|attributions?))(?:[-_.].*)?$|^third[-_]party$/;
const INDEX_NAME =
  /^(?:readme|_?index|toc|summary|_sidebar|_category_|overview|list|adr-?(?:index|log|list|toc|summary)|decision-?log|contents|table-of-contents)$/;
const TEMPLATE_NAME =
  /^(?:[\d_.x-]|nnnn|yyyy|mm|dd)*(?:(?:m?adr|rfc|kep|tep|decision|record|proposal|enhancement|design|doc|short|long|bare|minimal|full|example|sample|nygard|my|our)[-_ .]?){0,4}templates?(?:[-_ .](?:m?adr|rfc|kep|bare|minimal|full|short|long|for|nygard|madr|v?\d+).{0,40})?$/;
const PLACEHOLDER_NAME =
  /^(?:(?:m?adr|rfc|kep)[-_]?)?(?:x{3,}|n{3,}|0{4}|yyyy-?mm-?dd)[-_]+(?:template|title|name|rfc-title|short|your|my|example|feature).*$/;
const FOREIGN_NAME =
  /^(?:contributing|changelog|license|licence|code_of_conduct|process|glossary|how-?to.*|about|guidelines?|guide|faq|maintainers|owners|agents|claude|workflow|instructions|conventions|adr-process|rfc-process|.*[-_]process|.*[-_]checklist|cheat-?builder)$/;
const RECORD_PREFIX = /^(?:m?adr|rfc|kep|tep|pep|oep|jep|dr|ddr|ad)[-_ .]?\d/;
// In the file name, or as the name or last word of one of the three folders above it.
const SPEC_HINT =
  /open-?api|swagger|async-?api|schema|(?:^|[-_./])(?:(?:oas3?|v\d+)(?=[-_.][^/]*$)|(?:apis?|specs?|specification|contracts?|events?)(?=[-_.][^/]*$|\/)|(?:specifications|definitions?|messages?|interfaces?|reference|docs?|static|public)(?=\/))/;
const NO_SPEC =
  /(?:^|\/)(?:package|package-lock|tsconfig[\w.-]*|composer|lerna|nx|project|angular|deno|jsr|bun|renovate|manifest|turbo|biome|vercel|firebase|launch|settings|tasks|extensions|api-extractor|values[\w.-]*|chart|kustomization|docker-compose[\w.-]*|compose|mkdocs|_config|pnpm-lock|dependabot|codecov|\.[^/]*)\.(?:json|ya?ml)$|(?:^|\/)(?:\.github|\.gitlab|\.circleci|\.vscode|\.idea|\.storybook|kubernetes|k8s|helm|charts|terraform|locales?|i18n|translations|lang|playbooks|roles|group_vars|host_vars|environments?|cassettes)\//;

const MAX_PATH = 4_096;
const MAX_NAME = 256;

/** Number of characters at the start of a file that {@link classify} looks at. */
export const PEEK_LENGTH = 2_048;

const extensionOf = (name: string): string => {
  const dot = name.lastIndexOf('.');
  return dot < 0 ? '' : name.slice(dot + 1);
};

/** Format of a YAML or JSON file, by its first keys; `undefined` if it is not a specification. */
const dataFormat = (beginning: string, stem: string): string | undefined => {
  const text = beginning.slice(0, PEEK_LENGTH);
  if (/(?:^|[\n{,])\s*["']?(?:openapi["']?\s*:\s*["']?3\.|swagger["']?\s*:\s*["']?2)/.test(text)) return 'openapi';
  if (/(?:^|[\n{,])\s*["']?asyncapi["']?\s*:\s*["']?[1-9]/.test(text)) return 'asyncapi';
  // If the keys are sorted, a specification starts with its components and its version comes last.
  if (/open-?api|swagger/.test(stem) && /^\s*\{?\s*["']?(?:basePath|components|definitions|host|info|paths|servers)["']?\s*:/m.test(text))
    return 'openapi';
  if (/^\s*\{?\s*["']?components["']?\s*:\s*\{?\s*["']?(?:responses|schemas|parameters|securitySchemes|requestBodies)["']?\s*:/.test(text))
    return 'openapi';
  if (/async-?api/.test(stem) && /^\s*\{?\s*["']?(?:channels|components|info|operations)["']?\s*:/m.test(text)) return 'asyncapi';
  // A file that names the schema it follows is not itself a schema: only the URL of a draft counts.
  if (/["']?\$schema["']?\s*:\s*["']?https?:\/\/json-schema\.org\/(?:draft|schema)/.test(text)) return 'json-schema';
  return undefined;
};

const RECORD_WORDS = [
  'status',
  'context|problem|context and problem statement',
  'decision|decision outcome|decision drivers',
  'consequences',
];
const PROPOSAL_WORDS = [
  'summary|abstract|overview',
  'motivation',
  'goals|non-goals',
  'proposal',
  'authors?|owners?|sponsors?',
  'status|creation-date|state',
  'drawbacks',
];

/** Whether at least two of the words occur as a heading, bullet, bold label or front matter key. */
const hasTwoOf = (words: readonly string[], text: string): boolean => {
  const beginning = text.slice(0, PEEK_LENGTH);
  const has = (word: string): boolean =>
    new RegExp(`^(?:#{1,4}[ \\t]+(?:\\d+\\.?[ \\t]+)?|[-*][ \\t]+|\\*\\*|__)*(?:${word})\\b`, 'im').test(beginning);
  return words.filter(has).length >= 2;
};

const SDL = /^[ \t]*(?:extend[ \t]+)?(?:(?:type|interface|input|enum|union|scalar)[ \t]+[A-Za-z_]|directive[ \t]+@|schema\b[ \t]*[@{])/m;

type Peek = () => string;

interface Name {
  readonly path: string;
  /** Folders in lower case, from the top. */
  readonly folders: readonly string[];
  /** File name without extension, lower case. */
  readonly stem: string;
  readonly extension: string;
}

const isNumbered = (path: string): boolean => {
  const name = recordName(path);
  return name.number !== undefined || name.date !== undefined;
};

/** Whether a folder is named like a record, so that its README is the record. Four digits before words count as a number here, even if they look like a year. */
const isRecordFolder = (folders: readonly string[]): boolean =>
  /^\d+[-_. ]+\p{L}/u.test(folders.at(-1) ?? '') || isNumbered(`${folders.join('/')}/index.md`);

/** Whether a file is a record or an index, by folder and name. `undefined` if it is not in a folder of records. */
const recordRole = (name: Name, peek: Peek | undefined): 'record' | 'index' | 'none' | undefined => {
  const { folders, stem, path } = name;
  let at = folders.length - 1;
  while (at >= 0 && !RECORD_FOLDER.test(folders[at] ?? '') && !MIXED_FOLDER.test(folders[at] ?? '')) at -= 1;
  if (at < 0) return RECORD_PREFIX.test(stem) && folders.some((each) => DOCS_FOLDER.test(each)) ? 'record' : undefined;
  const numbered = isNumbered(path) || RECORD_PREFIX.test(stem);
  if (TEMPLATE_NAME.test(stem) || PLACEHOLDER_NAME.test(stem)) return 'none';
  const folder = folders[at] ?? '';
  const strong = RECORD_FOLDER.test(folder);
  const below = folders.length - 1 - at;
  const own = below > 0 && isRecordFolder(folders);
  if (INDEX_NAME.test(stem)) {
    if (below > 0 && TEMPLATE_NAME.test(folders.at(-1) ?? '')) return 'none';
    // `0007-use-kafka/README.md` is the record; `adr/README.md` and `adr/frontend/README.md` are indexes.
    return own ? 'record' : strong ? 'index' : undefined;
  }
  if (numbered) return 'record';
  if (FOREIGN_NAME.test(stem)) return strong ? 'index' : undefined;
  // Other files in the record's own folder belong to it but are not records.
  if (own) return 'index';
  // Such as `.claude/commands/adr/write.md`, which tells a tool how to write records.
  if (folders.some((each) => each.startsWith('.'))) return undefined;
  if (strong && below === 0) return 'record';
  const beginning = peek?.();
  if (beginning !== undefined && hasTwoOf(RECORD_WORDS, beginning)) return 'record';
  if (beginning !== undefined && PROPOSAL_FOLDER.test(folder) && hasTwoOf(PROPOSAL_WORDS, beginning)) return 'record';
  return strong ? 'index' : undefined;
};

const guideOf = ({ folders, stem, path }: Name, format: string): Classification | undefined => {
  if (NO_GUIDE.test(stem) || folders.includes('issue_template')) return undefined;
  const named = folders.length === 0 || (GUIDE_NAME.test(stem) && stem !== 'security');
  const inDocs = folders.some((folder) => DOCS_FOLDER.test(folder));
  return named || inDocs || path.startsWith('.github/instructions/') ? { kind: 'guide', format } : undefined;
};

const specOf = (name: Name, peek: Peek | undefined, forced: boolean): Classification | undefined => {
  const { extension, folders } = name;
  const other = LANGUAGES.get(extension);
  if (other) {
    // GraphQL operations of a client are code; only a schema is a specification.
    if (other === 'graphql' && !forced && peek && !SDL.test(peek())) return undefined;
    return { kind: 'specification', format: other };
  }
  if (!DATA.has(extension) || !peek) return undefined;
  if (!forced && folders.some((folder) => TESTS.test(folder) && !/^specs?$/.test(folder))) return undefined;
  const format = dataFormat(peek(), name.stem);
  return format ? { kind: 'specification', format } : undefined;
};

/** Whether the path of a YAML or JSON file suggests a specification, so that its start is worth reading. */
export const maySpecify = (path: string): boolean => {
  let start = path.length;
  for (let folders = 0; folders <= 3 && start >= 0; folders += 1) start = path.lastIndexOf('/', start - 1);
  const lower = path.toLowerCase();
  return SPEC_HINT.test(lower.slice(start + 1)) && !NO_SPEC.test(lower);
};

const isCodeowners = (path: string): boolean => /^(?:\.github\/|\.gitlab\/|\.gitea\/|docs\/)?CODEOWNERS$/.test(path);

/** Whether a file of this name can be a document: a cheap first filter for all paths of a repository. */
export const mayBeDocument = (path: string): boolean => {
  const extension = path.slice(path.lastIndexOf('.') + 1).toLowerCase();
  return PROSE.has(extension) || LANGUAGES.has(extension) || DATA.has(extension) || path.endsWith('CODEOWNERS');
};

/**
 * Says which reader a file is for, by its path, the configuration and, only if these do not decide, its start. `undefined` if it is not a document.
 *
 * Order: `exclude`; the globs of the configuration (`decisions`, `specifications`, `guides`); convention. Templates are never documents and an index
 * of records is at most a guide, even if a glob with a wildcard matches them.
 *
 * @param path Repository-relative, forward slashes.
 * @param peek Returns the start of the file, {@link PEEK_LENGTH} characters or more. Without it, files that only their content identifies are left out.
 */
export const classify = (path: string, config: Config, peek?: () => string): Classification | undefined => {
  // No file system has longer names, and the patterns below would be slow on them.
  if (!mayBeDocument(path) || path.length > MAX_PATH || path.length - path.lastIndexOf('/') > MAX_NAME) return undefined;
  const globs = globsOf(config);
  // Most paths of a large repository end here, so this check comes before the expensive ones.
  const extension = extensionOf(path).toLowerCase();
  if (DATA.has(extension) && !maySpecify(path) && !globs.specifications.match(path)) return undefined;
  if (globs.exclude.match(path)) return undefined;
  if (isCodeowners(path)) return { kind: 'guide', format: 'codeowners' };
  const folders = path.toLowerCase().split('/');
  const file = folders.pop() ?? '';
  const name: Name = { path, folders, stem: file.slice(0, Math.max(file.length - extension.length - 1, 0)), extension };
  const prose = PROSE.get(extension);

  const decision = globs.decisions.match(path);
  if (decision && prose) {
    const exact = decision.toLowerCase().endsWith(file);
    if (exact || !(TEMPLATE_NAME.test(name.stem) || PLACEHOLDER_NAME.test(name.stem))) {
      const index = !exact && (INDEX_NAME.test(name.stem) || FOREIGN_NAME.test(name.stem)) && !isNumbered(path);
      return { kind: index ? 'guide' : 'decision', format: prose };
    }
    return undefined;
  }
  if (globs.specifications.match(path)) {
    const specification = specOf(name, peek, true);
    if (specification) return specification;
  }
  if (globs.guides.match(path) && prose) return { kind: 'guide', format: prose };

  if (folders.some((folder) => SKIPPED.has(folder) || TRIALS.test(folder))) return undefined;
  if (!prose) return specOf(name, peek, false);
  // Records in a test suite or an example are not decisions of this repository.
  const trial = folders.some((folder) => TESTS.test(folder) && !/^specs?$/.test(folder));
  const role = trial ? undefined : recordRole(name, peek);
  if (role === 'record') return { kind: 'decision', format: prose };
  if (role === 'none') return undefined;
  if (role === 'index') return { kind: 'guide', format: prose };
  return trial && !/^(?:readme|agents|claude)$/.test(name.stem) ? undefined : guideOf(name, prose);
};
