import { summaryOf } from '../../decisions/index.ts';
import type { Refused } from '../../model/authoring.ts';
import type { RecordEntry } from '../../register/catalogue.ts';
import { recordsMatching } from '../../register/declared-links.ts';
import { insideOf } from '../../workspace/paths.ts';
import type { View } from '../view.ts';

/** The record that a path, a number or the words of a file name mean; refuses where that is not exactly one. */
export function recordNamed({ register }: View, root: string, written: string): RecordEntry | Refused {
  const found = recordsMatching(register.catalogue, insideOf(root, written) ?? written);
  const [record] = found;
  if (record && found.length === 1) return record;
  if (!record) return { refused: `No decision matches "${written}". Use its path, its number, or the words of its file name.` };
  const candidates = found.map((one) => summaryOf(one, register));
  return { refused: `"${written}" matches ${found.length} decisions. Use the path of one of them.`, candidates };
}
