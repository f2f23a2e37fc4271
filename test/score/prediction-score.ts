// Scores what is foretold: events foretold in time, predictions that came true, lead, Brier score, reliability, false signs.

import { USEFUL_LEAD } from '../../simulators/ceiling.ts';
import { alertsDuring, type Window } from './matching.ts';
import { isPrediction, raisedAt, type ScoredAlert } from './scored-alert.ts';
import { beginOf, type Fault, isForetellable, type Truth } from './truth.ts';

const HOUR = 3_600_000;
/** Nobody is held to more: "some day" would always come true. */
const LONGEST_HORIZON_MS = 30 * 24 * HOUR;
/** Kinds of which a warning must come so long before are slow ones. */
const SLOW_LEAD_MS = 2 * HOUR;

const leastLeadOf = ({ kind }: Pick<Fault, 'kind'>): number => (USEFUL_LEAD as Record<string, number>)[kind] ?? 0;

export interface PredictionTally {
  /** Faults that came to hurt people, and of these, those with a sign before that. */
  events: number;
  foretellable: number;
  foretold: number;
  /** Of those with a sign, foretold at least as long before as is asked of their kind. */
  inGoodTime: number;
  /** Hours from the first right prediction to when people are hurt, one for each event foretold; those of slow kinds. */
  leadHours: number[];
  slowLeadHours: number[];
  /** Predictions whose time was up, and of these, those that came true. */
  predictions: number;
  cameTrue: number;
  /** One for each of these. */
  outcomes: Outcome[];
  /** Signs that lead nowhere, and of these, those that somebody was warned of. */
  falseSigns: number;
  falseSignsTold: number;
  /** One for each sign of the equipment, of faults to come and of nothing: what was said of it, 0 where nothing was. */
  signs: Omit<Outcome, 'inInterval'>[];
}

/** What was said against what came. */
export interface Outcome {
  probability: number;
  cameTrue: boolean;
  /** It came true between the earliest and the latest time that were named. */
  inInterval: boolean;
}

/**
 * A prediction comes true when a fault begins to hurt a cell of it after it was made and no later than it said. An event is
 * foretold by such a prediction, made no earlier than there was a sign. Predictions whose time is not up when the
 * readings end are left out.
 */
export function scorePrediction(truth: Truth, alerts: readonly ScoredAlert[], window: Window): PredictionTally {
  const hurting = truth.faults.filter((fault) => fault.hurtsFrom !== null);
  const events = hurting.filter(({ hurtsFrom }) => hurtsFrom! >= window.from && hurtsFrom! < window.until);
  const made = alerts
    .filter((alert) => isPrediction(alert) && alert.prediction)
    .sort((a, b) => raisedAt(a) - raisedAt(b));
  const leads = events.flatMap((event) => {
    const first = firstOf(event, made);
    return first ? [{ event, hours: (event.hurtsFrom! - raisedAt(first)) / HOUR }] : [];
  });
  const inGoodTime = leads.filter(({ event, hours }) => isForetellable(event) && hours * HOUR >= leastLeadOf(event));
  const outcomes = made
    .filter((alert) => raisedAt(alert) >= window.from)
    .map((alert) => outcomeOf(alert, hurting, window))
    .filter((outcome) => outcome !== undefined);
  return {
    events: events.length,
    foretellable: events.filter(isForetellable).length,
    foretold: leads.length,
    inGoodTime: inGoodTime.length,
    leadHours: leads.map(({ hours }) => hours),
    slowLeadHours: leads.filter(({ event }) => leastLeadOf(event) >= SLOW_LEAD_MS).map(({ hours }) => hours),
    predictions: outcomes.length,
    cameTrue: outcomes.filter(({ cameTrue }) => cameTrue).length,
    outcomes,
    ...signsOf(truth, events.filter(isForetellable), made, window),
  };
}

