// One rule: its statements, the sets that it makes on the way, and its expressions.
import type { NfExpression, NfObjref } from '../../generated/objects.js';
import { type Names, TYPES } from '../datatypes.js';
import type { NftFamily } from '../json.js';
import type { Tlv } from '../userdata.js';
import { RuleContext } from './context.js';
import { elementsIn, moved, readElement } from './elements.js';
import { Evaluator, type Operand, type Surroundings } from './evaluate.js';
import type { Input } from './input.js';
import { joinMatches, type SetMaker, withoutRedundant, writeMatch } from './matches.js';
import { concatShape, type Shape } from './nodes.js';
import { OutOfRegisters, Program } from './program.js';
import { type Declaration, type Element, isInterval, type MapData, reservedSize, SetInfo } from './sets.js';
import { compileStatement } from './statements.js';

/** What a rule asks of the transaction that it is a part of. */
export interface Transaction {
  readonly names: Names;
  /** A set that the rule names. */
  set(family: NftFamily, table: string, input: Input): SetInfo;
  /** A number that no other set of the transaction has. */
  nextId(): number;
  /** Declares a set and adds elements to it. */
  declare(declaration: Declaration, elements: readonly Element[]): void;
}

/** Compiles one rule. */
export class RuleCompiler {
  readonly context: RuleContext;
  readonly evaluator: Evaluator;
  readonly anonymous: Anonymous;
  readonly around: Surroundings;
  /** Whether maps may give what translations of addresses need: ports besides, and ranges. */
  #isNat = false;

  constructor(
    readonly transaction: Transaction,
    readonly family: NftFamily,
    readonly table: string,
  ) {
    this.context = new RuleContext(family);
    this.anonymous = new Anonymous(this);
    this.around = {
      names: transaction.names,
      set: (input) => transaction.set(family, table, input),
      map: (key, data, wanted) => this.anonymous.valueMap(key, data, wanted, this.#isNat),
    };
    this.evaluator = new Evaluator(this.context, this.around);
    this.context.typeSet = (node, values) => {
      const key: Operand = { node, shape: node, move: (value) => value, keepsOrder: true, description: undefined };
      const elements = values.map((value): Element => {
        const { type, bits, order } = node;
        return { key: { kind: 'value', type, bits, order, value }, input: NOWHERE };
      });
      return {
        kind: 'match',
        left: node,
        relation: 'eq',
        right: { kind: 'set', set: this.anonymous.make(elements, key) },
      };
    };
  }

  /** Reads something whose maps are for the translation of addresses. */
  natMap<T>(read: () => T): T {
    this.#isNat = true;
    try {
      return read();
    } finally {
      this.#isNat = false;
    }
  }

  /** Compiles all statements. */
  compile(statements: Input): NfExpression[] {
    const inputs = statements.array();
    for (const statement of inputs) compileStatement(this, statement);
    const program = new Program();
    try {
      for (const step of joinMatches(withoutRedundant(this.context.steps, this.family))) {
        if (step.kind === 'match') writeMatch(step, program);
        else step.write(program);
      }
    } catch (error) {
      if (error instanceof OutOfRegisters) throw statements.fail(error.message);
      throw error;
    }
    return program.expressions;
  }
}

/** Of what no input stands for. */
const NOWHERE = { fail: (what: string) => new TypeError(what) } as Input;

const PORT: Shape = { type: TYPES.inet_service, bits: 16, order: 'big' };

/** The sets and maps that have no name, and belong to their rule. */
export class Anonymous implements SetMaker {
  constructor(private readonly rule: RuleCompiler) {}

