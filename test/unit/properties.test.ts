// Properties of the codec, over every field of every object that reflection shows: what is right comes back as it was
// given, what is wrong is refused by name, and no bytes make the decoder stumble.
import assert from 'node:assert/strict';
import { SocketAddress } from 'node:net';
import fc from 'fast-check';
import { addon, type ReflectedValue } from '../../lib/addon.js';
import { readTape } from '../../lib/tape.js';

type Plain = Record<string, unknown>;

const { objects, tables } = addon.tables();
/** Messages that can be asked for by name: RouteNexthop is a part of one only. */
const MESSAGES = [
  ...['Link', 'Address', 'Route', 'Neighbour', 'Rule', 'NetnsId', 'Nexthop', 'Qdisc', 'TcClass'],
  ...Object.keys(objects).filter((name) => name.startsWith('Nf')),
];

/** A writable field, wherever in its object it is. */
interface Leaf {
  object: string;
  path: string;
  keys: (string | number)[];
  value: ReflectedValue;
  /** Something around it is written only. */
  isHidden: boolean;
  spec(value: unknown): Plain;
}

/** Where the walk stands: `wrap` puts an object's members into the whole. */
interface Place {
  object: string;
  keys: (string | number)[];
  isHidden: boolean;
  depth: number;
  /** The tables that it is in: some hold themselves. */
  within: readonly string[];
  wrap(members: Plain): Plain;
}

const pathOf = (keys: (string | number)[]): string =>
  keys.map((key, i) => (typeof key === 'number' ? `[${key}]` : i > 0 ? `.${key}` : key)).join('');

function* walk(table: string, outer: Place): Generator<Leaf> {
  if (outer.within.includes(table)) return;
  const place = { ...outer, within: [...outer.within, table] };
  for (const field of tables[table]?.fields ?? []) {
    if (field.type === 'pad' || field.isReadOnly) continue;
    if (field.name === '') {
      if (field.table !== undefined) yield* walk(field.table, place);
      continue;
    }
    const inside = {
      ...place,
      keys: [...place.keys, field.name],
      isHidden: place.isHidden || field.isWriteOnly === true,
    };
    const set = (value: unknown) => place.wrap({ [field.name]: value });
    // What comes several times is an array to the caller.
    const { isRepeated, ...element } = field;
    const value = isRepeated ? { ...field, type: 'list', element } : field;
    if (field.type !== 'selected') {
      yield {
        object: place.object,
        path: pathOf(inside.keys),
        keys: inside.keys,
        value,
        isHidden: inside.isHidden,
        spec: set,
      };
    }
    yield* descend(value, inside, set);
    // In a peer the options of all kinds would come once more.
    if (field.type !== 'selected' || place.depth > 0) continue;
    const seen = new Set<string>();
    for (const [choice, chosen] of Object.entries(field.choices ?? {})) {
      if (chosen === null || seen.has(chosen)) continue;
      seen.add(chosen);
      yield* walk(chosen, {
        ...inside,
        wrap: (members) => place.wrap({ [field.selector as string]: choice, [field.name]: members }),
      });
    }
  }
}

/** What is in a nest, a struct, an array, a record or a whole object. */
function* descend(value: ReflectedValue, place: Place, set: (value: unknown) => Plain): Generator<Leaf> {
  if (value.type === 'nested' || value.type === 'struct') {
    yield* walk(value.table as string, { ...place, wrap: set });
  } else if (value.type === 'list' || value.type === 'array') {
    const inside = { ...place, keys: [...place.keys, 0] };
    const setElement = (element: unknown) => set([element]);
    const element = value.element as ReflectedValue;
    yield {
      object: place.object,
      path: pathOf(inside.keys),
      keys: inside.keys,
      value: element,
      isHidden: place.isHidden,
      spec: setElement,
    };
    yield* descend(element, inside, setElement);
  } else if (value.type === 'structs') {
    yield* walk(value.table as string, { ...place, keys: [...place.keys, 0], wrap: (members) => set([members]) });
  } else if (value.type === 'records' || value.type === 'object') {
    const object = objects[value.object as string];
    const isArray = value.type === 'records';
    const inside = {
      ...place,
      keys: isArray ? [...place.keys, 0] : place.keys,
      depth: place.depth + 1,
      wrap: (members: Plain) => set(isArray ? [members] : members),
    };
    yield* walk(object?.header as string, inside);
    yield* walk(object?.attributes as string, inside);
  }
}

