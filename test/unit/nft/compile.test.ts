// The compiler: libnftables' JSON to messages, without a kernel.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { addon } from '../../../lib/addon.js';
import type { NfElements, NfExpression, NfRuleSpec, NfSet, NfSetSpec } from '../../../lib/generated/objects.js';
import { type CompiledMessage, compile, type Known, lookups } from '../../../lib/nft/compile/index.js';
import type { NftCommand, NftFamily, NftStatement } from '../../../lib/nft/json.js';

const names = { linkIndex: (name: string) => (name === 'lo' ? 1 : undefined) };

function known(more: Known = {}): Known {
  let id = 0;
  return { names, nextId: () => ++id, ...more };
}

/** Compiles what may be wrong, as callers without types would give it. */
const compileAny = (commands: unknown) => compile(commands as NftCommand[], known());

function rule(family: NftFamily, ...expr: NftStatement[]): CompiledMessage[] {
  return compile([{ add: { rule: { family, table: 't', chain: 'c', expr } } }], known());
}

/** An expression in short: its name and what it does. */
function brief({ name, data = {} }: NfExpression): string {
  const show = (value: unknown): string => {
    if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
    if (Array.isArray(value)) return value.map(show).join('+');
    if (typeof value === 'object' && value !== null) return Object.values(value).map(show).join('/');
    return String(value);
  };
  return [name, ...Object.entries(data).map(([key, value]) => `${key}=${show(value)}`)].join(' ');
}

function expressions(family: NftFamily, ...expr: NftStatement[]): string[] {
  const spec: NfRuleSpec = rule(family, ...expr).at(-1)?.spec ?? {};
  return (spec.expressions ?? []).map(brief);
}

const field = (protocol: string, name: string) => ({ payload: { protocol, field: name } });
const match = (left: object, right: unknown, op = '=='): NftStatement =>
  ({ match: { op, left, right } }) as NftStatement;

