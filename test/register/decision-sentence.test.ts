import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { decisionSentence } from '../../server/register/decision-sentence.ts';
import { blocksOf, sentencesOf } from '../../server/register/sentences.ts';
import { indexedRecord } from '../support/register.ts';
import { wordsBetween } from '../support/text.ts';

/** What a record is said to decide; fails where that is not verbatim at its span. */
const quoted = (text: string, path = 'docs/adr/0001-x.md'): string => {
  const quotation = decisionSentence(indexedRecord(path, text));
  if (quotation.text !== '') expect(wordsBetween(text, quotation.span)).toBe(quotation.text);
  return quotation.text;
};

const adr = (decision: string): string =>
  `# 7. Use ropes\n\nDate: 2024-03-01\n\n## Status\n\nAccepted\n\n## Context\n\nWe will hang from something. It was decided long ago.\n\n## Decision\n\n${decision}\n\n## Consequences\n\nWe will need knots.\n`;

describe('the sentence that a record is quoted with', () => {
  it('is never what a template says where nobody filled it in', () => {
    const madr = 'Chosen option: "{title of option 1}", because {justification. e.g., only option, which meets k.o. criterion}.';
    expect(quoted(adr(madr))).not.toContain('{');
    expect(quoted(adr(`${madr}\n\nWe will use ropes.`))).toBe('We will use ropes.');
    expect(quoted(adr('We will serve orders at /orders/{orderId}.'))).toBe('We will serve orders at /orders/{orderId}.');
  });

  test.each([
    ['the first sentence of the decision', 'We will use ropes. They hold.', 'We will use ropes.'],
    ['over several lines', 'We will use\nropes of hemp. They hold.', 'We will use\nropes of hemp.'],
    ['a present tense', 'Ropes hold every stage. Nothing else does.', 'Ropes hold every stage.'],
    ['the first item of a list', '* Ropes hold every stage of the house\n* Chains hold none', 'Ropes hold every stage of the house'],
    ['an introduction with the first item of its list', 'We will use:\n\n- ropes of hemp\n- chains', 'We will use:\n\n- ropes of hemp'],
    [
      'MADR with its reasons',
      'Chosen option: "Ropes", because\n\n* they hold the stage\n* they are cheap',
      'Chosen option: "Ropes", because\n\n* they hold the stage',
    ],
    [
      'a mere name with what it means',
      'Chosen option: "Ropes". Every stage hangs from two of them. Chains go.',
      'Chosen option: "Ropes". Every stage hangs from two of them.',
    ],
    [
      'a mere name without what only leads on',
      'Chosen option: "Ropes". They were taken because:\n\n* they hold',
      'Chosen option: "Ropes".',
    ],
    [
      'a full stop in code and links',
      'We will read `a.b. C` and [x. Y](http://z.io/a.b). Then we stop.',
      'We will read `a.b. C` and [x. Y](http://z.io/a.b).',
    ],
    [
      'abbreviations',
      'We will use natural fibres, e.g. Hemp and the like, vs. Steel of any kind. Cheap.',
      'We will use natural fibres, e.g. Hemp and the like, vs. Steel of any kind.',
    ],
    ['a sentence in bold', '**We will use ropes.** They hold.', '**We will use ropes.**'],
    [
      'what is decided after what leads up to it',
      'Rope is a thing of fibres. We will use ropes in every house.',
      'We will use ropes in every house.',
    ],
    [
      'no word about the record itself',
      'This ADR describes ropes.\n\nWe will use ropes in every house.',
      'We will use ropes in every house.',
    ],
    ['no supersession', 'We supersede ADR 3 with this record.\n\nUse ropes in every single house.', 'Use ropes in every single house.'],
    ['no question', '**Why do we need any ropes?**\n\nRopes will hold the stage.', 'Ropes will hold the stage.'],
    [
      'no table, image, code or comment',
      '| a rope | a chain |\n|---|---|\n\n![a rope of hemp](x.png)\n\n```\nWe will use chains.\n```\n\n<!-- We will use\nwires. -->\n\nRopes will hold the stage.',
      'Ropes will hold the stage.',
    ],
    ['no quotation of the template', '> We will describe our decision here.\n\nRopes will hold the stage.', 'Ropes will hold the stage.'],
    [
      'no text of a template',
      "The change that we're proposing or have agreed to implement.\n\nRopes will hold the stage.",
      'Ropes will hold the stage.',
    ],
    ['no bold line that is a heading', '**The rope of the house**\n\nRopes will hold the stage.', 'Ropes will hold the stage.'],
  ])('is %s', (_, decision, expected) => {
    expect(quoted(adr(decision))).toBe(expected);
  });

  test.each([
    [
      'Decision Outcome',
      'before Decision Drivers',
      '## Decision Drivers\n\n* Ropes must hold the stage\n\n## Decision Outcome\n\nUse ropes in the whole house.\n',
    ],
    [
      'Chosen option',
      'with a name behind it',
      '## Considered Options\n\n* We will use chains\n\n## CHOSEN OPTION: Ropes\n\nUse ropes in the whole house.\n',
    ],
    [
      'Decision',
      'below which the sections have it',
      '## Context\n\nWe shall see.\n\n## Decision\n\n### Which ones\n\nUse ropes in the whole house.\n',
    ],
    ['Proposal', 'of a request for comments', '## Motivation\n\nThings fall down.\n\n## Proposal\n\nUse ropes in the whole house.\n'],
    [
      'no such heading',
      'by its verb',
      '## Ropes and chains\n\nThings fall down a lot.\n\n## Houses\n\nThe team agreed on this: Use ropes in the whole house.\n',
    ],
  ])('is found below %s, %s', (_heading, _how, sections) => {
    expect(quoted(`# Ropes\n\n${sections}\n## Pros and cons\n\nWe will pay less.\n`)).toContain('Use ropes in the whole house.');
  });

  it('is not one of the pros and cons of a template that was never filled in', () => {
    const record = `# Ropes\n\n## Chosen Solution\n\nDescribe what the decision is.\n\n### Pros and Cons\n\n#### Ropes\n\n- \`+\` No change in the short term\n`;
    const quotation = decisionSentence(indexedRecord('docs/adr/0001-x.md', record));
    expect(quotation).toEqual({ text: '', span: { start: { line: 0, character: 2 }, end: { line: 0, character: 7 } } });
  });

  it('is not a status, a date or an entry of a change log', () => {
    const record =
      '# Ropes\n\n* Status: Accepted\n* Deciders: Ann Lee, Bob Ray\n\n## Changelog\n\n- 2024-01-02: Initial draft of it\n\n## What\n\n**Accepted** 2024-01-02\n\nRopes hold the stage.\n';
    expect(quoted(record)).toBe('Ropes hold the stage.');
  });

  it('is read in reStructuredText past directives and fields', () => {
    const record =
      'Ropes\n=====\n\nStatus\n------\n\n**Accepted** 2024-01-02\n\nDecision\n--------\n\n.. note::\n   We will use chains.\n\n:Author: Ann Lee and others\n\nWe will use ``ropes``::\n\n    We will use code.\n\nThey hold.\n';
    expect(quoted(record, 'docs/decisions/0001_ropes.rst')).toBe('We will use ``ropes``::');
  });

  it('is whole where it lies across the windows of a long section', () => {
    const filler = Array.from({ length: 12 }, (_, i) => `Rope ${i} is an old thing of the house that hangs there.`).join(' ');
    const record = adr(`${filler} We will use ropes of hemp in every house that we build from now on, whatever it costs us. Done.`);
    expect(quoted(record)).toBe('We will use ropes of hemp in every house that we build from now on, whatever it costs us.');
  });

  it('ends at a word where it would be too long', () => {
    const long = quoted(adr(`We will use ${'ropes and '.repeat(80)}knots.`));
    expect(long.length).toBeLessThanOrEqual(400);
    expect(long).toMatch(/(?:ropes|and)$/);
  });

  it('is the same with the line ends of Windows', () => {
    const text = adr('We will use\nropes. They hold.').replaceAll('\n', '\r\n');
    expect(decisionSentence(indexedRecord('docs/adr/0001-x.md', text)).text).toBe('We will use\r\nropes.');
  });

  it('stands verbatim at its span, whatever the record holds', () => {
    const piece = fc.constantFrom(
      '\n',
      '\n\n',
      '# A b c',
      '## Decision',
      '## Decision Drivers',
      'We will use ropes.',
      'Use ropes here now:',
      '- one two three',
      '1. four five six',
      '```',
      '> quote of words',
      '| a | b |',
      '<!--',
      '-->',
      '.. note:: x',
      '    indented words here',
      '**Bold words here**',
      'Status: accepted',
      '`code. More',
      '](x. Y',
      '\t',
      ' ',
      'x',
      '\u2028',
      'É́ 🪢.',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), fc.constantFrom('a.md', 'a.rst', 'a.adoc'), (pieces, name) => {
        const text = pieces.join('');
        const quotation = decisionSentence(indexedRecord(`docs/adr/${name}`, text));
        expect(quotation.text.length).toBeLessThanOrEqual(400);
        if (quotation.text !== '') expect(wordsBetween(text, quotation.span)).toBe(quotation.text);
      }),
      { numRuns: 500 },
    );
  });
});

