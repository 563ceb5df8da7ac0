const DOCUMENTATION = /^(?:docs?|documentation|adrs?|decisions|architecture|rfcs?|design)$/i;

/**
 * The folder that a record documents: `services/payments` for `services/payments/docs/adr/x.md`; empty for a record of the whole repository.
 */
export function documentedFolder(recordPath: string): string {
  const folders = recordPath.split('/').slice(0, -1);
  const at = folders.findIndex((segment) => DOCUMENTATION.test(segment));
  return (at < 0 ? folders : folders.slice(0, at)).join('/');
}
