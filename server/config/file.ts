// The deployment's file (YAML, of which JSON is a part): settings that remember their line, so that an error points there.

import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';

/** A setting is wrong: the message names it and says what to do. */
export class ConfigError extends Error {}

/** Larger files are refused: the richest real one, a vendor's whole table of counters, has some 300 KB. */
const MOST_CHARACTERS = 8 << 20;

/** A value of the file and where it stands. Each method that reads throws ConfigError with the file, the line and the rule. */
export class Setting {
  constructor(
    private readonly file: string,
    /** As in `kpis.drop_rate_pct.formulas`; empty for the whole file. */
    readonly path: string,
    private readonly node: Node | null,
    private readonly lines: LineCounter,
    /** Where its key stands: a value may be empty, or begin on a later line than the name by which it is looked for. */
    private readonly keyOffset = 0,
  ) {}

  get line(): number {
    const hasKeyLine = this.isMap || this.isList;
    return this.lines.linePos(hasKeyLine ? this.keyOffset : (this.node?.range?.[0] ?? this.keyOffset)).line;
  }

  /** True where the key stands without a value. */
  get isEmpty(): boolean {
    return this.node === null || (isScalar(this.node) && this.node.value === null);
  }

  /** True for `''` and for a key without a value. */
  get isBlank(): boolean {
    return this.isEmpty || (isScalar(this.node) && this.node.value === '');
  }

  get isMap(): boolean {
    return isMap(this.node);
  }

  get isList(): boolean {
    return isSeq(this.node);
  }

  /** `rule` goes on after the setting's name: "must be a number". */
  fail(rule: string): never {
    throw new ConfigError(`${this.file}, line ${this.line}: ${this.path || 'the file'} ${rule}`);
  }

  /** The entries of a map in their order; those of an empty value are none. With `known`, any other key is an error. */
  entries(known?: readonly string[]): [string, Setting][] {
    if (this.isEmpty) return [];
    const { node } = this;
    if (!isMap<Node, Node | null>(node)) return this.fail('must be a map of names and values');
    return node.items.map(({ key, value }) => {
      const name = isScalar(key) ? String(key.value) : String(key);
      const path = this.path ? `${this.path}.${name}` : name;
      const entry = new Setting(this.file, path, value, this.lines, key.range?.[0]);
      const isKnown = known?.includes(name) ?? true;
      return isKnown ? [name, entry] : entry.fail(`is not known here; known are ${known!.join(', ')}`);
    });
  }

  /** The entries of a map by name. */
  map(known?: readonly string[]): Map<string, Setting> {
    return new Map(this.entries(known));
  }

  list(): Setting[] {
    const { node } = this;
    if (!isSeq<Node | null>(node)) return this.fail('must be a list');
    return node.items.map(
      (item, i) => new Setting(this.file, `${this.path}[${i}]`, item, this.lines, (item ?? node).range?.[0]),
    );
  }

  text(): string {
    const value = this.scalar();
    if (typeof value === 'string' && value.trim() !== '') return value;
    if (typeof value === 'number') return String(value);
    return this.fail('must be text');
  }

  number(least = -Number.MAX_VALUE, most = Number.MAX_VALUE): number {
    const value = this.scalar();
    if (typeof value === 'number' && value >= least && value <= most) return value;
    const bounds =
      least === -Number.MAX_VALUE
        ? ''
        : most === Number.MAX_VALUE
          ? ` of at least ${least}`
          : ` from ${least} to ${most}`;
    return this.fail(`must be a number${bounds}`);
  }

  flag(): boolean {
    const value = this.scalar();
    return typeof value === 'boolean' ? value : this.fail('must be true or false');
  }

  oneOf<T extends string>(choices: readonly T[]): T {
    const value = this.scalar();
    return choices.find((choice) => choice === value) ?? this.fail(`must be one of ${choices.join(', ')}`);
  }

  private scalar(): unknown {
    return isScalar(this.node) ? this.node.value : undefined;
  }
}

/** Reads the text of the file called `file`; throws ConfigError at the first line that is no YAML. */
export function readConfigFile(text: string, file: string): Setting {
  if (text.length > MOST_CHARACTERS) throw new ConfigError(`${file} has more than ${MOST_CHARACTERS} characters`);
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true, merge: false });
  const [error] = document.errors;
  if (error) throw new ConfigError(`${file}, line ${lines.linePos(error.pos[0]).line}: ${error.message}`);
  return new Setting(file, '', document.contents, lines);
}
