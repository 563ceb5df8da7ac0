/** The icon of a decision record, by its status. */
export const recordIcon = (status: string | undefined): string => {
  switch (status) {
    case 'superseded':
    case 'deprecated':
      return 'history';
    case 'rejected':
      return 'circle-slash';
    case 'proposed':
      return 'question';
    default:
      return 'law';
  }
};
