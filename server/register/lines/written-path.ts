/** A path in a text. Offsets are UTF-16 units; `end` is exclusive. */
export interface WrittenPath {
  readonly path: string;
  readonly start: number;
  readonly end: number;
}

const LONGEST_PATH = 260;
const PATH_CHARACTER = /[\w@.+~$/\\-]/;
/** Files that have no extension, and lines. */
const BARE_NAMES =
  /(?:^|\/)(?:[\w.-]*(?:Makefile|Dockerfile|Containerfile)|Rakefile|Gemfile|Justfile|justfile|Jenkinsfile|Vagrantfile|Procfile|Brewfile|Caddyfile|CODEOWNERS|go\.mod|BUILD|WORKSPACE)$/;
const EXTENSION = /(?:^|\/)[^/]*[^./]\.[A-Za-z]\w{0,9}$|(?:^|\/)\.[A-Za-z][\w.-]{1,40}$/;
const TEXTS =
  /\.(?:md|markdown|mdx|rst|adoc|txt|json|jsonc|json5|xml|html?|csv|lock|plist|svg|ipynb|feature|tpl|tmpl|j2|hbs|ejs|pug|njk|mustache|template|snap|conf|cfg|env|properties|proto)$/i;

/** Whether a name with a dot is that of a file of text that no language claims: `notes.md`, not `user.name`. */
export const isFileName = (path: string): boolean => TEXTS.test(path) || BARE_NAMES.test(path);

/** Where the bracket opens that closes at `at`: part of a path such as `app/[id]/page.tsx` or `app/(shop)/page.tsx`. */
function openingOf(text: string, at: number): number | undefined {
  const [opens, inside] = text[at] === ']' ? ['[', /[\w.-]/] : ['(', /[\w.-]/];
  for (let from = at - 1; from >= Math.max(0, at - 60); from--) {
    const character = text[from] ?? '';
    // Brackets are part of a path only as a whole segment, or its beginning.
    if (character === opens) return /[/[(]/.test(text[from - 1] ?? '') ? from : undefined;
    if (!inside.test(character) && character !== '[') return undefined;
  }
  return undefined;
}

/** The path that ends at `end`; `undefined` where what stands there cannot be the path of a file. */
export function pathFrom(text: string, end: number): WrittenPath | undefined {
  let start = end;
  while (start > 0 && end - start < LONGEST_PATH) {
    const character = text[start - 1] ?? '';
    if (PATH_CHARACTER.test(character)) start--;
    else if ((character === ']' || character === ')') && /[/.]/.test(text[start] ?? '')) {
      const opening = openingOf(text, start - 1);
      if (opening === undefined) break;
      start = opening;
    } else break;
  }
  while (start < end && /[+~$\\-]/.test(text[start] ?? '')) start++;
  const path = text.slice(start, end);
  if (path.length >= LONGEST_PATH || path === '' || path.startsWith('//') || path.includes('\\\\')) return undefined;
  const before = text[start - 1] ?? '';
  // Another sign makes it a part of something else: a word, a pattern such as `*.ts`, an escaped address.
  if (/[\p{L}\p{N}%…]/u.test(before) || (before === '*' && /^[./]/.test(path)) || /\.{3}|\/\//.test(path)) return undefined;
  return EXTENSION.test(path) || BARE_NAMES.test(path) ? { path: path.replaceAll('\\', '/'), start, end } : undefined;
}

/** The path in front of the mark at `at` (`:` or `#`), with what may stand between them: the end of a code span, `?plain=1`. */
export function pathBefore(text: string, at: number): WrittenPath | undefined {
  let end = at;
  const query = /\?[\w=&-]{1,40}$/.exec(text.slice(Math.max(0, at - 42), at));
  if (query) end -= query[0].length;
  else if (/[\w)\]][`*]{1,3}$/.test(text.slice(Math.max(0, at - 4), at))) while (/[`*]/.test(text[end - 1] ?? '')) end--;
  return pathFrom(text, end);
}
