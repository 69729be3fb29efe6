// Elements of sets and maps as JSON has them.
import { type Names, TYPES } from '../datatypes.js';
import { readConstant } from './constants.js';
import type { Operand } from './evaluate.js';
import type { Input } from './input.js';
import type { Constant, Shape, Value } from './nodes.js';
import { boundOf, type Element, type MapData } from './sets.js';
import { elementStatements } from './statements.js';

const VERDICT: Shape = { type: TYPES.verdict, bits: 0, order: 'none' };

/** The elements of a set; sets in sets are a part of it. */
export function elementsIn(input: Input): Input[] {
  return input.list().flatMap((each) => (each.has('set') ? elementsIn(each.only('set').at('set')) : [each]));
}

/** Reads an element: a value, alone or with what belongs to it; of a map a pair of one and its data. */
export function readElement(input: Input, shapes: { key: Shape; data: MapData | undefined }, names: Names): Element {
  if (shapes.data === undefined) return readKey(input, shapes.key, names, input);
  const [key, data, ...more] = input.array();
  if (!key || !data || more.length > 0) throw input.fail('a pair of a key and its data is wanted');
  return { ...readKey(key, shapes.key, names, input), data: readData(data, shapes.data, names) };
}

const ELEMENT_KEYS = ['val', 'timeout', 'expires', 'comment', 'stmt', 'counter', 'limit', 'quota', 'ct count', 'last'];

function readKey(input: Input, shape: Shape, names: Names, place: Input): Element {
  if (!input.has('elem')) return { key: readKeyValue(input, shape, names), input: place };
  const elem = input
    .only('elem')
    .at('elem')
    .only(...ELEMENT_KEYS);
  const seconds = (key: string) => (elem.has(key) ? BigInt(elem.at(key).integer()) * 1000n : undefined);
  const expressions = elementStatements(elem);
  return {
    key: readKeyValue(elem.at('val'), shape, names),
    timeout: seconds('timeout'),
    expiration: seconds('expires'),
    comment: elem.has('comment') ? elem.at('comment').name(128) : undefined,
    expressions: expressions.length > 0 ? expressions : undefined,
    input: place,
  };
}

function readKeyValue(input: Input, shape: Shape, names: Names): Constant | 'catchall' {
  return input.value === '*' ? 'catchall' : readConstant(input, shape, names);
}

function readData(input: Input, data: MapData, names: Names): Element['data'] {
  switch (data.kind) {
    case 'object':
      return { kind: 'object', name: input.name() };
    case 'verdict':
      return readConstant(input, VERDICT, names);
    case 'value': {
      const constant = readConstant(input, data.shape, names);
      const values = constant.kind === 'concat value' ? constant.values : [constant];
      if (!data.isInterval && values.some(({ kind }) => kind !== 'value')) throw input.fail('one value is wanted');
      return constant;
    }
  }
}

/** The element as it is kept for an operand whose bits lie elsewhere. */
export function moved(element: Element, { node, shape, move }: Operand): Element {
  const { key } = element;
  if (key === 'catchall' || node === shape) return element;
  const { type, bits, order } = node;
  switch (key.kind) {
    case 'value':
      return { ...element, key: { kind: 'value', type, bits, order, value: move(key.value) } satisfies Value };
    case 'range':
    case 'prefix': {
      const [from, to] = [move(boundOf(key, 'first')), move(boundOf(key, 'last'))];
      return { ...element, key: { kind: 'range', type, bits, order, from, to } };
    }
    default:
      return element;
  }
}
