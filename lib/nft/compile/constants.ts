// Constants: what JSON has on the right of a match, in sets, and wherever a value is written out.
import { type DataType, INET_SERVICES, type Names, parseInteger, parseText, TYPES } from '../datatypes.js';
import type { Input } from './input.js';
import {
  type ConcatValue,
  type Constant,
  ones,
  type PrefixValue,
  type RangeValue,
  type Shape,
  type Value,
  type VerdictValue,
} from './nodes.js';

/** Verdicts by their key in JSON. */
const VERDICTS = { accept: false, drop: false, continue: false, return: false, jump: true, goto: true } as const;

/** Whether a key is a verdict's. */
export const isVerdict = (key: string): key is keyof typeof VERDICTS => Object.hasOwn(VERDICTS, key);

/** Whether something is written as a verdict. */
export function isVerdictInput(input: Input): boolean {
  return input.isObject && Object.keys(input.object()).length === 1 && isVerdict(input.single()[0]);
}

const VERDICT_SHAPE: Shape = { type: TYPES.verdict, bits: 0, order: 'none' };

/** Reads a verdict. */
export function readVerdict(input: Input): VerdictValue {
  const [code, inner] = input.single();
  if (!isVerdict(code)) throw input.fail('a verdict is wanted');
  if (!VERDICTS[code]) {
    if (!inner.isNull) throw inner.fail('null is wanted');
    return { ...VERDICT_SHAPE, kind: 'verdict', code };
  }
  return { ...VERDICT_SHAPE, kind: 'verdict', code, chain: inner.only('target').at('target').name() };
}

/** Reads one value. */
export function readValue(input: Input, shape: Shape, names: Names): Value {
  const plain = { type: shape.type, bits: shape.bits, order: shape.order, kind: 'value' } as const;
  const { value } = input;
  if (typeof value === 'boolean') return { ...plain, value: BigInt(value) };
  const binary = input.isObject ? foldBinary(input, shape, names) : undefined;
  if (binary !== undefined) return { ...plain, value: binary };
  if (input.isArray) return { ...plain, value: readFlags(input, shape, names) };
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'bigint') {
    throw input.fail(`a value of type ${shape.type.name} is wanted`);
  }
  const number = readSymbol(String(value), shape, names);
  if (number === undefined) throw input.fail(`this is no value of type ${shape.type.name}`);
  if (number > ones(shape.bits)) throw input.fail(`the value does not fit in ${shape.bits} bits`);
  return { ...plain, value: number };
}

function readSymbol(word: string, { type, bits }: Shape, names: Names): bigint | undefined {
  if (type.text) return parseText(word.replaceAll('\\*', '*'), bits);
  return (
    type.symbols?.value(word) ??
    type.parse(word, names) ??
    parseInteger(word) ??
    (bits === 16 ? service(word, type) : undefined)
  );
}

/** Ports have the names of services whatever they are a part of. */
function service(word: string, type: DataType): bigint | undefined {
  return type === TYPES.integer ? INET_SERVICES.value(word) : undefined;
}

/** Several flags, as one value. */
function readFlags(input: Input, shape: Shape, names: Names): bigint {
  if (!shape.type.bitmask) throw input.fail(`values of type ${shape.type.name} cannot be listed without a set`);
  return input.array().reduce((flags, each) => flags | readValue(each, shape, names).value, 0n);
}

/** Works out an operation on constants; undefined where it isn't one. */
function foldBinary(input: Input, shape: Shape, names: Names): bigint | undefined {
  const [op, operands] = input.single();
  if (!isBinary(op)) return undefined;
  const [first, ...more] = operands.array();
  if (first === undefined || more.length === 0) throw operands.fail('two or more operands are wanted');
  return more.reduce(
    (left, each) => {
      const isShift = op === '<<' || op === '>>';
      const right = readValue(each, isShift ? { type: TYPES.integer, bits: 32, order: 'host' } : shape, names).value;
      return fold(op, left, right, shape.bits);
    },
    readValue(first, shape, names).value,
  );
}

/** The operations on bits. */
export const isBinary = (key: string): key is '&' | '|' | '^' | '<<' | '>>' =>
  ['&', '|', '^', '<<', '>>'].includes(key);

