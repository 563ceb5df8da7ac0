import { languageOf } from '../../code/languages/index.ts';
import type { Diff, FileDiff } from '../../model/diff.ts';
import type { JudgedPath, PathRole } from '../../model/selection.ts';
import { touchesOnlyComments } from './comments-only.ts';
import { PATH_RULES } from './rules.ts';
import { isStory, isTestDouble, isTestSide } from './sides.ts';
import { touchesOnlyWhitespace } from './whitespace-only.ts';

/** What the repository says about paths. */
export interface PathKnowledge {
  readonly isSpec: (path: string) => boolean;
  /** Page objects, steps, fixtures and helpers that specs import. */
  readonly isSupport: (path: string) => boolean;
  /** Whether code of the product may use a support file, too. Default: none. */
  readonly isShared?: (path: string) => boolean;
  /** Whether a file lies in a folder of the suite. */
  readonly besideSpecs: (path: string) => boolean;
  /** The pattern of `lintel.yaml` that calls a path inert; `undefined` where none does. */
  readonly declaredInert: (path: string) => string | undefined;
  /** Whether a file lies in a folder that holds tests, and none of the suite. Default: nobody knows of one. */
  readonly amongOtherTests?: (path: string) => boolean;
  /** Whether a test of the suite compares pictures. */
  readonly comparesPictures: boolean;
  /** Whether a test of the suite opens stories of Storybook. Default: none does. */
  readonly opensStories?: boolean;
}

const PICTURE = /\.(?:png|jpe?g|gif|svg|ico|webp|avif|bmp|woff2?|ttf|otf|eot)$/i;
/** Texts that the product shows, in formats of no programming language. */
const SHOWN =
  /\.(?:po|pot|ftl|strings|stringsdict|arb|xlf|xliff|resx|properties|erb|haml|slim|hbs|mustache|ejs|pug|njk|liquid|jinja2?|j2|tmpl|gohtml|tpl|ftlh?|cshtml|razor|twig|blade\.php|heex|eex|leex|txt|csv|tsv|json[5c]?|xml|plist|mjml|http|hurl|x?html?|jspx?|gsp|aspx?|ascx|vbhtml|xaml|storyboard|xib|qml|wxml|wxss|marko|eta|vto|webc|jte|rhtml|ics|webmanifest|xcstrings|resw)$/i;
/** Code in languages of which no more is known than this. */
const OTHER_CODE =
  /\.(?:astro|styl|sass|nim|jl|p[lm]|elm|purs|rei?|res|coffee|ls|hx|d|pas|f90|sbt|fish|bat|cmd|avsc|thrift|fbs|capnp|rego|cue|jsonnet|libsonnet|dhall|xsd|xslt?|wsdl|glsl|wgsl|frag|vert|hlsl|metal|asm|g4|pegjs|jison)$/i;
