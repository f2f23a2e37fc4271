// Where the parts of a prediction's time bar stand, in percent of its width: from now to a little past the latest time.

export interface SpanPlaces {
  earliest: number;
  expected: number;
  latest: number;
  /** The middle half between the earliest and the latest, darker. */
  half: [from: number, to: number];
}

/** Times in epoch milliseconds; what is past stands at the left edge. */
export function spanPlaces(now: number, earliest: number, expected: number, latest: number): SpanPlaces {
  const until = Math.max(latest, now + 1) + 0.06 * Math.max(latest - now, 1);
  const place = (at: number) => 100 * Math.min(1, Math.max(0, (at - now) / (until - now))) || 0;
  return {
    ...{ earliest: place(earliest), expected: place(expected), latest: place(latest) },
    half: [place((earliest + expected) / 2), place((expected + latest) / 2)],
  };
}
