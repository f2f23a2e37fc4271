// Which cell a measurement report is of: by the identity of the cell on the air, or by a name that the inventory knows.

import type { Cell, Radio } from '../model/cell.ts';
import type { ReportedServer } from '../model/measurement-report.ts';

/** What is needed of those who know the cells. */
export interface CellsByIdentity {
  /** Rises with each change. */
  readonly version: number;
  cells(): Iterable<{ id: string; cell?: Cell }>;
  /** Id of the cell with this id or alias. */
  find(name: string): string | undefined;
}

/** The numbers of one cell on the air. */
interface Identity {
  node?: number;
  local?: number;
  /** ECI (28 bits) or NCI (36 bits). */
  whole?: number;
}

/**
 * Numbers of cells within their node: an ECI has 8 bits for them (TS 36.300, 8.2). Of an NCI it is the operator's choice
 * (TS 38.413, 9.3.1.6); 12 is what a gNB id of 24 bits, the usual one, leaves.
 */
const LOCALS: Record<ReportedServer['radio'], number> = { LTE: 2 ** 8, NR: 2 ** 12 };
const LARGEST: Record<ReportedServer['radio'], number> = { LTE: 2 ** 28, NR: 2 ** 36 };

export class ReportCells {
  private known: { version: number; byIdentity: Map<string, string | null> } | undefined;

  constructor(private readonly cells: CellsByIdentity) {}

  /** `id` is undefined where no cell is known by it, or more than one; `name` is what to call it then. */
  find(server: ReportedServer): { id?: string; name: string; identity?: number } {
    const { node, local, whole } = identityOf(server);
    const joint = node === undefined || local === undefined ? undefined : `${node}-${local}`;
    const own = server.object.replace(/:.*/s, '');
    const isOnlyLocal = joint !== undefined && String(local) === own;
    const names = [isOnlyLocal ? undefined : own, joint, whole === undefined ? undefined : String(whole)];
    const found = names.flatMap((name) => (name === undefined ? [] : (this.cells.find(name) ?? [])))[0];
    const id = found ?? this.byIdentity(server.radio, whole);
    return { name: joint ?? own, ...(whole !== undefined && { identity: whole }), ...(id !== undefined && { id }) };
  }

  private byIdentity(radio: Radio, whole: number | undefined): string | undefined {
    if (this.known?.version !== this.cells.version) this.known = this.indexed();
    return this.known.byIdentity.get(`${radio} ${whole}`) ?? undefined;
  }

  /** Of two networks that share a number neither is it. */
  private indexed() {
    const byIdentity = new Map<string, string | null>();
    for (const { id, cell } of this.cells.cells()) {
      const whole = cell && wholeOf(cell);
      if (whole === undefined) continue;
      const key = `${cell!.radio} ${whole}`;
      byIdentity.set(key, byIdentity.has(key) ? null : id);
    }
    return { version: this.cells.version, byIdentity };
  }
}

/** `123456-1`, `31604737`, `31604737:38400:2`, or `1` within its node. */
function identityOf({ node, object, radio }: ReportedServer): Identity {
  const [, first, second] = /^(\d{1,12})(?:[-_](\d{1,5}))?(?::.*)?$/s.exec(object) ?? [];
  if (first === undefined) return {};
  if (second !== undefined) return joined(Number(first), Number(second), radio);
  const number = Number(first);
  const own = node !== undefined && /^\d{1,10}$/.test(node) ? Number(node) : undefined;
  if (number < LOCALS[radio]) return own === undefined ? {} : joined(own, number, radio);
  return { whole: number, node: Math.floor(number / LOCALS[radio]), local: number % LOCALS[radio] };
}

function joined(node: number, local: number, radio: ReportedServer['radio']): Identity {
  const whole = node * LOCALS[radio] + local;
  return local < LOCALS[radio] && whole < LARGEST[radio] ? { node, local, whole } : { node, local };
}

/** ECI or NCI in `mcc-mnc-eci`, `mcc-mnc-node-local` or `mcc-mnc-tac-eci`. */
function wholeOf({ cgi, radio }: Cell): number | undefined {
  if (radio !== 'LTE' && radio !== 'NR') return undefined;
  const parts = cgi?.trim().split(/[-:_./ ]+/) ?? [];
  if (parts.length < 3 || !parts.slice(2).every((part) => /^\d{1,12}$/.test(part))) return undefined;
  const [before, last] = parts.slice(-2).map(Number) as [number, number];
  return parts.length > 3 && last < LOCALS[radio] ? joined(before, last, radio).whole : last;
}