describe('nft compile: matches', () => {
  it('adds what must hold of the packet first', () => {
    assert.deepEqual(expressions('inet', match(field('tcp', 'dport'), 22)), [
      'meta key=l4proto dreg=1',
      'cmp sreg=1 op=eq data=06',
      'payload dreg=1 base=transport offset=2 len=2',
      'cmp sreg=1 op=eq data=0016',
    ]);
    assert.deepEqual(expressions('inet', match(field('ip', 'saddr'), '192.0.2.1')).slice(0, 2), [
      'meta key=nfproto dreg=1',
      'cmp sreg=1 op=eq data=02',
    ]);
    assert.deepEqual(expressions('netdev', match(field('ip6', 'hoplimit'), 1)).slice(0, 2), [
      'meta key=protocol dreg=1',
      'cmp sreg=1 op=eq data=86dd',
    ]);
    // What a match has told already isn't asked again.
    assert.equal(expressions('ip', match(field('ip', 'protocol'), 'udp'), match(field('udp', 'dport'), 53)).length, 4);
  });

  it('refuses headers that cannot both be there', () => {
    assert.throws(
      () => rule('inet', match(field('ip', 'ttl'), 1), match(field('ip6', 'hoplimit'), 1)),
      /expr\[1\]\.match\.left\.payload: the protocols conflict: ip and ip6/,
    );
    assert.throws(() => rule('ip', match(field('ip6', 'hoplimit'), 1)), /conflict/);
  });

  it('reads bits in the middle of bytes with a mask, and moves the constants', () => {
    assert.deepEqual(expressions('ip', match(field('ip', 'dscp'), 'cs1')), [
      'payload dreg=1 base=network offset=1 len=1',
      'bitwise sreg=1 dreg=1 len=1 mask=fc xor=00 op=bool',
      'cmp sreg=1 op=eq data=20',
    ]);
  });

  it('compares numbers of the machine’s byte order as the network’s', () => {
    assert.deepEqual(expressions('ip', match({ meta: { key: 'mark' } }, { range: [16, 32] })), [
      'meta key=mark dreg=1',
      'byteorder sreg=1 dreg=1 op=hton len=4 size=4',
      'cmp sreg=1 op=gte data=00000010',
      'cmp sreg=1 op=lte data=00000020',
    ]);
  });

  it('compares as many bytes as a prefix has, or a mask', () => {
    assert.deepEqual(expressions('ip', match(field('ip', 'saddr'), { prefix: { addr: '10.1.0.0', len: 16 } })), [
      'payload dreg=1 base=network offset=12 len=2',
      'cmp sreg=1 op=eq data=0a01',
    ]);
    assert.deepEqual(expressions('ip', match(field('ip', 'saddr'), '10.1.0.0/15')).slice(1), [
      'bitwise sreg=1 dreg=1 len=4 mask=fffe0000 xor=00000000 op=bool',
      'cmp sreg=1 op=eq data=0a000000',
    ]);
    assert.deepEqual(expressions('ip', match({ meta: { key: 'iifname' } }, 'veth*')), [
      'meta key=iifname dreg=1',
      'cmp sreg=1 op=eq data=76657468',
    ]);
  });

  it('looks flags up', () => {
    const state = { ct: { key: 'state' } };
    assert.deepEqual(expressions('ip', match(state, ['established', 'related'], 'in')).slice(1), [
      'bitwise sreg=1 dreg=1 len=4 mask=06000000 xor=00000000 op=bool',
      'cmp sreg=1 op=neq data=00000000',
    ]);
    assert.deepEqual(expressions('ip', match(state, 'new', '!=')).slice(1), ['cmp sreg=1 op=neq data=08000000']);
  });

  it('joins neighbouring fields into one comparison, but not across other statements', () => {
    const [sport, dport] = [match(field('tcp', 'sport'), 1), match(field('tcp', 'dport'), 2)];
    assert.deepEqual(expressions('ip', dport, sport).slice(2), [
      'payload dreg=1 base=transport offset=0 len=4',
      'cmp sreg=1 op=eq data=00010002',
    ]);
    assert.equal(expressions('ip', dport, { counter: null }, sport).length, 7);
    const inverted = [match(field('tcp', 'sport'), 1, '!='), match(field('tcp', 'dport'), 2, '!=')];
    assert.equal(expressions('ip', ...inverted).length, 6);
  });

  it('takes hours after midnight as all others but those between', () => {
    const hour = match({ meta: { key: 'hour' } }, { range: ['23:00', '1:00'] });
    const zone = process.env.TZ;
    process.env.TZ = 'UTC';
    try {
      assert.match(expressions('ip', hour).at(-1) ?? '', /^range sreg=1 op=neq fromData=00000e10 toData=00014370$/);
    } finally {
      if (zone === undefined) delete process.env.TZ;
      else process.env.TZ = zone;
    }
  });
});

