import { describe, expect, it, test } from 'vitest';
import type { Known } from '../../../server/decisions/authoring/known.ts';
import { draftOf } from '../../../server/decisions/authoring/new-decision.ts';
import { readText } from '../../../server/decisions/authoring/slots.ts';
import { PHRASES } from '../../../server/decisions/authoring/wording/phrases.ts';
import { phrasesFor } from '../../../server/decisions/authoring/wording/record-language.ts';
import { recordWith } from '../../support/engine.ts';
import { materialOf, type Shape } from './shapes.ts';

const record = (text: string, path = 'docs/adr/0001-a.md') => readText(path, text);
const sectioned = (headings: readonly string[], text: string): string =>
  `# 1. X\n\n${headings.map((heading) => `## ${heading}\n\n${text}\n`).join('\n')}`;

const GERMAN =
  'Die Bestellungen werden in einer Datenbank gespeichert, weil wir sie auch nach dem Absturz des Dienstes nicht verlieren dürfen.';
const FRENCH =
  'Les commandes sont enregistrées dans une base de données, parce que nous ne pouvons pas les perdre en cas de panne du service.';
const SPANISH =
  'Los pedidos se guardan en una base de datos, porque no los podemos perder cuando el servicio falla por un error de la red.';
const PORTUGUESE =
  'Os pedidos são guardados em uma base de dados, porque não os podemos perder quando o serviço falha por um erro da rede.';
const ENGLISH =
  'The orders are kept in a database, because we cannot lose them when the service fails for one reason or another in the night.';
const ITALIAN =
  'Gli ordini sono salvati in un database, perché non li possiamo perdere quando il servizio si interrompe per un errore della rete.';
const DUTCH =
  'De bestellingen worden in een database bewaard, omdat wij ze ook na een storing van de dienst niet mogen verliezen aan het eind.';

describe('the language of a draft', () => {
  test.each([
    ['German', GERMAN],
    ['French', FRENCH],
    ['Spanish', SPANISH],
    ['Portuguese', PORTUGUESE],
    ['English', ENGLISH],
  ])('is %s where the records are, whatever their sections are called', (language, text) => {
    const say = PHRASES.get(language);
    expect(phrasesFor([record(sectioned(['Context', 'Decision', 'Consequences'], text))])).toBe(say);
  });

  test.each([
    ['Italian', ITALIAN],
    ['Dutch', DUTCH],
  ])('is English where records are in a language without words for drafts, such as %s', (_, text) => {
    expect(phrasesFor([record(sectioned(['Context', 'Decision'], text))])).toBe(PHRASES.get('English'));
  });

  test.each([
    ['German', ['Status', 'Kontext', 'Entscheidung', 'Konsequenzen']],
    ['French', ['Statut', 'Contexte', 'Décision', 'Conséquences']],
    ['Spanish', ['Estado', 'Contexto', 'Decisión', 'Consecuencias']],
    ['Portuguese', ['Contexto', 'Decisão', 'Consequências']],
    ['English', ['Status', 'Context', 'Decision', 'Consequences']],
  ])('is that of the sections where they are all there is: %s', (language, headings) => {
    expect(phrasesFor([record(sectioned(headings, ''))])).toBe(PHRASES.get(language));
  });

  it('is that of most words, and not of code, front matter and comments', () => {
    const code = `\`\`\`\n${`${ENGLISH}\n`.repeat(20)}\`\`\`\n<!-- ${ENGLISH.repeat(20)} -->`;
    const front = `---\nsummary: ${ENGLISH.repeat(10)}\n---\n\n`;
    expect(phrasesFor([record(`${front}${sectioned(['Context'], `${GERMAN} ${GERMAN}\n\n${code}`)}`)])).toBe(PHRASES.get('German'));
    expect(phrasesFor([record(sectioned(['Kontext'], GERMAN)), record(sectioned(['Context'], ENGLISH.repeat(3)))])).toBe(
      PHRASES.get('English'),
    );
    expect(phrasesFor([])).toBe(PHRASES.get('English'));
  });
});

describe('a draft in another language than English', () => {
  const nygard = (text: string) =>
    `# 1. Bestellungen behalten\n\n## Status\n\nAngenommen\n\n## Kontext\n\n${text}\n\n## Entscheidung\n\n${text}\n\n## Konsequenzen\n\n${text}\n`;
  const shape: Shape = {
    name: 'German',
    files: { 'doc/adr/0001-bestellungen-behalten.md': nygard(GERMAN), 'doc/adr/0002-ereignisse.md': nygard(GERMAN) },
  };
  const known: Known = {
    commits: [{ sha: 'abcdef0123456789', subject: 'Pack boxes' }],
    left: 2,
    weigh: [],
    sentences: { context: [], options: [], consequences: [] },
    explained: false,
  };
  const wish = { title: 'Kartons von Hand packen', status: 'proposed', today: '2026-11-21', known } as const;

  it('asks in it, in the sections of the repository, and quotes commits and code as they are', () => {
    const { text } = draftOf(materialOf(shape), {
      ...wish,
      selection: { path: 'src/a.ts', lines: { first: 4, last: 6 }, text: 'pack();\n' },
      changes: {
        files: [
          { path: 'src/b.ts', change: 'mode', hunks: [] },
          { path: 'src/c.ts', from: 'src/d.ts', change: 'renamed', hunks: [] },
        ],
        unreadable: [],
      },
      changedIn: 'main..HEAD',
    });
    expect(text).toContain('## Kontext\n\n`src/a.ts`, Zeilen 5 bis 7:\n\n```ts\npack();\n```\n');
    expect(text).toContain('Geändert in main..HEAD:\n\n- `src/b.ts` (Rechte geändert)\n- `src/c.ts` (umbenannt von `src/d.ts`)\n');
    expect(text).toContain(
      'Commits:\n\n- `abcdef0123` Pack boxes.\n- und 2 weitere\n\nOffene Frage: Warum ist das nötig? Die Nachrichten der Commits sagen es nicht.\n',
    );
    expect(text).toContain('## Konsequenzen\n\nOffene Frage: Was folgt daraus, und für wen?\n');
    expect(text).not.toMatch(/Open question|Changed|lines/);
    const { document } = readText('doc/adr/0003-kartons.md', text);
    expect(document).toMatchObject({ title: 'Kartons von Hand packen', status: { value: 'proposed' } });
  });

  it('names the records to weigh as they are called', () => {
    const weigh = [
      { kinship: 'exception', record: recordWith({ path: 'doc/adr/0001-bestellungen-behalten.md' }), sentence: 'Gilt für a.ts.' },
    ] as const;
    expect(draftOf(materialOf(shape), { ...wish, known: { ...known, weigh } }).text).toContain(
      'Zu berücksichtigende Entscheidungen:\n\n- [Use ropes](0001-bestellungen-behalten.md): Gilt für a.ts.\n',
    );
  });

  test.each([...PHRASES])('has all sentences of %s, and each of them its own', (_, { kin, change, ...say }) => {
    const said = [
      ...Object.values(kin).map((one) => (typeof one === 'function' ? one('x' as never, 'y') : one)),
      ...Object.values(change),
      say.why,
      say.whyUnsaid,
      say.options,
      say.consequences,
      say.weigh,
      say.changed,
      say.changedIn('x'),
      say.renamed('x'),
      say.saysWhy('x'),
      say.more(3),
      say.moreLines(3),
      say.line(3),
      say.lines(3, 4),
      say.incomplete('x'),
    ];
    expect(said.every((sentence) => sentence.trim() === sentence && sentence.length > 3)).toBe(true);
    expect(new Set(said).size).toBe(said.length);
  });
});