const LEAVES: Leaf[] = MESSAGES.flatMap((object) => {
  const place: Place = { object, keys: [], isHidden: false, depth: 0, within: [], wrap: (members) => members };
  return [...walk(objects[object]?.header as string, place), ...walk(objects[object]?.attributes as string, place)];
});

const encode = (object: string, spec: unknown): Uint8Array => addon.encode(object, spec as object);

function decode(object: string, bytes: Uint8Array): Plain | null {
  const tape = addon.decode(object, bytes);
  if (!tape) return null;
  const read: object[] = [];
  readTape(tape, read);
  return read[0] as Plain;
}

const at = (object: unknown, keys: (string | number)[]): unknown =>
  keys.reduce<unknown>((value, key) => (value as Plain | undefined)?.[key], object);

// What values a field takes.

const BITS: Record<string, [number, boolean]> = {
  u8: [8, false],
  u16: [16, false],
  u32: [32, false],
  u64: [64, false],
  s8: [8, true],
  s16: [16, true],
  s32: [32, true],
  s64: [64, true],
  be16: [16, false],
  be32: [32, false],
  be64: [64, false],
  sbe32: [32, true],
  bitfield32: [32, false],
};

/** The kernel's least and greatest number that a field can have. */
function limits(value: ReflectedValue): [bigint, bigint] {
  const [bits, isSigned] = BITS[value.type] as [number, boolean];
  let low = isSigned ? -(2n ** BigInt(bits - 1)) : 0n;
  let high = 2n ** BigInt(isSigned ? bits - 1 : bits) - 1n;
  if (value.min !== undefined && BigInt(value.min) > low) low = BigInt(value.min);
  if (value.max !== undefined && BigInt(value.max) < high) high = BigInt(value.max);
  return [low, high];
}

const isScaled = (value: ReflectedValue) => value.multiplier !== undefined || value.divisor !== undefined;

/** The kernel's number in the caller's unit. */
function inUnit(value: ReflectedValue, number: bigint): bigint | number {
  if (isScaled(value)) return (Number(number) * (value.multiplier ?? 1)) / (value.divisor ?? 1);
  return (BITS[value.type] as [number, boolean])[0] === 64 ? number : Number(number) + (value.bias ?? 0);
}

/** A value to give, and what is to be read back; `undefined`: nothing. */
interface Sample {
  given: unknown;
  read: unknown;
}

const same = (given: unknown): Sample => ({ given, read: given });

function integers(value: ReflectedValue): fc.Arbitrary<Sample> {
  const [low, high] = limits(value);
  // Beyond 2^53 a scaled value would be shown rounded.
  const most = isScaled(value) && high > 2n ** 48n ? 2n ** 48n : high;
  const names = Object.entries(value.names ?? {});
  const numbers = fc.oneof(fc.bigInt(low, most), fc.constantFrom(low, most)).map((number): Sample => {
    const given = inUnit(value, number);
    const name = names.find(([, named]) => BigInt(named) === number);
    if (name) return { given, read: name[0] };
    return { given, read: value.isInfinite && number === high ? Infinity : given };
  });
  const named = names.map(([name]) => same(name));
  if (names.some(([, number]) => !Number.isSafeInteger(number))) return fc.constantFrom(...named);
  const infinite = value.isInfinite ? [same(Infinity)] : [];
  return named.length + infinite.length > 0 ? fc.oneof(numbers, fc.constantFrom(...named, ...infinite)) : numbers;
}

function flags(leaf: Leaf): fc.Arbitrary<Sample> {
  const [, high] = limits(leaf.value);
  const names = Object.entries(leaf.value.names ?? {});
  const none = encode(leaf.object, leaf.spec([])).toString();
  // Names that only the kernel tells are taken, not sent.
  const ours = names.map(([name]) => name).filter((name) => encode(leaf.object, leaf.spec([name])).toString() !== none);
  const numbers = fc.bigInt(0n, high).map((number): Sample => {
    let rest = number;
    const read = names.filter(([, bit]) => {
      const isSet = (number & BigInt(bit)) !== 0n;
      if (isSet) rest &= ~BigInt(bit);
      return isSet;
    });
    return {
      given: Number(number),
      read: [...read.map(([name]) => name), ...(rest ? [`0x${rest.toString(16)}`] : [])],
    };
  });
  const arrays = fc
    .shuffledSubarray(ours)
    .map((given): Sample => ({ given, read: ours.filter((name) => given.includes(name)) }));
  return fc.oneof(numbers, arrays);
}

