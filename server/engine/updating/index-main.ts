import { serveJobs } from '../../indexing/serve.ts';
import { testReading } from '../selection/test-reading.ts';

// Entry point of the indexing process. It is here because what belongs to a suite is judged above the room that indexes.
serveJobs(testReading());
