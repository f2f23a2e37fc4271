// Names that are stored once and stand as small numbers elsewhere: cell ids, KPI ids, lists of counters.

import type { Connection } from './database.ts';

/** The rows of `from` belong to `into`; `from` stands for nothing any more. */
export interface MergedNumber {
  from: number;
  into: number;
}

export class Dictionary {
  /** Names known without asking; a copy of part of the table. */
  private readonly remembered = new Map<string, number>();
  /** Who changes names in a transaction that is not over: all others still see the names before, which are not to be remembered. */
  private changing: Connection | undefined;
  /** Rises whenever what is remembered may be wrong. */
  private version = 0;

  private constructor(
    private readonly table: string,
    private readonly mostRemembered: number,
    private next: number,
  ) {}

  /** Makes the table if it is missing. At most `mostRemembered` names are held in memory. */
  static async open(connection: Connection, table: string, mostRemembered: number): Promise<Dictionary> {
    await connection.run(`CREATE TABLE IF NOT EXISTS ${table} (number INTEGER NOT NULL, name VARCHAR NOT NULL)`);
    const [row] = await connection.rows(`SELECT coalesce(max(number) + 1, 0) AS next FROM ${table}`);
    return new Dictionary(table, mostRemembered, Number(row!.next));
  }

  /** How many names there are. */
  get size(): number {
    return this.next;
  }

  /** The numbers of those names that are known. */
  async find(connection: Connection, names: readonly string[]): Promise<Map<string, number>> {
    const mayRemember = this.changing === undefined || this.changing === connection;
    const { version } = this;
    const found = new Map<string, number>();
    const unsure = new Set<string>();
    for (const name of names) {
      const number = mayRemember ? this.remembered.get(name) : undefined;
      if (number === undefined) unsure.add(name);
      else found.set(name, number);
    }
    if (unsure.size === 0 || this.next === 0) return found;
    const sql = `SELECT name, number FROM ${this.table} WHERE name IN (SELECT unnest($1))`;
    for (const row of await connection.rows(sql, [...unsure])) {
      const [name, number] = [String(row.name), Number(row.number)];
      found.set(name, number);
      // Names may have changed while this was asked.
      if (mayRemember && version === this.version) this.remember(name, number);
    }
    return found;
  }

  /** The numbers of all these names; new ones are added. Call it inside a transaction of the one that writes. */
  async number(connection: Connection, names: readonly string[]): Promise<Map<string, number>> {
    const numbers = await this.find(connection, names);
    if (numbers.size === names.length) return numbers;
    const fresh = [...new Set(names)].filter((name) => !numbers.has(name));
    if (fresh.length === 0) return numbers;
    const first = this.next;
    this.next += fresh.length;
    await connection.run(
      `INSERT INTO ${this.table} SELECT $1::INTEGER + generate_subscripts($2, 1) - 1, unnest($2)`,
      BigInt(first),
      fresh,
    );
    fresh.forEach((name, index) => {
      numbers.set(name, first + index);
      this.remember(name, first + index);
    });
    return numbers;
  }

  /**
   * Names change all at once, `from` → `to`; numbers stay. Gives the numbers that came to have one name: their rows have to
   * follow. Call it inside a transaction of the one that writes, and `forget` once that is over.
   */
  async rename(connection: Connection, names: ReadonlyMap<string, string>): Promise<MergedNumber[]> {
    const involved = [...new Set([...names.keys(), ...names.values()])];
    const numbers = await this.find(connection, involved);
    const byName = new Map<string, number[]>();
    for (const [name, number] of numbers) {
      const newName = names.get(name) ?? name;
      byName.set(
        newName,
        [...(byName.get(newName) ?? []), number].sort((a, b) => a - b),
      );
    }
    this.forget();
    this.changing = connection;
    await connection.run(`DELETE FROM ${this.table} WHERE name IN (SELECT unnest($1))`, involved);
    await connection.run(
      `INSERT INTO ${this.table} SELECT unnest($1)::INTEGER, unnest($2)`,
      Array.from(byName.values(), ([oldest]) => oldest!),
      [...byName.keys()],
    );
    return [...byName.values()].flatMap(([into, ...others]) => others.map((from) => ({ from, into: into! })));
  }

  /** The names behind numbers. */
  async names(connection: Connection, numbers: readonly number[]): Promise<Map<number, string>> {
    if (numbers.length === 0) return new Map();
    const sql = `SELECT number, name FROM ${this.table} WHERE number IN (SELECT unnest($1))`;
    const rows = await connection.rows(sql, numbers);
    return new Map(rows.map((row) => [Number(row.number), String(row.name)]));
  }

  /** After a transaction that changed names, or that failed: what it added or renamed is not so. Numbers may stay unused. */
  forget(): void {
    this.remembered.clear();
    this.changing = undefined;
    this.version++;
  }

  private remember(name: string, number: number): void {
    if (this.remembered.size >= this.mostRemembered) this.remembered.clear();
    this.remembered.set(name, number);
  }
}
