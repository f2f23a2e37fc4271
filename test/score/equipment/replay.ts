// One kept run through the foreteller of equipment: what it tells, as scores read it, and how its cases ended.

import { EquipmentForeteller } from '../../../server/detect/foretellers/equipment.ts';
import type { Finding } from '../../../server/model/finding.ts';
import type { FaultMode } from '../../../server/model/prediction.ts';
import type { ScoredAlert } from '../scored-alert.ts';
import { type KeptRun, periodsOf } from './kept-run.ts';

export type ModedAlert = ScoredAlert & { mode: FaultMode };

/** From the first period that ends after a time; all of the run unless told. */
export function replay(run: KeptRun, after = run.truth.from, foreteller = newForeteller(run)): ModedAlert[] {
  const told = new Map<string, ModedAlert>();
  for (const { batch, findings, alarms } of periodsOf(run, after)) {
    if (alarms.length > 0) foreteller.hear({ what: 'alarms', alarms });
    if (findings.length > 0) foreteller.hear({ what: 'findings', findings });
    for (const finding of foreteller.observe(batch)) note(told, finding);
  }
  return [...told.values()];
}

export function newForeteller({ cells }: KeptRun): EquipmentForeteller {
  const foreteller = new EquipmentForeteller({ zone: 'UTC' });
  foreteller.know(cells);
  return foreteller;
}

function note(told: Map<string, ModedAlert>, finding: Finding): void {
  const { subject, phase, prediction, cells, at, since } = finding;
  const id = `${subject.id} ${since}`;
  const known = told.get(id);
  if (phase === 'ends') {
    if (known) known.endedAt = at;
  } else if (prediction) {
    const { mode, ...said } = prediction;
    if (known) {
      known.restated = [...(known.restated ?? []), { at, prediction: said }];
      return;
    }
    told.set(id, { id, kind: 'fault-predicted', scope: subject.scope, cells, raises: [at], prediction: said, mode });
  }
}
