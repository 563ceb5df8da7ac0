import { defineRule, type Finding, findingOf } from '../model/finding.ts';
import { lineIndex } from './lines.ts';

export const WRONG_ENCODING = defineRule({
  id: 'wrong-encoding',
  severity: 'warning',
  description: 'The file is not valid UTF-8 (or UTF-16 with a byte order mark).',
  tags: ['document'],
});

/** What the bytes of a file are: a text with what is wrong with it, or something that no reader of text should see. */
type Decoded = { readonly text: string; readonly findings: readonly Finding[] } | { readonly binary: true };

/**
 * Bytes of a file as text. UTF-8 with or without a byte order mark and UTF-16 with one are read as they are, without the mark; bytes that are
 * not UTF-8 are read as Windows-1252 (which contains Latin-1) with a `wrong-encoding` finding at the first letter concerned; a NUL means binary.
 * Line endings are kept.
 */
export function decodeText(bytes: Uint8Array): Decoded {
  const utf16 = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : undefined;
  if (utf16 !== undefined) {
    const text = new TextDecoder(utf16).decode(bytes);
    return text.includes('\0') ? { binary: true } : { text, findings: [] };
  }
  if (bytes.includes(0)) return { binary: true };
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), findings: [] };
  } catch {
    return decodeLegacy(bytes);
  }
}

function decodeLegacy(bytes: Uint8Array): Decoded {
  const text = new TextDecoder('windows-1252').decode(bytes);
  const lenient = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  // Windows-1252 has one letter per byte, so a byte offset is an offset in the text.
  const at = Buffer.byteLength(lenient.slice(0, lenient.indexOf('�')), 'utf8');
  const message =
    'This file is not UTF-8; it was read as Windows-1252, so some letters may be wrong. Save it as UTF-8 so that every reader sees the same letters.';
  return { text, findings: [findingOf(WRONG_ENCODING, { message, span: lineIndex(text).span(at, at + 1) })] };
}
