/** Languages of code and configuration by the end of the file name, without the dot. */
const BY_EXTENSION: Readonly<Record<string, string>> = {
  ...group('typescript', 'ts mts cts'),
  ...group('tsx', 'tsx'),
  ...group('javascript', 'js mjs cjs jsx'),
  ...group('python', 'py pyi'),
  ...group('go', 'go'),
  ...group('java', 'java'),
  ...group('kotlin', 'kt kts'),
  ...group('c-sharp', 'cs'),
  ...group('f-sharp', 'fs fsx'),
  ...group('visual-basic', 'vb'),
  ...group('razor', 'cshtml razor'),
  ...group('ruby', 'rb rake gemspec'),
  ...group('erb', 'erb'),
  ...group('php', 'php'),
  ...group('rust', 'rs'),
  ...group('swift', 'swift'),
  ...group('objective-c', 'm mm'),
  ...group('scala', 'scala sc'),
  ...group('groovy', 'groovy gradle'),
  ...group('c', 'c h'),
  ...group('cpp', 'cc cpp cxx hh hpp hxx'),
  ...group('dart', 'dart'),
  ...group('elixir', 'ex exs'),
  ...group('erlang', 'erl'),
  ...group('haskell', 'hs'),
  ...group('clojure', 'clj cljs cljc'),
  ...group('ocaml', 'ml mli'),
  ...group('lua', 'lua'),
  ...group('r', 'r'),
  ...group('zig', 'zig'),
  ...group('solidity', 'sol'),
  ...group('vue', 'vue'),
  ...group('svelte', 'svelte'),
  ...group('css', 'css scss less'),
  ...group('sql', 'sql'),
  ...group('hcl', 'tf tfvars hcl'),
  ...group('bicep', 'bicep'),
  ...group('proto', 'proto'),
  ...group('graphql', 'graphql graphqls gql'),
  ...group('prisma', 'prisma'),
  ...group('shell', 'sh bash zsh'),
  ...group('powershell', 'ps1 psm1'),
  ...group('yaml', 'yaml yml'),
  ...group('toml', 'toml'),
  ...group('ini', 'ini cfg conf properties'),
  ...group('nix', 'nix'),
  ...group('starlark', 'bzl bazel star'),
  ...group('cmake', 'cmake'),
  ...group('msbuild', 'csproj fsproj vbproj props targets'),
  ...group('dockerfile', 'dockerfile'),
  ...group('make', 'mk'),
};

/** Files that are known by their whole name, lower case. JSON and XML are data, except for the few that people write by hand. */
const BY_NAME: Readonly<Record<string, string>> = {
  dockerfile: 'dockerfile',
  containerfile: 'dockerfile',
  makefile: 'make',
  gnumakefile: 'make',
  jenkinsfile: 'groovy',
  rakefile: 'ruby',
  gemfile: 'ruby',
  vagrantfile: 'ruby',
  build: 'starlark',
  workspace: 'starlark',
  tiltfile: 'starlark',
  procfile: 'yaml',
  'go.mod': 'go-module',
  'go.work': 'go-module',
  'package.json': 'json',
  'tsconfig.json': 'json',
  'composer.json': 'json',
  'appsettings.json': 'json',
  'cmakelists.txt': 'cmake',
  'requirements.txt': 'requirements',
  'pom.xml': 'xml',
  '.env.example': 'ini',
  '.env.sample': 'ini',
};

/** Patterns of all files that may be source files, for those who watch a work tree. */
export const SOURCE_PATTERNS: readonly string[] = [
  `**/*.{${Object.keys(BY_EXTENSION).join(',')}}`,
  // Names are compared in lower case, patterns are not.
  '**/{Dockerfile,Containerfile,Makefile,Jenkinsfile,Rakefile,Gemfile,Vagrantfile,Tiltfile,Procfile,go.mod,go.work,pom.xml,requirements.txt}',
];

function group(language: string, extensions: string): Record<string, string> {
  return Object.fromEntries(extensions.split(' ').map((extension) => [extension, language]));
}

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1).toLowerCase();