const ip4 = fc.ipV4().map(same);
const ip6 = fc.oneof(fc.ipV6(), fc.constantFrom('::', '::1', 'ffff::', '::ffff:1.2.3.4')).map(
  (given): Sample => ({
    given,
    read: new SocketAddress({ address: given, family: 'ipv6' }).address,
  }),
);

function texts(value: ReflectedValue): fc.Arbitrary<Sample> {
  const most = value.maxLength ?? 0;
  const fits = (text: string) => !text.includes('\0') && Buffer.byteLength(text) <= most;
  if (!value.isLinkName) {
    return fc
      .string({ unit: 'binary', maxLength: Math.min(most, 40) })
      .filter((text) => fits(text))
      .map(same);
  }
  return fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: Math.min(most, 20) })
    .filter((text) => fits(text) && !/^\.\.?$|[/:\s]/u.test(text) && !Buffer.from(text).includes(0xa0))
    .map(same);
}

/** Handles of classes, and of qdiscs, which have no minor number. */
function handles({ path, value }: Leaf): fc.Arbitrary<Sample> {
  const names = Object.entries(value.names ?? {});
  const minor = path === 'handle' ? fc.constant(0) : fc.nat(0xffff);
  return fc.record({ high: fc.nat(0xffff), low: minor, isText: fc.boolean() }).map(({ high, low, isText }): Sample => {
    const number = high * 0x10000 + low;
    const text = `${high || !low ? high.toString(16) : ''}:${low ? low.toString(16) : ''}`;
    return { given: isText ? text : number, read: names.find(([, named]) => named === number)?.[0] ?? text };
  });
}

/** Right values of a leaf; undefined where it is made of others. */
function right(leaf: Leaf): fc.Arbitrary<Sample> | undefined {
  const { value } = leaf;
  if (value.isFlags) return flags(leaf);
  if (value.type in BITS) return integers(value);
  switch (value.type) {
    case 'bool':
    case 'bool32':
    case 'bit':
      return fc.boolean().map(same);
    case 'handle':
      return handles(leaf);
    case 'flag':
      return fc.boolean().map((given) => ({ given, read: given || undefined }));
    case 'string':
      return texts(value);
    case 'mac':
      return fc.uint8Array({ minLength: 6, maxLength: 6 }).map((bytes) =>
        same(
          Buffer.from(bytes)
            .toString('hex')
            .replace(/..(?=.)/g, '$&:'),
        ),
      );
    case 'ip':
    case 'via':
      return fc.oneof(ip4, ip6);
    case 'ipv4':
      return ip4;
    case 'ipv6':
      return ip6;
    case 'prefix':
      return fc
        .oneof(
          fc.record({ ip: ip4, length: fc.integer({ min: 0, max: 32 }) }),
          fc.record({ ip: ip6, length: fc.integer({ min: 0, max: 128 }) }),
        )
        .map(({ ip, length }) => ({
          given: `${ip.given}/${length}`,
          read: value.isDefaultable && length === 0 ? 'default' : `${ip.read}/${length}`,
        }));
    case 'link':
      return fc.integer({ min: 1, max: 0x7fff_ffff }).map(same);
    case 'binary':
      return fc.uint8Array({ maxLength: Math.min(value.maxLength ?? 0, 64) }).map(same);
    case 'netns':
      return fc.constantFrom<unknown>({ fd: 0 }, { pid: 1 }, { path: '/proc/self/ns/net' }, 'web').map(same);
    default:
      return undefined;
  }
}

// What values a field does not take.

const NEVER: unknown[] = [Symbol('s'), () => 1, new Date(0), new Map(), new Uint16Array(2), Object.create(null)];

