// How bad it is for the people served: X.733 severities from a finding, by tables that a deployment can read.

import type { AlertRecord, Audience } from '../model/alert.ts';
import { findKpi } from '../model/catalogue.ts';
import { type Finding, isCreep } from '../model/finding.ts';
import { isWorse, type Severity } from '../model/health.ts';
import type { Prediction } from '../model/prediction.ts';

/**
 * critical: people are cut off, or nobody else covers · major: many are served badly · minor: some are, or will be soon ·
 * warning: nobody feels it yet · indeterminate: something is off and its effect is not known. (Practice, not a standard.)
 */
interface Step {
  severity: Severity;
  /** From this measure on. */
  from: number;
  /** And with at least so many attempts gone wrong, where they are counted. */
  hurt?: number;
}

/**
 * `failing`: percent of attempts that went wrong · `times`: how many times worse than usual ·
 * `beyond`: distance outside the usual range, in the unit of the KPI.
 */
type Measure = 'failing' | 'times' | 'beyond';

interface Row {
  kpis: readonly string[];
  measure: Measure;
  /** Worst first. */
  steps: readonly Step[];
  otherwise: Severity;
  audience?: Audience;
}

export const SEVERITY_TABLE: readonly Row[] = [
  {
    // Who cannot get in at all is cut off.
    kpis: ['setup_success_pct', 'voice_setup_success_pct'],
    measure: 'failing',
    steps: [
      { severity: 'critical', from: 80, hurt: 20 },
      { severity: 'major', from: 10, hurt: 20 },
    ],
    otherwise: 'minor',
  },
  { kpis: ['availability_pct'], measure: 'failing', steps: [{ severity: 'major', from: 50 }], otherwise: 'minor' },
  {
    kpis: ['drop_rate_pct', 'voice_drop_pct', 'packet_loss_pct', 'voice_loss_pct'],
    measure: 'failing',
    steps: [{ severity: 'major', from: 5, hurt: 20 }],
    otherwise: 'minor',
  },
  {
    kpis: ['handover_success_pct', 'epsfb_success_pct'],
    measure: 'failing',
    steps: [{ severity: 'major', from: 20, hurt: 20 }],
    otherwise: 'minor',
  },
  // Without its 5G leg a phone is still served by LTE.
  { kpis: ['endc_setup_success_pct', 'scg_drop_pct'], measure: 'failing', steps: [], otherwise: 'minor' },
  {
    kpis: ['dl_throughput_mbps', 'ul_throughput_mbps', 'latency_ms', 'rtt_ms'],
    measure: 'times',
    steps: [{ severity: 'major', from: 4 }],
    otherwise: 'minor',
  },
  { kpis: ['voice_setup_time_s'], measure: 'times', steps: [{ severity: 'major', from: 2 }], otherwise: 'minor' },
  {
    kpis: ['ul_interference_dbm', 'rsrp_dbm', 'sinr_db'],
    measure: 'beyond',
    steps: [{ severity: 'major', from: 10 }],
    otherwise: 'minor',
  },
  // A full cell is for planners: it never lands on the night list.
  { kpis: ['prb_util_pct'], measure: 'beyond', steps: [], otherwise: 'minor', audience: 'planner' },
  // Fewer people may mean a fault, a strike or a holiday.
  { kpis: ['active_users', 'traffic_gb'], measure: 'times', steps: [], otherwise: 'indeterminate' },
  // On battery, or drifting: people will feel it soon.
  { kpis: ['mains_on', 'sync_ok'], measure: 'beyond', steps: [], otherwise: 'minor' },
  {
    kpis: ['temperature_c', 'vswr_ratio', 'supply_voltage_v', 'optical_rx_dbm'],
    measure: 'beyond',
    steps: [],
    otherwise: 'warning',
  },
];

/** A sleeping cell that usually serves at least so many is major. *Default.* */
const MANY_USERS = 10;

/** A severity is left only when the measure has fallen to this part of its line, so that it does not flutter. *Default.* */
const LEAVING = 0.8;

const ROW_OF = new Map(SEVERITY_TABLE.flatMap((row) => row.kpis.map((kpi) => [kpi, row] as const)));

function rowOf(kpi: string | undefined): Row | undefined {
  return kpi === undefined ? undefined : ROW_OF.get(kpi.split('.')[0] ?? kpi);
}

/** What the cells of a region do together without anything being broken: planners are told, nobody is woken. */
const OF_NATURE = new Set([
  'ul_interference_dbm',
  'ul_throughput_mbps',
  'active_users',
  'traffic_gb',
  'sinr_db',
  'rsrp_dbm',
]);
const isWide = ({ kind, subject }: Finding) => kind === 'anomaly' && subject.scope === 'area';

export function audienceOf(finding: Finding): Audience {
  if (isWide(finding)) return OF_NATURE.has(finding.kpi ?? '') ? 'planner' : 'noc';
  if (finding.kind === 'weak-coverage' || finding.kind === 'congestion-forecast') return 'planner';
  return (finding.kind === 'anomaly' && rowOf(finding.kpi)?.audience) || 'noc';
}

/**
 * @param alone no other cell stands on the site, so nobody else covers as far as is known
 * @param current severity of the alert so far: a milder one is given only when the measure is clearly below the line
 */
export function severityOf(finding: Finding, alone: boolean, current?: Severity): Severity {
  const strict = rate(finding, alone, 1);
  if (current === undefined || !isWorse(current, strict)) return strict;
  const lenient = rate(finding, alone, LEAVING);
  return isWorse(lenient, current) ? current : lenient;
}

