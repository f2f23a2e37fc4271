// Under which names a formula's variable may stand in a reading: whole, or in subcounters that add up to it.

/** Counters and counts of one key by name. */
export type Values = Record<string, number>;

export interface Lookup {
  variable: string;
  /** Names that hold it whole, best first. */
  names: readonly string[];
  /** Subcounters that add up to it; of the first group of which a reading has any. */
  groups: readonly ((name: string) => boolean)[];
}

/** One value, and the names that it was taken from. */
export interface Found {
  value: number;
  names: string[];
}

/** Slices count again what the classes of service count: they are added up only where nothing else is known. */
const SLICE = /^S?-?NSSAI/i;
/** `MM.HoExeInterReq.TimeMean` says something about the handovers, it is not a kind of them. */
const NO_PART = /^(Time|Mean|Max|Min|Avg|Dist)/i;

export function lookupOf(variable: string, whole: boolean): Lookup {
  const names = [variable, `${variable}.sum`, `${variable}.Sum`, ...otherWritings(variable)];
  const endOf = (name: string) => {
    const boundary = name.startsWith(variable) ? name[variable.length] : undefined;
    const end = boundary === '.' || boundary === '_' ? name.slice(variable.length + 1) : undefined;
    return end === undefined || NO_PART.test(end) || names.includes(name) ? undefined : end;
  };
  const groups = [false, true].map((ofSlices) => (name: string) => {
    const end = endOf(name);
    return end !== undefined && SLICE.test(end) === ofSlices;
  });
  return { variable, names, groups: whole ? [] : groups };
}

/** `X.QCI1` is also written `X.qci1` and `X.1`; `X.5QI1` also `X.5qi1`; bin 3 of a comma list is kept as `X[3]`. */
function otherWritings(variable: string): string[] {
  const [, base, kind, number] = /^(.+)\.(QCI|5QI|Bin)(\d+)$/.exec(variable) ?? [];
  if (kind === 'QCI') return [`${base}.qci${number}`, `${base}.${number}`];
  if (kind === '5QI') return [`${base}.5qi${number}`];
  return kind === 'Bin' ? [`${base}[${number}]`] : [];
}

/** Looks among named values. */
export function findIn(values: Values, { names, groups }: Lookup): Found | undefined {
  const whole = names.find((name) => values[name] !== undefined);
  if (whole !== undefined) return { value: values[whole]!, names: [whole] };
  for (const isPart of groups) {
    const parts = Object.keys(values).filter(isPart);
    if (parts.length > 0) return { value: parts.reduce((sum, name) => sum + values[name]!, 0), names: parts };
  }
  return undefined;
}
