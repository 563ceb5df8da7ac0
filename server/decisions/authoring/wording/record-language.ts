import { entries } from '../../../knowledge/languages/language.ts';
import { LANGUAGES } from '../../../knowledge/languages/languages.ts';
import { plainWords } from '../../../knowledge/languages/words.ts';
import type { ReadRecord } from '../slots.ts';
import { type DraftPhrases, ENGLISH, PHRASES } from './phrases.ts';

/** The most common words that carry no subject, without accents. A third or more of the words of a text in the language are among them. */
const COMMON_WORDS: Readonly<Record<string, string>> = {
  English: 'the and of to is in that for we it with as are be this on by an not or from have will which can has our a',
  German:
    'und der die das den dem ein eine einer einen nicht ist wird werden wir fur mit auf von zu im als auch durch bei oder sind dass kann zur zum es sich in',
  French: 'et le la les des du une un est pour dans que qui pas nous sur avec par ce cette sont au aux de en il ne plus ou l d',
  Spanish: 'el la los las y en que para una un por con se no del como es su al lo mas de o son este esta ha',
  Portuguese: 'o os a as e em que para uma um por com nao do da dos das no na se ao mais de ou sao este esta foi ser',
};
/** Share of the words of a text that have to be common ones before a text is in a language. */
const LEAST = 0.2;
/** Texts of fewer words say too little of their language. */
const FEWEST_WORDS = 25;

const common = new Map(Object.entries(COMMON_WORDS).map(([name, words]) => [name, new Set(words.split(' '))]));

/** The entry with the highest count; English where there is none, and where it counts as much. */
function highest(counts: ReadonlyMap<string, number>): string | undefined {
  const [best] = [...counts]
    .filter(([, count]) => count > 0)
    .sort(([a, x], [b, y]) => y - x || Number(b === 'English') - Number(a === 'English'));
  return best?.[0];
}

/** Prose alone: no front matter, code, links and comments. */
const proseOf = ({ text, prose }: ReadRecord): string =>
  text
    .slice(prose.outline.bodyStart)
    .replace(/^(`{3,}|~{3,})[\s\S]*?^\1/gm, ' ')
    .replace(/<!--[\s\S]*?-->|`[^`\n]*`|\]\([^)\n]*\)|https?:\S+/g, ' ');

function languageOfProse(records: readonly ReadRecord[]): string | undefined {
  const words = records.flatMap((record) => plainWords(proseOf(record)).split(/[ ']/));
  if (words.length < FEWEST_WORDS) return undefined;
  const counts = new Map([...common].map(([name, ones]) => [name, words.filter((word) => ones.has(word)).length]));
  const best = highest(counts);
  return best !== undefined && (counts.get(best) ?? 0) >= LEAST * words.length ? best : undefined;
}

function languageOfHeadings(records: readonly ReadRecord[]): string | undefined {
  const headings = records.flatMap(({ prose }) => prose.outline.headings.map(({ text }) => plainWords(text)));
  return highest(
    new Map(
      LANGUAGES.map(({ name, parts }) => {
        const names = new Set(Object.values(parts).flatMap(entries).map(plainWords));
        return [name, headings.filter((heading) => names.has(heading)).length];
      }),
    ),
  );
}

/** What a draft says in the language of the records that it joins: of what they say, else of what their sections are called; English where that is not told. */
export function phrasesFor(records: readonly ReadRecord[]): DraftPhrases {
  const language = languageOfProse(records) ?? languageOfHeadings(records);
  return PHRASES.get(language ?? '') ?? ENGLISH;
}
