// Scores alarms on labelled series by incidents: how many are found, and how many false ones there are in a week of a series.

import type { LabelledSeries } from './labelled-series.ts';

const HOUR_MS = 3_600_000;
/** The start of each series is for learning: neither its incidents nor its alarms count. */
const LEARNING_SHARE = 0.15;
/** Labelled stretches no further apart are one incident; a false alarm that goes on counts again each time. */
const APART_MS = 6 * HOUR_MS;
/** An alarm so long before the label has found the incident. */
const EARLY_MS = HOUR_MS;

export interface IncidentScore {
  /** From this score on a row is an alarm. */
  line: number;
  incidents: number;
  found: number;
  falseIncidents: number;
  seriesWeeks: number;
}

/** A series with the score of each row. */
export interface Scored {
  series: LabelledSeries;
  scores: ArrayLike<number>;
}

/** With one line for all series. No point adjustment: a row of an incident finds it, and no other row gains by that. */
export function scoreAtLine(all: readonly Scored[], line: number): IncidentScore {
  const sum: IncidentScore = { line, incidents: 0, found: 0, falseIncidents: 0, seriesWeeks: 0 };
  for (const each of all) addSeries(sum, each);
  return sum;
}

/** With the lowest line that keeps false incidents within a budget per series-week: picked in hindsight, knowing the labels. */
export function scoreAtBudget(all: readonly Scored[], budget: number): IncidentScore {
  const lines = [...new Set(all.flatMap(({ scores }) => Array.from(scores)))]
    .filter((score) => score > 0)
    .sort((a, b) => b - a);
  let best = scoreAtLine(all, Number.POSITIVE_INFINITY);
  let [low, high] = [0, lines.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const score = scoreAtLine(all, lines[middle]!);
    const isWithin = score.falseIncidents <= budget * score.seriesWeeks;
    if (isWithin) best = score;
    [low, high] = isWithin ? [middle + 1, high] : [low, middle - 1];
  }
  return best;
}

function addSeries(sum: IncidentScore, { series, scores }: Scored): void {
  const { at } = series;
  const first = firstJudged(series);
  const incidents = incidentsOf(series);
  const found = new Set<number>();
  let falseAt = Number.NEGATIVE_INFINITY;
  for (let row = first; row < at.length; row++) {
    if (!(scores[row]! >= sum.line)) continue;
    const incident = incidents.findIndex(([from, to]) => at[row]! >= from - EARLY_MS && at[row]! <= to + EARLY_MS);
    if (incident >= 0) found.add(incident);
    else if (at[row]! - falseAt > APART_MS) {
      sum.falseIncidents++;
      falseAt = at[row]!;
    }
  }
  sum.incidents += incidents.length;
  sum.found += found.size;
  sum.seriesWeeks += (at.at(-1)! - at[first]!) / (7 * 24 * HOUR_MS);
}

const firstJudged = ({ at }: LabelledSeries) => Math.ceil(LEARNING_SHARE * at.length);

/** When each incident began and ended, those that begin after the learning. */
function incidentsOf(series: LabelledSeries): [from: number, to: number][] {
  const first = firstJudged(series);
  const incidents: [number, number][] = [];
  for (const [from, to] of series.labelled) {
    if (from < first) continue;
    const last = incidents.at(-1);
    if (last && series.at[from]! - last[1] <= APART_MS) last[1] = series.at[to]!;
    else incidents.push([series.at[from]!, series.at[to]!]);
  }
  return incidents;
}
