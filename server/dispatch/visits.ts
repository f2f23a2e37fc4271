// The visits of a day that save most: probability × people × service lost × hours saved × how often a visit mends it.

import type { AlertRecord } from '../model/alert.ts';
import type { Said } from '../model/finding.ts';
import type { Prediction } from '../model/prediction.ts';
import type { PeopleCount } from '../model/star.ts';
import type { Visit, VisitReason } from '../model/visit.ts';
import { GAINS, type GainOfOpen, gainOfOpen } from './gains.ts';

const HOUR_MS = 3_600_000;

/** Going today is weighed against going so many hours later. *Default.* */
export const HORIZON_HOURS = 72;
/** Nobody is sent where even the surest reason is less likely than this. *Default.* */
const LEAST_FOUND = 0.5;
/** Groups whose number is not shown count as this many. */
const FEW = 5;

/**
 * @param alerts active ones with their impact; parts of wider ones and those that are held back may be among them
 * @param fromMs data time at which the crews leave, epoch milliseconds
 * @returns one visit for each site that has a reason, what saves most first; ties by the site's id
 */
export function visitsOf(alerts: readonly AlertRecord[], fromMs: number): Visit[] {
  const isPeopled = alerts.some(({ impact }) => impact !== undefined);
  const bySite = new Map<string, AlertRecord[]>();
  for (const alert of alerts) {
    const siteId = alert.scope === 'site' ? (alert.siteId ?? alert.subject) : alert.siteId;
    if (siteId === undefined || alert.partOf !== undefined || alert.mutedBy !== undefined) continue;
    bySite.set(siteId, [...(bySite.get(siteId) ?? []), alert]);
  }
  return [...bySite]
    .flatMap(([siteId, own]) => visitTo(siteId, own, fromMs, isPeopled) ?? [])
    .sort((a, b) => b.saved - a.saved || (a.siteId < b.siteId ? -1 : 1));
}

function visitTo(siteId: string, alerts: readonly AlertRecord[], fromMs: number, isPeopled: boolean) {
  const found = alerts.flatMap((alert) => {
    const gain = alert.prediction ? gainOfForetold(alert.prediction) : gainOfOpen(alert);
    const reason = gain && reasonOf(alert, gain, fromMs, isPeopled);
    return reason && reason.saved > 0 ? [{ alert, gain, reason }] : [];
  });
  if (!found.some(({ reason }) => reason.probability >= LEAST_FOUND)) return undefined;
  found.sort((a, b) => b.reason.saved - a.reason.saved || (a.alert.id < b.alert.id ? -1 : 1));
  const reasons = found.map(({ reason }) => reason);
  const cells = [...new Set(found.flatMap(({ alert }) => alert.cells))].sort();
  const most = found.reduce((a, b) => (weightOf(b.alert, isPeopled) > weightOf(a.alert, isPeopled) ? b : a));
  // The same people cannot lose the same hours twice.
  const limit = weightOf(most.alert, isPeopled) * HORIZON_HOURS;
  const saved = Math.min(
    limit,
    reasons.reduce((sum, each) => sum + each.saved, 0),
  );
  const parts = [...new Set(found.flatMap(({ gain }) => gain.parts))];
  const visit: Visit = { siteId, cells, people: most.reason.people, saved: rounded(saved), reasons, parts };
  return visit;
}

const gainOfForetold = ({ mode, probability }: Prediction): GainOfOpen => ({ ...GAINS[mode], mode, probability });

/** People on its cells; while nobody at all is known, cells. */
function weightOf({ impact, cells, recovered = [] }: AlertRecord, isPeopled: boolean): number {
  return isPeopled ? countOf(impact?.subscribers ?? null) : cells.length - recovered.length;
}

/** As many as are counted for the ranking; nobody where none is known. */
export function countOf(people: PeopleCount | null): number {
  return typeof people === 'number' ? people : people === null ? 0 : FEW;
}

function reasonOf(
  alert: AlertRecord,
  { loss, mends, mode, probability }: GainOfOpen,
  fromMs: number,
  isPeopled: boolean,
): VisitReason {
  const { prediction, impact, cause } = alert;
  const hours = prediction ? hoursAhead(prediction, fromMs) : HORIZON_HOURS;
  return {
    ...{ alert: alert.id, kind: alert.kind, mode, title: alert.title, why: alert.why },
    ...(cause && { cause: { code: `cause-${cause.code}`, values: cause.values } }),
    repair: prediction?.repair ?? alert.proposedRepair ?? repairOf(alert),
    ...{
      probability,
      people: impact?.subscribers ?? null,
      cells: alert.cells.length - (alert.recovered?.length ?? 0),
      loss,
      hours: rounded(hours),
      mends,
    },
    saved: rounded(probability * weightOf(alert, isPeopled) * loss * hours * mends),
    ...(prediction
      ? { expectedAt: prediction.expectedAt, earliestAt: prediction.earliestAt, latestAt: prediction.latestAt }
      : { since: alert.since ?? alert.raisedAt }),
    ...(alert.assignedTo !== undefined && { assignedTo: alert.assignedTo }),
  };
}

function repairOf({ kind, cause }: AlertRecord): Said {
  if (!cause) return { code: `visit-${kind}`, values: {} };
  return { code: `repair-${cause.code}`, values: cause.values };
}

const rounded = (value: number) => Math.round(value * 10) / 10;

/**
 * Hours of trouble within the horizon, on average, if nobody goes and it does come: the area under the distribution of its
 * time, a tenth by the earliest, half by the expected, nine tenths by the latest time, straight between and beyond.
 */
export function hoursAhead(
  { earliestAt, expectedAt, latestAt }: Pick<Prediction, 'earliestAt' | 'expectedAt' | 'latestAt'>,
  fromMs: number,
): number {
  const [e, m, l] = [earliestAt, Math.max(earliestAt, expectedAt), Math.max(earliestAt, expectedAt, latestAt)];
  const points: [number, number][] = [
    ...[[e - (m - e) / 4, 0] as [number, number], [e, 0.1] as [number, number], [m, 0.5] as [number, number]],
    ...[[l, 0.9] as [number, number], [l + (l - m) / 4, 1] as [number, number]],
  ];
  const until = fromMs + HORIZON_HOURS * HOUR_MS;
  let area = Math.max(0, until - Math.max(fromMs, points.at(-1)![0]));
  for (let i = 1; i < points.length; i++) area += areaBetween(points[i - 1]!, points[i]!, fromMs, until);
  return area / HOUR_MS;
}

/** Under a straight piece, within `from` to `until`; milliseconds. */
function areaBetween([x0, y0]: [number, number], [x1, y1]: [number, number], from: number, until: number): number {
  const [a, b] = [Math.max(x0, from), Math.min(x1, until)];
  if (b <= a || x1 <= x0) return 0;
  const at = (x: number) => y0 + ((x - x0) / (x1 - x0)) * (y1 - y0);
  return ((at(a) + at(b)) / 2) * (b - a);
}
