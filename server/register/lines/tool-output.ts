/**
 * How programs print places in code: stack traces, compilers, linters, test runners, `grep -n`. What they said about another state of the code is a
 * record of that moment, and nobody mends it.
 */
const OUTPUT =
  /^\s*(?:[`>|]\s*)?at\s[\w$.<>[\] ]{1,120}\(.{1,300}:\d+(?::\d+)?\)|^\s*at\s(?:file:|\/)|\bFile "[^"]{1,300}", line \d+|:\d+(?::\d+)?:?\s{1,3}-?\s?(?:fatal |syntax |type)?(?:error|warning|note|info|hint)\b[ :[]|\berror(?:\[\w+\]|\s?(?:TS|CS|C)?\d+):|\bTraceback \(|\bpanic: |\bpanicked at\b|\bException in thread|^\s*(?:-->|→)\s\S+:\d+:\d+|^\s*\d{4}-\d\d-\d\d[T ]\d\d:\d\d|\b(?:FAIL|PASS)\b.{0,80}:\d+|^\s*[+-]{3}\s[ab]\/|^\s*@@\s/i;

/** Whether a line of prose quotes what a program printed. */
export const isToolOutput = (line: string): boolean => OUTPUT.test(line.slice(0, 600));
