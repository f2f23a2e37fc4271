// The names of the serving cell of a G-NetTrack row: its global identity in the forms in which inventories write it.

import type { Radio } from '../model/cell.ts';

/** How a phone says that it does not know: all ones, in 16, 28 or 31 bits. */
const UNKNOWN_NUMBERS = new Set([0xffff, 0xfffffff, 0x7fffffff]);

/**
 * Best name first: `mcc-mnc-area-cid` with plain numbers, as cell lists have it, then spellings that an inventory may
 * use. The whole cell number is node × 256 + cell in LTE (TS 23.003 19.6), controller × 65536 + cell in UMTS.
 * Undefined when the row tells none.
 */
export function cellNames(row: (column: string) => string | undefined, radio: Radio | undefined): string[] | undefined {
  const name = row('cellname') ?? row('cgi');
  const node = whole(row('node')) ?? hexadecimal(row('nodehex'));
  const cell = whole(row('cellid'));
  const area = whole(row('lac')) ?? hexadecimal(row('lachex'));
  const cid = whole(row('rawcellid')) ?? wholeNumber(node, cell, radio);
  const plmn = /^(\d{3})(\d{2,3})$/.exec(row('operator') ?? '');
  const names = plmn
    ? named(plmn[1]!, plmn[2]!, area, cid, radio === 'UMTS' || radio === 'GSM' ? cell : undefined)
    : cid === undefined
      ? []
      : [area === undefined ? String(cid) : `${area}-${cid}`, String(cid)];
  const all = name === undefined ? names : [name, ...names];
  return all.length > 0 ? all : undefined;
}

function named(mcc: string, mnc: string, area: number | undefined, cid: number | undefined, short: number | undefined) {
  const networks = [`${Number(mcc)}-${Number(mnc)}`, `${mcc}-${mnc}`];
  const numbers = [cid, short].filter((number) => number !== undefined);
  const withArea = area === undefined ? [] : networks.flatMap((one) => numbers.map((id) => `${one}-${area}-${id}`));
  return [...withArea, ...networks.flatMap((one) => numbers.map((id) => `${one}-${id}`))];
}

function wholeNumber(node: number | undefined, cell: number | undefined, radio: Radio | undefined): number | undefined {
  if (cell === undefined) return undefined;
  if (radio === 'LTE' && node !== undefined && cell < 256) return node * 256 + cell;
  if (radio === 'UMTS' && node !== undefined && cell < 65_536) return node * 65_536 + cell;
  return radio === 'GSM' || radio === 'UMTS' ? cell : undefined;
}

function whole(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,11}$/.test(text) ? known(Number(text)) : undefined;
}

function hexadecimal(text: string | undefined): number | undefined {
  return text !== undefined && /^[\dA-F]{1,9}$/i.test(text) ? known(Number.parseInt(text, 16)) : undefined;
}

function known(number: number): number | undefined {
  return UNKNOWN_NUMBERS.has(number) || number === 0 ? undefined : number;
}
