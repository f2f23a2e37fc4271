// The inventory for commands beside the server: from the server that owns the data folder, else from the folder, else none.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { InventoryList } from '../api/contract.ts';
import type { Config } from '../config.ts';
import type { Cell } from '../model/cell.ts';
import type { RunningApp } from '../running-app.ts';
import { authorization, findServer } from './import-files.ts';

export interface KnownCells {
  cells: Cell[];
  /** Where they are from, for a person. */
  from: string;
}

/** Throws when a server answers that does not let us read. */
export async function knownCells(config: Config, openHere: () => Promise<RunningApp>): Promise<KnownCells> {
  const server = await findServer(config);
  if (server) return { cells: await ask(server, config), from: `the server at ${server}` };
  if (!existsSync(join(config.dataFolder, 'cellstar.duckdb'))) return { cells: [], from: 'nowhere' };
  const app = await openHere();
  try {
    return { cells: app.inventory(), from: config.dataFolder };
  } finally {
    await app.close();
  }
}

async function ask(server: string, config: Config): Promise<Cell[]> {
  const cells: Cell[] = [];
  for (let cursor: string | undefined = ''; cursor !== undefined; ) {
    const query: string = cursor === '' ? '' : `?cursor=${cursor}`;
    const response = await fetch(`${server}/api/inventory${query}`, { headers: authorization(config) });
    if (!response.ok)
      throw new Error(
        `the server at ${server} does not show its inventory (${response.status}): set CELLSTAR_TOKENS as it has them`,
      );
    const page = (await response.json()) as InventoryList;
    cells.push(...page.cells);
    cursor = page.nextCursor;
  }
  return cells;
}

/** Finds the id of a cell by its id or one of its other names. */
export function cellIndex(cells: readonly Cell[]): (name: string) => string | undefined {
  const byName = new Map<string, string>();
  for (const { id, cgi, aliases = [] } of cells) {
    for (const alias of [cgi, ...aliases]) if (alias !== undefined) byName.set(alias, id);
  }
  for (const { id } of cells) byName.set(id, id);
  return (name) => byName.get(name);
}
