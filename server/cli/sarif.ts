import { createHash } from 'node:crypto';
import manifest from '../../package.json' with { type: 'json' };
import { ruleText } from '../engine/rule-pages.ts';
import { ruleOf } from '../engine/rules.ts';
import type { Finding, Fix } from '../model/finding.ts';
import type { Span } from '../model/span.ts';

/** A finding and its file. */
export interface FileFinding {
  /** Repository-relative, forward slashes. */
  readonly path: string;
  readonly finding: Finding;
}

const LEVELS = { error: 'error', warning: 'warning', info: 'note', hint: 'none' } as const;

const address = (path: string) => ({ uri: path.split('/').map(encodeURIComponent).join('/'), uriBaseId: '%SRCROOT%' });

const region = ({ start, end }: Span) => ({
  startLine: start.line + 1,
  startColumn: start.character + 1,
  endLine: end.line + 1,
  endColumn: end.character + 1,
});

const place = (path: string, span: Span) => ({ physicalLocation: { artifactLocation: address(path), region: region(span) } });

const fixOf = ({ title, edits }: Fix) => ({
  description: { text: title },
  artifactChanges: [...new Set(edits.map(({ path }) => path))].map((path) => ({
    artifactLocation: address(path),
    replacements: edits
      .filter((edit) => edit.path === path)
      .map(({ span, text }) => ({ deletedRegion: region(span), insertedContent: { text } })),
  })),
});

/** Stable when lines move: made from rule, path, message, and the count of equal findings before it. */
function fingerprints(found: readonly FileFinding[]): string[] {
  const seen = new Map<string, number>();
  return found.map(({ path, finding }) => {
    const key = [finding.rule, path, finding.message].join('\n');
    const count = (seen.get(key) ?? 0) + 1;
    seen.set(key, count);
    return createHash('sha256').update(`${key}\n${count}`).digest('hex').slice(0, 32);
  });
}

/**
 * Findings as a log of the Static Analysis Results Interchange Format 2.1.0. The same findings give the same bytes.
 * @param notices sentences on what was not looked at. Default: none.
 */
export function sarifOf(found: readonly FileFinding[], notices: readonly string[] = []): object {
  const rules = [...new Set(found.map(({ finding }) => finding.rule))].sort();
  const prints = fingerprints(found);
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Lintel',
            version: manifest.version,
            rules: rules.map((id) => {
              const info = ruleOf(id);
              const text = info?.description ?? id;
              const page = ruleText(id);
              return {
                id,
                shortDescription: { text },
                // No address: the page is a file of the installed program, which other machines do not have.
                help: { text, ...(page === undefined ? {} : { markdown: page }) },
                ...(info === undefined ? {} : { defaultConfiguration: { level: LEVELS[info.severity] }, properties: { tags: info.tags } }),
              };
            }),
          },
        },
        ...(notices.length === 0
          ? {}
          : {
              invocations: [
                {
                  executionSuccessful: true,
                  toolExecutionNotifications: notices.map((text) => ({ level: 'note', message: { text } })),
                },
              ],
            }),
        columnKind: 'utf16CodeUnits',
        results: found.map(({ path, finding }, at) => ({
          ruleId: finding.rule,
          ruleIndex: rules.indexOf(finding.rule),
          // A level of "none" belongs to results that are no failures.
          ...(finding.severity === 'hint' ? { kind: 'informational' } : {}),
          level: LEVELS[finding.severity],
          message: { text: finding.message },
          locations: [place(path, finding.span)],
          ...(finding.related === undefined || finding.related.length === 0
            ? {}
            : {
                relatedLocations: finding.related.map((related, id) => ({
                  id,
                  ...place(related.path, related.span),
                  message: { text: related.message },
                })),
              }),
          ...(finding.fixes === undefined || finding.fixes.length === 0 ? {} : { fixes: finding.fixes.map(fixOf) }),
          partialFingerprints: { 'lintel/v1': prints[at] },
        })),
      },
    ],
  };
}