const VERSION_LINE = /^\s*"?version"?\s*[:=]\s*["']?[\w.+-]+["']?,?\s*$/;

const judged = (path: string, role: PathRole, rule: string, reason: string): JudgedPath => ({ path, role, rule, reason });

/** A version that a program has of itself: `__version__ = "2.1.0"`, and `version` and `appVersion` at the top level of a chart. */
const OWN_VERSION =
  /^(?:__version__\s*=|(?:version|appVersion)\s*:|(?:export\s+)?(?:const|var)\s+(?:VERSION|Version|version)\s*(?::\s*string\s*)?=)\s*["']?v?\d+\.\d+[\w.+-]*["']?;?\s*$/;

const changesOnly = ({ hunks }: FileDiff, line: RegExp): boolean =>
  hunks.length > 0 && hunks.every(({ lines }) => lines.every(({ kind, text }) => kind === 'context' || line.test(text)));

/** The marks of a merge that somebody has yet to finish: both are among the new lines. */
const isUnmerged = ({ hunks }: FileDiff): boolean => {
  const has = (mark: RegExp): boolean => hunks.some(({ lines }) => lines.some(({ kind, text }) => kind === 'added' && mark.test(text)));
  return has(/^<{7} \S/) && has(/^>{7} \S/);
};

/** What only the content says, for a path that a rule does not settle. */
const byContent = (file: FileDiff, knowledge: PathKnowledge): JudgedPath => {
  const { path, binary } = file;
  if (PICTURE.test(path))
    return knowledge.comparesPictures
      ? judged(path, 'cross-cutting', 'picture', 'Tests of this suite compare pictures, and this is a part of some.')
      : judged(path, 'inert', 'picture', 'A picture or font, and no test of this suite compares pictures.');
  if (binary) return judged(path, 'unknown', 'binary', 'Nobody can say what changed in a binary file.');
  if (languageOf(path) !== undefined) return judged(path, 'mapped', 'code', 'Code or configuration of the product.');
  if (OTHER_CODE.test(path)) return judged(path, 'mapped', 'code', 'Code or configuration of the product.');
  if (SHOWN.test(path)) return judged(path, 'mapped', 'text', 'Text or data of the product.');
  return judged(path, 'unknown', 'unknown-kind', 'Nothing is known of this kind of file.');
};

/** Notes about tests. Other texts beside them may be what they upload. */
const isNote = (path: string): boolean =>
  /(?:^|\/)(?:readme|contributing|changelog|license|notes?|todo)(?:\.(?:mdx?|rst|adoc|txt))?$/i.test(path);

const judgePath = (file: FileDiff, knowledge: PathKnowledge): JudgedPath => {
  const { path, from, change, hunks, binary } = file;
  const pattern = knowledge.declaredInert(path);
  if (pattern !== undefined && (from === undefined || knowledge.declaredInert(from) !== undefined))
    return judged(path, 'inert', 'declared', `lintel.yaml calls "${pattern}" inert.`);
  if (knowledge.isSpec(path)) return judged(path, 'suite', 'spec', 'A spec: it runs itself.');
  if (isUnmerged(file)) return judged(path, 'unknown', 'unmerged', 'It holds the marks of a merge, and nobody can say what it will be.');
  if (change === 'mode') return judged(path, 'inert', 'permissions', 'Only its permissions changed.');
  if (touchesOnlyWhitespace(file)) return judged(path, 'inert', 'whitespace-only', 'Only white space and line ends changed.');
  const rule = PATH_RULES.find((one) => one.pattern.test(path));
  if (rule?.id === 'test-infrastructure' || rule?.id === 'test-output') return judged(path, rule.role, rule.id, rule.reason);
  if (knowledge.isSupport(path) && knowledge.isShared?.(path))
    return judged(path, 'mapped', 'support', 'Specs import it, and code of the product may, too.');
  if (knowledge.isSupport(path)) return judged(path, 'suite', 'support', 'Specs import it: those that do run.');
  if (knowledge.amongOtherTests?.(path)) return judged(path, 'inert', 'other-test', 'Belongs to tests of another kind.');
  if (isTestSide(path) && isNote(path)) return judged(path, 'inert', 'documentation', 'Documentation; the product does not read it.');
  if (isTestSide(path) && rule?.role !== 'cross-cutting') {
    if (change === 'added') return judged(path, 'inert', 'new-test-file', 'New beside the tests: only what changed with it can use it.');
    if (knowledge.besideSpecs(path))
      return judged(path, 'cross-cutting', 'test-data', 'Lies beside the specs, and nobody can say which of them read it.');
    if (isTestDouble(path))
      return judged(path, 'mapped', 'test-double', 'Stands in for a service or for data: the product may be tested with it.');
    if (isStory(path))
      return knowledge.opensStories
        ? judged(path, 'mapped', 'story', 'A story, and tests of this suite open stories.')
        : judged(path, 'inert', 'story', 'A story, and no test of this suite opens stories.');
    return judged(path, 'inert', 'other-test', 'Belongs to tests of another kind.');
  }
  if (!binary && change === 'changed' && changesOnly(file, OWN_VERSION))
    return judged(path, 'inert', 'version', 'Only the version of the product itself changed.');
  if (!binary && touchesOnlyComments(file)) return judged(path, 'inert', 'comments-only', 'Only comments and blank lines changed.');
  if (change === 'renamed' && hunks.length === 0 && rule?.role !== 'inert')
    return judged(path, rule?.role ?? 'mapped', rule?.id ?? 'moved', rule?.reason ?? 'Moved without a change of its content.');
  if (rule === undefined) return byContent(file, knowledge);
  if (rule.id === 'dependencies' && changesOnly(file, VERSION_LINE))
    return judged(path, 'inert', 'version', 'Only the version of the package itself changed.');
  return judged(path, rule.role, rule.id, rule.reason);
};

/** What every changed path can do to end-to-end tests, in the order of the difference, with the rule that says so. */
export const judgePaths = (diff: Diff, knowledge: PathKnowledge): readonly JudgedPath[] => [
  ...diff.files.map((file) => judgePath(file, knowledge)),
  ...diff.unreadable.flatMap(({ path, message }) => (path === undefined ? [] : [judged(path, 'unknown', 'unreadable', message)])),
];
