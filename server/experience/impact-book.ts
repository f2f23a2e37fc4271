// The impact of alerts as it was worked out last, for as long as nothing that it rests on has changed.

import type { AlertRecord } from '../model/alert.ts';
import type { Impact } from '../model/star.ts';
import type { Everybody } from './everybody.ts';
import { type CellScores, type Hurting, hurtBy, hurtCells, impactOn } from './impact.ts';
import { shownCount } from './suppression.ts';

/** Alerts that are remembered; beyond them all are worked out anew. */
const MOST_REMEMBERED = 50_000;

export class ImpactBook {
  private readonly known = new Map<string, { mark: string; impact: Impact | undefined }>();

  constructor(
    private readonly everybody: Everybody,
    private readonly scores: CellScores,
    /** The local hour that the data is in, since 1970: shares of use change with it. */
    private readonly hour: () => number,
  ) {}

  of(alert: Hurting & Pick<AlertRecord, 'id'>): Impact | undefined {
    const mark = this.markOf(alert);
    const known = this.known.get(alert.id);
    if (known?.mark === mark) return known.impact;
    const impact = impactOn(alert, this.everybody, this.scores);
    if (this.known.size >= MOST_REMEMBERED) this.known.clear();
    this.known.set(alert.id, { mark, impact });
    return impact;
  }

  /** People whose use falls on these cells, each cell by the given part of it; and their stars if all of that fails for a day. */
  peopleOn(cells: readonly { cell: string; part: number }[]) {
    if (this.everybody.size === 0) return undefined;
    const lost = cells.map(({ cell, part }) => ({ cell, part, points: this.scores.usual(cell) ?? 0, isDark: false }));
    const { whole, stars } = hurtBy(lost, this.everybody);
    return { people: shownCount(Math.round(whole)), starsAtRisk: Math.round(stars * 10) / 10 };
  }

  /** All that an impact rests on: who is known, the hour, how bad it is called, and what each cell loses. */
  private markOf(alert: Hurting): string {
    const cells = hurtCells(alert, this.scores).map(({ cell, part, points }) => `${cell} ${part * points}`);
    return `${this.everybody.population.version} ${this.hour()} ${alert.severity} ${alert.title.code} ${cells.join()}`;
  }
}
