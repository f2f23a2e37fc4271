// Deals with one finding: what becomes of its own alert, and of its site's.

import type { AlertRecord } from '../model/alert.ts';
import type { Finding } from '../model/finding.ts';
import { isActive } from './alert-state.ts';
import { correlated, outlivesItsCell } from './correlate.ts';
import { earlyCause } from './explain/early-cause.ts';
import { clearingOf } from './explain/would-clear.ts';
import { type Sighting, type Surroundings, sighted } from './lifecycle.ts';
import { type Places, titleOf, withPeriod } from './phrasing.ts';
import { audienceOf, severityOf, worst } from './severity.ts';

export interface Dealing {
  places: Places;
  flapMs: number;
  /** Wall time, epoch milliseconds. */
  wallMs: number;
}

/** A site's alert does not end with the cell that it began with: its cells decide together. */
export function ownAlert(
  finding: Finding,
  before: AlertRecord | undefined,
  { places, flapMs, wallMs }: Dealing,
  beside: Pick<Surroundings, 'standing' | 'spells'>,
): AlertRecord | undefined {
  if (finding.phase === 'ends' && outlivesItsCell(before)) return before;
  const seen = sightingOf(finding, before, places, beside.spells?.length ?? 0);
  // What a region does is never told milder than what stands behind it.
  const severity =
    seen.scope === 'area' ? worst([seen.severity, ...(beside.standing ?? []).map(severityOfAlert)]) : seen.severity;
  return sighted(before, { ...seen, severity }, { flapMs, wallMs, ...beside });
}

const severityOfAlert = ({ severity }: AlertRecord) => severity;

/** The site of a cell's finding. A cell that has left the inventory still belongs to the site that its alert names. */
export function siteOf(finding: Finding, before: AlertRecord | undefined, { places }: Dealing): string | undefined {
  if (finding.subject.scope !== 'cell') return undefined;
  return places.cell(finding.subject.id)?.siteId ?? before?.siteId;
}

/** What changes among the site's active alerts, the finding's own being up to date. */
export function siteAlerts(
  { kind, subject, at, periodSeconds, phase }: Finding,
  siteId: string,
  active: readonly AlertRecord[],
  { places, wallMs }: Dealing,
): AlertRecord[] {
  const event = { kind, cell: subject.id, siteId, at, periodSeconds, ended: phase === 'ends' };
  return correlated(event, active, places, wallMs);
}

function sightingOf(finding: Finding, before: AlertRecord | undefined, places: Places, spells: number): Sighting {
  const { scope, id: subject } = finding.subject;
  const siteId = scope === 'site' ? subject : scope === 'cell' ? places.cell(subject)?.siteId : undefined;
  const alone = siteId !== undefined && places.cellsOf(siteId).length <= 1;
  const isSame =
    before !== undefined && isActive(before) && (before.kpi === finding.kpi || before.foretoldBy !== undefined);
  const current = before && isActive(before) && before.scope === scope ? before.severity : undefined;
  return {
    ...finding,
    scope,
    subject,
    siteId,
    cause: (isSame && before.cause) || earlyCause(finding, spells),
    audience: audienceOf(finding),
    severity: severityOf(finding, alone, current),
    title: titleOf(finding, places),
    why: withPeriod(finding.why, finding),
    wouldClear: withPeriod(clearingOf(finding), finding),
  };
}
