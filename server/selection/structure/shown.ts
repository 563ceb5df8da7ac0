import type { SelectsEvidence } from '../../model/selection.ts';

/** What the changed code shows, or a translation that changed, and specs name. */
export interface SpecShown {
  /** 0 up to 1. */
  readonly score: number;
  readonly evidence: readonly SelectsEvidence[];
}

/** Something that people or tests see, and how it came to be looked for. */
export interface ShownText {
  readonly text: string;
  /** How the sentence says it: `which checkout-page.tsx shows`. */
  readonly because: string;
  /** Above 0 up to 1. */
  readonly weight: number;
}

const LITERALS = [/"([^"\n]{4,120})"/g, /'([^'\n]{4,120})'/g, /`([^`\n]{4,120})`/g, />\s*([^<>{}\n]{4,120}?)\s*</g];
/** Alone on its line between tags. */
const ALONE = /^\s*([\p{Lu}\d][^<>{}=;()[\]"`\n]{3,120})\s*$/u;
const MOST_TEXTS = 300;
/** A text in more specs than these, or in more than a tenth of them, names nothing. */
const FEW = 3;
const FEW_SHARE = 0.1;
const MOST_EVIDENCE = 3;

/** Words in a sentence, or a name of several parts: `Delivery slot`, `basket-total`, `placeOrder`. */
const isTelling = (text: string): boolean =>
  (/\p{L}{2,}\s+\p{L}{2,}/u.test(text) && !/[{};=]|=>|\$\{/.test(text)) || /^[a-z][\w]*(?:[-_:][a-z0-9]+)+$/i.test(text);
/** Classes and modules that look like texts. */
const IS_CODE =
  /^(?:[@./~]|https?:)|\.(?:tsx?|jsx?|css|scss|json|vue|rb|py|go)$|^(?:text|bg|flex|grid|p|m|px|py|mt|mb|w|h|govuk|btn|col|row|is|has|use)-/;

/** Texts, labels and test ids in lines of code, at most 300. */
export function textsShown(lines: readonly string[]): string[] {
  const found = new Set<string>();
  for (const whole of lines) {
    const line = whole.slice(0, 1_000);
    if (/^\s*(?:import|from|require|using|package|\/\/|#|\*)/.test(line)) continue;
    for (const pattern of LITERALS) for (const [, text = ''] of line.matchAll(pattern)) found.add(text.trim());
    const alone = ALONE.exec(line)?.[1];
    if (alone !== undefined) found.add(alone.trim());
    if (found.size >= MOST_TEXTS) break;
  }
  return [...found].filter((text) => isTelling(text) && !IS_CODE.test(text)).slice(0, MOST_TEXTS);
}

const stands = (whole: string, text: string): boolean => {
  for (let at = whole.indexOf(text); at >= 0; at = whole.indexOf(text, at + 1))
    if (!/[\p{L}\p{N}_-]/u.test(whole[at - 1] ?? ' ') && !/[\p{L}\p{N}_-]/u.test(whole[at + text.length] ?? ' ')) return true;
  return false;
};

/**
 * Specs that name what changed code or a translation shows.
 * @param texts of all specs, by path
 */
export function shownIn(shown: readonly ShownText[], texts: ReadonlyMap<string, string>): ReadonlyMap<string, SpecShown> {
  const found = new Map<string, { weight: number; said: ShownText }[]>();
  const once = new Map<string, ShownText>();
  for (const one of shown) if ((once.get(one.text)?.weight ?? 0) < one.weight) once.set(one.text, one);
  for (const said of once.values()) {
    const holders = [...texts].flatMap(([spec, whole]) => (stands(whole, said.text) ? [spec] : []));
    if (holders.length === 0 || holders.length > Math.max(FEW, texts.size * FEW_SHARE)) continue;
    const rarity = Math.log((texts.size + 1) / (holders.length + 0.5)) / Math.log((texts.size + 1) / 1.5);
    for (const spec of holders) found.set(spec, [...(found.get(spec) ?? []), { weight: said.weight * rarity, said }]);
  }
  return new Map(
    [...found].map(([spec, hits]) => {
      const sorted = hits.sort((a, b) => b.weight - a.weight || (a.said.text < b.said.text ? -1 : 1));
      const score = 1 - sorted.slice(0, 10).reduce((rest, { weight }) => rest * (1 - 0.7 * weight), 1);
      const [first] = sorted;
      const same = sorted.filter(({ said }) => said.because === first?.said.because).slice(0, MOST_EVIDENCE);
      const literals = same.map(({ said }) => said.text);
      const evidence: SelectsEvidence = {
        kind: 'selects',
        weight: Number(score.toFixed(4)),
        literals,
        explanation: `names ${literals.map((text) => `"${text}"`).join(', ')}, ${first?.said.because ?? ''}`,
      };
      return [spec, { score, evidence: [evidence] }];
    }),
  );
}
