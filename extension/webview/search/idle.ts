import { icon, renderHeading, span } from './hit.ts';
import type { RecordList, ViewStrings } from './messages.ts';

interface Actions {
  readonly open: (key: string, beside: boolean) => void;
  /** Shows the view that lists all records. */
  readonly showAll: () => void;
}

/** All records by status, as rows for the list of results: what is shown while nobody asks anything. */
export const renderRecords = (groups: readonly RecordList[], strings: ViewStrings, { open, showAll }: Actions): HTMLLIElement[] =>
  groups.flatMap(({ name, count, records }) => {
    const rows = records.map(({ key, label, status, age, title }) => {
      const row = document.createElement('li');
      row.className = 'hit record';
      row.title = title;
      const button = document.createElement('button');
      button.type = 'button';
      button.className = 'open';
      button.dataset.key = key;
      button.append(icon({ kind: 'decision', status }), span('title', label));
      const line = span('line', '');
      line.append(button, span('aside', age));
      row.append(line);
      row.addEventListener('click', (event) => open(key, event.ctrlKey || event.metaKey));
      return row;
    });
    if (count === records.length) return [renderHeading(name, count), ...rows];
    const rest = document.createElement('li');
    rest.className = 'hit record';
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'open rest';
    button.textContent = strings.moreRecords.replace('{0}', String(count - records.length));
    button.addEventListener('click', showAll);
    rest.append(button);
    return [renderHeading(name, count), ...rows, rest];
  });
