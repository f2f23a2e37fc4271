// The cell of a row: by its column; where that holds only its number within the site, by its name or with the site.

import type { ReadingColumns } from './reading-columns.ts';
import { isAbsent } from './sample-fields.ts';

/** Cells of a site are numbered so (eNodeBs have at most 256, TS 23.003 19.6); alone such a number would make one cell of all sites'. */
const WITHIN_SITE = /^\d{1,3}$/;

export class RowCell {
  /** Rows whose cell was named by site and number. */
  numbered = 0;

  /** `whole`: the cell of all rows, where no column names it. */
  constructor(
    private readonly columns: ReadingColumns,
    private readonly whole: unknown,
  ) {}

  /** As a sender would have written it; null where nothing is there. */
  read(fields: readonly string[]): unknown {
    const { cell, cellNames } = this.columns;
    if (cell === undefined) return this.whole;
    const written = fields[cell] ?? '';
    const meant = cellNames?.get(written);
    if (meant !== undefined) return meant;
    if (isAbsent(written)) return null;
    return WITHIN_SITE.test(written) ? this.withinSite(written, fields) : written;
  }

  private withinSite(number: string, fields: readonly string[]): string {
    const { cellName, site } = this.columns;
    const name = cellName === undefined ? '' : fields[cellName];
    if (!isAbsent(name)) return name!;
    const at = site === undefined ? '' : fields[site];
    if (isAbsent(at)) return number;
    this.numbered++;
    return `${at}-${number}`;
  }
}
