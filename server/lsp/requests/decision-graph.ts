import { DECISION_GRAPH, type DecisionGraphParams, type DecisionGraphResult } from '../../../protocol/decisions.ts';
import { fileParam } from '../params.ts';
import { lintelRequest } from '../request.ts';
import { wireRecord } from '../wire.ts';

export const decisionGraphRequest = lintelRequest<DecisionGraphParams, DecisionGraphResult>(DECISION_GRAPH, async (context, params) => {
  const { engine, repository } = await fileParam(context, params.uri);
  const { nodes, edges } = await engine.authoring.graph();
  return { nodes: nodes.map((record) => wireRecord(context.repositories, repository, record)), edges };
});
