// Orders names so that each comes after those it needs, or tells the circle that has no such order.

/** `circle` names the members in turn, the first one again at its end; `order` then lacks them. */
export interface DependencyOrder {
  order: readonly string[];
  circle?: readonly string[];
}

/** Names that are needed but not listed count as given. Otherwise the order stays as it is. */
export function dependencyOrder(names: readonly string[], needs: (name: string) => readonly string[]): DependencyOrder {
  const listed = new Set(names);
  const done = new Set<string>();
  let circle: string[] | undefined;
  const visit = (name: string, trail: readonly string[]): void => {
    if (circle || done.has(name) || !listed.has(name)) return;
    const from = trail.indexOf(name);
    if (from >= 0) {
      circle = [...trail.slice(from), name];
      return;
    }
    for (const next of needs(name)) visit(next, [...trail, name]);
    if (!circle) done.add(name);
  };
  for (const name of names) visit(name, []);
  return { order: [...done], ...(circle && { circle }) };
}
