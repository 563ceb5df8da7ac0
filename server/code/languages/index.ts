import { C, CPP, DART, OBJECTIVE_C, SOLIDITY, SWIFT, ZIG } from './c-family.ts';
import { INI, JSON_FILE, REQUIREMENTS, TOML, XML, YAML } from './data.ts';
import { C_SHARP, F_SHARP, MSBUILD, RAZOR, VISUAL_BASIC } from './dotnet.ts';
import { CLOJURE, ELIXIR, ERLANG, HASKELL, OCAML } from './functional.ts';
import { GO, GO_MODULE } from './go.ts';
import { BICEP, CMAKE, DOCKERFILE, HCL, MAKE, NIX, STARLARK } from './infrastructure.ts';
import { GROOVY, JAVA, KOTLIN, SCALA } from './jvm.ts';
import type { Language } from './language.ts';
import { PHP } from './php.ts';
import { PYTHON } from './python.ts';
import { ERB, RUBY } from './ruby.ts';
import { RUST } from './rust.ts';
import { GRAPHQL, PRISMA, PROTO, SQL } from './schema.ts';
import { LUA, POWERSHELL, R, SHELL } from './scripts.ts';
import { literal } from './syntax.ts';
import { JAVASCRIPT, TSX, TYPESCRIPT } from './typescript.ts';
import { CSS, SCSS, SVELTE, VUE } from './web.ts';

/** All languages of code and configuration. Where a dotted name may be a module of several of them, the first one counts. */
export const LANGUAGES: readonly Language[] = [
  ...[PYTHON, JAVA, KOTLIN, C_SHARP, SCALA, GO, PHP, RUBY, ELIXIR, TYPESCRIPT, JAVASCRIPT],
  ...[TSX, RUST, C, CPP, OBJECTIVE_C, SWIFT, DART, ZIG, SOLIDITY, GROOVY, F_SHARP, VISUAL_BASIC],
  ...[ERLANG, HASKELL, OCAML, CLOJURE, SHELL, POWERSHELL, LUA, R],
  ...[CSS, SCSS, VUE, SVELTE, RAZOR, ERB],
  ...[SQL, PROTO, GRAPHQL, PRISMA, YAML, TOML, INI, JSON_FILE, XML, REQUIREMENTS, GO_MODULE],
  ...[DOCKERFILE, MAKE, CMAKE, MSBUILD, STARLARK, NIX, HCL, BICEP],
];

const BY_EXTENSION = new Map(LANGUAGES.flatMap((language) => language.extensions.map((extension) => [extension, language] as const)));
const BY_FILE_NAME = new Map(
  LANGUAGES.flatMap((language) => (language.fileNames ?? []).map((name) => [name.toLowerCase(), language] as const)),
);

/** The last segment of a path, lower case. */
export const fileNameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1).toLowerCase();

/**
 * The language of a file of code or configuration; `undefined` for everything else (texts, data, pictures).
 * @param path repository-relative, forward slashes; compared without regard to case
 */
export function languageOf(path: string): Language | undefined {
  const name = fileNameOf(path);
  const named = BY_FILE_NAME.get(name);
  if (named) return named;
  const dot = name.lastIndexOf('.');
  if (dot < 0) return undefined;
  return (
    BY_EXTENSION.get(name.slice(dot + 1)) ??
    LANGUAGES.find(({ fileNamePrefix }) => fileNamePrefix !== undefined && name.startsWith(fileNamePrefix))
  );
}

/** Extensions of module files, in the order in which they are tried for a dotted name. */
export const MODULE_EXTENSIONS: readonly string[] = LANGUAGES.flatMap(({ moduleExtension }) => moduleExtension ?? []);

/** One pattern of all that the languages say of one thing; for lines and files that are judged whatever their language is. */
export function patternOfAll(part: (language: Language) => readonly string[] | undefined): string {
  const patterns = new Set(LANGUAGES.flatMap((language) => part(language) ?? []));
  return `(?:${[...patterns].join('|')})`;
}

/** Patterns of what comments of a language begin with. */
export const commentOpenings = ({ comments }: Language): readonly string[] => comments.flatMap(({ opens }) => opens.map(literal));