function rate(finding: Finding, alone: boolean, easing: number): Severity {
  if (finding.kind === 'silent') return 'indeterminate';
  if (finding.kind === 'source-silent') return 'major';
  if (finding.kind === 'weak-coverage') return rateArea(finding, easing);
  if (finding.prediction) return ratePrediction(finding, finding.prediction, easing);
  return finding.kind === 'fault' ? rateFault(finding, alone, easing) : rateAnomaly(finding, easing);
}

/** Weak share (0…1) times size (km²) from which an area is that bad: weak all over a square kilometre, or a tenth of one. *Default.* */
const AREA_STEPS: readonly { severity: Severity; weakKm2: number }[] = [
  { severity: 'major', weakKm2: 1 },
  { severity: 'minor', weakKm2: 0.1 },
];

function rateArea({ why: { values } }: Finding, easing: number): Severity {
  const weakKm2 = (Number(values.sharePct ?? 0) / 100) * Number(values.areaKm2 ?? 0);
  return AREA_STEPS.find((step) => weakKm2 >= step.weakKm2 * easing)?.severity ?? 'warning';
}

/** What is expected within a day is some people's trouble soon; a whole site that goes dark within hours is many people's. *Default.* */
const SOON_MS = 24 * 3_600_000;

function ratePrediction({ at, subject }: Finding, { mode, expectedAt }: Prediction, easing: number): Severity {
  if (mode === 'congestion' || easing * (expectedAt - at) > SOON_MS) return 'warning';
  return subject.scope === 'site' && (mode === 'battery' || mode === 'cooling') ? 'major' : 'minor';
}

function rateFault(finding: Finding, alone: boolean, easing: number): Severity {
  if (finding.why.code === 'sleeping') {
    return Number(finding.why.values.usualUsers ?? 0) >= MANY_USERS * easing ? 'major' : 'minor';
  }
  if (finding.why.code === 'overslept' || !isWholeOutage(finding)) return 'minor';
  return alone ? 'critical' : 'major';
}

/** Off air for the whole period, not only for part of it. */
export function isWholeOutage(finding: Finding): boolean {
  const { downSeconds, periodSeconds = finding.periodSeconds } = finding.why.values;
  return downSeconds === undefined || Number(downSeconds) >= Number(periodSeconds);
}

/** What a region does together, without what single cells of it do beyond that. */
export function wideSeverity(kpi: string | undefined): Severity {
  return OF_NATURE.has(kpi ?? '') ? 'warning' : 'major';
}

/** What has crept for days is not as urgent as the same within a quarter of an hour: people have met it little by little. */
const OF_CREEPING: Partial<Record<Severity, Severity>> = { critical: 'minor', major: 'minor', minor: 'warning' };

function rateAnomaly(finding: Finding, easing: number): Severity {
  if (isWide(finding)) return wideSeverity(finding.kpi);
  const severity = rateByTable(finding, easing);
  return isCreep(finding) ? (OF_CREEPING[severity] ?? severity) : severity;
}

function rateByTable(finding: Finding, easing: number): Severity {
  const row = rowOf(finding.kpi);
  if (!row) return 'indeterminate';
  const { value, hurt } = measured(finding, row.measure);
  const step = row.steps.find(
    (each) => value >= each.from * easing && (hurt === undefined || hurt >= (each.hurt ?? 0) * easing),
  );
  return step?.severity ?? row.otherwise;
}

/** The measure, and how many attempts went wrong where attempts are counted. */
function measured(finding: Finding, measure: Measure): { value: number; hurt?: number } {
  const { observed, expected, low, high, attempts } = finding.evidence;
  const worseLower = findKpi(finding.kpi ?? '')?.worse === 'lower';
  if (observed === null) return { value: 0 };
  if (measure === 'failing') {
    const share = worseLower ? 100 - observed : observed;
    return { value: share, hurt: attempts === undefined ? undefined : (attempts * share) / 100 };
  }
  if (measure === 'times') return { value: timesWorse(observed, expected, worseLower) };
  const bound = worseLower ? low : high;
  return { value: bound === null ? 0 : worseLower ? bound - observed : observed - bound };
}

function timesWorse(observed: number, expected: number | null, worseLower: boolean): number {
  if (expected === null || expected <= 0) return 1;
  if (!worseLower) return observed / expected;
  return observed <= 0 ? Number.POSITIVE_INFINITY : expected / observed;
}

const RAISED: Partial<Record<Severity, Severity>> = {
  major: 'major',
  minor: 'major',
  warning: 'minor',
  indeterminate: 'minor',
};

/** The worst of some; `cleared` of none. */
export function worst(severities: readonly Severity[]): Severity {
  return severities.reduce((a, b) => (isWorse(b, a) ? b : a), 'cleared');
}

/**
 * Severity of a whole site's alert. A site off air cuts people off, and so most likely does one that is unheard while its
 * sender goes on with others; a site asleep may; one that serves badly is one step worse than its worst cell.
 *
 * @param title code of the leading cell's title
 * @param whole every cell of the site is in it
 */
export function siteSeverity(title: string, whole: boolean, members: readonly AlertRecord[]): Severity {
  if (title === 'title-down' || title === 'title-silent') return whole ? 'critical' : 'major';
  if (title === 'title-asleep' || title === 'title-partly-down') return 'major';
  if (title === 'title-overslept') return 'minor';
  const worstCell = worst(['indeterminate', ...members.map((each) => each.severity)]);
  return RAISED[worstCell] ?? worstCell;
}