function signsOf(truth: Truth, events: readonly Fault[], made: readonly ScoredAlert[], window: Window) {
  const scored = truth.falsePrecursors.filter(({ from }) => from >= window.from && from < window.until);
  const told = scored.map((sign) => alertsDuring(sign, made, truth)[0]);
  const saidOf = (alert: ScoredAlert | undefined) => alert?.prediction?.probability ?? 0;
  return {
    falseSigns: scored.length,
    falseSignsTold: told.filter((alert) => alert !== undefined).length,
    signs: [
      ...events.map((event) => ({ probability: saidOf(firstOf(event, made)), cameTrue: true })),
      ...told.map((alert) => ({ probability: saidOf(alert), cameTrue: false })),
    ],
  };
}

function firstOf(event: Fault, made: readonly ScoredAlert[]): ScoredAlert | undefined {
  return made.find((alert) => raisedAt(alert) >= beginOf(event) && foretells(alert, event));
}

function foretells(alert: ScoredAlert, { hurtsFrom, cells }: Fault): boolean {
  const at = hurtsFrom!;
  if (raisedAt(alert) >= at || at > latestOf(alert)) return false;
  return alert.cells.some((cell) => cells.includes(cell));
}

function latestOf(alert: ScoredAlert): number {
  return Math.min(alert.prediction!.latestAt, raisedAt(alert) + LONGEST_HORIZON_MS);
}

function outcomeOf(alert: ScoredAlert, hurting: readonly Fault[], { until }: Window): Outcome | undefined {
  const came = hurting.filter((fault) => fault.hurtsFrom! < until && foretells(alert, fault));
  const cameTrue = came.length > 0;
  if (!cameTrue && latestOf(alert) >= until) return undefined;
  const { probability, earliestAt } = alert.prediction!;
  return { probability, cameTrue, inInterval: came.some(({ hurtsFrom }) => hurtsFrom! >= earliestAt) };
}

/** Mean squared distance of what was said from what came (Brier 1950); null without predictions. */
export function brierOf(outcomes: readonly Omit<Outcome, 'inInterval'>[]): number | null {
  if (outcomes.length === 0) return null;
  const squares = outcomes.map(({ probability, cameTrue }) => (probability - Number(cameTrue)) ** 2);
  return squares.reduce((sum, one) => sum + one, 0) / outcomes.length;
}

/** Against always saying how many come (Murphy 1973): 1 is perfect, 0 no better; null where all or none come. */
export function brierSkillOf(outcomes: readonly Omit<Outcome, 'inInterval'>[]): number | null {
  const came = outcomes.filter(({ cameTrue }) => cameTrue).length / outcomes.length;
  return came > 0 && came < 1 ? 1 - brierOf(outcomes)! / (came * (1 - came)) : null;
}

/** How many may be wrong by what was said, and how far beside it chance leads in two of three cases. */
export function wrongAllowedBy(outcomes: readonly Outcome[]): { wrong: number; spread: number } {
  const sum = (of: (probability: number) => number) =>
    outcomes.reduce((total, { probability }) => total + of(probability), 0);
  return { wrong: sum((p) => 1 - p), spread: Math.sqrt(sum((p) => p * (1 - p))) };
}

export interface ReliabilityBin {
  predictions: number;
  /** Mean of what was said, and share that came true. */
  said: number;
  came: number;
}

/** By fifths of the probability; empty ones are left out. */
export function reliabilityOf(outcomes: readonly Outcome[]): ReliabilityBin[] {
  const bins = Array.from({ length: 5 }, (): Outcome[] => []);
  for (const outcome of outcomes) bins[Math.min(4, Math.floor(outcome.probability * 5))]!.push(outcome);
  return bins
    .filter((bin) => bin.length > 0)
    .map((bin) => ({
      predictions: bin.length,
      said: bin.reduce((sum, { probability }) => sum + probability, 0) / bin.length,
      came: bin.filter(({ cameTrue }) => cameTrue).length / bin.length,
    }));
}
