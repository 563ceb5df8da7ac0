import { relative, resolve } from 'node:path';
import type { Hit } from '../model/answer.ts';
import type { ChangedDecision, ChangedPlace, ChangeReport } from '../model/change.ts';
import { serialiseHit } from '../model/serialise.ts';
import { numberedTitle } from '../model/title.ts';
import { plainMarkdown } from '../text/plain-markdown.ts';
import { counted } from './check-summary.ts';
import { inOrder, textOf } from './findings.ts';
import { renderHits } from './hits.ts';
import { printable, type Terminal } from './terminal.ts';

/** More of one kind make a comment that nobody reads. */
const MOST_SHOWN = 20;
const MOST_PLACES = 5;

/** A place as editors and terminals write it, lines from 1. */
const shownPlace = ({ path, lines }: ChangedPlace): string =>
  lines === undefined ? path : `${path}:${lines.first + 1}${lines.last > lines.first ? `-${lines.last + 1}` : ''}`;

const furtherPlaces = (places: readonly unknown[]): string =>
  places.length > MOST_PLACES ? `, and ${counted(places.length - MOST_PLACES, 'more place')}` : '';

/** What certainly governs, and what probably does. */
const byLevel = (decisions: readonly ChangedDecision[]) => ({
  sure: decisions.filter(({ hit }) => hit.level !== 'probably'),
  probable: decisions.filter(({ hit }) => hit.level === 'probably'),
});

/** A report as `--json` prints it. */
export const serialiseChange = ({ decisions, findings, files, index, notices }: ChangeReport): unknown => ({
  files,
  decisions: decisions.map(({ hit, places }) => ({ ...serialiseHit(hit), places })),
  problems: inOrder(findings).map(({ path, finding }) => ({ path, ...finding })),
  index,
  notices,
});

/** A report for a terminal. */
export function changeText(report: ChangeReport, root: string, terminal: Terminal): string {
  const { paint, folder } = terminal;
  const { decisions, findings, files } = report;
  if (files === 0) return 'Nothing changed.\n';
  const shown = (place: ChangedPlace): string =>
    printable(shownPlace({ ...place, path: relative(folder, resolve(root, place.path)) || place.path }));
  const rows = (some: readonly ChangedDecision[], verb: string): string[] =>
    some.map(({ hit, places }) =>
      [
        renderHits([hit], root, terminal).replace(/^1\. /, ''),
        paint('gray', `   - ${verb} ${places.slice(0, MOST_PLACES).map(shown).join(', ')}${furtherPlaces(places)}`),
      ].join('\n'),
    );
  const { sure, probable } = byLevel(decisions);
  return [
    sure.length === 0
      ? `No decision governs what changed in ${counted(files, 'file')}.`
      : [paint('bold', `Decisions that govern what changed in ${counted(files, 'file')}`), ...rows(sure, 'governs')].join('\n\n'),
    ...(probable.length === 0
      ? []
      : [[paint('bold', 'Decisions that probably govern it'), ...rows(probable, 'probably governs')].join('\n\n')]),
    ...(findings.length === 0 ? [] : [`${paint('bold', 'Findings')}\n\n${textOf(inOrder(findings), terminal, root).trimEnd()}`]),
  ]
    .map((part) => `${part}\n`)
    .join('\n');
}

const inCode = (text: string): string => {
  const plain = printable(text);
  return plain.includes('`') ? `\`\` ${plain} \`\`` : `\`${plain}\``;
};

/** Text of a repository inside Markdown: nothing in it is markup but code between backticks, mentions somebody, or links. */
const inMarkdown = (text: string): string =>
  printable(text)
    .split(/`([^`]+)`/)
    .map((part, at) => (at % 2 === 1 ? inCode(part) : part.replace(/[\\`*_{}[\]<>()#+!|~]|:(?=\/\/)/g, '\\$&').replaceAll('@', '@\u200b')))
    .join('');

/** Where the files of the commit that a pipeline runs on can be read; `undefined` where the environment does not say. */
const pageOf = (env: NodeJS.ProcessEnv): ((path: string, line?: number) => string) | undefined => {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_SHA: sha, CI_PROJECT_URL: project, CI_COMMIT_SHA: commit } = env;
  const base =
    server && repository && sha ? `${server}/${repository}/blob/${sha}/` : project && commit ? `${project}/-/blob/${commit}/` : '';
  if (base === '') return undefined;
  return (path, line) => `${base}${path.split('/').map(encodeURIComponent).join('/')}${line === undefined ? '' : `#L${line + 1}`}`;
};

/** The first line of a comment, by which a pipeline finds the one that it wrote before. */
export const COMMENT_MARK = '<!-- lintel why --changed -->';

/** A report as one comment on a merge or pull request; empty where there is nothing to tell. */
export function changeMarkdown({ decisions, findings, notices }: ChangeReport, env: NodeJS.ProcessEnv): string {
  const listed = inOrder(findings);
  if (decisions.length === 0 && listed.length === 0) return '';
  const page = pageOf(env);
  const linked = (label: string, path: string | undefined, line?: number): string =>
    page && path !== undefined ? `[${label}](${page(path, line)})` : label;
  const decision = ({ hit, places }: ChangedDecision): string => {
    const at = places.slice(0, MOST_PLACES).map((place) => linked(inCode(shownPlace(place)), place.path, place.lines?.first));
    const reason = hit.evidence[0] ? `: ${inMarkdown(hit.evidence[0].explanation)}` : '';
    const quote = snippetOf(hit);
    return [
      `- **${linked(inMarkdown(numberedTitle(hit)), hit.path)}**${hit.status ? ` (${hit.status})` : ''}`,
      ...(quote === '' ? [] : [`  > ${inMarkdown(quote)}`, '']),
      `  ${at.join(', ')}${furtherPlaces(places)}${reason}`,
    ].join('\n');
  };
  const rest = (count: number, kind: string): string[] =>
    count > MOST_SHOWN ? [`- and ${counted(count - MOST_SHOWN, `more ${kind}`)}`] : [];
  const listOf = (heading: string, some: readonly ChangedDecision[]): string[] =>
    some.length > 0 ? [heading, [...some.slice(0, MOST_SHOWN).map(decision), ...rest(some.length, 'decision')].join('\n')] : [];
  const { sure, probable } = byLevel(decisions);
  const parts = [
    COMMENT_MARK,
    ...listOf('### Decisions that govern this change', sure),
    ...listOf('### Decisions that probably govern it', probable),
    ...(listed.length > 0
      ? [
          '### Findings',
          [
            ...listed.slice(0, MOST_SHOWN).map(({ path, finding: { message, rule, span } }) => {
              const place = linked(inCode(`${path}:${span.start.line + 1}`), path, span.start.line);
              return `- ${place} ${inMarkdown(message)} (${inCode(rule)})`;
            }),
            ...rest(listed.length, 'finding'),
          ].join('\n'),
        ]
      : []),
    ...notices.map(inMarkdown),
  ];
  return `${parts.join('\n\n')}\n`;
}

const snippetOf = (hit: Hit): string => {
  const text = hit.kind === 'decision' || hit.kind === 'guide' ? plainMarkdown({ text: hit.snippet, highlights: [] }).text : hit.snippet;
  return text.replace(/\s+/g, ' ').trim();
};
