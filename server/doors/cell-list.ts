// The list of cells as JSON, written from the columns of the present: of a hundred thousand cells no object is made.

import type { Directory, KnownCell } from '../live/directory.ts';
import type { Present } from '../live/present.ts';
import { TextBytes } from '../maths/text-bytes.ts';
import type { Health } from '../model/health.ts';
import { iso, readCursor, rowOf } from './answers.ts';

/** What an inventory says of a cell, as text, and what that was written from. */
interface Head extends Pick<KnownCell, 'id' | 'siteId' | 'radio' | 'cell'> {
  text: string;
}

const LEAST_BYTES = 4096;
const bytesOf = (json: string): Uint8Array => new TextEncoder().encode(json);
const COMMA = bytesOf(',');
const END_OF_ROW = bytesOf('}}');
const NONE: never[] = [];

export class CellListText {
  /** By cell number: a few hundred bytes of each cell that was ever asked for. */
  private readonly heads: (Head | undefined)[] = [];
  /** Bytes of a row, as it was in the page before. */
  private rowBytes = 512;
  /** What most cells have in common. */
  private state = { health: 'unknown', at: 0, json: bytesOf(stateText('unknown', 0)) };

  constructor(
    private readonly directory: Directory,
    private readonly present: Present,
  ) {}

  /** A page of the list: the JSON of a `CellList`. */
  page({ limit, cursor }: { limit: number; cursor?: string }): Uint8Array {
    const most = Math.min(limit, this.directory.length);
    const out = new TextBytes(this.rowBytes * most + LEAST_BYTES);
    const columns = this.columns();
    let rows = 0;
    let index = cursor === undefined ? 0 : readCursor(cursor);
    out.text('{"cells":[');
    for (; index < this.directory.length && rows < limit; index++) {
      const known = this.directory.at(index);
      if (!known || known.retired) continue;
      if (rows++ > 0) out.ready(COMMA);
      this.row(out, known, columns);
    }
    out.text(index < this.directory.length ? `],"nextCursor":"${index}"}` : ']}');
    if (rows > 0) this.rowBytes = Math.ceil((1.1 * out.length) / rows);
    return out.end();
  }

  /** In the order that the names have in an object, each ready to be written behind another one. */
  private columns() {
    const byName = Object.fromEntries(this.present.columns());
    return Object.entries(byName).map(([name, values]) => ({ name: bytesOf(`,${JSON.stringify(name)}:`), values }));
  }

  private row(out: TextBytes, known: KnownCell, columns: ReturnType<CellListText['columns']>): void {
    const { index } = known;
    const at = this.present.timeOf(index);
    out.text(this.headOf(known));
    out.ready(this.stateOf(this.present.healthOf(index), at));
    let isFirst = true;
    for (const { name, values } of at === 0 ? NONE : columns) {
      const value = values[index]!;
      if (Number.isNaN(value)) continue;
      out.ready(name, isFirst ? 1 : 0);
      out.number(value);
      isFirst = false;
    }
    out.ready(END_OF_ROW);
  }

  private headOf(known: KnownCell): string {
    const { id, index, siteId, radio, cell } = known;
    const kept = this.heads[index];
    if (kept && kept.cell === cell && kept.id === id && kept.siteId === siteId && kept.radio === radio)
      return kept.text;
    const { health: _h, at: _a, kpis: _k, ...head } = rowOf(known, this.present);
    // A copy: a piece of another text is slower to write.
    const text = Buffer.from(JSON.stringify(head).slice(0, -1)).toString();
    this.heads[index] = { id, siteId, radio, cell, text };
    return text;
  }

  private stateOf(health: Health, at: number): Uint8Array {
    if (health !== this.state.health || at !== this.state.at)
      this.state = { health, at, json: bytesOf(stateText(health, at)) };
    return this.state.json;
  }
}

function stateText(health: Health, at: number): string {
  return `,"health":"${health}","at":${at === 0 ? 'null' : `"${iso(at)}"`},"kpis":{`;
}
