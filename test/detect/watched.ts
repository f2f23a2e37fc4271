// A detector that has lived through some weeks of an invented network, for tests that then spoil something.

import { SeasonalDetector } from '../../server/detect/detectors/seasonal.ts';
import type { Finding } from '../../server/model/finding.ts';
import { batchOf, DAY_MS, type Row, START, SyntheticCell } from './synthetic-network.ts';

export function newDetector(memory?: Uint8Array): SeasonalDetector {
  return new SeasonalDetector({ zone: 'UTC', memory });
}

/** What to do to a cell's row before it is told; undefined: the cell says nothing. */
export type Spoil = (cell: string, at: number, row: Row) => Row | undefined;

const UNSPOILED: Spoil = (_cell, _at, row) => row;

export class Watched {
  detector = newDetector();
  at = START;
  private readonly cells: SyntheticCell[];

  constructor(
    count: number,
    readonly periodSeconds = 900,
    seed = 1,
  ) {
    this.cells = Array.from({ length: count }, (_, i) => new SyntheticCell(`cell-${i}`, seed * 1000 + i * 7));
  }

  /** The batch of the next period. */
  next(spoil: Spoil = UNSPOILED) {
    this.at += this.periodSeconds * 1000;
    const rows = this.cells.flatMap((cell) => {
      const row = spoil(cell.name, this.at, cell.row(this.at, this.periodSeconds));
      return row ? [{ cell: cell.name, at: this.at, row }] : [];
    });
    return batchOf(rows, this.periodSeconds);
  }

  live(periods: number, spoil: Spoil = UNSPOILED): Finding[] {
    return Array.from({ length: periods }, () => this.detector.observe(this.next(spoil))).flat();
  }

  liveDays(days: number, spoil: Spoil = UNSPOILED): Finding[] {
    return this.live((days * DAY_MS) / (this.periodSeconds * 1000), spoil);
  }

  usual(kpi: string, cell = 'cell-0', at = this.at + this.periodSeconds * 1000) {
    return this.detector.usual(cell, kpi, [at])[0];
  }
}

/** Spoils one cell only. */
export function only(name: string, change: (row: Row, at: number) => Row | undefined): Spoil {
  return (cell, at, row) => (cell === name ? change(row, at) : row);
}

export function begun(findings: readonly Finding[], kind?: Finding['kind']): Finding[] {
  return findings.filter((finding) => finding.phase === 'begins' && (!kind || finding.kind === kind));
}

export function ended(findings: readonly Finding[], kind?: Finding['kind']): Finding[] {
  return findings.filter((finding) => finding.phase === 'ends' && (!kind || finding.kind === kind));
}
