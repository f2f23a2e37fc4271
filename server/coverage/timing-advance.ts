// What counts by distance and level say of a cell: weak and near is indoors, weak and far is distance, strong and far is overshoot.

import { wilsonInterval } from '../maths/wilson-interval.ts';
import type { Radio } from '../model/cell.ts';
import type { Said } from '../model/finding.ts';
import { type Bin, metresOfTs, type TimingBin, type TimingForm } from '../model/timing-advance.ts';
import { type Profile, scenarioOf, weakLine } from './profile.ts';

export type TimingVerdict = 'indoor' | 'distance' | 'overshoot' | 'good' | 'few';

/** Measurements, and their share of all with its 95 % interval, 0…1. */
export interface TimingShare {
  samples: number;
  share: number;
  low: number;
  high: number;
}

export interface TimingJudgement {
  /** The counts that were judged: those that tell more of both; null where none does. */
  form: TimingForm | null;
  /** With distance and level. */
  samples: number;
  /** At or below is weak, dBm; up to here is near, beyond there too far, metres. */
  weakDbm: number;
  nearM: number;
  farM: number;
  meanM: number;
  weakNear: TimingShare;
  weakFar: TimingShare;
  strongFar: TimingShare;
  verdict: TimingVerdict;
  why: Said;
}

type Joint = TimingBin & { ts: Bin; dbm: Bin };

/** A cell that reaches beyond its own counts as overshooting from this share on (default). */
const FAR_SHARE = 0.05;

export function judgeTiming(
  bins: readonly TimingBin[],
  cell: { scenario?: string; radio?: Radio | null },
  profile: Profile,
): TimingJudgement {
  const { form, joint } = mostTold(bins);
  const { scenario, name } = scenarioOf(profile, cell.scenario);
  const samples = sumOf(joint);
  const meanM = samples === 0 ? 0 : joint.reduce((sum, bin) => sum + bin.samples * middleM(bin.ts), 0) / samples;
  const lines = linesOf(joint, weakLine(scenario, cell.radio ?? null), meanM, profile);
  const { weakDbm, farM } = lines;
  const nearM = scenario.spacingM;
  const isWeak = ({ dbm }: Joint) => dbm[1] !== null && dbm[1] <= weakDbm;
  const share = (which: (bin: Joint) => boolean) => shareOf(sumOf(joint.filter(which)), samples);
  const weakNear = share((bin) => isWeak(bin) && middleM(bin.ts) <= nearM);
  const weakFar = share((bin) => isWeak(bin) && middleM(bin.ts) > nearM);
  const strongFar = share((bin) => !isWeak(bin) && middleM(bin.ts) > farM);
  const told = { form, samples, weakDbm, nearM, farM, meanM, weakNear, weakFar, strongFar };
  const verdict = verdictOf(told, profile);
  return { ...told, verdict, why: whyOf(verdict, told, name, profile) };
}

/** Reports and statistics are of the same phones: only one of them is judged. */
function mostTold(bins: readonly TimingBin[]): { form: TimingForm | null; joint: Joint[] } {
  const joint = bins.filter((bin): bin is Joint => bin.ts !== undefined && bin.dbm !== undefined);
  const [reports, statistics] = (['reports', 'statistics'] as const).map((form) =>
    joint.filter((bin) => bin.form === form),
  ) as [Joint[], Joint[]];
  if (joint.length === 0) return { form: null, joint };
  return sumOf(statistics) > sumOf(reports)
    ? { form: 'statistics', joint: statistics }
    : { form: 'reports', joint: reports };
}

/** Statistics tell nothing apart below their lowest edge: the line lies there at least. */
function linesOf(joint: readonly Joint[], line: number, meanM: number, { overshoot }: Profile) {
  const lowest = joint.reduce((low, { dbm }) => (dbm[0] === null ? Math.min(low, dbm[1] ?? low) : low), 0);
  const times = meanM < overshoot.nearM ? overshoot.timesNear : overshoot.timesFar;
  return { weakDbm: lowest < 0 ? Math.max(line, lowest) : line, farM: Math.max(overshoot.leastM, times * meanM) };
}

const sumOf = (bins: readonly TimingBin[]): number => bins.reduce((sum, { samples }) => sum + samples, 0);

/** The last, open bin counts where it begins. */
function middleM([from, to]: Bin): number {
  return metresOfTs(to === null ? (from ?? 0) : ((from ?? 0) + to) / 2);
}

function shareOf(samples: number, all: number): TimingShare {
  const [low, high] = wilsonInterval(samples, all);
  return { samples, share: all === 0 ? 0 : samples / all, low, high };
}

type Told = Omit<TimingJudgement, 'verdict' | 'why'>;

/** Weak places first: they hurt people. Where both near and far are weak, the larger part names it. */
function verdictOf({ samples, weakNear, weakFar, strongFar }: Told, profile: Profile): TimingVerdict {
  if (samples < profile.leastSamples) return 'few';
  const [low] = wilsonInterval(weakNear.samples + weakFar.samples, samples);
  if (low > profile.allowedShare) return weakNear.samples >= weakFar.samples ? 'indoor' : 'distance';
  return strongFar.low > FAR_SHARE ? 'overshoot' : 'good';
}

function whyOf(verdict: TimingVerdict, told: Told, scenario: string, { leastSamples }: Profile): Said {
  const { samples, weakDbm, nearM, farM, meanM, weakNear, weakFar, strongFar } = told;
  const shown = { indoor: weakNear, distance: weakFar, overshoot: strongFar, good: undefined, few: undefined }[verdict];
  const share: Said['values'] = shown ? { sharePct: Math.round(100 * shown.share) } : {};
  const lines = { samples, weakDbm, nearM, farM: Math.round(farM), meanM: Math.round(meanM) };
  return { code: `timing-${verdict}`, values: { ...lines, ...share, leastSamples, scenario } };
}
