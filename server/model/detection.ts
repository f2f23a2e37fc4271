// How the detector judges, in words that the page shares: what excuses a value that is out of line.

/** Each kind of excuse: a value that has one is counted and not told. */
export const EXCUSES = ['peers', 'crowd', 'neighbour', 'sign', 'special-day'] as const;
export type Excuse = (typeof EXCUSES)[number];

/** Of the detector's profile by name; only those that differ from what ships. */
export type DetectionSettings = Readonly<Record<string, number>>;