describe('nft compile: sets', () => {
  it('makes anonymous sets before the rule that uses them', () => {
    const messages = rule('ip', match(field('tcp', 'dport'), { set: [22, { range: [80, 90] }] }));
    assert.deepEqual(
      messages.map(({ operation }) => operation),
      ['nft.addSet', 'nft.addElements', 'nft.addRule'],
    );
    const [set, elements] = messages.map(({ spec }) => spec) as [NfSetSpec, NfElements];
    assert.deepEqual(set.flags, ['anonymous', 'constant', 'interval']);
    assert.deepEqual([set.keyType, set.keyLen, set.id, set.desc], [13, 2, 1, { size: 5 }]);
    const shown = elements.elements?.map(
      ({ key, flags = [] }) => `${Buffer.from(key?.value ?? []).toString('hex')} ${flags}`,
    );
    assert.deepEqual(shown, ['0000 intervalEnd', '0016 ', '0017 intervalEnd', '0050 ', '005b intervalEnd']);
  });

  it('needs no set for one element, unless the element has something of its own', () => {
    assert.equal(rule('ip', match(field('tcp', 'dport'), { set: [22] })).length, 1);
    const counted = { elem: { val: 22, counter: null } };
    assert.equal(rule('ip', match(field('tcp', 'dport'), { set: [counted] })).length, 3);
  });

  it('writes ranges of concatenations with both ends', () => {
    const left = { concat: [field('ip', 'daddr'), field('tcp', 'dport')] };
    const right = { set: [{ concat: [{ prefix: { addr: '10.0.0.0', len: 8 } }, { range: [10, 23] }] }] };
    const [set, elements] = rule('ip', match(left, right)).map(({ spec }) => spec) as [NfSetSpec, NfElements];
    assert.deepEqual(set.desc, { size: 1, concat: [{ len: 4 }, { len: 2 }] });
    const [element] = elements.elements ?? [];
    assert.equal(Buffer.from(element?.key?.value ?? []).toString('hex'), '0a000000000a0000');
    assert.equal(Buffer.from(element?.keyEnd?.value ?? []).toString('hex'), '0affffff00170000');
  });

  it('declares named sets as nft does', () => {
    const head = { family: 'ip', table: 't' } as const;
    const [message] = compile(
      [
        {
          add: {
            map: {
              ...head,
              name: 'm',
              type: ['inet_proto', 'inet_service'],
              map: ['ipv4_addr', 'inet_service'],
              timeout: 60,
              'gc-interval': 5,
              size: 100,
              policy: 'memory',
              comment: 'published',
            },
          },
        },
      ],
      known(),
    );
    const set = message?.spec as NfSetSpec;
    assert.deepEqual(set.flags, ['timeout', 'map']);
    assert.deepEqual([set.keyType, set.keyLen, set.dataType, set.dataLen], [781, 8, 461, 8]);
    assert.deepEqual([set.timeout, set.gcInterval, set.policy, set.desc], [60_000n, 5000, 'memory', { size: 100 }]);
    assert.match(Buffer.from(set.userdata ?? []).toString('latin1'), /published/);
  });

  it('takes types from expressions', () => {
    const type = { typeof: { concat: [field('ip', 'saddr'), field('vlan', 'id'), { meta: { key: 'iifname' } }] } };
    const [message] = compile([{ add: { set: { family: 'inet', table: 't', name: 's', type } } }], known());
    const set = message?.spec as NfSetSpec;
    assert.deepEqual([set.keyType, set.keyLen], [(7 << 12) | (4 << 6) | 41, 24]);
  });

  it('refuses intervals that overlap, and merges them where the set does', () => {
    const add = (more: object) =>
      compileAny([
        { add: { set: { family: 'ip', table: 't', name: 's', type: 'mark', flags: 'interval', ...more } } },
        { add: { element: { family: 'ip', table: 't', name: 's', elem: [{ range: [1, 5] }, { range: [4, 9] }] } } },
      ]);
    assert.throws(() => add({}), /\[1\]\.add\.element\.elem\[1\]: the interval overlaps/);
    const merged: NfElements = add({ 'auto-merge': true })[1]?.spec ?? {};
    assert.equal(merged.elements?.length, 3);
  });

  it('joins intervals with those that are there, and cuts them', () => {
    const at = { family: 'ip', table: 't', name: 's' } as const;
    const set = { ...at, flags: ['interval'], keyType: 13, keyLen: 2, userdata: Buffer.from('020401000000', 'hex') };
    const key = (value: string) => ({ key: { value: Buffer.from(value, 'hex') } });
    const elements = [key('000a'), { ...key('0015'), flags: ['intervalEnd'] }, key('ff00')] as NfElements['elements'];
    const there = known({
      sets: [set as unknown as NfSet],
      elements: [{ family: 'ip', table: 't', set: 's', elements: elements ?? [] }],
    });
    const shown = (commands: NftCommand[]) =>
      compile(commands, there).map(({ operation, spec }) => [
        operation,
        ...((spec as NfElements).elements ?? []).map(({ key: { value = new Uint8Array() } = {}, flags = [] }) =>
          [Buffer.from(value).toString('hex'), ...(flags as string[])].join(' '),
        ),
      ]);
    assert.deepEqual(shown([{ add: { element: { ...at, elem: { range: [0x15, 0x1f] } } } }]), [
      ['nft.deleteElements', '000a', '0015 intervalEnd'],
      ['nft.addElements', '000a', '0020 intervalEnd'],
    ]);
    assert.deepEqual(shown([{ delete: { element: { ...at, elem: [0x0c] } } }]), [
      ['nft.deleteElements', '000a', '0015 intervalEnd'],
      ['nft.addElements', '000a', '000c intervalEnd', '000d', '0015 intervalEnd'],
    ]);
    // The last one has no end.
    assert.deepEqual(shown([{ delete: { element: { ...at, elem: [0xffff] } } }]), [
      ['nft.deleteElements', 'ff00'],
      ['nft.addElements', 'ff00', 'ffff intervalEnd'],
    ]);
  });

  it('refuses intervals in sets of single values', () => {
    assert.throws(
      () =>
        compileAny([
          { add: { set: { family: 'ip', table: 't', name: 's', type: 'ipv4_addr', elem: ['10.0.0.0/8'] } } },
        ]),
      /\[0\]\.add\.set\.elem\[0\]: the set has no flag interval/,
    );
  });

  it('knows sets of the kernel', () => {
    const set: NfSet = {
      family: 'ip',
      table: 't',
      name: 's',
      flags: ['interval'],
      keyType: 19,
      keyLen: 4,
    } as NfSet;
    const commands: NftCommand[] = [
      { add: { element: { family: 'ip', table: 't', name: 's', elem: [7] } } },
      { add: { rule: { family: 'ip', table: 't', chain: 'c', expr: [match({ meta: { key: 'mark' } }, '@s')] } } },
    ];
    assert.deepEqual(lookups(commands), [{ kind: 'set', family: 'ip', table: 't', name: 's' }]);
    assert.throws(() => compile(commands, known()), /\[0\]\.add\.element\.name: there is no set or map s/);
    const [elements, last] = compile(commands, known({ sets: [set] })).map(({ spec }) => spec) as [
      NfElements,
      NfRuleSpec,
    ];
    assert.deepEqual(
      elements.elements?.map(({ key }) => Buffer.from(key?.value ?? []).toString('hex')),
      ['00000007', '00000008'],
    );
    // Intervals are kept as they compare.
    assert.deepEqual((last.expressions ?? []).map(brief).slice(1), [
      'byteorder sreg=1 dreg=1 op=hton len=4 size=4',
      'lookup set=s sreg=1',
    ]);
  });
});

