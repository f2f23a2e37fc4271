// Spells of trouble from findings: from when it would have been told until it was over, with the worst of it.

import type { Finding, FindingKind, Said } from '../../model/finding.ts';

/** Of one subject and kind; times of data in epoch milliseconds. */
export interface Spell {
  kind: FindingKind;
  subject: string;
  cells: string[];
  from: number;
  /** Null while it lasts. */
  to: number | null;
  kpi?: string;
  /** The value of the KPI at its worst. */
  peak: number | null;
  peakAt: number;
  /** 0…1, of the worst. */
  score: number;
  periodSeconds: number;
  /** Of the worst. */
  why: Said;
}

export class SpellBook {
  private readonly newest = new Map<string, Spell>();
  private readonly kept: Spell[] = [];

  /** `from`: what was over by then is not kept. What is back within `flapMs` is the same spell, as alerts have it. */
  constructor(
    private readonly from: number,
    private readonly flapMs: number,
  ) {}

  /** In order of time. */
  take(findings: readonly Finding[]): void {
    for (const finding of findings) {
      const key = `${finding.kind} ${finding.subject.id}`;
      const known = this.newest.get(key);
      if (finding.phase === 'ends') {
        if (known && known.to === null) known.to = finding.at;
      } else if (known && (known.to === null || finding.at - known.to <= this.flapMs)) {
        goOn(known, finding);
      } else {
        if (known) this.keep(known);
        this.newest.set(key, spellOf(finding));
      }
    }
  }

  /** All that reach beyond `from`, by time, subject and kind. */
  close(): Spell[] {
    for (const spell of this.newest.values()) this.keep(spell);
    this.newest.clear();
    return this.kept.sort(
      (a, b) => a.from - b.from || compareText(a.subject, b.subject) || compareText(a.kind, b.kind),
    );
  }

  private keep(spell: Spell): void {
    if (spell.to === null || spell.to > this.from) this.kept.push(spell);
  }
}

const compareText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

function spellOf(finding: Finding): Spell {
  const { kind, subject, at } = finding;
  return { kind, subject: subject.id, cells: [...finding.cells], from: at, to: null, ...worstOf(finding) };
}

function worstOf({ kpi, evidence, at, periodSeconds, why }: Finding) {
  const { observed, score } = evidence;
  return { ...(kpi !== undefined && { kpi }), peak: observed, peakAt: at, score, periodSeconds, why };
}

function goOn(spell: Spell, finding: Finding): void {
  spell.to = null;
  for (const cell of finding.cells) if (!spell.cells.includes(cell)) spell.cells.push(cell);
  if (finding.evidence.score > spell.score) Object.assign(spell, worstOf(finding));
}
