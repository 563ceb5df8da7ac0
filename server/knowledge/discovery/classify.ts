import type { DocumentKind } from '../../model/document.ts';
import { isLogName } from '../records/decision-log.ts';
import type { Config } from './config.ts';
import { createMatcher, type Matcher } from './globs.ts';
import { isIndex, isTemplate } from './record-names.ts';
import { isNumbered, looksLikeRecord, type PathParts, type Peek, recordRole, standingOf } from './record-role.ts';
import { PEEK_LENGTH } from './record-words.ts';

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

const DOCS_FOLDER =
  /^(?:docs?|documentation|wiki|handbook|guides?|runbooks?|playbooks?|design|designs|design-docs|architecture|specs?|specifications?|technical-design|manual|book|website|knowledge-base|kb|tech-docs)$/;
const GUIDE_NAME =
  /^(?:readme|contributing|architecture|agents?|claude|gemini|copilot-instructions|design|development|developing|hacking|style-?guide|conventions|governance|glossary|overview|guidelines|security|testing|runbook|onboarding|principles|tech-?radar|vision|roadmap)(?:[-_.][\w-]{1,20})?$/;
const NO_GUIDE =
  /^(?:changelog|changes|history|news|license|licence|copying|notice|authors|adopters|users|contributors|maintainers|code_of_conduct|code-of-conduct|pull_request_template|release-?notes?|summary|_sidebar|_navbar|_coverpage|_footer|toc|third[-_]party[-_](?:licen[sc]es?|notices?|software|programs?|components?|attributions?))(?:[-_.].*)?$|^third[-_]party$/;
// In the file name, or as the name or last word of one of the three folders above it.
const SPEC_HINT =
  /open-?api|swagger|async-?api|schema|(?:^|[-_./])(?:(?:oas3?|v\d+)(?=[-_.][^/]*$)|(?:apis?|specs?|specification|contracts?|events?)(?=[-_.][^/]*$|\/)|(?:specifications|definitions?|messages?|interfaces?|reference|docs?|static|public)(?=\/))/;
const NO_SPEC =
  /(?:^|\/)(?:package|package-lock|tsconfig[\w.-]*|composer|lerna|nx|project|angular|deno|jsr|bun|renovate|manifest|turbo|biome|vercel|firebase|launch|settings|tasks|extensions|api-extractor|values[\w.-]*|chart|kustomization|docker-compose[\w.-]*|compose|mkdocs|_config|pnpm-lock|dependabot|codecov|\.[^/]*)\.(?:json|ya?ml)$|(?:^|\/)(?:\.github|\.gitlab|\.circleci|\.vscode|\.idea|\.storybook|kubernetes|k8s|helm|charts|terraform|locales?|i18n|translations|lang|playbooks|roles|group_vars|host_vars|environments?|cassettes)\//;

const MAX_PATH = 4_096;
const MAX_NAME = 256;

const extensionOf = (name: string): string => {
  const dot = name.lastIndexOf('.');
  return dot < 0 ? '' : name.slice(dot + 1);
};

/** The path of a file in its parts. */
const partsOf = (path: string): PathParts => {
  const extension = extensionOf(path).toLowerCase();
  const folders = path.normalize('NFC').toLowerCase().split('/');
  const file = folders.pop() ?? '';
  return { path, folders, stem: file.slice(0, Math.max(file.length - extension.length - 1, 0)), extension };
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

const SDL = /^[ \t]*(?:extend[ \t]+)?(?:(?:type|interface|input|enum|union|scalar)[ \t]+[A-Za-z_]|directive[ \t]+@|schema\b[ \t]*[@{])/m;

const isDocumentation = (folders: readonly string[]): boolean => folders.some((folder) => DOCS_FOLDER.test(folder));

const guideOf = ({ folders, stem, path }: PathParts, format: string): Classification | undefined => {
  if (NO_GUIDE.test(stem) || folders.includes('issue_template')) return undefined;
  const named =
    folders.length === 0 ||
    (GUIDE_NAME.test(stem) && stem !== 'security') ||
    (isLogName(stem) && !folders.some((folder) => folder.startsWith('.')));
  return named || isDocumentation(folders) || path.startsWith('.github/instructions/') ? { kind: 'guide', format } : undefined;
};

const specOf = (name: PathParts, peek: Peek | undefined, forced: boolean): Classification | undefined => {
  const { extension } = name;
  const other = LANGUAGES.get(extension);
  if (other) {
    // GraphQL operations of a client are code; only a schema is a specification.
    if (other === 'graphql' && !forced && peek && !SDL.test(peek())) return undefined;
    return { kind: 'specification', format: other };
  }
  if (!DATA.has(extension) || !peek) return undefined;
  if (!forced && standingOf(name) === 'trial') return undefined;
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
  const name = partsOf(path);
  const { folders } = name;
  const prose = PROSE.get(extension);

  const decision = globs.decisions.match(path);
  if (decision && prose) {
    const exact = decision.toLowerCase().endsWith(`${name.stem}.${extension}`);
    if (exact || !isTemplate(name.stem)) {
      const index = !exact && isIndex(name.stem) && !isNumbered(path);
      return { kind: index ? 'guide' : 'decision', format: prose };
    }
    return undefined;
  }
  if (globs.specifications.match(path)) {
    const specification = specOf(name, peek, true);
    if (specification) return specification;
  }
  if (globs.guides.match(path) && prose) return { kind: 'guide', format: prose };

  const standing = standingOf(name);
  if (standing === 'skipped') return undefined;
  if (!prose) return standing === 'topic' ? undefined : specOf(name, peek, false);
  // Records in a test suite or an example are not decisions of this repository.
  const trial = standing === 'trial';
  const role = trial ? undefined : recordRole(name, peek, isDocumentation(folders));
  if (role === 'record') return { kind: 'decision', format: prose };
  if (role === 'none') return undefined;
  if (role === 'index') return { kind: 'guide', format: prose };
  return trial && !/^(?:readme|agents|claude)$/.test(name.stem) ? undefined : guideOf(name, prose);
};

/**
 * Whether a text that is not taken as a record may be one of this repository by its path: nothing in the configuration is about it, and it is neither
 * somebody else's nor material of tests. @param start of the file
 */
export const isUntakenRecord = (path: string, config: Config, start: string): boolean => {
  const { decisions, guides, exclude } = globsOf(config);
  if (decisions.decide(path) !== undefined || guides.match(path) !== undefined || exclude.match(path) !== undefined) return false;
  const name = partsOf(path);
  const standing = standingOf(name);
  return (standing === 'own' || standing === 'topic') && looksLikeRecord(name, start);
};

/** Whether a file is a text in one of the formats that records have, by its name. */
export const isProse = (path: string): boolean => PROSE.has(extensionOf(path).toLowerCase()) && path.length <= MAX_PATH;
