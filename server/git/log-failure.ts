import { complaintOf } from './process.ts';

/** What git says of an object that is not there, in the words of its versions since 2.31. */
const MISSING =
  /missing|unable to read|unable to find|could not (?:fetch|get|parse object|read [0-9a-f]{40})|bad (?:object|tree)|promisor|lazy fetching|transport '.*' not allowed/i;

/** Why commits lack paths: objects that are missing only where git says so, else git's own words. */
export const failureNotice = (stderr: string): string => {
  if (MISSING.test(stderr)) return 'Some objects are missing in this clone: the commits that need them are read with fewer changed paths.';
  return `Git could not compare the files of some commits (${complaintOf(stderr) || 'it gives no reason'}): they are read with fewer changed paths.`;
};
