// Takes an inventory: checked, each row found to be a known cell or a new one, what leaves the network, and the record of it all.

import type { InventoryReceipt } from '../api/contract.ts';
import { type FormatContext, note } from '../collect/format.ts';
import { type InventoryFormat, readInventory } from '../collect/inventory.ts';
import type { Journal } from '../journal/journal.ts';
import type { Directory } from '../live/directory.ts';
import { type Decided, decideIdentity, type Row } from '../live/identity.ts';
import { isOver } from '../live/validity.ts';
import type { Rejection } from '../model/rejection.ts';
import { counted } from '../words/counted.ts';
import { askingForLater } from './ask-later.ts';

export interface InventoryRooms {
  journal: Journal;
  directory: Directory;
  /** Newest data time of the network, epoch milliseconds; 0 before the first reading. */
  dataAt(): number;
  /** The same of one cell by its number. */
  newestOf(index: number): number;
  /** Wall time, epoch milliseconds. */
  now(): number;
}

export interface AcceptedInventory {
  receipt: InventoryReceipt;
  rejections: Rejection[];
}

const MOST_SHOWN_REJECTIONS = 100;
/** A whole inventory that leaves out more of the network than this is taken, with a word of warning. */
const MUCH_OF_IT = 0.5;

/** Call it while nothing else is on its way to the journal: what comes after goes by the new names. */
export async function acceptInventory(
  format: InventoryFormat,
  text: string,
  mode: 'merge' | 'full',
  context: FormatContext,
  rooms: InventoryRooms,
): Promise<AcceptedInventory> {
  const { rows, rejections: unread } = readInventory(format, text, context);
  const isWhole = mode === 'full' && rows.length > 0 && unread.length === 0;
  const current = rows.filter(({ cell }) => !isOver(cell, rooms.dataAt()));
  const over = rows.filter(({ cell }) => isOver(cell, rooms.dataAt())).map(({ cell }) => cell.id);
  const decided = decide(current, over, isWhole, rooms);
  const rejections = [...unread, ...decided.rejections];
  tellOfLeaving(mode, decided, rejections.length, rooms.directory, context);
  if (over.length > 0)
    note(context, `${counted(over.length, 'cell is', 'cells are')} not in the network any more, as validTo says`);
  await append(decided, rooms);
  const { cells, retired, identity } = decided;
  const receipt: InventoryReceipt = {
    accepted: cells.length + over.length,
    rejected: rejections.length,
    rejections: rejections.slice(0, MOST_SHOWN_REJECTIONS),
    ...(mode === 'full' && { retired: retired.length }),
    ...(identity && identity.renamed.length > 0 && { renamed: identity.renamed }),
    ...(context.notes && { notes: context.notes }),
  };
  return { receipt, rejections };
}

/** Cells come into the network, and leave it, as the time of the data reaches what the inventory said. Call it alone, too. */
export async function takeDueCells(rooms: InventoryRooms): Promise<void> {
  const { begin, end } = rooms.directory.due(rooms.dataAt());
  if (begin.length + end.length === 0) return;
  const decided = decide(
    begin.map((cell) => ({ cell, where: {} })),
    end,
    false,
    rooms,
  );
  // Whoever cannot come after all is not asked again.
  const isTaken = new Set(decided.cells.map(({ id }) => id));
  const refused = begin.filter(({ id }) => !isTaken.has(id)).map(({ id }) => id);
  await append({ ...decided, retired: [...decided.retired, ...refused] }, rooms);
}

function decide(rows: readonly Row[], over: readonly string[], isWhole: boolean, rooms: InventoryRooms): Decided {
  const decided = decideIdentity(rows, rooms.directory, {
    isWhole,
    at: rooms.dataAt() || rooms.now(),
    newestOf: (index) => rooms.newestOf(index),
  });
  const gone = over.filter((id) => rooms.directory.get(id)?.cell);
  return { ...decided, retired: [...new Set([...decided.retired, ...gone])] };
}

async function append({ cells, retired, identity }: Decided, rooms: InventoryRooms): Promise<void> {
  if (cells.length + retired.length === 0) return;
  const dataAt = rooms.dataAt();
  const times = { receivedAt: rooms.now(), ...(dataAt > 0 && { dataAt }) };
  const entry = { kind: 'inventory' as const, ...times, cells, retired, ...(identity && { identity }) };
  await askingForLater(rooms.journal.append(entry));
}

function tellOfLeaving(
  mode: 'merge' | 'full',
  { retired }: Decided,
  rejected: number,
  directory: Directory,
  context: FormatContext,
): void {
  if (mode === 'full' && rejected > 0) note(context, 'nothing is retired, since some records were refused');
  const { inventoried } = directory;
  if (retired.length > MUCH_OF_IT * inventoried) {
    note(
      context,
      `warning: ${retired.length} of the ${inventoried} cells leave the network with this delivery; ` +
        'if that is not meant, send the whole inventory again: their past is kept',
    );
  }
}

/** Data that is kept though its cell has left the network. */
export function noteCellsThatLeft(
  batches: readonly { cells: readonly string[] }[],
  directory: Directory,
): string | undefined {
  const left = [...new Set(batches.flatMap(({ cells }) => cells.filter((cell) => directory.hasLeft(cell))))];
  if (left.length === 0) return undefined;
  const some = left.slice(0, 5).map((cell) => `"${cell}"`);
  const more = left.length > some.length ? ` and ${left.length - some.length} more` : '';
  return `kept as of unplaced cells, for they have left the network: ${some.join(', ')}${more}`;
}
