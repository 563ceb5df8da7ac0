import { hitOf } from '../decisions/hit.ts';
import type { Hit } from '../model/answer.ts';
import type { View } from './view.ts';

/** A held document as a hit without reasons: what it decides, verbatim, and what replaced it. `undefined` where none has that id. */
export function recordOf({ knowledge, register }: Pick<View, 'knowledge' | 'register'>, id: string): Hit | undefined {
  const document = knowledge.get(id);
  return document && hitOf({ document, evidence: [] }, register);
}
