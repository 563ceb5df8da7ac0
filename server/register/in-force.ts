import type { DocumentHead } from '../model/document.ts';
import type { Register } from './register.ts';

/** Whether the status of a record lets it be in force: accepted, none at all, or one that Lintel does not recognize. */
export const hasStatusInForce = ({ status }: Pick<DocumentHead, 'status'>): boolean =>
  status === undefined || status.value === 'accepted' || status.value === 'unknown';

/** Whether a record is in force: its status allows it, and no other record replaced it. */
export const isInForce = (head: Pick<DocumentHead, 'id' | 'status'>, successors: Register['successors']): boolean =>
  hasStatusInForce(head) && (successors.get(head.id)?.length ?? 0) === 0;
