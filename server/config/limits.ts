// The section `limits` of the deployment's file: how much of this machine Cellstar may take.

import type { Setting } from './file.ts';

export interface Limits {
  /** Largest body, inflated, bytes. */
  maxBodyBytes: number;
  /** Disk budget of the journal, bytes: how long a store may be away before senders are asked to wait. */
  maxJournalBytes: number;
  /** DuckDB's memory, MB. */
  duckDbMemoryMb: number;
  /** Threads that detect, by site. */
  detectThreads: number;
}

const UNITS: Readonly<Record<string, number>> = { KB: 2 ** 10, MB: 2 ** 20, GB: 2 ** 30, TB: 2 ** 40 };
const DEFAULTS: Limits = {
  maxBodyBytes: 32 * UNITS.MB!,
  maxJournalBytes: 8 * UNITS.GB!,
  duckDbMemoryMb: 1024,
  detectThreads: 1,
};
/** A journal that holds less could not take one large delivery. */
const LEAST_JOURNAL_BYTES = UNITS.MB!;
const LEAST_DUCKDB_BYTES = 128 * UNITS.MB!;
const MOST_BODY_BYTES = 256 * UNITS.MB!;
const MOST_THREADS = 64;

/** `{body: 32MB, journal: 8GB, duckdb: 1GB, detectThreads: 1}`, each of which may be absent. */
export function readLimits(section: Setting | undefined): Limits {
  const set = section?.map(['body', 'journal', 'duckdb', 'detectThreads']);
  const size = (name: string, usual: number, least: number, most = Number.MAX_SAFE_INTEGER) => {
    const setting = set?.get(name);
    return setting ? readSize(setting, least, most) : usual;
  };
  return {
    maxBodyBytes: size('body', DEFAULTS.maxBodyBytes, 1, MOST_BODY_BYTES),
    maxJournalBytes: size('journal', DEFAULTS.maxJournalBytes, LEAST_JOURNAL_BYTES),
    duckDbMemoryMb: Math.round(size('duckdb', DEFAULTS.duckDbMemoryMb * UNITS.MB!, LEAST_DUCKDB_BYTES) / UNITS.MB!),
    detectThreads: readThreads(set?.get('detectThreads')),
  };
}

function readSize(setting: Setting, least: number, most: number): number {
  const found = /^(\d+(?:\.\d+)?) ?([KMGT]B)$/.exec(setting.text().trim());
  if (!found) return setting.fail('must be a size such as 512MB or 8GB');
  const bytes = Math.round(Number(found[1]) * UNITS[found[2]!]!);
  if (bytes < least) return setting.fail(`must be at least ${least / UNITS.MB!}MB`);
  return bytes <= most ? bytes : setting.fail(`must be at most ${most / UNITS.MB!}MB`);
}

function readThreads(setting: Setting | undefined): number {
  const threads = setting?.number(1, MOST_THREADS) ?? DEFAULTS.detectThreads;
  return Number.isInteger(threads) ? threads : setting!.fail('must be a whole number');
}