describe('nft compile: statements', () => {
  it('translates addresses and ports', () => {
    const dport = match(field('tcp', 'dport'), 80);
    assert.deepEqual(expressions('ip', dport, { dnat: { addr: '10.0.0.2', port: 8080 } }).slice(4), [
      'immediate dreg=1 data=0a000002',
      'immediate dreg=2 data=1f90',
      'nat type=dnat family=ip regAddrMin=1 regProtoMin=2 flags=protoSpecified',
    ]);
    assert.deepEqual(expressions('ip', { snat: { addr: '10.0.0.0/24', flags: 'netmap' } }), [
      'immediate dreg=1 data=0a000000',
      'immediate dreg=2 data=0a0000ff',
      'nat type=snat family=ip regAddrMin=1 regAddrMax=2 flags=netmap',
    ]);
    assert.deepEqual(expressions('ip', { masquerade: { flags: ['random', 'persistent'] } }), [
      'masq flags=protoRandom+persistent',
    ]);
    assert.throws(() => rule('ip', { redirect: { port: 22 } }), /expr\[0\]\.redirect\.port: ports are translated only/);
  });

  it('translates by maps that give ports and ranges', () => {
    const key = { concat: [field('ip', 'saddr'), field('tcp', 'dport')] };
    const data = { concat: ['10.0.0.0/24', { range: [8000, 8999] }] };
    const addr = { map: { key, data: { set: [[{ concat: ['192.0.2.1', 80] }, data]] } } };
    const messages = rule('ip', { dnat: { addr } } as NftStatement);
    const set = messages[0]?.spec as NfSetSpec;
    assert.deepEqual([set.dataType, set.dataLen], [461, 16]);
    assert.match(
      expressions('ip', { dnat: { addr } } as NftStatement).at(-1) ?? '',
      /regAddrMin=1 regProtoMin=9 regAddrMax=10 regProtoMax=11/,
    );
  });

  it('writes to packets, and mends checksums', () => {
    assert.deepEqual(expressions('ip', { mangle: { key: field('ip', 'ttl'), value: 5 } }), [
      'payload dreg=1 base=network offset=8 len=2',
      'bitwise sreg=1 dreg=1 len=2 mask=00ff xor=0500 op=bool',
      'payload sreg=1 base=network offset=8 len=2 csumType=inet csumOffset=10',
    ]);
    assert.match(
      expressions('ip', { mangle: { key: field('ip', 'daddr'), value: '127.0.0.1' } }).at(-1) ?? '',
      /csumFlags=l4csumPseudohdr/,
    );
  });

  it('changes marks by other marks', () => {
    const value = { '|': [{ ct: { key: 'mark' } }, 1] };
    assert.deepEqual(expressions('ip', { mangle: { key: { meta: { key: 'mark' } }, value } }), [
      'ct key=mark dreg=1',
      'bitwise sreg=1 dreg=1 len=4 mask=feffffff xor=01000000 op=bool',
      'meta key=mark sreg=1',
    ]);
  });

  it('rejects in the way that the packet allows, and asks first', () => {
    const mark = match({ meta: { key: 'mark' } }, 1);
    assert.deepEqual(expressions('ip', mark, { reject: { type: 'tcp reset' } }).slice(0, 2), [
      'meta key=l4proto dreg=1',
      'cmp sreg=1 op=eq data=06',
    ]);
    assert.deepEqual(expressions('inet', { reject: null }), ['reject type=icmpxUnreach icmpCode=1']);
    assert.throws(() => rule('ip', { reject: { type: 'icmpx' } }), /reject\.type/);
  });

  it('puts elements into sets as packets pass', () => {
    const commands: NftCommand[] = [
      { add: { set: { family: 'ip', table: 't', name: 's', type: 'ipv4_addr', flags: ['dynamic', 'timeout'] } } },
      {
        add: {
          rule: {
            family: 'ip',
            table: 't',
            chain: 'c',
            expr: [{ set: { op: 'update', elem: { elem: { val: field('ip', 'saddr'), timeout: 30 } }, set: '@s' } }],
          },
        },
      },
    ];
    const last = compile(commands, known()).at(-1)?.spec as NfRuleSpec;
    assert.equal(
      (last.expressions ?? []).map(brief).at(-1),
      'dynset setName=s setId=1 op=update sregKey=1 timeout=30000',
    );
  });

  it('places rules by handle and by index, among those of the same transaction too', () => {
    const head = { family: 'ip', table: 't', chain: 'c' } as const;
    const expr: NftStatement[] = [{ accept: null }];
    const commands: NftCommand[] = [
      { add: { rule: { ...head, expr } } },
      { add: { rule: { ...head, expr, index: 0 } } },
      { insert: { rule: { ...head, expr, handle: 7 } } },
      { replace: { rule: { ...head, expr, handle: 9 } } },
      { delete: { rule: { ...head, handle: 11 } } },
    ];
    assert.deepEqual(lookups(commands), [{ kind: 'rules', family: 'ip', table: 't', name: 'c' }]);
    const specs = compile(commands, known()).map(({ spec }) => spec as NfRuleSpec);
    assert.equal(specs[0]?.id, specs[1]?.positionId);
    assert.equal(specs[2]?.position, 7n);
    assert.equal(specs[3]?.handle, 9n);
    assert.equal(specs[4]?.handle, 11n);
    assert.throws(() => compileAny([{ add: { rule: { ...head, expr, index: 3 } } }]), /\[0\]\.add\.rule\.index/);
  });
});

