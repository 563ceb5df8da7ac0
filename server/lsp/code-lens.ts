import type { CodeLens, CodeLensParams } from 'vscode-languageserver/node';
import { OPEN_DOCUMENT, type OpenDocumentArgument, SHOW_WHY, type ShowWhyArgument } from '../../protocol/index.ts';
import { type Face, placeOf } from './face.ts';
import { successorsOf } from './records.ts';
import { oneLine } from './render.ts';
import type { Located } from './workspaces.ts';

const TOP = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

const successorLenses = async (face: Face, located: Located, signal: AbortSignal): Promise<CodeLens[] | undefined> => {
  const { engine, repository, path } = located;
  const record = await engine.document(path);
  if (record?.kind !== 'decision') return undefined;
  const range = record.status?.span ?? TOP;
  const lenses: CodeLens[] = [];
  for (const id of await successorsOf(engine, record, signal)) {
    const successor = await engine.document(id);
    if (successor?.path === undefined) continue;
    const argument: OpenDocumentArgument = {
      uri: face.workspaces.uriOf(repository, successor.path),
      ...(successor.titleSpan === undefined ? {} : { range: successor.titleSpan }),
    };
    lenses.push({ range, command: { title: `Superseded by ${oneLine(successor.title)}`, command: OPEN_DOCUMENT, arguments: [argument] } });
  }
  return lenses;
};

/** Code lenses: in a superseded record what replaces it; at the top of any other file how many decisions govern it. Else none. */
export const codeLens = async (face: Face, { textDocument }: CodeLensParams, signal: AbortSignal): Promise<CodeLens[]> => {
  if (!face.settings().codeLens) return [];
  const located = await placeOf(face, textDocument.uri);
  if (located === undefined) return [];
  const inRecord = await successorLenses(face, located, signal);
  if (inRecord !== undefined) return inRecord;
  const { governing } = await located.engine.why({ ...located.place, unasked: true }, signal);
  if (governing.length === 0) return [];
  const argument: ShowWhyArgument = { uri: textDocument.uri };
  const title = governing.length === 1 ? '1 decision governs this file' : `${governing.length} decisions govern this file`;
  return [{ range: TOP, command: { title, command: SHOW_WHY, arguments: [argument] } }];
};
