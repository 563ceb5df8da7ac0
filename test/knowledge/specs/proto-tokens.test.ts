import { describe, expect, it } from 'vitest';
import { commentText, tokenizeProto } from '../../../server/knowledge/specs/proto-tokens.ts';

const shown = (text: string): string[] => tokenizeProto(text).map(({ kind, text: token }) => `${kind} ${token}`);

describe('a protobuf file is split into', () => {
  it.each<[string, string, string[]]>([
    ['words with their dots', 'package shop.v1;', ['word package', 'word shop.v1', 'symbol ;']],
    ['numbers in any base', 'a = 0x1F 1.5e3 -7', ['word a', 'symbol =', 'number 0x1F', 'number 1.5e3', 'symbol -', 'number 7']],
    ['strings in both quotes', `"a b" 'c"d'`, ['string "a b"', `string 'c"d'`]],
    ['strings with escaped quotes', '"a\\"b" c', ['string "a\\"b"', 'word c']],
    ['comments to the end of the line', 'a // b; c\nd', ['word a', 'comment // b; c', 'word d']],
    ['comments to their end mark', '/* a\n * b */ c', ['comment /* a\n * b */', 'word c']],
    ['comments that end with a carriage return', '// a\r\nb', ['comment // a', 'word b']],
    ['a string that is never closed, up to the end of its line', '"a\nb', ['string "a', 'word b']],
    ['a comment that is never closed, up to the end of the file', '/* a\nb', ['comment /* a\nb']],
    ['a slash that begins no comment', 'a / b', ['word a', 'symbol /', 'word b']],
    ['a comment mark in a string', '"// a" b', ['string "// a"', 'word b']],
    ['a backslash at the end of the file', '"a\\', ['string "a\\']],
    ['letters that protobuf does not know, one each', 'ä', ['symbol ä']],
    ['nothing from white space', ' \t\r\n', []],
  ])('%s', (_name, text, expected) => expect(shown(text)).toEqual(expected));
});

describe('the text of a protobuf comment', () => {
  it.each([
    ['// Reserves stock.', 'Reserves stock.'],
    ['/// Reserves stock.', 'Reserves stock.'],
    ['/* Reserves stock. */', 'Reserves stock.'],
    ['/**\n * Reserves\n * stock.\n */', 'Reserves\nstock.'],
    ['/*\r\n  Reserves\r\n\r\n  stock.\r\n*/', 'Reserves\nstock.'],
    ['//////////', ''],
    ['/**************/', ''],
    ['/* 2 * 3 */', '2 * 3'],
    ['// https://e.org', 'https://e.org'],
  ])('of %j is %j', (comment, text) => expect(commentText(comment)).toBe(text));
});
