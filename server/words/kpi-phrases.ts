// How a sentence speaks of one KPI: phrasings for titles, and the nouns that its counts go by.

/**
 * Phrasings stand best first; the first one whose figures are all known and that fits is used, so the last has none.
 * Figures: `{observed}` with its unit · `{times}` the usual · `{share}` of the usual · `{by}` away from the usual ·
 * `{failing}` what is missing from 100 %.
 */
export interface KpiPhrases {
  /** The name inside a sentence; the catalogue's name heads tables and charts. */
  name: string;
  above: readonly [string, ...string[]];
  below: readonly [string, ...string[]];
  /** What is tried, and what becomes of the bad ones: `sessions` `dropped`. Only for ratios over counted attempts. */
  tried?: string;
  bad?: string;
  /** Words for a KPI that is only ever 0 or 1. */
  states?: readonly [string, string];
}
