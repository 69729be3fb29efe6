// Matches: how a value is compared with constants and sets, and which matches become one.
import { TYPES } from '../datatypes.js';
import type { NftFamily } from '../json.js';
import { numberOfNext, OPEN_PROTOCOLS } from '../protocols.js';
import { isVerdictInput, readConstant } from './constants.js';
import { isSelector, type Match, type Relation, type Step } from './context.js';
import { type Evaluator, isConstantInput, keyFor, loadable, type Operand } from './evaluate.js';
import type { Input } from './input.js';
import { bytesOf, type Constant, encode, inOrder, type Node, ones, type PayloadNode, type Shape } from './nodes.js';
import type { Program } from './program.js';
import { bigEndian, boundOf, type Element, type SetInfo } from './sets.js';

/** What matches need to make sets. */
export interface SetMaker {
  /** Reads the elements of an anonymous set. */
  elements(input: Input, key: Operand): Element[];
  /** Makes an anonymous set of elements. */
  make(elements: readonly Element[], key: Operand): SetInfo;
}

const RELATIONS = {
  '==': 'eq',
  '!=': 'neq',
  '<': 'lt',
  '>': 'gt',
  '<=': 'lte',
  '>=': 'gte',
  in: 'in',
  '!': 'none',
} as const;

type Operator = (typeof RELATIONS)[keyof typeof RELATIONS];

/** Compiles `match`. */
export function compileMatch(input: Input, evaluator: Evaluator, sets: SetMaker): void {
  input.only('op', 'left', 'right');
  const { context } = evaluator;
  const op: Operator = input.has('op') ? input.at('op').word(RELATIONS) : 'in';
  const leftInput = input.at('left');
  const rightInput = input.at('right');
  if (rightInput.isAbsent) throw rightInput.fail('what it is compared with is wanted');
  if (isConstantInput(leftInput)) throw leftInput.fail('something of the packet is wanted here, not a constant');
  const isFound = leftInput.has('fib') && typeof rightInput.value === 'boolean';
  const operand = isFound ? presence(evaluator, leftInput) : evaluator.operand(leftInput);

  if (rightInput.isString && rightInput.string().startsWith('@')) {
    const set = evaluator.around.set(rightInput);
    if (set.data !== undefined) throw rightInput.fail('a set is wanted here, not a map');
    const left = keyFor(set, isFound ? operand.node : loadable(evaluator.raw(leftInput)), leftInput);
    context.push(lookUp(left, set, op, input));
    return;
  }
  if (rightInput.has('set')) {
    matchSet(rightInput.at('set'), operand, op, input, evaluator, sets);
    return;
  }
  if (!isConstantInput(rightInput) || isVerdictInput(rightInput))
    throw rightInput.fail('a constant or a set is wanted');
  if (operand.shape.parts) throw rightInput.fail('values side by side are compared with sets only');
  compare(readConstant(rightInput, operand.shape, evaluator.around.names), operand, op, input, evaluator);
}

function presence(evaluator: Evaluator, input: Input): Operand {
  const node = evaluator.fib(input.only('fib').at('fib'), true);
  return { node, shape: node, move: (value) => value, keepsOrder: true, description: undefined };
}

function lookUp(left: Node, set: SetInfo, op: Operator, input: Input): Match {
  if (op !== 'eq' && op !== 'in' && op !== 'neq') throw input.at('op').fail('a set is looked up with ==, != or in');
  return { kind: 'match', left, relation: op === 'neq' ? 'neq' : 'eq', right: { kind: 'set', set } };
}

function matchSet(
  input: Input,
  operand: Operand,
  op: Operator,
  match: Input,
  evaluator: Evaluator,
  sets: SetMaker,
): void {
  const elements = sets.elements(input, operand);
  if (elements.length === 0) throw input.fail('the set is empty');
  const [only] = elements;
  const isPlain = only !== undefined && only.comment === undefined && only.expressions === undefined;
  if (elements.length === 1 && isPlain && only.key !== 'catchall' && !operand.shape.parts) {
    compare(only.key, { ...operand, move: (value) => value }, op, match, evaluator);
    return;
  }
  const set = sets.make(elements, operand);
  const { context } = evaluator;
  context.push(lookUp(set.isInterval ? inOrder(operand.node, 'big') : operand.node, set, op, match));
  const values = elements.flatMap(({ key }) => (key !== 'catchall' && key.kind === 'value' ? [key.value] : []));
  if (op !== 'neq' && values.length === elements.length) {
    context.learn(operand.node, values);
    context.learnType(operand.node, values);
  }
}