describe('the blocks of a text', () => {
  const wordsOf = (text: string, format = 'markdown'): string[] => blocksOf(text, format).map(({ start, end }) => text.slice(start, end));

  it('are paragraphs and items, without their marks', () => {
    expect(wordsOf('One\ntwo\n\n* three\n  four\n1. five\n- [x] six')).toEqual(['One\ntwo', 'three\n  four', 'five', 'six']);
  });

  it('say whether a list comes next', () => {
    expect(blocksOf('One:\n\n- two\n\nThree\n\nFour', 'markdown').map(({ beforeList }) => beforeList)).toEqual([true, false, false, false]);
    expect(blocksOf('One:\n\n```\nx\n```\n\n- two', 'markdown')[0]?.beforeList).toBe(false);
  });

  it('leave out delimited blocks and comments of AsciiDoc, and read on after what is never closed', () => {
    expect(wordsOf('----\ncode here\n----\n// a comment\n.A title\nWords here', 'asciidoc')).toEqual(['Words here']);
    expect(wordsOf('One\n\n```\nnever closed')).toEqual(['One']);
  });
});

describe('the sentences of a block', () => {
  const of = (text: string): string[] => sentencesOf(text, { start: 0, end: text.length }).map(({ start, end }) => text.slice(start, end));

  it('end at a mark before a space, with the quotes and brackets that close there', () => {
    expect(of('He said that it "holds well." Then he left the house! Did he really go (yes he did.) So be it.')).toEqual([
      'He said that it "holds well."',
      'Then he left the house!',
      'Did he really go (yes he did.)',
      'So be it.',
    ]);
  });

  it('go on after a number, a version, a lower case letter and the first few words', () => {
    const whole = 'Option 4. We take version 1.2. and go on from there in v2.0 of it';
    expect(of(whole)).toEqual([whole]);
  });

  it('cover the block, in order, without white space at their ends', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', 'B', ' ', '.', '!', '`', '(', ')', '\n', '"') }), (text) => {
        const found = sentencesOf(text, { start: 0, end: text.length });
        expect(
          found
            .map(({ start, end }) => text.slice(start, end))
            .join('')
            .replace(/\s/g, ''),
        ).toBe(text.replace(/\s/g, ''));
        for (const [i, { start }] of found.entries()) expect(start).toBeGreaterThanOrEqual(found[i - 1]?.end ?? 0);
      }),
    );
  });
});
