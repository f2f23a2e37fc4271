// Which cell a reading names: the inventory's, the deployment's, else one that only data has named.

import { isManagedObject, type ManagedObject } from '../model/sent.ts';
import { quote, type Refusal } from './check-reading.ts';
import { aliasesOfObject, type NamedCell, nameOfObject } from './object-name.ts';
import { ObjectMeanings, type ObjectRules } from './object-rules.ts';
import { ownCopy } from './own-copy.ts';

/** The inventory as intake needs it. */
export interface CellNames {
  /** The id of the cell that has this id or alias. */
  find(name: string): string | undefined;
  /** The same, but only for cells of the inventory: names that only data has given are no proof. */
  findInInventory(name: string): string | undefined;
}

export interface NamedCellsOptions {
  names: CellNames;
  /** A cell that data names but the inventory lacks: kept, as unplaced. */
  unplaced(cell: { id: string; siteId: string; radio: NamedCell['radio'] }): void;
  /** What the deployment says of its senders' objects. */
  objects?: ObjectRules;
}

const LONGEST_CELL_NAME = 300;

export class NamedCells {
  private readonly meanings: ObjectMeanings;

  constructor(private readonly options: NamedCellsOptions) {
    this.meanings = new ObjectMeanings(options.objects);
  }

  /** The canonical id of the cell a reading names, or why there is none. */
  cellOf(named: unknown): string | Refusal {
    const known = typeof named === 'string' ? this.options.names.find(named) : undefined;
    if (known !== undefined) return known;
    return isManagedObject(named) ? this.cellOfObject(named) : this.cellOfName(named);
  }

  private cellOfName(named: unknown): string | Refusal {
    if (named === undefined || named === null || named === '') {
      return { reason: 'missing-field', field: 'cell', detail: 'give "cell", the id of the cell' };
    }
    if (typeof named !== 'string' && typeof named !== 'number') {
      return {
        reason: 'wrong-type',
        field: 'cell',
        detail: `"cell" is ${quote(named)}: give the id of the cell as text`,
      };
    }
    const name = String(named).trim();
    if (name.length === 0 || name.length > LONGEST_CELL_NAME || /\p{Cc}/u.test(name)) {
      const detail = `"cell" is ${quote(name)}: an id has 1 to ${LONGEST_CELL_NAME} characters and no control characters`;
      return { reason: 'wrong-type', field: 'cell', detail };
    }
    const known = this.options.names.find(name);
    if (known !== undefined) return known;
    const id = ownCopy(name);
    this.options.unplaced({ id, siteId: id, radio: null });
    return id;
  }

  /** The inventory's name for the object, then the deployment's, then one made of element, radio and name. */
  private cellOfObject(object: ManagedObject): string | Refusal {
    const { names } = this.options;
    const aliases = aliasesOfObject(object, this.meanings);
    const id = aliases.map((alias) => names.findInInventory(alias)).find((known) => known !== undefined);
    if (id !== undefined) return id;
    const given = this.meanings.cellOf(aliases);
    const named = nameOfObject(object, this.meanings, given);
    if (!named) return notACell(object, this.meanings);
    if (named.id.length > LONGEST_CELL_NAME) return tooLongName(object);
    const known = names.find(named.id);
    if (known === undefined) this.options.unplaced(named);
    return known ?? named.id;
  }

  /** The cell that the object is, where one is known already: nothing becomes a cell by being asked for. */
  knownCell(object: ManagedObject): string | undefined {
    const { names } = this.options;
    const aliases = aliasesOfObject(object, this.meanings);
    const id = aliases.map((alias) => names.findInInventory(alias)).find((known) => known !== undefined);
    const named = id === undefined ? nameOfObject(object, this.meanings, this.meanings.cellOf(aliases)) : undefined;
    return id ?? (named && names.find(named.id));
  }
}

function notACell(object: ManagedObject, meanings: ObjectMeanings): Refusal {
  const { objectClass, ldn } = object;
  const isExpected = meanings.meaningOf(objectClass) === 'none';
  const detail = `objects of class ${objectClass.slice(0, 100)} are no cells; give one as an alias of a cell in the inventory if it is, or say what the class is under "objects" in the deployment's file`;
  return { reason: 'not-a-cell', field: objectClass.slice(0, 100), detail, excerpt: ldn.slice(0, 200), isExpected };
}

function tooLongName({ ldn }: ManagedObject): Refusal {
  const detail = `the name of a cell has at most ${LONGEST_CELL_NAME} characters; give this one a shorter name under "objects" in the deployment's file`;
  return { reason: 'too-long', field: 'cell', detail, excerpt: ldn.slice(0, 200) };
}
