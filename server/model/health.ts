// The health of a cell, and the X.733 severities of an alert.

/** In the order of codes that travel in binary frames; never reorder, only append. */
export const HEALTHS = ['ok', 'warning', 'minor', 'major', 'critical', 'unknown', 'saving', 'planned'] as const;
export type Health = (typeof HEALTHS)[number];

/** Perceived severities, ITU-T X.733 clause 8.1.2.3, worst first. */
export const SEVERITIES = ['critical', 'major', 'minor', 'warning', 'indeterminate', 'cleared'] as const;
export type Severity = (typeof SEVERITIES)[number];

export function healthCode(health: Health): number {
  return HEALTHS.indexOf(health);
}

export function isWorse(a: Severity, b: Severity): boolean {
  return SEVERITIES.indexOf(a) < SEVERITIES.indexOf(b);
}