/** Compares with one constant. */
function compare(constant: Constant, operand: Operand, op: Operator, input: Input, evaluator: Evaluator): void {
  const { context } = evaluator;
  const { node } = operand;
  const { move } = operand;
  const push = (left: Node, relation: Relation, right: Match['right']) =>
    context.push({ kind: 'match', left, relation, right });
  const isEqual = op === 'eq' || op === 'in';

  switch (constant.kind) {
    case 'value': {
      const value = move(constant.value);
      if (op === 'none' || (op === 'in' && node.type.bitmask)) {
        if (!node.type.bitmask) throw input.at('op').fail('only bits can be looked up');
        push(node, op === 'none' ? 'eq' : 'neq', { kind: 'flags', bits: value });
      } else if (isEqual || op === 'neq') {
        push(node, isEqual ? 'eq' : 'neq', { ...shapeOf(node), kind: 'value', value });
        if (isEqual) {
          context.learn(node, [value]);
          context.learnType(node, [value]);
        }
      } else {
        if (!operand.keepsOrder) throw input.at('op').fail('after ^ only == and != can be told');
        push(inOrder(node, 'big'), op, { ...shapeOf(bigEndian(node)), kind: 'value', value });
      }
      return;
    }
    case 'range': {
      if (!isEqual && op !== 'neq') throw input.at('op').fail('a range is compared with == or != only');
      if (!operand.keepsOrder) throw input.at('right').fail('after ^ only single values can be compared');
      const isWrapped = constant.from > constant.to;
      const [from, to] = isWrapped ? [constant.to, constant.from] : [constant.from, constant.to];
      const shape = bigEndian(node);
      push(inOrder(node, 'big'), isEqual !== isWrapped ? 'eq' : 'neq', {
        kind: 'range',
        from: encode(move(from), shape),
        to: encode(move(to), shape),
      });
      return;
    }
    case 'prefix': {
      if (!isEqual && op !== 'neq') throw input.at('op').fail('a prefix is compared with == or != only');
      const relation = isEqual ? 'eq' : 'neq';
      const first = boundOf(constant, 'first');
      const whole = constant.length === constant.bits;
      if (whole) {
        push(node, relation, { ...shapeOf(node), kind: 'value', value: move(first) });
      } else if (constant.length > 0 && constant.length % 8 === 0 && (node.type.text || node.order === 'big')) {
        // As many bytes as count.
        const bytes = encode(first, node).subarray(0, constant.length / 8);
        push(node.kind === 'payload' ? { ...node, bits: constant.length } : node, relation, { kind: 'bytes', bytes });
      } else {
        const { type, bits, order } = node;
        const mask = move(ones(constant.bits) & ~ones(constant.bits - constant.length));
        const left: Node = { kind: 'binary', op: '&', left: node, right: mask, type, bits, order };
        push(left, relation, { ...shapeOf(left), kind: 'value', value: move(first) });
      }
      return;
    }
    default:
      throw input.at('right').fail('a value is wanted');
  }
}

const shapeOf = ({ type, bits, order }: Shape): Shape => ({ type, bits, order });

// --- Writing -----------------------------------------------------------------------------------------------------------

/** Writes a match down. */
export function writeMatch({ left, relation, right }: Match, program: Program): void {
  program.reserve(left, (slot) => {
    program.load(left, slot);
    switch (right.kind) {
      case 'value':
        program.compare(slot, relation, encode(right.value, right));
        break;
      case 'bytes':
        program.compare(slot, relation, right.bytes);
        break;
      case 'range':
        if (relation === 'neq') program.range(slot, relation, right.from, right.to);
        else {
          program.compare(slot, 'gte', right.from);
          program.compare(slot, 'lte', right.to);
        }
        break;
      case 'flags':
        program.mask(slot, right.bits, 0n, left);
        program.compare(slot, relation, encode(0n, left));
        break;
      case 'set':
        program.lookUp(slot, right.set, relation === 'neq');
        break;
    }
  });
}

