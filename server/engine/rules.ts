import { existsSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Every rule by its id, with what it finds, in a sentence for people. The page of the rules says the same at more length. */
export const RULES: Readonly<Record<string, string>> = {
  'cites-superseded': 'Code cites a decision that another one replaced.',
  'cites-nothing': 'Code cites a decision that is not there, or no longer where the citation says.',
  'cites-ambiguous': 'Code cites a number that several decisions bear.',
  'cites-foreign': 'A number in code is of a decision of another repository.',
  'scope-gone': 'A decision names a path of this repository that was moved or is gone.',
  'reversed-in-force': 'A decision says that it is accepted, although a later one says that it ends it.',
  'supersedes-without-back-link': 'A decision supersedes another that does not say so.',
  'unknown-status': 'The status of a decision is not understood.',
  'broken-link': 'A relative link leads to a file that does not exist.',
  'duplicate-number': 'Two decisions of one folder bear the same number.',
  'superseded-by-nothing': 'A decision was superseded, but does not say by which.',
  'broken-front-matter': 'The front matter cannot be parsed.',
  'empty-document': 'A decision has no text.',
  'wrong-encoding': 'A file is not valid UTF-8.',
  binary: 'A document is binary.',
  'too-large': 'A file is longer than the limit.',
  'too-deep': 'A file nests too deeply to be parsed.',
  'too-many-parts': 'A file has more parts than are indexed.',
  unreadable: 'A file cannot be read.',
  'outside-repository': 'A symbolic link leads out of the repository.',
  'reader-failed': 'A file could not be read in a way that was not foreseen.',
  'broken-yaml': 'A file is not valid YAML.',
  'broken-json': 'A file is not valid JSON.',
  'broken-protobuf': 'A file is not valid protobuf.',
  'broken-graphql': 'A file is not a valid GraphQL schema.',
  'broken-gherkin': 'A file is not valid Gherkin.',
  'codeowners-negation': 'A line of CODEOWNERS begins with "!", which means nothing there.',
  'link-invalid': 'An entry of .lintel/links.yaml is not understood.',
  'link-unknown-decision': 'A link of .lintel/links.yaml names no decision, or several.',
  'config-invalid': 'A setting of lintel.yaml has a value that it cannot have.',
  'config-unknown-key': 'A key of lintel.yaml means nothing.',
};

const PAGE = join('docs', 'language-server.md');

/** Address of the page that explains the rules; it is shipped beside the program, in the checkout and in the package alike. */
function findPage(): string | undefined {
  const program = process.argv[1] ?? '.';
  let folder = dirname(existsSync(program) ? realpathSync(program) : program);
  for (let steps = 0; steps < 4; steps++) {
    if (existsSync(join(folder, PAGE))) return pathToFileURL(join(folder, PAGE)).href;
    folder = dirname(folder);
  }
  return undefined;
}

let page: { readonly address: string | undefined } | undefined;

/** Address of the explanation of a rule; `undefined` where the page is not there. */
export function rulePage(rule: string): string | undefined {
  page ??= { address: findPage() };
  return page.address === undefined ? undefined : `${page.address}#${rule}`;
}