/** Wrong values of a leaf, by what is wrong with them. */
function wrong(value: ReflectedValue): { type: unknown[]; value: unknown[]; range: unknown[] } {
  const refused = { type: [...NEVER], value: [] as unknown[], range: [] as unknown[] };
  if (value.type in BITS) {
    const [low, high] = limits(value);
    refused.type.push(true, null, {}, new Uint8Array(1));
    if (value.isFlags) refused.type.push('x', ['x', 5].slice(1));
    else if (value.names) refused.value.push('', 'no such name', '0');
    else if (value.unit) {
      // Numbers may be text with a unit.
      refused.type.push([]);
      refused.value.push('', '5 parsecs', '-5');
    } else refused.type.push('', '5', []);
    if (value.isFlags) refused.value.push(['no such name'], ['0x'], ['0x10000000000000000']);
    const beyond = 2 ** 64 * (value.multiplier ?? 1);
    refused.range.push(Number.NaN, -Infinity, beyond, -beyond, BigInt(beyond), -BigInt(beyond));
    // Of rates and times what is less than the kernel counts is left out.
    if (value.unit !== 'rate' && value.unit !== 'time') refused.range.push(1 / 3);
    if (!value.isInfinite) refused.range.push(Infinity);
    if (value.type !== 'u64' && value.type !== 'be64' && value.type !== 's64') {
      const step = Number(inUnit(value, 1n)) - (value.bias ?? 0);
      refused.range.push(Number(inUnit(value, high)) + step, Number(inUnit(value, low)) - step);
    } else if (value.type === 'u64' || value.type === 'be64') {
      refused.range.push(-1, -1n);
      if (!value.unit) refused.range.push(2 ** 53);
    }
    if ((value.multiplier ?? 1) > 1 && value.unit !== 'rate') refused.range.push((value.multiplier as number) + 1);
    return refused;
  }
  switch (value.type) {
    case 'bool':
    case 'bool32':
    case 'bit':
    case 'flag':
      refused.type.push(0, 1, 1n, null, 'true', '', [], {});
      break;
    case 'string':
      refused.type.push(0, 1n, true, null, [], {});
      refused.value.push('a\0b', 'x'.repeat((value.maxLength ?? 0) + 1));
      if (value.isLinkName) refused.value.push('', '.', '..', 'a/b', 'a b', 'a:b', '\n');
      break;
    case 'mac':
      refused.type.push(0, true, null, [], {}, new Uint8Array(6));
      refused.value.push('', '02:00:00:00:00', '02-00-00-00-00-00', '02:00:00:00:00:0x', '02:00:00:00:00:00:00:00');
      break;
    case 'ip':
    case 'ipv4':
    case 'ipv6':
    case 'via':
      refused.type.push(0, 0x0a000001, true, null, [], {}, new Uint8Array(4));
      refused.value.push('', 'localhost', '10.0.0', '10.0.0.256', '10.0.0.1/24', ':::', 'fe80::1%eth0', '1.2.3.4\0');
      if (value.type === 'ipv4') refused.value.push('::1');
      if (value.type === 'ipv6') refused.value.push('127.0.0.1');
      break;
    case 'prefix':
      refused.type.push(0, true, null, [], {});
      refused.value.push(
        '',
        '/8',
        '10.0.0.0/33',
        '::/129',
        '10.0.0.0/',
        '10.0.0.0/x',
        '10.0.0.0/-1',
        'fe80::1%eth0/64',
      );
      if (!value.isDefaultable) refused.value.push('default');
      break;
    case 'link':
      refused.type.push(true, 1n, [], {}, new Uint8Array(4));
      refused.value.push('', 'a/b', 'a b', '..', 'x'.repeat(128));
      refused.range.push(-1, 1.5, 2 ** 31, Number.NaN, Infinity);
      break;
    case 'netns':
      refused.type.push(0, 1n, true, null, [], {}, { pid: 0 }, { fd: -1 }, { path: '' }, '', '..', 'a/b');
      break;
    case 'binary':
      refused.type.push(0, true, null, '', [], {}, new ArrayBuffer(4));
      refused.value.push(new Uint8Array((value.maxLength ?? 0) + 1));
      break;
    case 'nested':
    case 'struct':
    case 'object':
      refused.type = [0, 1n, true, null, '', [], new Uint8Array(4), Symbol('s'), () => 1];
      refused.value.push({ 'no such field': 1 });
      break;
    case 'handle':
      refused.type.push(true, null, [], {}, new Uint8Array(4));
      refused.value.push('', 'x', ':', '1:2:3', '12345:', '1:12345', '-1:', 'Root');
      refused.range.push(-1, 1.5, 2 ** 32, Number.NaN, Infinity);
      break;
    case 'list':
    case 'array':
    case 'structs':
    case 'records':
      refused.type = [...NEVER, 0, 1n, true, null, '', {}, new Uint8Array(4), [undefined], [null], [Symbol('s')]];
      break;
    default:
      assert.fail(`no wrong values for ${value.type}`);
  }
  return refused;
}