  elements(input: Input, key: Operand): Element[] {
    return elementsIn(input).map((each) => moved(readElement(each, this.#shapes(key), this.rule.around.names), key));
  }

  make(elements: readonly Element[], key: Operand): SetInfo {
    return this.#make('set', elements, key, undefined, key.description?.());
  }

  #shapes(key: Operand, data?: MapData) {
    return { key: key.shape, data };
  }

  #make(
    kind: 'set' | 'map',
    elements: readonly Element[],
    key: Operand,
    data: MapData | undefined,
    keyDescription: Tlv[] | undefined,
  ): SetInfo {
    const { transaction, family, table } = this.rule;
    const { node } = key;
    const { type, bits, order, parts } = node;
    const isInt = elements.some((element) => isInterval(element.key));
    const info = new SetInfo({
      family,
      table,
      name: data?.kind === 'object' ? '__objmap%d' : `__${kind}%d`,
      id: transaction.nextId(),
      key: parts ? concatShape(parts) : { type, bits, order },
      data,
      isInterval: isInt,
      isAnonymous: true,
      isAutoMerge: kind === 'set' && isInt,
    });
    const size = reservedSize(elements, info);
    transaction.declare({ info, flags: ['constant'], keyDescription, size }, elements);
    return info;
  }

  /** Maps are described by their key only where it is a concatenation. */
  #mapDescription(key: Operand): Tlv[] | undefined {
    return key.node.parts ? key.description?.() : undefined;
  }

  #pairs(input: Input, key: Operand, data: MapData): Element[] {
    const pairs = elementsIn(input.only('set').at('set'));
    if (pairs.length === 0) throw input.fail('the map is empty');
    return pairs.map((pair) => moved(readElement(pair, this.#shapes(key, data), this.rule.around.names), key));
  }

  /** A map to verdicts. */
  verdictMap(key: Operand, input: Input): SetInfo {
    const data: MapData = { kind: 'verdict' };
    return this.#make('map', this.#pairs(input, key, data), key, data, this.#mapDescription(key));
  }

  /** A map to named objects. */
  objectMap(key: Operand, input: Input, type: NonNullable<NfObjref['immType']>): SetInfo {
    const data: MapData = { kind: 'object', type };
    return this.#make('map', this.#pairs(input, key, data), key, data, this.#mapDescription(key));
  }

  /** A map to values of a shape; where addresses are translated, to ranges of them and with ports besides. */
  valueMap(key: Operand, input: Input, wanted: Shape | undefined, isNat: boolean): SetInfo {
    if (wanted === undefined) throw input.fail('nothing says of which type the map’s data are');
    const values = elementsIn(input.only('set').at('set')).map((pair) => pair.array()[1]);
    const isConcat = isNat && values.some((value) => value?.has('concat'));
    const isRange = isNat && values.some(isWrittenInterval);
    const shape = isConcat ? concatShape([wanted, PORT]) : wanted;
    const plain: Shape = shape.parts ? shape : { type: shape.type, bits: shape.bits, order: shape.order };
    const data: MapData = { kind: 'value', shape: plain, isInterval: isRange };
    return this.#make('map', this.#pairs(input, key, data), key, data, this.#mapDescription(key));
  }

  /** The set of a meter, which rules fill. */
  meter(meter: { name: string; key: Operand; hasTimeout: boolean; size: number | undefined }): SetInfo {
    const { transaction, family, table } = this.rule;
    const { type, bits, order, parts } = meter.key.node;
    const info = new SetInfo({
      family,
      table,
      name: meter.name,
      id: transaction.nextId(),
      key: parts ? concatShape(parts) : { type, bits, order },
      isInterval: false,
      isAnonymous: true,
    });
    const flags = meter.hasTimeout ? (['timeout', 'eval'] as const) : (['eval'] as const);
    transaction.declare({ info, flags, keyDescription: meter.key.description?.(), size: meter.size }, []);
    return info;
  }
}

function isWrittenInterval(input: Input | undefined): boolean {
  if (input === undefined) return false;
  if (input.has('concat')) return input.at('concat').array().some(isWrittenInterval);
  return input.has('range') || input.has('prefix') || (input.isString && /\/\d+$/.test(input.string()));
}
