import type { ServerCapabilities } from 'vscode-languageserver/node';
import type { ClientTraits } from '../context.ts';
import type { RequestModule } from '../request.ts';
import { allowIdentifierRequest } from './allow-identifier.ts';
import { askRequest } from './ask.ts';
import { changeRequest } from './change.ts';
import { citationRequest } from './citation.ts';
import { codeActionRequest } from './code-action.ts';
import { codeLensRequest } from './code-lens.ts';
import { commitRequest } from './commit.ts';
import { decisionGraphRequest } from './decision-graph.ts';
import { decisionsRequest } from './decisions.ts';
import { documentDiagnosticRequest } from './document-diagnostic.ts';
import { documentLinkRequest } from './document-link.ts';
import { feedbackRequest } from './feedback.ts';
import { historyRequest } from './history.ts';
import { hoverRequest } from './hover.ts';
import { indexRequest } from './index-request.ts';
import { kindredRequest } from './kindred.ts';
import { linkCodeRequest } from './link-code.ts';
import { mineDecisionsRequest } from './mine-decisions.ts';
import { newDecisionRequest } from './new-decision.ts';
import { recordRequest } from './record.ts';
import { referencesRequest } from './references.ts';
import { searchRequest } from './search.ts';
import { supersedeRequest } from './supersede.ts';
import { defaultBranchRequest } from './testing/default-branch.ts';
import { selectTestsRequest } from './testing/select-tests.ts';
import { testCommandsRequest } from './testing/test-commands.ts';
import { testResultsRequest } from './testing/test-results.ts';
import { toolRequest } from './tool.ts';
import { whyRequest } from './why.ts';
import { workspaceDiagnosticRequest } from './workspace-diagnostic.ts';

/** Every request that the server answers. */
export const REQUESTS: readonly RequestModule[] = [
  hoverRequest,
  codeLensRequest,
  documentLinkRequest,
  referencesRequest,
  codeActionRequest,
  documentDiagnosticRequest,
  workspaceDiagnosticRequest,
  searchRequest,
  askRequest,
  whyRequest,
  changeRequest,
  commitRequest,
  indexRequest,
  decisionsRequest,
  decisionGraphRequest,
  recordRequest,
  mineDecisionsRequest,
  newDecisionRequest,
  kindredRequest,
  supersedeRequest,
  linkCodeRequest,
  citationRequest,
  historyRequest,
  feedbackRequest,
  allowIdentifierRequest,
  selectTestsRequest,
  testCommandsRequest,
  testResultsRequest,
  defaultBranchRequest,
  toolRequest,
];

/** The capabilities that all requests together give the server for such a client. */
export const requestCapabilities = (client: ClientTraits): ServerCapabilities =>
  Object.assign({}, ...REQUESTS.map(({ capability }) => capability(client)));