/**
 * The language of a file of code or configuration by its path; `undefined` for everything else (texts, data, pictures).
 * @param path repository-relative, forward slashes
 */
export function languageOf(path: string): string | undefined {
  const name = nameOf(path);
  if (Object.hasOwn(BY_NAME, name)) return BY_NAME[name];
  const dot = name.lastIndexOf('.');
  if (dot < 0) return undefined;
  const extension = name.slice(dot + 1);
  if (Object.hasOwn(BY_EXTENSION, extension)) return BY_EXTENSION[extension];
  return /^dockerfile\./.test(name) ? 'dockerfile' : undefined;
}

/** True for code and configuration that people write. Says nothing of whose it is: see `isVendored`. */
export const isSource = (path: string): boolean => languageOf(path) !== undefined;

const VENDORED_FOLDER =
  /(?:^|\/)(?:vendors?|node_modules|bower_components|third[-_]?party|dist|\.yarn|site-packages|\.?venv|Pods|Carthage|coverage|__snapshots__|__generated__|\.next|target\/(?:classes|debug|release|generated-sources))\//;
const VENDORED_NAME =
  /(?:[.-]min\.(?:js|mjs|cjs|css)|\.bundle\.js|\.pb\.(?:go|cc|h|gw\.go|swift)|_pb2(?:_grpc)?\.pyi?|_pb\.(?:js|ts|d\.ts)|_grpc_pb\.(?:js|d\.ts)|\.generated\.\w+|[._]gen\.(?:go|ts|tsx|js|py)|\.g(?:\.i)?\.cs|\.designer\.cs|\.(?:g|freezed|mocks)\.dart|\.snap|^\.pnp\.c?js|^jquery[-.\d]*\.js|^zz_generated\..*)$/i;
const LOCK_NAME =
  /^(?:package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lockb?|cargo\.lock|go\.sum|poetry\.lock|uv\.lock|pdm\.lock|pipfile\.lock|gemfile\.lock|composer\.lock|podfile\.lock|packages\.lock\.json|mix\.lock|flake\.lock|\.terraform\.lock\.hcl|pubspec\.lock|conda-lock\.yml)$/i;

/**
 * True for what was copied or made by a tool and is kept in the repository all the same: vendored packages, build output, lock files,
 * snapshots, code that is generated as its name says.
 */
export const isVendored = (path: string): boolean => {
  const name = nameOf(path);
  return VENDORED_FOLDER.test(path) || VENDORED_NAME.test(name) || LOCK_NAME.test(name);
};

const HEADER_LINES = 30;
const HEADER_CHARACTERS = 3_000;
const COMMENT_LINE = /^\s*(?:\/\/|#|\*|\/\*|--|;|%|<!--|"""|'|\{-|\(\*)/;
const SAYS_GENERATED =
  /@generated\b|<auto-generated|\bauto-?generated (?:by|from|file|code)|\bgenerated\b.{0,80}\bdo not (?:edit|modify|change)|\bdo not (?:edit|modify|change)\b.{0,80}\bgenerated\b|\bthis (?:file|code) (?:is|was|has been) (?:automatically |auto-?)?generated\b|\bgenerated by (?:the protocol buffer compiler|protoc|swagger|openapi|thrift|antlr|mockgen|sqlc)/i;

/** An average above this is a file that no person reads line by line. */
const LONGEST_AVERAGE_LINE = 300;
const SHORTEST_MINIFIED = 1_000;

function lineCount(text: string): number {
  let lines = 1;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines += 1;
  return lines;
}

/** True where a comment in the first lines says that a tool made the file, and for minified text (300 characters a line on average). */
export function isGenerated(text: string): boolean {
  const header = text.slice(0, HEADER_CHARACTERS).split('\n').slice(0, HEADER_LINES);
  if (header.some((line) => COMMENT_LINE.test(line) && SAYS_GENERATED.test(line))) return true;
  return text.length >= SHORTEST_MINIFIED && text.length / lineCount(text) > LONGEST_AVERAGE_LINE;
}

/** True for bytes that were no text: a NUL in the first 8,000 characters, as git decides. */
export const isBinary = (text: string): boolean => text.slice(0, 8_000).includes('\0');