/** Works an operation out. */
export function fold(op: '&' | '|' | '^' | '<<' | '>>', left: bigint, right: bigint, bits: number): bigint {
  switch (op) {
    case '&':
      return left & right;
    case '|':
      return left | right;
    case '^':
      return left ^ right;
    case '<<':
      return (left << right) & ones(bits);
    case '>>':
      return left >> right;
  }
}

/** Reads a value, a range, a prefix, or these side by side. */
export function readConstant(input: Input, shape: Shape, names: Names): Constant {
  if (shape.type === TYPES.verdict) return readVerdict(input);
  if (input.has('concat')) return readConcat(input.at('concat'), shape, names);
  if (shape.parts) throw input.fail(`a concatenation of ${shape.parts.length} values is wanted`);
  return readInterval(input, shape, names);
}

function readConcat(input: Input, shape: Shape, names: Names): ConcatValue {
  const parts = shape.parts;
  const values = input.array();
  if (!parts) throw input.fail(`one value of type ${shape.type.name} is wanted`);
  if (values.length !== parts.length) throw input.fail(`${parts.length} values are wanted`);
  return {
    ...shape,
    kind: 'concat value',
    values: values.map((each, i) => readInterval(each, parts[i] as Shape, names)),
  };
}

/** Reads a value, a range or a prefix. */
export function readInterval(input: Input, shape: Shape, names: Names): Value | RangeValue | PrefixValue {
  if (input.has('range')) return readRange(input.at('range'), shape, names);
  if (input.has('prefix')) return readPrefix(input.at('prefix'), shape, names);
  if (input.isString && shape.type.text) {
    const beginning = readBeginning(input, shape);
    if (beginning) return beginning;
  }
  if (input.isString) {
    const written = readWritten(input, shape, names);
    if (written) return written;
  }
  return readValue(input, shape, names);
}

/** Text of which only the beginning counts: it ends in a star. */
function readBeginning(input: Input, shape: Shape): PrefixValue | undefined {
  const word = input.string();
  if (!word.endsWith('*') || word.endsWith('\\*')) return undefined;
  const beginning = word.slice(0, -1);
  if (beginning === '') throw input.fail('a star alone matches everything');
  const value = parseText(beginning, shape.bits);
  if (value === undefined) throw input.fail(`the text is longer than ${shape.bits / 8} bytes`);
  return { ...shape, kind: 'prefix', value, length: Buffer.byteLength(beginning) * 8 };
}

/** Prefixes and ranges of addresses may be written as in nft's own language. */
function readWritten(input: Input, shape: Shape, names: Names): PrefixValue | RangeValue | undefined {
  const isAddress = shape.type === TYPES.ipv4_addr || shape.type === TYPES.ipv6_addr;
  const word = input.string();
  if (!isAddress) return undefined;
  const [address, length] = word.split('/');
  if (length === undefined || address === undefined || !/^\d+$/.test(length)) return undefined;
  const value = shape.type.parse(address, names);
  if (value === undefined || Number(length) > shape.bits) throw input.fail('this is no prefix');
  return prefix(value, Number(length), shape);
}

function prefix(value: bigint, length: number, shape: Shape): PrefixValue {
  return { ...shape, kind: 'prefix', value: value & ~ones(shape.bits - length), length };
}

function readRange(input: Input, shape: Shape, names: Names): RangeValue {
  const [from, to, ...more] = input.array();
  if (!from || !to || more.length > 0) throw input.fail('a range has a first and a last value');
  const ends = { from: readValue(from, shape, names).value, to: readValue(to, shape, names).value };
  // Hours may go on after midnight.
  if (ends.from > ends.to && shape.type !== TYPES.hour) throw input.fail('the range ends before it begins');
  return { type: shape.type, bits: shape.bits, order: shape.order, kind: 'range', ...ends };
}

function readPrefix(input: Input, shape: Shape, names: Names): PrefixValue {
  input.only('addr', 'len');
  const length = input.at('len').integer(0, shape.bits);
  return prefix(readValue(input.at('addr'), shape, names).value, length, shape);
}
