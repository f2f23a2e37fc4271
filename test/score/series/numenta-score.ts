// The score of the Numenta Anomaly Benchmark, standard profile, as its authors publish the rules (Lavin and Ahmad, 2015).

import type { Scored } from './incident-score.ts';

/** The standard profile: a window found early is worth 1, a missed one costs 1, a false row up to 0.11. */
const FALSE_ROW = 0.11;
const LEARNING_SHARE = 0.15;
const MOST_LEARNING_ROWS = 750;
/** So many widths after a window a false row costs all. */
const FAR = 3;

/** Between about 1 and −1, falling, 0 at the end of a window. */
const sigmoid = (place: number) => 2 / (1 + Math.exp(5 * place)) - 1;
const MOST = sigmoid(-1);

/** 100 for every window found at its start and nothing else, 0 for no alarm at all; one line for all series. */
export function numentaScore(all: readonly Scored[], line: number): number {
  let points = 0;
  let windows = 0;
  for (const each of all) {
    points += pointsOf(each, line);
    windows += each.series.labelled.length;
  }
  return (100 * (points + windows)) / (2 * windows);
}

/** The best score of any line: picked in hindsight, as the public leaderboard does. */
export function bestNumentaScore(all: readonly Scored[]): { line: number; score: number } {
  const scores = all.flatMap((each) => Array.from(each.scores)).sort((a, b) => b - a);
  const lines = new Set(
    Array.from({ length: 300 }, (_, i) => scores[Math.floor((scores.length - 1) * (i / 300) ** 4)]!),
  );
  let best = { line: Number.POSITIVE_INFINITY, score: 0 };
  for (const line of lines) {
    const score = numentaScore(all, line);
    if (score > best.score) best = { line, score };
  }
  return best;
}

function pointsOf({ series, scores }: Scored, line: number): number {
  const windows = series.labelled;
  const gains = windows.map(() => -1);
  const first = Math.floor(Math.min(LEARNING_SHARE * series.at.length, MOST_LEARNING_ROWS));
  let points = 0;
  let next = 0;
  for (let row = 0; row < series.at.length; row++) {
    while (next < windows.length && row > windows[next]![1]) next++;
    if (row < first || !(scores[row]! >= line)) continue;
    const gain = windows[next] && row >= windows[next]![0] ? gainOf(windows[next]!, row) : undefined;
    if (gain === undefined) points += FALSE_ROW * costOf(windows[next - 1], row);
    else gains[next] = Math.max(gains[next]!, gain);
  }
  return gains.reduce((sum, gain) => sum + gain, points);
}

function gainOf([from, to]: [number, number], row: number): number {
  return sigmoid(-(to - row + 1) / (to - from + 1)) / MOST;
}

function costOf(window: [number, number] | undefined, row: number): number {
  if (window === undefined) return -1;
  const place = (row - window[1]) / (window[1] - window[0]);
  return place > FAR ? -1 : sigmoid(place);
}
