// Elements in bulk are what the same elements are one by one.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { NfElement } from '../../../lib/generated/objects.js';
import type { Message } from '../../../lib/lane.js';
import { compile } from '../../../lib/nft/compile/index.js';
import { divide } from '../../../lib/nft/elements.js';
import type { NftCommand } from '../../../lib/nft/json.js';

const MANY = 64;
const set = { family: 'ip', table: 't', name: 's' } as const;

/** Values of the types that have a quick way, and of some that look like it. */
const VALUES: Record<string, fc.Arbitrary<unknown>> = {
  ipv4_addr: fc.oneof(fc.ipV4(), fc.constantFrom('0.0.0.0', '255.255.255.255', '10.0.0.1')),
  ether_addr: fc.constantFrom('02:00:00:00:00:01', 'aa:BB:cc:00:00:ff'),
  inet_service: fc.oneof(fc.integer({ min: 0, max: 65535 }), fc.constantFrom('80', 'http', '65535')),
  inet_proto: fc.oneof(fc.constantFrom('tcp', 'udp', 'icmp', '17'), fc.integer({ min: 0, max: 255 })),
  mark: fc.oneof(fc.integer({ min: 0, max: 0xffff_ffff }), fc.constantFrom('0x10', '7')),
  ipv6_addr: fc.ipV6(),
};
const KINDS = Object.keys(VALUES);

/** Wrong ones; whatever the way, each is refused by its path. */
const WRONG: Record<string, unknown[]> = {
  ipv4_addr: ['10.0.0', '10.0.0.256', '10.0.0.1.2', '10.00.0.1', '', 5e10, null, {}, '1.2.3.4 '],
  ether_addr: ['02:00:00:00:00:0g', null],
  inet_service: [-1, 65536, 1.5, 'no such service', null],
  inet_proto: [256, -1, 'no such protocol'],
  mark: [2 ** 32, -1, 'x'],
};

/** What is sent for a command: keys and data of each element. */
function sent(command: NftCommand): { keys: string; data: string; ways: Set<string> } {
  const told = { keys: '', data: '', ways: new Set<string>() };
  const hex = (bytes: Uint8Array | undefined) => (bytes ? Buffer.from(bytes).toString('hex') : '');
  for (const { operation, spec, columns } of compile([command]) as Message[]) {
    if (!operation.endsWith('Elements')) continue;
    if (columns) {
      told.ways.add('columns');
      told.keys += hex(columns.keys);
      told.data += hex(columns.data);
      continue;
    }
    told.ways.add('elements');
    for (const { key, data } of (spec as { elements: NfElement[] }).elements) {
      told.keys += hex(key?.value);
      told.data += hex(data?.value);
    }
  }
  return told;
}

const type = fc.oneof(
  fc.constantFrom(...KINDS).map((one) => [one]),
  fc.array(fc.constantFrom(...KINDS), { minLength: 2, maxLength: 3 }),
);
const valuesOf = (types: string[]): fc.Arbitrary<unknown> =>
  types.length === 1
    ? (VALUES[types[0] as string] as fc.Arbitrary<unknown>)
    : fc.tuple(...types.map((one) => VALUES[one] as fc.Arbitrary<unknown>)).map((concat) => ({ concat }));
const typeText = (types: string[]) => (types.length === 1 ? (types[0] as string) : types);

describe('nft: elements in bulk', () => {
  it('are what they are one by one', () => {
    const ways = new Set<string>();
    const cases = fc.record({ key: type, data: fc.option(type) }).chain(({ key, data }) =>
      fc.record({
        key: fc.constant(key),
        data: fc.constant(data),
        elements: fc.array(data ? fc.tuple(valuesOf(key), valuesOf(data)) : valuesOf(key), {
          minLength: MANY,
          maxLength: MANY + 10,
        }),
      }),
    );
    fc.assert(
      fc.property(cases, ({ key, data, elements }) => {
        const declaration = { ...set, type: typeText(key), ...(data && { map: typeText(data) }) };
        const command = (elem: unknown[]) =>
          ({ add: { [data ? 'map' : 'set']: { ...declaration, elem } } }) as unknown as NftCommand;
        const all = sent(command(elements));
        const halves = [elements.slice(0, 40), elements.slice(40)].map((half) => sent(command(half)));
        assert.equal(all.keys, halves.map(({ keys }) => keys).join(''));
        assert.equal(all.data, halves.map((half) => half.data).join(''));
        for (const way of all.ways) ways.add(way);
      }),
      { numRuns: 50 },
    );
    assert.deepEqual([...ways].sort(), ['columns', 'elements']);
  });

  it('a wrong one among them is named', () => {
    for (const [kind, wrong] of Object.entries(WRONG)) {
      for (const value of wrong) {
        const good = fc.sample(VALUES[kind] as fc.Arbitrary<unknown>, MANY);
        const elem = [...good.slice(0, 50), value, ...good.slice(50)];
        const command = { add: { set: { ...set, type: kind, elem } } } as unknown as NftCommand;
        assert.throws(
          () => compile([command]),
          (error: Error & { field?: string }) => {
            assert.match(error.field ?? '', /^\[0\]\.add\.set\.elem\[50\]/, `${kind} ${value}: ${error}`);
            return true;
          },
          `${kind} ${JSON.stringify(value)}`,
        );
      }
    }
  });

  it('of a map only the keys are deleted', () => {
    const elem = Array.from({ length: MANY }, (_, i) => [`10.0.0.${i}`, '192.0.2.1']);
    const commands = [
      { add: { map: { ...set, type: 'ipv4_addr', map: 'ipv4_addr', elem } } },
      { delete: { element: { ...set, elem } } },
      { delete: { element: { ...set, elem: elem.map(([key]) => key) } } },
    ] as unknown as NftCommand[];
    const [, added, ...deleted] = compile(commands) as Message[];
    assert.ok(added?.columns?.data);
    for (const message of deleted) {
      assert.equal(message.operation, 'nft.deleteElements');
      assert.deepEqual(message.columns, { count: MANY, keys: added?.columns?.keys });
    }
  });

  it('are divided among messages that fit, where they are not all alike', () => {
    const elements = Array.from(
      { length: 3000 },
      (_, i): NfElement => ({
        key: { value: Uint8Array.of(i >> 8, i & 255) },
        ...(i % 2 && { userdata: new Uint8Array(200) }),
      }),
    );
    const message = { operation: 'nft.addElements', spec: { ...set, set: 's', elements } };
    const pieces = [...divide(message)];
    assert.ok(pieces.length > 3);
    const joined = pieces.flatMap((piece) => (piece.spec as { elements: NfElement[] }).elements);
    assert.deepEqual(joined, elements);
    const alike = { ...message, spec: { ...set, elements: elements.map(({ key }) => ({ key })) } };
    const [packed, ...more] = [...divide(alike as Message)];
    assert.equal(more.length, 0);
    assert.equal(packed?.columns?.count, 3000);
  });
});
