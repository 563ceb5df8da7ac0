/** A tag of an XML text. */
export interface XmlTag {
  readonly kind: 'open' | 'close';
  /** In lower case, without a namespace. */
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  /** `<name/>`: no closing tag follows. */
  readonly empty: boolean;
}

const NO_ATTRIBUTES: ReadonlyMap<string, string> = new Map();
const MOST_ATTRIBUTES = 100;
const NAME = /[A-Za-z_\u0080-\uffff][^\s/>"'=<]*/y;
const ATTRIBUTE = /\s*([^\s=/>"'<]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/y;
const REFERENCE = /&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|(lt|gt|amp|quot|apos));/g;
const NAMED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/** The five entities of XML and characters by number. Whatever else looks like an entity stays as it is written: nothing is looked up or expanded. */
const decoded = (text: string): string =>
  text.includes('&')
    ? text.replace(REFERENCE, (whole, decimal: string | undefined, hexadecimal: string | undefined, named: string | undefined) => {
        if (named !== undefined) return NAMED[named] ?? whole;
        const code = decimal === undefined ? Number.parseInt(hexadecimal ?? '', 16) : Number(decimal);
        return code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : whole;
      })
    : text;

const localName = (name: string): string => name.slice(name.lastIndexOf(':') + 1).toLowerCase();

/** Where `<!DOCTYPE` ends, its internal subset included; -1 where it does not. What it declares is not read. */
const endOfDoctype = (text: string, start: number): number => {
  let depth = 0;
  for (let at = start; at < text.length; at += 1) {
    const char = text[at];
    if (char === '"' || char === "'") {
      at = text.indexOf(char, at + 1);
      if (at < 0) return -1;
    } else if (text.startsWith('<!--', at)) {
      at = text.indexOf('-->', at + 4);
      if (at < 0) return -1;
    } else if (char === '[') depth += 1;
    else if (char === ']') depth -= 1;
    else if (char === '>' && depth <= 0) return at + 1;
  }
  return -1;
};

const after = (text: string, end: string, from: number): number => {
  const at = text.indexOf(end, from);
  return at < 0 ? -1 : at + end.length;
};

/**
 * The tags of an XML text in their order; texts between them are passed over. Never throws, and takes time in proportion to the text. Returns whether the
 * text ends outside of a tag, comment or section: a half-written one gives what comes before.
 *
 * This is a tokenizer of our own because reports are read for attributes only: a parser refuses a half-written file as a whole, builds a tree of hundreds of
 * megabytes, and brings the entities with it that nobody may expand here.
 */
export function* xmlTags(text: string): Generator<XmlTag, boolean> {
  for (let at = text.indexOf('<'); at >= 0; at = text.indexOf('<', at)) {
    const next = text[at + 1];
    if (next === undefined) return false;
    if (next === '!' || next === '?') {
      if (next === '?') at = after(text, '?>', at + 2);
      else if (text.startsWith('<!--', at)) at = after(text, '-->', at + 4);
      else if (text.startsWith('<![CDATA[', at)) at = after(text, ']]>', at + 9);
      else at = endOfDoctype(text, at + 2);
      if (at < 0) return false;
      continue;
    }
    const closes = next === '/';
    NAME.lastIndex = at + (closes ? 2 : 1);
    const name = NAME.exec(text)?.[0];
    // A lone `<` in the text of a writer that does not escape.
    if (name === undefined) {
      at += 1;
      continue;
    }
    let end = NAME.lastIndex;
    const attributes = new Map<string, string>();
    if (!closes)
      for (let left = MOST_ATTRIBUTES; left > 0; left -= 1) {
        ATTRIBUTE.lastIndex = end;
        const found = ATTRIBUTE.exec(text);
        if (!found) break;
        end = ATTRIBUTE.lastIndex;
        attributes.set(localName(found[1] ?? ''), decoded(found[2] ?? found[3] ?? ''));
      }
    const close = text.indexOf('>', end);
    if (close < 0) return false;
    const empty = text[close - 1] === '/';
    yield { kind: closes ? 'close' : 'open', name: localName(name), attributes: closes ? NO_ATTRIBUTES : attributes, empty };
    at = close + 1;
  }
  return true;
}