/** The most that is compared at once, and the most for which the kernel has faster ways. */
const LONGEST_COMPARISON = 128;
const FAST_COMPARISON = 32;

type PayloadMatch = Match & { left: PayloadNode; right: Match['right'] & { kind: 'value' } };

function isPayloadMatch(step: Step): step is PayloadMatch {
  return (
    step.kind === 'match' &&
    step.left.kind === 'payload' &&
    step.right.kind === 'value' &&
    step.relation === 'eq' &&
    step.left.offset % 8 === 0 &&
    step.left.bits % 8 === 0
  );
}

/** In tables of one network protocol it needs no match, unless nothing follows. */
export function withoutRedundant(steps: readonly Step[], family: NftFamily): readonly Step[] {
  const own = family === 'ip' || family === 'ip6' ? numberOfNext(OPEN_PROTOCOLS.netdev, family) : undefined;
  if (own === undefined) return steps;
  return steps.filter((step, index) => {
    const isLast = index === steps.length - 1;
    if (isLast || step.kind !== 'match' || step.relation !== 'eq' || step.right.kind !== 'value') return true;
    const { left } = step;
    return !(
      left.kind === 'load' &&
      left.name === 'meta' &&
      left.key === 'protocol' &&
      step.right.value === BigInt(own)
    );
  });
}

/**
 * Joins matches of neighbouring fields, as nft does: `tcp sport 1 tcp dport 2` is one load and one comparison. What does
 * something else than to match stays between them.
 */
export function joinMatches(steps: readonly Step[]): Step[] {
  const result: Step[] = [];
  let run: Step[] = [];
  for (const step of steps) {
    if (step.kind === 'match') run.push(step);
    else {
      result.push(...joinRun(run), step);
      run = [];
    }
  }
  return [...result, ...joinRun(run)];
}

function joinRun(steps: readonly Step[]): Step[] {
  const sorted = steps
    .filter(isPayloadMatch)
    .sort((a, b) => BASE_ORDER.indexOf(a.left.base) - BASE_ORDER.indexOf(b.left.base) || a.left.offset - b.left.offset);
  const replaced = new Map<Step, Step | undefined>();
  let [last] = sorted;
  /** The step in whose place the joined one comes. */
  let place: Step | undefined = last;
  for (const step of sorted.slice(1)) {
    if (last === undefined || place === undefined || !areNeighbours(last.left, step.left)) {
      last = step;
      place = step;
      continue;
    }
    const joined = join(last, step);
    // A match that says which header comes next stays before those of that header.
    const { protocol, field } = step.left;
    const isProtocol = protocol !== undefined && field !== undefined && isSelector(protocol, field);
    const kept: Step = isProtocol ? step : place;
    const gone: Step = isProtocol ? place : step;
    replaced.set(gone, undefined);
    replaced.set(kept, joined);
    last = joined;
    place = kept;
  }
  return steps.flatMap((step) => {
    if (!replaced.has(step)) return [step];
    const by = replaced.get(step);
    return by === undefined ? [] : [by];
  });
}

const BASE_ORDER = ['ll', 'network', 'transport', 'inner'];

function areNeighbours(a: PayloadNode, b: PayloadNode): boolean {
  const isFast = a.bits <= FAST_COMPARISON && b.bits <= FAST_COMPARISON;
  const limit = isFast ? FAST_COMPARISON : LONGEST_COMPARISON;
  return a.base === b.base && a.offset + a.bits === b.offset && a.bits + b.bits <= limit;
}

function join(a: PayloadMatch, b: PayloadMatch): PayloadMatch {
  const bits = a.left.bits + b.left.bits;
  const shape = { type: TYPES.integer, bits, order: 'big' as const };
  const value = (a.right.value << BigInt(8 * bytesOf(b.left.bits))) | b.right.value;
  const left: PayloadNode = { ...a.left, ...shape, protocol: undefined, field: undefined, description: undefined };
  return { kind: 'match', relation: 'eq', left, right: { ...shape, kind: 'value', value } };
}