describe('nft compile: tables, chains and objects', () => {
  const chain = (more: object) =>
    compileAny([{ add: { chain: { family: 'ip', table: 't', name: 'c', type: 'nat', ...more } } }])[0]?.spec;

  it('knows priorities by name', () => {
    const at = (prio: number | string) => chain({ hook: 'postrouting', prio });
    assert.deepEqual(at('srcnat'), {
      family: 'ip',
      table: 't',
      name: 'c',
      hook: { hooknum: 4, priority: 100 },
      type: 'nat',
    });
    assert.deepEqual(Object(at('srcnat - 5')).hook.priority, 95);
    assert.deepEqual(Object(at('filter+5')).hook.priority, 5);
    assert.deepEqual(Object(at(-300)).hook.priority, -300);
    for (const prio of ['dstnat', 'srcnat 5', 'srcnat+', 'nowhere']) {
      assert.throws(() => at(prio), /\[0\]\.add\.chain\.prio/, prio);
    }
  });

  it('hooks chains to one link and to several', () => {
    const base = { family: 'netdev', table: 't', name: 'c', type: 'filter', hook: 'ingress', prio: 0 };
    const hook = (dev: unknown) => Object(compileAny([{ add: { chain: { ...base, dev } } }])[0]?.spec).hook;
    assert.deepEqual(hook('lo'), { hooknum: 0, priority: 0, dev: 'lo' });
    assert.deepEqual(hook(['lo', 'eth0']), { hooknum: 0, priority: 0, devs: ['lo', 'eth0'] });
  });

  it('deletes, flushes and renames', () => {
    const operations = compile(
      [
        { delete: { table: { family: 'ip', name: 't' } } },
        { destroy: { set: { family: 'ip', table: 't', name: 's' } } },
        { flush: { chain: { family: 'ip', table: 't', name: 'c' } } },
        { flush: { ruleset: null } },
        { rename: { chain: { family: 'ip', table: 't', name: 'c', handle: 3, newname: 'd' } } },
        { delete: { counter: { family: 'ip', table: 't', name: 'n' } } },
      ],
      known(),
    );
    assert.deepEqual(
      operations.map(({ operation, spec }) => [operation, spec]),
      [
        ['nft.deleteTable', { family: 'ip', name: 't' }],
        ['nft.destroySet', { family: 'ip', table: 't', name: 's' }],
        ['nft.deleteRule', { family: 'ip', table: 't', chain: 'c' }],
        ['nft.deleteTable', { family: 'unspec' }],
        ['nft.renameChain', { family: 'ip', table: 't', handle: 3n, name: 'd' }],
        ['nft.deleteObject', { family: 'ip', table: 't', name: 'n', type: 'counter' }],
      ],
    );
  });

  it('makes named objects', () => {
    const head = { family: 'ip', table: 't', name: 'o' } as const;
    const specs = compile(
      [
        { add: { quota: { ...head, bytes: 1000, inv: true } } },
        { add: { 'ct helper': { ...head, type: 'ftp', protocol: 'tcp' } } },
        { add: { 'ct timeout': { ...head, protocol: 'udp', policy: { replied: 60 } } } },
        { add: { synproxy: { ...head, mss: 1460, flags: 'timestamp' } } },
      ],
      known(),
    ).map(({ spec }) => Object(spec).data);
    assert.deepEqual(specs, [
      { bytes: 1000n, consumed: 0n, flags: ['inv'] },
      { name: 'ftp', l3proto: 2, l4proto: 6 },
      { l3proto: 2, l4proto: 17, data: { state2: 60 } },
      { mss: 1460, flags: ['timestamp', 'mss'] },
    ]);
  });
});

