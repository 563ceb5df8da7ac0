import type { LevelOf } from '../../knowledge/discovery/rule-settings.ts';
import type { FileFindings } from '../../model/answer.ts';

/** The findings at the levels that the configuration sets. A level that is set holds for every finding of its rule, whatever its severity was. */
export function atLevels(found: FileFindings, levelOf: LevelOf): FileFindings {
  const { document, findings } = found;
  const kept = findings.flatMap((finding) => {
    const level = levelOf(document.path ?? document.id, finding.rule);
    if (level === 'off') return [];
    return level === undefined || level === finding.severity ? [finding] : [{ ...finding, severity: level }];
  });
  return { document, findings: kept };
}
