import { describe, expect, it } from 'vitest';
import { isStatusHeading } from '../../../server/knowledge/records/status-section.ts';
import { at, record } from './support.ts';

const statusOf = (status: string): string | undefined => record(`# T\n\n## Status\n\n${status}\n`).status?.value;

describe('the words of a status mean', () => {
  it.each([
    [
      'proposed',
      [
        'Draft',
        'WIP',
        'In review',
        'Under discussion',
        'RFC',
        'TBD',
        'On hold',
        'Not yet accepted',
        '🚧',
        'Open for comments',
        'Not implemented',
      ],
    ],
    [
      'accepted',
      [
        'Accepted',
        'APPROVED',
        'Agreed',
        'Implemented',
        '**Final**',
        '`accepted`',
        '{accepted}',
        '✅',
        ':white_check_mark:',
        'In force',
        'In use',
        'Accepted (was proposed)',
      ],
    ],
    ['rejected', ['Rejected', 'Declined', 'Withdrawn', 'Not accepted', 'Not approved', '❌', 'Abandoned by the team']],
    ['deprecated', ['Deprecated', 'Obsolete', 'Retired in 2021', 'No longer relevant', 'Legacy']],
    [
      'superseded',
      ['Superseded', 'Superceded', 'Superseded by the new platform', 'Replaced by something else', 'Accepted, now superseded'],
    ],
    ['unknown', ['Purple', 'See the wiki', 'Proposed | Accepted | Rejected | Deprecated']],
  ])('%s', (value, texts) => {
    expect(texts.map((text) => [text, statusOf(text)])).toEqual(texts.map((text) => [text, value]));
  });

  it.each([
    ['the last step of a chain', 'Proposed → Accepted', 'accepted'],
    ['the last step of a chain with arrows of ASCII', 'Draft -> Accepted => Rejected', 'rejected'],
    ['nothing where they are struck out', '~~Proposed~~ Accepted', 'accepted'],
    ['nothing where only a part is superseded', 'Accepted, partially superseded', 'accepted'],
    ['nothing where superseding is a possibility', 'Accepted, may be superseded', 'accepted'],
    ['acceptance where they only say what the record replaces', 'Supersedes ADR 3', 'accepted'],
    ['what the ticked box says', '- [ ] Proposed\n- [x] Accepted\n- [ ] Rejected', 'accepted'],
    ['what the latest of dated lines says', '2020-01-01: Proposed\n\n2021-01-01: Accepted', 'accepted'],
    ['what a heading below says', '### Accepted\n\nText.', 'accepted'],
  ])('%s', (_name, text, value) => expect(statusOf(text)).toBe(value));

  it('are quoted as written, without emphasis', () => {
    const text = '# T\n\n## Status\n\n**Accepted** \n';
    const { status } = record(text);
    expect(status).toMatchObject({ value: 'accepted', text: 'Accepted' });
    expect(at(text, status?.span)).toBe('Accepted');
  });
});

describe('the heading of a status section', () => {
  it.each(['Status', 'STATUS:', '1. Status', '2.1 Status', 'ADR Status', 'Current state', 'Status and date', '**Status**', '📌 Status'])(
    'may be %j',
    (text) => expect(isStatusHeading(text)).toBe(true),
  );

  it.each(['Status quo', 'State machine', 'HTTP status codes', 'Statuses', ''])('is not %j', (text) =>
    expect(isStatusHeading(text)).toBe(false),
  );
});
