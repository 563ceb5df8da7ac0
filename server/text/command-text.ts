/** Characters that no shell takes for anything but themselves. */
const PLAIN = /^[\w@%+=:,./-]+$/;

const escapedForPrintf = (mark: string): string => (mark === '%' ? '%%' : `\\${mark.charCodeAt(0).toString(8).padStart(3, '0')}`);

/** An argument as a person writes it in a shell of Unix, or in PowerShell and cmd where `windows` is true. */
export const quotedArgument = (argument: string, windows = false): string => {
  if (PLAIN.test(argument)) return argument;
  // A command stays one line, whatever files are called: `printf` of every shell of Unix writes the line end.
  if (!windows && /[\n\r]/.test(argument)) return `"$(printf '${argument.replace(/[\n\r\\%']/g, escapedForPrintf)}')"`;
  return windows ? `"${argument.replaceAll('"', '\\"')}"` : `'${argument.replaceAll("'", "'\\''")}'`;
};

/** A process as a line to type into a shell at the root of the repository. */
export function commandText(
  process: {
    readonly command: string;
    readonly args: readonly string[];
    readonly cwd: string;
    readonly environment?: Readonly<Record<string, string>>;
  },
  windows = false,
): string {
  const variables = Object.entries(process.environment ?? {}).map(([name, value]) => `${name}=${quotedArgument(value, windows)}`);
  const line = [...variables, ...[process.command, ...process.args].map((word) => quotedArgument(word, windows))].join(' ');
  return process.cwd === ''
    ? line
    : windows
      ? `cd ${quotedArgument(process.cwd, true)}; ${line}`
      : `(cd ${quotedArgument(process.cwd)} && ${line})`;
}
