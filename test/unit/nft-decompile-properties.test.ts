// Whatever the kernel may tell, the decompiler makes JSON of it: it neither throws nor drops a rule.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { addon, type ReflectedField } from '../../lib/addon.js';
import { decompile } from '../../lib/nft/decompile/index.js';
import { emptyRuleset, type RawRuleset } from '../../lib/nft/raw.js';
import { readTape } from '../../lib/tape.js';

type Plain = Record<string, unknown>;

const { objects, tables } = addon.tables();

const BITS: Record<string, number> = { u8: 8, u16: 16, be16: 16, u32: 32, be32: 32 };

/** Values as the decoder makes them of a field, likely ones and others. */
function anyOf(
  field: Omit<ReflectedField, 'number' | 'attribute' | 'name' | 'doc'>,
  depth: number,
): fc.Arbitrary<unknown> {
  const names = Object.keys(field.names ?? {});
  const number = fc.oneof(fc.nat(20), fc.nat({ max: 2 ** (BITS[field.type] ?? 32) - 1 }));
  if (field.isFlags) return names.length > 0 ? fc.subarray(names) : fc.constant([]);
  if (names.length > 0)
    return fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...names) }, { weight: 1, arbitrary: number });
  switch (field.type) {
    case 'string':
    case 'ipv4':
    case 'ipv6':
      return fc.oneof(fc.constantFrom('s', 'm', '__set0', 'lo'), fc.string({ maxLength: 20 }));
    case 'binary':
      return fc.oneof(fc.uint8Array({ maxLength: 4 }), fc.uint8Array({ maxLength: 64 }));
    case 'u64':
    case 'be64':
      return fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
    case 'sbe32':
      return fc.integer();
    case 'nested':
    case 'struct':
      return field.table === undefined || depth > 3 ? fc.constant({}) : anyTable(field.table, depth + 1);
    case 'list':
      return fc.array(anyOf(field.element as ReflectedField, depth + 1), { maxLength: 4 });
    default:
      return number;
  }
}

const WITHOUT = 15;

const made = new Map<string, fc.Arbitrary<Plain>>();

/** An object of a table: fields may be missing. */
function anyTable(name: string, depth = 0): fc.Arbitrary<Plain> {
  const key = `${name} ${depth}`;
  const arbitrary = made.get(key) ?? (name === 'NfExpression' ? anyExpression(depth) : anyMembers(name, depth));
  made.set(key, arbitrary);
  return arbitrary;
}

function anyMembers(name: string, depth: number): fc.Arbitrary<Plain> {
  const fields = (tables[name]?.fields ?? []).filter(({ type, name: key }) => type !== 'pad' && key !== '');
  const members = fields.map((field) =>
    fc.oneof(
      { weight: 100 - WITHOUT, arbitrary: anyOf(field, depth) },
      { weight: WITHOUT, arbitrary: fc.constant(undefined) },
    ),
  );
  return fc
    .tuple(...members)
    .map((values) =>
      Object.fromEntries(fields.flatMap((field, i) => (values[i] === undefined ? [] : [[field.name, values[i]]]))),
    );
}

const choices = Object.entries(tables.NfExpression?.fields.find(({ name }) => name === 'data')?.choices ?? {}) as [
  string,
  string,
][];

/** Registers that are likely to hold something. */
const register = fc.constantFrom(1, 1, 1, 2, 3, 8, 9, 10, 12, 0, 23, 77);

function anyExpression(depth: number): fc.Arbitrary<Plain> {
  const each = choices.map(([name, table]) =>
    fc.tuple(anyTable(table, depth + 1), register, register).map(([given, first, second]) => {
      const data = { ...given };
      for (const key of Object.keys(data)) {
        if (key === 'sreg' || key === 'dreg') data[key] = first;
        else if (/^(reg|sreg|dreg)/.test(key)) data[key] = second;
      }
      return { name, data };
    }),
  );
  return fc.oneof(...each);
}

const family = fc.constantFrom('ip', 'ip6', 'inet', 'arp', 'bridge', 'netdev');

describe('nft decompiler: properties', () => {
  it('any program of any expressions becomes statements', () => {
    const program = fc.array(anyExpression(0), { minLength: 1, maxLength: 8 });
    const set = fc.tuple(
      anyTable(objects.NfSet?.attributes as string),
      fc.array(anyTable('NfElement'), { maxLength: 5 }),
    );
    fc.assert(
      fc.property(family, program, set, (of, expressions, [attributes, elements]) => {
        const head = { family: of, table: 't' };
        const sets = ['s', 'm', '__set0'].map((name) => ({ ...attributes, ...head, name }));
        const raw = {
          ...emptyRuleset(),
          sets,
          elements: sets.map(({ name }) => ({ ...head, set: name, elements })),
          rules: [{ ...head, chain: 'c', handle: 1n, expressions }],
        } as unknown as RawRuleset;
        for (const options of [{}, { complete: true, stateless: true }]) {
          const told = decompile(raw, options);
          assert.ok(told.some((object) => 'rule' in object));
          JSON.stringify(told, (_key, value) => (typeof value === 'bigint' ? String(value) : value));
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('any object becomes an object', () => {
    const kinds = {
      tables: 'NfTable',
      chains: 'NfChain',
      sets: 'NfSet',
      objects: 'NfObject',
      flowtables: 'NfFlowtable',
    } as const;
    for (const [kind, name] of Object.entries(kinds)) {
      const any = anyTable(objects[name]?.attributes as string);
      fc.assert(
        fc.property(family, any, (of, attributes) => {
          const told = decompile({ ...emptyRuleset(), [kind]: [{ ...attributes, family: of }] } as RawRuleset);
          assert.ok(told.length === 1 || kind === 'sets');
        }),
        { numRuns: 300 },
      );
    }
  });

  it('mutated bytes of a rule never make it stumble', () => {
    const rule = {
      family: 'inet',
      table: 't',
      chain: 'c',
      expressions: [
        { name: 'meta', data: { key: 'nfproto', dreg: 1 } },
        { name: 'cmp', data: { sreg: 1, op: 'eq', data: { value: Uint8Array.of(2) } } },
        { name: 'payload', data: { base: 'network', offset: 12, len: 4, dreg: 1 } },
        {
          name: 'bitwise',
          data: {
            sreg: 1,
            dreg: 1,
            len: 4,
            mask: { value: Uint8Array.of(255, 255, 255, 0) },
            xor: { value: new Uint8Array(4) },
          },
        },
        { name: 'cmp', data: { sreg: 1, op: 'eq', data: { value: Uint8Array.of(192, 0, 2, 0) } } },
        { name: 'immediate', data: { dreg: 0, data: { verdict: { code: 'accept' } } } },
      ],
    };
    const bytes = addon.encode('NfRule', rule);
    const mutation = fc.tuple(fc.nat(bytes.length - 1), fc.nat(255));
    fc.assert(
      fc.property(fc.array(mutation, { minLength: 1, maxLength: 6 }), (mutations) => {
        const copy = Uint8Array.from(bytes);
        for (const [at, byte] of mutations) copy[at] = byte;
        const tape = addon.decode('NfRule', copy);
        if (!tape) return;
        const rules: object[] = [];
        readTape(tape, rules);
        decompile({ ...emptyRuleset(), rules } as RawRuleset);
      }),
      { numRuns: 2000 },
    );
  });
});
