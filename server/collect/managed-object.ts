// Names the managed object of a PM file: its class, its name and its element, in every form that vendors write names in.

import type { ManagedObject } from '../model/sent.ts';

type Described = Omit<ManagedObject, 'ldn' | 'elementLabel'>;

/** Huawei: `ENB-7/Cell:eNodeB Function Name=ENB-7, Local Cell ID=1, Cell Name=B, eNodeB ID=77`, in Chinese too. */
const CLASS_AND_ATTRIBUTES = /^(?:(.*)\/)?([^/:=,]+):([^=]+=.*)$/s;
/** Nokia: `PLMN-PLMN/MRBTS-7/LNBTS-7/LNCEL-1`, where it comes from an element also with `NE-` before its name. */
const PATH = /^(?:PLMN-[^/]*\/)?(?:NE-)?[A-Z][A-Za-z0-9_]*-[^/=,:]+(?:\/[^/=,:]+)*$/;

/** Names of real objects have some 200 characters; of a longer one, which intake refuses, only the beginning is looked at. */
const LONGEST_NAME = 1000;

/**
 * `ldn` is the object's name as written; when it is empty the object is the element itself (TS 32.435: the name is relative
 * to the element's). A name without a class, such as `objLdn`, has the class ''. An element that the file does not name
 * is the one in the object's own name, else `elementLabel`.
 */
export function describeObject(element: string, elementLabel: string | undefined, ldn: string): ManagedObject {
  const dn = (ldn.trim() === '' ? element : ldn).trim().slice(0, LONGEST_NAME);
  const described = ofAttributes(element, elementLabel, dn) ?? ofPath(element, dn) ?? ofName(element, dn);
  return { elementLabel, ldn, ...described, element: described.element || elementLabel || '' };
}

/** TS 32.300: `SubNetwork=1,ManagedElement=7,EUtranCellFDD=B`. */
function ofName(element: string, dn: string): Described {
  const last = dn.slice(lastComma(dn) + 1).trim();
  const equals = last.indexOf('=');
  if (equals < 0) return { element, objectClass: '', name: last };
  return { element, objectClass: last.slice(0, equals).trim(), name: last.slice(equals + 1).trim() };
}

/** Place of the last comma that no backslash escapes (TS 32.300 7.2), -1 without one. */
function lastComma(dn: string): number {
  let at = dn.lastIndexOf(',');
  while (at > 0 && dn[at - 1] === '\\') at = dn.lastIndexOf(',', at - 1);
  return at;
}

/** Which of the attributes name a cell, most telling first. */
const CELL_NAMES = [/cell name$/i, /小区名称$/, /^label$/i, /cell ?id$/i, /小区标识$/];
const NO_NAME = /^(?:n\/a|null|-)?$/i;

function ofAttributes(element: string, label: string | undefined, dn: string): Described | undefined {
  const [, parent = '', objectClass, list] = CLASS_AND_ATTRIBUTES.exec(dn) ?? [];
  if (objectClass === undefined || list === undefined) return undefined;
  const pairs = list.split(',').map((pair) => {
    const equals = pair.indexOf('=');
    return [pair.slice(0, equals).trim(), pair.slice(equals + 1).trim()] as const;
  });
  const named = (key: RegExp) => pairs.find(([k, value]) => key.test(k) && !NO_NAME.test(value))?.[1];
  const name = CELL_NAMES.map(named).find((one) => one !== undefined) ?? list.trim();
  const node = named(/^e?g?nodeb ?(?:id|标识)$/i);
  const cell = named(/^(?:local cell id|本地小区标识|nr (?:du )?cell id)$/i);
  return {
    element: element || label || parent,
    objectClass: objectClass.trim(),
    name,
    ...(RADIO_OF_NODE.flatMap(([pattern, radio]) => (pattern.test(list) ? [{ radio }] : []))[0] ?? {}),
    ...(node && cell && { aliases: [`${node}-${cell}`] }),
  };
}

/** The class `Cell` is LTE's; what stands on which node says so. */
const RADIO_OF_NODE: readonly (readonly [RegExp, ManagedObject['radio']])[] = [
  [/^\s*eNodeB/i, 'LTE'],
  [/^\s*gNodeB/i, 'NR'],
  [/^\s*NodeB/i, 'UMTS'],
];

function ofPath(element: string, dn: string): Described | undefined {
  if (!PATH.test(dn)) return undefined;
  const parts = dn.split('/').map((part) => part.replace(/^NE-/, ''));
  if (parts[0]?.startsWith('PLMN-') && parts.length > 1) parts.shift();
  const name = parts.at(-1)!;
  // The functions of one base station (LNBTS, NRBTS) are one site.
  const own = parts[0]!.startsWith('MRBTS-') ? parts[0]! : parts.slice(0, -1).join('/') || name;
  return {
    element: element || own,
    objectClass: name.slice(0, name.indexOf('-')),
    name,
    aliases: [parts.join('/'), parts.slice(-2).join('/')],
  };
}