/** How a message shows a value. */
function shown(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return `'${value.slice(0, 20)}`;
    case 'bigint':
      return `${value}`.slice(0, 20);
    case 'number':
    case 'boolean':
      return `${value}`;
    default:
      return 'Received ';
  }
}

function assertRefused(leaf: Leaf, given: unknown, codes: string[]): void {
  const seen = () =>
    `${leaf.object} ${leaf.path} ${typeof given} ${Array.isArray(given) ? '[...]' : String(Object(given) === given ? '{...}' : typeof given === 'symbol' ? 'symbol' : given)}`;
  let error: (Error & { code?: string; field?: string }) | undefined;
  try {
    encode(leaf.object, leaf.spec(given));
  } catch (caught) {
    error = caught as Error;
  }
  assert.ok(error, `taken: ${seen()}`);
  const { code = '', field = '', message } = error;
  assert.ok(codes.includes(code), `${seen()}: ${code} ${message}`);
  assert.ok(error instanceof (code === 'ERR_OUT_OF_RANGE' ? RangeError : TypeError), seen());
  // An element or an unknown member is named below the field.
  const isWithin = field === leaf.path || field.startsWith(`${leaf.path}[`) || field.startsWith(`${leaf.path}.`);
  assert.ok(isWithin, `${seen()}: ${field}`);
  assert.ok(message.includes(`"${field}"`), message);
  assert.ok(message.includes(shown(Array.isArray(given) || Object(given) === given ? {} : given)), message);
}

