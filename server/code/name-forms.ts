import type { ScopeForm } from '../model/evidence.ts';
import { patternOfAll } from './languages/index.ts';

/** What a name in code may be the name of. */
export type NameForm = Extract<ScopeForm, 'symbol' | 'endpoint' | 'table' | 'topic' | 'environment' | 'dependency'>;

const ENVIRONMENT =
  /process\.env|import\.meta\.env|os\.environ|getenv|LookupEnv|\bENV\b|env::var|env!\(|GetEnvironmentVariable|\$\{?[A-Z_]+|^\s*(?:-\s*name:|export)\s/i;
const ENVIRONMENT_FILE = /(?:^|\/)(?:\.env[.\w]*|docker-compose[\w.-]*\.ya?ml|[\w.-]*\.env|Dockerfile[\w.]*)$/i;
const BEFORE_TABLE =
  /(?:\b(?:from|into|join|update|table(?:\s+if\s+(?:not\s+)?exists)?|references|truncate|on)\s+(?:\w+\.)?["'`[]?|(?:create|alter|drop|rename)_table\W{1,3}|@Table\(\s*(?:name\s*=\s*)?["']|__tablename__\s*=\s*["']|\btable(?:Name|_name)?["']?\s*[:=(]\s*["'`])$/i;
const SQL =
  /\b(?:select|insert|update|delete|create|alter|drop|truncate|join|references|index)\b|_table\b|@Table|tablename|\btable(?:Name)?\b/i;
/** Of any language: a name is asked about with its line, and a page or a build file holds lines of several. */
const IMPORT = new RegExp(patternOfAll(({ imports }) => imports));
const MANIFEST = new RegExp(`(?:^|/)${patternOfAll(({ manifests }) => manifests)}$`, 'i');
/** Whether a path is that of a build file, which lists the dependencies of a package. */
const isManifest = (path: string): boolean => MANIFEST.test(path);
/** Settings whose every line is one of its own: what is said of one says nothing of the next. */
const SETTINGS = /(?:^|\/)(?:\.env[.\w-]*|settings\.gradle(?:\.kts)?|[jt]sconfig[\w.-]*\.json|[^/]+\.(?:properties|ini|env))$/i;
/** Whether a path is that of a build file or of settings, where each line is an entry that has nothing to do with the one above. */
export const isListOfEntries = (path: string): boolean => isManifest(path) || SETTINGS.test(path);
const MESSAGING =
  /topic|queue|exchange|channel|event|publish|subscri|emit|consum|produc|stream|routing|subject|message|dispatch|listen|notify/i;

const DOTTED = /^[a-z][\w-]*(?:[.:][\w{}*>-]+)+$/;
const FILE_NAME = /\/|\.(?:[jt]sx?|json|ya?ml|py|go|rb|rs|java|cs|php|sh|sql|toml|xml|html?|css|md|txt|lock|env|proto|tf|svg|png)$/;

const isQuoted = (text: string, at: number): boolean => /["'`]/.test(text[at - 1] ?? '');

/**
 * What a name is the name of, judged by its own form and by how its line uses it.
 * @param text the line
 * @param at where the name begins in it
 */
export function nameForm(name: string, text: string, at: number, path: string): NameForm {
  if (/^\/\w|^\/\{/.test(name)) return 'endpoint';
  if (IMPORT.test(text) || isManifest(path)) return /\W/.test(name) || isQuoted(text, at) ? 'dependency' : 'symbol';
  if (/^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/.test(name) && (ENVIRONMENT.test(text) || ENVIRONMENT_FILE.test(path))) return 'environment';
  if (/^[a-z_][\w.]*$/.test(name) && SQL.test(text) && BEFORE_TABLE.test(text.slice(0, at))) return 'table';
  if (DOTTED.test(name) && !FILE_NAME.test(name)) return 'topic';
  return isQuoted(text, at) && MESSAGING.test(text) && !FILE_NAME.test(name) ? 'topic' : 'symbol';
}

export const isDependency = (form: ScopeForm): boolean => form === 'dependency';
