// Names the managed object of a full distinguished name, which begins with the element that it belongs to.

import type { ManagedObject } from '../model/sent.ts';
import { describeObject } from './managed-object.ts';

/** Classes that are elements (TS 28.541, TS 32.622): what follows them lies within. */
const ELEMENT = /^.*(?:^|,)\s*(?:ManagedElement|MeContext)=[^,]*/;

/**
 * @param element goes for names that do not say which element they belong to
 * @param name distinguished name (`ManagedElement=1,NRCellDU=3`, also with slashes as in addresses), or a plain name
 */
export function objectNamed(element: string, name: string): ManagedObject {
  const dn =
    name.includes('=') && !name.includes(',') ? name.replace(/^[a-z]+:\/\/[^/]*\//i, '').replaceAll('/', ',') : name;
  const own = ELEMENT.exec(dn)?.[0];
  if (own === undefined || own.length === dn.length) return describeObject(own ?? element, undefined, dn);
  return describeObject(own, undefined, dn.slice(own.length + 1).trim());
}
