/** A title as people say it, with its number in front: "0014 Transactional outbox". */
export const numberedTitle = ({ number, title }: { readonly number?: string; readonly title: string }): string =>
  number === undefined ? title : `${number} ${title}`;
