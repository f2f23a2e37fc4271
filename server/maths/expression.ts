// Compiles a formula such as `100 * ERAB.RelActNbr / ERAB.EstabInitSuccNbr` into a function of its variables.

/** A compiled formula. `evaluate` takes the values in the order of `variables`; NaN in, or a division by zero, gives NaN. */
export interface Expression {
  variables: readonly string[];
  evaluate(values: ArrayLike<number>): number;
}

type Node =
  | { op: 'number'; value: number }
  | { op: 'variable'; index: number }
  | { op: '+' | '-' | '*' | '/'; left: Node; right: Node };

/** A name starts with a letter and goes on with letters, digits and `. _ -`; a minus between names needs spaces. */
const TOKEN =
  /\s*(?:([0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)|([A-Za-z_][A-Za-z0-9_.]*(?:-[A-Za-z0-9_.]+)*)|([-+*/()]))/y;

/** A longer text is no formula of the trade; the bound keeps nesting within the stack. */
const LONGEST_FORMULA = 1000;

/** Throws a SyntaxError that names the place where the text is no formula of + − * / ( ), numbers and names. */
export function compileExpression(text: string): Expression {
  if (text.length > LONGEST_FORMULA) {
    throw new SyntaxError(`"${text.slice(0, 50)}…" is not a formula: it has more than ${LONGEST_FORMULA} characters`);
  }
  const tokens = tokenize(text);
  const variables: string[] = [];
  let position = 0;

  const fail = (): never => {
    const token = tokens[position];
    throw new SyntaxError(
      `"${text}" is not a formula: ${token ? `"${token.text}" is not expected` : 'it ends too early'}`,
    );
  };
  const take = (...texts: string[]) => {
    const token = tokens[position];
    return token?.kind === 'sign' && texts.includes(token.text) ? tokens[position++]?.text : undefined;
  };
  const factor = (): Node => {
    const token = tokens[position];
    if (token?.kind === 'number' || token?.kind === 'name') {
      position++;
      return token.kind === 'number' ? { op: 'number', value: Number(token.text) } : variable(variables, token.text);
    }
    if (take('-')) return { op: '-', left: { op: 'number', value: 0 }, right: factor() };
    if (!take('(')) fail();
    const inner = sum();
    if (!take(')')) fail();
    return inner;
  };
  const chain = (next: () => Node, first: '+' | '*', second: '-' | '/'): Node => {
    let left = next();
    for (let sign = take(first, second); sign; sign = take(first, second)) {
      left = { op: sign as '+' | '-' | '*' | '/', left, right: next() };
    }
    return left;
  };
  const product = (): Node => chain(factor, '*', '/');
  const sum = (): Node => chain(product, '+', '-');

  const root = sum();
  if (position < tokens.length) fail();
  return { variables, evaluate: (values) => evaluate(root, values) };
}

function variable(variables: string[], name: string): Node {
  let index = variables.indexOf(name);
  if (index < 0) index = variables.push(name) - 1;
  return { op: 'variable', index };
}

function tokenize(text: string): { kind: 'number' | 'name' | 'sign'; text: string }[] {
  const tokens: { kind: 'number' | 'name' | 'sign'; text: string }[] = [];
  TOKEN.lastIndex = 0;
  while (text.slice(TOKEN.lastIndex).trim() !== '') {
    const start = TOKEN.lastIndex;
    const found = TOKEN.exec(text);
    if (!found) throw new SyntaxError(`"${text}" is not a formula: see "${text.slice(start).trim()}"`);
    const [, number, name, sign] = found;
    tokens.push({ kind: number ? 'number' : name ? 'name' : 'sign', text: (number ?? name ?? sign) as string });
  }
  return tokens;
}

function evaluate(node: Node, values: ArrayLike<number>): number {
  if (node.op === 'number') return node.value;
  if (node.op === 'variable') return values[node.index] ?? Number.NaN;
  const left = evaluate(node.left, values);
  const right = evaluate(node.right, values);
  if (node.op === '+') return left + right;
  if (node.op === '-') return left - right;
  if (node.op === '*') return left * right;
  return right === 0 ? Number.NaN : left / right;
}
