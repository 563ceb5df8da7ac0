/** The configuration of a repository, in its root. */
export const CONFIG_FILE = 'lintel.yaml';
