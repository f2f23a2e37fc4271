// Compiles a formula such as `100 * ERAB.RelActNbr / ERAB.EstabInitSuccNbr` into a function of its variables.

/** A compiled formula. `evaluate` takes the values in the order of `variables`; NaN in, or a division by zero, gives NaN. */
export interface Expression {
  text: string;
  variables: readonly string[];
  evaluate(values: ArrayLike<number>): number;
  root: Term;
}

/** What a formula is made of: sums of products of numbers, variables and sums in parentheses. */
export type Term =
  | { op: 'number'; value: number }
  | { op: 'variable'; name: string; index: number }
  | { op: 'sum'; parts: readonly { minus: boolean; term: Term }[] }
  | { op: 'product'; parts: readonly { divide: boolean; term: Term }[] };

/** A name starts with a letter and goes on with letters, digits and `. _ -`; a minus between names needs spaces. */
const NAME = '[A-Za-z_][A-Za-z0-9_.]*(?:-[A-Za-z0-9_.]+)*';
const TOKEN = new RegExp(`\\s*(?:([0-9]+(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)|(${NAME})|([-+*/()]))`, 'y');
const WHOLE_NAME = new RegExp(`^${NAME}$`);

/** A longer text is no formula of the trade: the longest real ones pool a hundred bins. */
const LONGEST_FORMULA = 10_000;
/** Parentheses in parentheses; the bound keeps reading within the stack. */
const DEEPEST_NESTING = 50;

/** True where a formula can ask for this name. */
export function isVariableName(text: string): boolean {
  return text.length <= LONGEST_FORMULA && WHOLE_NAME.test(text);
}

/** Throws a SyntaxError that names the place where the text is no formula of + − * / ( ), numbers and names. */
export function compileExpression(text: string): Expression {
  if (text.length > LONGEST_FORMULA) {
    throw new SyntaxError(`"${text.slice(0, 50)}…" is not a formula: it has more than ${LONGEST_FORMULA} characters`);
  }
  return expressionOf(new Reader(text).read());
}

/** The formula of a part of another one, with variables of its own. */
export function expressionOf(term: Term): Expression {
  const variables: string[] = [];
  const root = numbered(term, variables);
  return { text: textOf(root), variables, evaluate: (values) => evaluate(root, values), root };
}

function numbered(term: Term, variables: string[]): Term {
  if (term.op === 'number') return term;
  if (term.op === 'variable') {
    let index = variables.indexOf(term.name);
    if (index < 0) index = variables.push(term.name) - 1;
    return { ...term, index };
  }
  if (term.op === 'sum') {
    return { op: 'sum', parts: term.parts.map((part) => ({ ...part, term: numbered(part.term, variables) })) };
  }
  return { op: 'product', parts: term.parts.map((part) => ({ ...part, term: numbered(part.term, variables) })) };
}

/** The formula as people write it, in one style. */
function textOf(term: Term): string {
  if (term.op === 'number') return String(term.value);
  if (term.op === 'variable') return term.name;
  if (term.op === 'sum') {
    return term.parts
      .map(({ minus, term: one }, i) => (i ? ` ${minus ? '-' : '+'} ` : minus ? '-' : '') + within(one, ['sum']))
      .join('');
  }
  return term.parts
    .map(({ divide, term: one }, i) => (i ? ` ${divide ? '/' : '*'} ` : '') + within(one, ['sum', 'product']))
    .join('');
}

function within(term: Term, needParentheses: readonly Term['op'][]): string {
  return needParentheses.includes(term.op) ? `(${textOf(term)})` : textOf(term);
}

/** Reads one formula from left to right. */
class Reader {
  private readonly tokens: { kind: 'number' | 'name' | 'sign'; text: string }[];
  private position = 0;
  private depth = 0;

  constructor(private readonly text: string) {
    this.tokens = tokenize(text);
  }

  read(): Term {
    const root = this.sum();
    return this.position < this.tokens.length ? this.fail() : root;
  }

  private sum(): Term {
    const parts = [{ minus: false, term: this.product() }];
    for (let sign = this.take('+', '-'); sign; sign = this.take('+', '-')) {
      parts.push({ minus: sign === '-', term: this.product() });
    }
    return parts.length === 1 ? parts[0]!.term : { op: 'sum', parts };
  }

  private product(): Term {
    const parts = [{ divide: false, term: this.factor() }];
    for (let sign = this.take('*', '/'); sign; sign = this.take('*', '/')) {
      parts.push({ divide: sign === '/', term: this.factor() });
    }
    return parts.length === 1 ? parts[0]!.term : { op: 'product', parts };
  }

  private factor(): Term {
    const token = this.tokens[this.position];
    if (token?.kind === 'number' || token?.kind === 'name') {
      this.position++;
      const { kind, text } = token;
      return kind === 'number' ? { op: 'number', value: Number(text) } : { op: 'variable', name: text, index: 0 };
    }
    if (++this.depth > DEEPEST_NESTING)
      throw new SyntaxError(`"${this.text.slice(0, 50)}…" is not a formula: too many parentheses`);
    const inner = this.take('-') ? negative(this.factor()) : this.inParentheses();
    this.depth--;
    return inner;
  }

  private inParentheses(): Term {
    if (!this.take('(')) this.fail();
    const inner = this.sum();
    return this.take(')') ? inner : this.fail();
  }

  private take(...texts: string[]): string | undefined {
    const token = this.tokens[this.position];
    return token?.kind === 'sign' && texts.includes(token.text) ? this.tokens[this.position++]!.text : undefined;
  }

  private fail(): never {
    const token = this.tokens[this.position];
    const where = token ? `"${token.text}" is not expected` : 'it ends too early';
    throw new SyntaxError(`"${this.text}" is not a formula: ${where}`);
  }
}

function negative(term: Term): Term {
  return term.op === 'number' ? { op: 'number', value: -term.value } : { op: 'sum', parts: [{ minus: true, term }] };
}

function tokenize(text: string): { kind: 'number' | 'name' | 'sign'; text: string }[] {
  const tokens: { kind: 'number' | 'name' | 'sign'; text: string }[] = [];
  TOKEN.lastIndex = 0;
  // The trailing space is cut once: looking for it at each token would take the square of the length.
  const end = text.trimEnd().length;
  while (TOKEN.lastIndex < end) {
    const start = TOKEN.lastIndex;
    const found = TOKEN.exec(text);
    if (!found) throw new SyntaxError(`"${text}" is not a formula: see "${text.slice(start).trim()}"`);
    const [, number, name, sign] = found;
    tokens.push({ kind: number ? 'number' : name ? 'name' : 'sign', text: (number ?? name ?? sign) as string });
  }
  return tokens;
}

function evaluate(term: Term, values: ArrayLike<number>): number {
  if (term.op === 'number') return term.value;
  if (term.op === 'variable') return values[term.index] ?? Number.NaN;
  if (term.op === 'sum') {
    let sum = 0;
    for (const { minus, term: part } of term.parts) sum += minus ? -evaluate(part, values) : evaluate(part, values);
    return sum;
  }
  let product = 1;
  for (const { divide, term: part } of term.parts) {
    const value = evaluate(part, values);
    if (!divide) product *= value;
    else product = value === 0 ? Number.NaN : product / value;
  }
  return product;
}