describe('properties', function () {
  this.timeout(60_000);

  const MESSAGE_LEAVES = LEAVES.filter((leaf) => right(leaf) !== undefined);

  it(`there are many fields (${LEAVES.length})`, () => {
    assert.ok(LEAVES.length > 500);
    for (const object of MESSAGES)
      assert.ok(
        LEAVES.some((leaf) => leaf.object === object),
        object,
      );
  });

  it('what is right comes back as it was given', () => {
    for (const leaf of MESSAGE_LEAVES) {
      fc.assert(
        fc.property(right(leaf) as fc.Arbitrary<Sample>, ({ given, read }) => {
          const decoded = decode(leaf.object, encode(leaf.object, leaf.spec(given)));
          assert.ok(decoded, leaf.path);
          assert.equal('unknown' in decoded, false, leaf.path);
          if (!leaf.isHidden) assert.deepEqual(at(decoded, leaf.keys), read, `${leaf.object} ${leaf.path}`);
        }),
        { numRuns: 40 },
      );
    }
  });

  it('what is wrong is refused, by code, field and value', () => {
    for (const leaf of LEAVES) {
      const refused = wrong(leaf.value);
      for (const given of refused.type) assertRefused(leaf, given, ['ERR_INVALID_ARG_TYPE']);
      for (const given of refused.value) assertRefused(leaf, given, ['ERR_INVALID_ARG_VALUE']);
      for (const given of refused.range) assertRefused(leaf, given, ['ERR_OUT_OF_RANGE']);
    }
  });

  it('whatever is given: bytes, or an error that names the field', () => {
    const anything = fc.anything({
      withBigInt: true,
      withDate: true,
      withTypedArray: true,
      withSparseArray: true,
      maxDepth: 2,
    });
    fc.assert(
      fc.property(fc.constantFrom(...LEAVES), anything, (leaf, given) => {
        try {
          encode(leaf.object, leaf.spec(given));
        } catch (error) {
          const { code, field } = error as { code?: string; field?: string };
          assert.match(code ?? String(error), /^ERR_(INVALID_ARG_(TYPE|VALUE)|OUT_OF_RANGE)$/);
          assert.ok(field?.startsWith(leaf.path), `${field} for ${leaf.path}`);
        }
      }),
      { numRuns: 15_000 },
    );
  });

  /** Messages with as many fields as go together: one for each object and each kind of options. */
  const messages: { object: string; bytes: Uint8Array }[] = [];

  before(() => {
    const merge = (into: Plain, from: Plain): Plain => {
      const merged = { ...into };
      for (const [key, value] of Object.entries(from)) {
        const both = merged[key];
        const isObject = (one: unknown) => Object(one) === one && Object.getPrototypeOf(one) === Object.prototype;
        merged[key] = isObject(both) && isObject(value) ? merge(both as Plain, value as Plain) : value;
      }
      return merged;
    };
    const groups = new Map<string, Leaf[]>();
    for (const leaf of MESSAGE_LEAVES) {
      if (leaf.value.type === 'netns') continue;
      const { kind, portKind, encapType, options, port, encap } = leaf.spec(0);
      const group = [leaf.object, options && kind, port && portKind, encap && encapType].join();
      groups.set(group, [...(groups.get(group) ?? []), leaf]);
    }
    for (const leaves of groups.values()) {
      for (let seed = 1; seed <= 3; seed++) {
        let spec: Plain = {};
        let bytes: Uint8Array = new Uint8Array();
        for (const leaf of leaves) {
          const [sample] = fc.sample(right(leaf) as fc.Arbitrary<Sample>, { seed, numRuns: 1 });
          try {
            const merged = merge(spec, leaf.spec(sample?.given));
            bytes = encode(leaf.object, merged);
            spec = merged;
          } catch {
            // Two families of addresses, say.
          }
        }
        messages.push({ object: (leaves[0] as Leaf).object, bytes });
      }
    }
  });

  it('what is read can be given back: the same is read again', () => {
    assert.ok(messages.length > 150, `${messages.length}`);
    for (const { object, bytes } of messages) {
      const first = decode(object, bytes);
      assert.ok(first);
      const second = decode(object, encode(object, first));
      assert.ok(second);
      // Some flags of routes are the kernel's to tell: once taken, they are not sent.
      const rest = ({ flags, nexthops, ...others }: Plain) =>
        object === 'Route' ? others : { flags, nexthops, ...others };
      assert.deepEqual(rest(second), rest(first));
      assert.deepEqual(encode(object, second), encode(object, first));
    }
  });

  /** Decoded or refused; and if decoded, encoded again or refused in good order. */
  function assertBearable(object: string, bytes: Uint8Array): void {
    const decoded = decode(object, bytes);
    if (decoded === null) return;
    assert.equal(typeof decoded, 'object');
    try {
      encode(object, decoded);
    } catch (error) {
      assert.match((error as { code?: string }).code ?? String(error), /^ERR_/);
    }
  }

  it('random bytes: an object or null', () => {
    fc.assert(fc.property(fc.constantFrom(...MESSAGES), fc.uint8Array({ maxLength: 200 }), assertBearable), {
      numRuns: 15_000,
    });
  });

  it('mutated messages: an object or null', () => {
    const mutation = fc.record({
      message: fc.nat(),
      bytes: fc.array(fc.record({ at: fc.nat(), value: fc.integer({ min: 0, max: 255 }) }), {
        minLength: 1,
        maxLength: 6,
      }),
      length: fc.option(fc.nat(), { freq: 3, nil: undefined }),
      object: fc.option(fc.constantFrom(...MESSAGES), { freq: 8, nil: undefined }),
    });
    fc.assert(
      fc.property(mutation, ({ message, bytes, length, object }) => {
        const original = messages[message % messages.length] as { object: string; bytes: Uint8Array };
        const mutated = Uint8Array.from(original.bytes);
        for (const { at: position, value } of bytes) mutated[position % mutated.length] = value;
        const cut = length === undefined ? mutated : mutated.slice(0, length % (mutated.length + 1));
        assertBearable(object ?? original.object, cut);
      }),
      { numRuns: 15_000 },
    );
  });
});
