// Cells whose service is broken just now, as the detector found it: what is raised on their site meanwhile foretells nothing.

import type { Finding } from '../../../model/finding.ts';
import { comesAs } from '../../../model/prediction.ts';
import type { Places } from './places.ts';

/** Trouble that goes on. */
export type Trouble = Pick<Finding, 'kind' | 'subject' | 'cells'>;

/** Troubles that are remembered, the newest of them. */
const MOST_TROUBLES = 20_000;

export class BrokenCells {
  private readonly troubles = new Map<string, Trouble>();

  constructor(
    private readonly places: Places,
    saved: readonly Trouble[] = [],
  ) {
    for (const trouble of saved) this.keep(trouble);
  }

  take({ phase, kind, kpi, subject, cells }: Trouble & Pick<Finding, 'phase' | 'kpi'>): void {
    if (phase === 'ends') this.troubles.delete(keyOf({ kind, subject }));
    else if (comesAs('other', kind, kpi)) this.keep({ kind, subject, cells });
  }

  isBroken(site: string): boolean {
    for (const { cells } of this.troubles.values())
      if (cells.some((cell) => this.places.siteOf(cell).id === site)) return true;
    return false;
  }

  forget(gone: ReadonlySet<string>): void {
    this.change(({ cells, ...rest }) => ({ ...rest, cells: cells.filter((cell) => !gone.has(cell)) }));
  }

  rename(names: ReadonlyMap<string, string>): void {
    const nameOf = (id: string) => names.get(id) ?? id;
    this.change(({ kind, subject, cells }) => ({
      ...{ kind, subject: { ...subject, id: nameOf(subject.id) }, cells: cells.map(nameOf) },
    }));
  }

  save(): Trouble[] {
    return [...this.troubles.values()];
  }

  private change(after: (trouble: Trouble) => Trouble): void {
    const before = this.save();
    this.troubles.clear();
    for (const trouble of before) this.keep(after(trouble));
  }

  private keep(trouble: Trouble): void {
    if (trouble.cells.length > 0) this.troubles.set(keyOf(trouble), trouble);
    if (this.troubles.size > MOST_TROUBLES) this.troubles.delete(this.troubles.keys().next().value!);
  }
}

/** One for each kind and subject. */
const keyOf = ({ kind, subject }: Pick<Trouble, 'kind' | 'subject'>) => [kind, subject.scope, subject.id].join(' ');
