export { ancestorsBefore } from './ancestors.ts';
export { type Blame, type BlameLine, type BlameOptions, blame, blameLines, ignoreList, type LineRange } from './blame.ts';
export { type Blob, type BlobOptions, readBlobs, streamBlobs } from './blobs.ts';
export { type CommitDifference, changedPaths, commitDifference, countCommits, holdsCommit } from './difference.ts';
export { isIgnored, listFiles, workingTreeChanges } from './files.ts';
export { type CommitRange, type LogOptions, listCommits, readLog, shallowEdges } from './log.ts';
export { GitMissingError } from './process.ts';
export { type Discovery, discoverRepository, findGit, headOf, openRepository, type Repository, remoteUrl } from './repository.ts';
export { logOfFile, showCommit } from './show.ts';
