import { expect, it } from 'vitest';
import { isRecognisable, isTextOfPeople, tellsSomething } from '../../server/selection/ranking/weak-words.ts';

it.each([
  ['throw new', false],
  ['import', false],
  ['using', false],
  ['return', false],
  ['id', false],
  ['voucher', true],
  ['get voucher', true],
])('whether the words "%s" tell a person something of the product is %s', (words, expected) => {
  expect(tellsSomething(words)).toBe(expected);
});

it.each([
  ['disabled', false],
  ['primary', false],
  ['checkbox', false],
  ['Cancel', false],
  ['placeOrder', true],
  ['submit-order', true],
  ['Refund', true],
  ['refund', true],
  ['/orders', true],
  ['Your refund is here', true],
])('whether a person recognises the literal "%s" is %s', (literal, expected) => {
  expect(isRecognisable(literal)).toBe(expected);
});

it.each([
  ['Your refund is here', true],
  ['Rechnung wurde storniert', true],
  ['Pay now', false],
  ['flex items-center gap-2', false],
  ['inline-flex px-4 py-2 rounded', false],
  ['return new Error(x) and y', false],
  ['1 2 3', false],
  ['get all of it', false],
])('whether "%s" is a text that people read is %s', (literal, expected) => {
  expect(isTextOfPeople(literal)).toBe(expected);
});