describe('nft compile: what is wrong', () => {
  const head = { family: 'ip', table: 't', chain: 'c' };
  const wrong: [what: string, commands: unknown, field: string][] = [
    ['no array', {}, ''],
    ['no command', [7], '[0]'],
    ['two verbs', [{ add: {}, delete: {} }], '[0]'],
    ['no such object', [{ add: { nonsense: {} } }], '[0].add.nonsense'],
    ['no family', [{ add: { table: { name: 't' } } }], '[0].add.table.family'],
    ['an unknown key', [{ add: { table: { family: 'ip', name: 't', colour: 1 } } }], '[0].add.table.colour'],
    ['a name that is too long', [{ add: { table: { family: 'ip', name: 'x'.repeat(300) } } }], '[0].add.table.name'],
    ['no statements', [{ add: { rule: { ...head } } }], '[0].add.rule.expr'],
    ['no such statement', [{ add: { rule: { ...head, expr: [{ fly: null }] } } }], '[0].add.rule.expr[0]'],
    [
      'a value of another type',
      [{ add: { rule: { ...head, expr: [match(field('ip', 'saddr'), 'red')] } } }],
      '[0].add.rule.expr[0].match.right',
    ],
    [
      'a value that is too large',
      [{ add: { rule: { ...head, expr: [match(field('ip', 'ttl'), 256)] } } }],
      '[0].add.rule.expr[0].match.right',
    ],
    [
      'no such field',
      [{ add: { rule: { ...head, expr: [match(field('ip', 'mood'), 1)] } } }],
      '[0].add.rule.expr[0].match.left.payload.field',
    ],
    [
      'no such key',
      [{ add: { rule: { ...head, expr: [match({ meta: { key: 'mood' } }, 1)] } } }],
      '[0].add.rule.expr[0].match.left.meta.key',
    ],
    [
      'a range that ends before it begins',
      [{ add: { rule: { ...head, expr: [match(field('ip', 'ttl'), { range: [9, 3] })] } } }],
      '[0].add.rule.expr[0].match.right.range',
    ],
    [
      'no such set',
      [{ add: { rule: { ...head, expr: [match(field('ip', 'saddr'), '@s')] } } }],
      '[0].add.rule.expr[0].match.right',
    ],
    [
      'too few values side by side',
      [
        {
          add: {
            rule: {
              ...head,
              expr: [
                match({ concat: [field('ip', 'saddr'), field('ip', 'ttl')] }, { set: [{ concat: ['10.0.0.1'] }] }),
              ],
            },
          },
        },
      ],
      '[0].add.rule.expr[0].match.right.set[0].concat',
    ],
    [
      'an element without data in a map',
      [{ add: { rule: { ...head, expr: [{ vmap: { key: field('ip', 'ttl'), data: { set: [1] } } }] } } }],
      '[0].add.rule.expr[0].vmap.data.set[0]',
    ],
    [
      'something that cannot be set',
      [{ add: { rule: { ...head, expr: [{ mangle: { key: { ct: { key: 'state' } }, value: 'new' } }] } } }],
      '[0].add.rule.expr[0].mangle.key',
    ],
    [
      'more values than registers hold',
      [
        {
          add: {
            rule: {
              ...head,
              expr: [
                {
                  match: {
                    left: { concat: Array(5).fill({ meta: { key: 'iifname' } }) },
                    right: { set: [{ concat: Array(5).fill('lo') }] },
                  },
                },
              ],
            },
          },
        },
      ],
      '[0].add.rule.expr',
    ],
    ['no handle', [{ delete: { rule: { ...head } } }], '[0].delete.rule.handle'],
    [
      'a type that no set can have',
      [{ add: { set: { family: 'ip', table: 't', name: 's', type: 'integer' } } }],
      '[0].add.set.type',
    ],
  ];
  for (const [what, commands, path] of wrong) {
    it(`names the place: ${what}`, () => {
      assert.throws(
        () => compileAny(commands),
        (error: Error & { code?: string; field?: string }) => {
          assert.match(error.code ?? error.stack ?? '', /^ERR_/);
          assert.equal(error.field, path);
          return true;
        },
      );
    });
  }

  it('never fails otherwise, whatever it is given', () => {
    const words = [
      'add',
      'rule',
      'table',
      'set',
      'match',
      'left',
      'right',
      'payload',
      'meta',
      'concat',
      'set',
      'map',
      'key',
    ];
    const json = fc.letrec((tie) => ({
      value: fc.oneof(
        { depthSize: 'small' },
        fc.constantFrom('ip', 'tcp', '@s', '10.0.0.1', 'dport', '*', '', 'mark'),
        fc.integer(),
        fc.constant(null),
        fc.boolean(),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom(...words, 'family', 'name', 'expr', 'elem', 'type'), tie('value'), {
          maxKeys: 4,
        }),
      ),
    })).value;
    const statement = fc.dictionary(
      fc.constantFrom('match', 'mangle', 'vmap', 'dnat', 'snat', 'log', 'limit', 'reject', 'queue', 'set', 'counter'),
      json,
      { minKeys: 1, maxKeys: 1 },
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(json, statement), { maxLength: 3 }), (expr) => {
        try {
          compileAny([{ add: { rule: { ...head, expr } } }]);
        } catch (error) {
          assert.match(String(Object(error).code), /^ERR_/, String(Object(error).stack));
        }
      }),
    );
    fc.assert(
      fc.property(json, (command) => {
        try {
          compileAny([command]);
          lookups([command] as NftCommand[]);
        } catch (error) {
          assert.match(String(Object(error).code), /^ERR_/, String(Object(error).stack));
        }
      }),
    );
  });

  it('makes what can be encoded', () => {
    for (const { operation, spec } of rule('inet', match(field('tcp', 'dport'), { set: [22, 23] }), { accept: null })) {
      const object = operation === 'nft.addSet' ? 'NfSet' : operation === 'nft.addRule' ? 'NfRule' : 'NfElements';
      assert.ok(addon.encode(object, spec).length > 0);
    }
  });
});
