// nl.nft by libnftables' JSON schema, with `nft` as witness.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import type { Netlink, Netns, NftCommand } from '../../lib/index.js';
import { nft, Sandbox } from '../support/sandbox.js';

const table = { family: 'ip', table: 't' } as const;
const RULESET: NftCommand[] = [
  { add: { table: { family: 'ip', name: 't' } } },
  { add: { chain: { ...table, name: 'in', type: 'filter', hook: 'input', prio: 'filter', policy: 'accept' } } },
  { add: { chain: { ...table, name: 'post', type: 'nat', hook: 'postrouting', prio: 100 } } },
  {
    add: {
      set: {
        ...table,
        name: 'bad',
        type: 'ipv4_addr',
        flags: ['interval'],
        elem: [{ prefix: { addr: '10.0.0.0', len: 8 } }],
      },
    },
  },
  { add: { map: { ...table, name: 'ports', type: 'inet_service', map: 'ipv4_addr', elem: [[80, '192.0.2.1']] } } },
  { add: { counter: { ...table, name: 'c' } } },
  {
    add: {
      rule: {
        ...table,
        chain: 'in',
        comment: 'bad ones',
        expr: [
          { match: { op: '==', left: { payload: { protocol: 'ip', field: 'saddr' } }, right: '@bad' } },
          { counter: null },
          { drop: null },
        ],
      },
    },
  },
  {
    add: {
      rule: {
        ...table,
        chain: 'in',
        expr: [
          { match: { op: '==', left: { payload: { protocol: 'tcp', field: 'dport' } }, right: { set: [22, 80] } } },
          { accept: null },
        ],
      },
    },
  },
  {
    add: {
      rule: {
        ...table,
        chain: 'post',
        expr: [{ match: { op: '!=', left: { meta: { key: 'oifname' } }, right: 'br0' } }, { masquerade: null }],
      },
    },
  },
];

describe('nft', () => {
  let sandbox: Sandbox;
  let ns: Netns & { name: string };
  let nl: Netlink;
  const ruleset = () => nft(ns, 'list', 'ruleset');
  /** What nft lists, as JSON, without what only it says of itself. */
  const witness = (...args: string[]) =>
    JSON.parse(nft(ns, '-j', 'list', ...args)).nftables.filter((one: object) => !('metainfo' in one));
  const ours = async (...args: Parameters<Netlink['nft']['list']>) =>
    JSON.parse(JSON.stringify((await nl.nft.list(...args)).nftables.filter((one) => !('metainfo' in one))));

  beforeEach(async () => {
    sandbox = new Sandbox();
    ({ ns, nl } = await sandbox.host());
  });
  afterEach(() => sandbox[Symbol.asyncDispose]());

  it('applies commands, and lists what nft lists', async () => {
    assert.deepEqual(await nl.nft.apply(RULESET), { nftables: [] });
    const text = ruleset();
    for (const part of [
      'ip saddr @bad counter packets 0 bytes 0 drop comment "bad ones"',
      'tcp dport { 22, 80 } accept',
      'oifname != "br0" masquerade',
      'elements = { 10.0.0.0/8 }',
      'elements = { 80 : 192.0.2.1 }',
    ]) {
      assert.ok(text.includes(part), `${part} in ${text}`);
    }
    assert.deepEqual(await ours(), witness('ruleset'));
    const { nftables } = await nl.nft.list();
    assert.ok('metainfo' in (nftables[0] as object));
  });

  it('lists by family, table, chain, set and kind', async () => {
    await nl.nft.apply(RULESET);
    await nl.nft.apply([
      { add: { table: { family: 'ip6', name: 'six' } } },
      { add: { chain: { family: 'ip6', table: 'six', name: 'in' } } },
      { add: { table: { family: 'ip', name: 'u' } } },
    ]);
    assert.deepEqual(await ours({ family: 'ip6' }), witness('ruleset', 'ip6'));
    assert.deepEqual(await ours({ family: 'ip', table: 't' }), witness('table', 'ip', 't'));
    assert.deepEqual(await ours({ ...table, chain: 'in' }), witness('chain', 'ip', 't', 'in'));
    assert.deepEqual(await ours({ ...table, set: 'bad' }), witness('set', 'ip', 't', 'bad'));
    assert.deepEqual(await ours({ ...table, set: 'ports' }), witness('map', 'ip', 't', 'ports'));
    assert.deepEqual(
      (await ours({ types: ['counter', 'table'] })).map((one: object) => Object.keys(one)[0]),
      ['table', 'counter', 'table', 'table'],
    );
    for (const filter of [
      { ...table, table: 'nothing' },
      { ...table, set: 'nothing' },
    ]) {
      await assert.rejects(nl.nft.list(filter), { code: 'ENOENT' });
    }
    await assert.rejects(nl.nft.list({ table: 't' }), { code: 'ERR_INVALID_ARG_VALUE', field: 'table' });
    await assert.rejects(nl.nft.list({ types: ['nothing' as 'table'] }), { field: 'types[0]' });
  });

  it('gives handles back, by which rules are replaced, moved and deleted', async () => {
    const { nftables } = await nl.nft.apply(RULESET, { echo: true });
    const handles = nftables.map((command) => {
      const object = Object.values((command as unknown as { add: object }).add)[0] as { handle?: number };
      return object.handle;
    });
    assert.ok(
      handles.every((handle) => typeof handle === 'number'),
      `${handles}`,
    );
    const rules = witness('chain', 'ip', 't', 'in').filter((one: object) => 'rule' in one);
    assert.deepEqual([rules[0].rule.handle, rules[1].rule.handle], [handles[6], handles[7]]);
    const [, , , , , , first, second] = handles as number[];
    await nl.nft.apply([
      { replace: { rule: { ...table, chain: 'in', handle: first as number, expr: [{ accept: null }] } } },
      { insert: { rule: { ...table, chain: 'in', expr: [{ counter: null }] } } },
      { delete: { rule: { ...table, chain: 'in', handle: second as number } } },
      { add: { rule: { ...table, chain: 'in', index: 0, expr: [{ continue: null }] } } },
    ]);
    assert.match(nft(ns, 'list', 'chain', 'ip', 't', 'in'), /counter packets 0 bytes 0\n\s+continue\n\s+accept\n/);
  });

  it('an error names the command, the place in it, the object and the kernel’s words; nothing has changed', async () => {
    await nl.nft.apply(RULESET);
    const before = ruleset();
    await assert.rejects(
      nl.nft.apply([
        { add: { chain: { ...table, name: 'new' } } },
        { delete: { chain: { ...table, name: 'nothing' } } },
      ]),
      {
        code: 'ENOENT',
        index: 1,
        object: 'chain ip t nothing',
        operation: 'NFT_MSG_DELCHAIN',
        attribute: /NFTA_CHAIN/,
      },
    );
    await assert.rejects(nl.nft.apply([{ create: { set: { ...table, name: 'bad', type: 'ipv4_addr' } } }]), {
      code: 'EEXIST',
      index: 0,
      field: /create\.set/,
    });
    await assert.rejects(
      nl.nft.apply([{ add: { rule: { ...table, chain: 'in', expr: [{ jump: { target: 'nowhere' } }] } } }]),
      { code: 'ENOENT', index: 0, attribute: /^NFTA_RULE_EXPRESSIONS\[0\]/ },
    );
    assert.equal(ruleset(), before);
  });

  it('malformed input is refused by the path in it, before anything is sent', async () => {
    const generation = await nl.nft.generation();
    const add = (object: unknown) => [{ add: object }] as NftCommand[];
    const rule = (...expr: unknown[]) => add({ rule: { ...table, chain: 'in', expr } });
    for (const [commands, field] of [
      ['text', /^commands$/],
      [{ nftables: [] }, /^commands$/],
      [[null], /^\[0\]/],
      [[5], /^\[0\]/],
      [[{ ad: {} }], /^\[0\]/],
      [[RULESET[0], { add: { tabel: {} } }], /^\[1\]\.add/],
      [add({ table: { family: 'ipx', name: 't' } }), /^\[0\]\.add\.table\.family$/],
      [add({ table: { family: 'ip', name: 5 } }), /^\[0\]\.add\.table\.name$/],
      [add({ table: { family: 'ip', name: 'x'.repeat(300) } }), /^\[0\]\.add\.table\.name$/],
      [add({ table: [] }), /^\[0\]\.add\.table/],
      [add({ chain: { ...table, name: 'c', type: 'filter', hook: 'nowhere', prio: 0 } }), /chain\.hook/],
      [add({ chain: { ...table, name: 'c', type: 'filter', hook: 'input', prio: 'middle' } }), /chain\.prio/],
      [add({ set: { ...table, name: 's', type: 'no_type' } }), /set\.type/],
      [add({ set: { ...table, name: 's', type: 'ipv4_addr', elem: ['10.0.0.256'] } }), /set\.elem/],
      [rule({ match: { op: '~', left: { meta: { key: 'mark' } }, right: 1 } }), /expr\[0\]\.match/],
      [rule({ match: { op: '==', left: { meta: { key: 'colour' } }, right: 1 } }), /expr\[0\]\.match\.left/],
      [rule({ accept: null }, { acccept: null }), /expr\[1\]/],
      [rule({ counter: { packets: -1 } }), /expr\[0\]\.counter/],
      [rule({ log: { level: 'loud' } }), /expr\[0\]\.log/],
      [rule('accept'), /expr\[0\]/],
    ] as [never, RegExp][]) {
      await assert.rejects(
        nl.nft.apply(commands),
        (error: Error & { code?: string; field?: string }) => {
          assert.ok(error instanceof TypeError || error instanceof RangeError, `${JSON.stringify(commands)}: ${error}`);
          assert.match(error.code ?? '', /^ERR_(INVALID_ARG_(TYPE|VALUE)|OUT_OF_RANGE)$/);
          assert.match(error.field ?? '', field, error.message);
          return true;
        },
        JSON.stringify(commands),
      );
    }
    for (const options of [{ check: 1 }, { echo: 'x' }, { genid: -1 }, { genid: '1' }, { signal: {} }, 5, null]) {
      await assert.rejects(nl.nft.apply([], options as never), { code: /^ERR_(INVALID_ARG_TYPE|OUT_OF_RANGE)$/ });
    }
    assert.equal(await nl.nft.generation(), generation);
  });

  it('checks, and compares before it commits', async () => {
    await nl.nft.apply(RULESET, { check: true });
    assert.equal(ruleset(), '');
    const genid = await nl.nft.generation();
    await nl.nft.apply(RULESET, { genid });
    await assert.rejects(nl.nft.apply([{ flush: { ruleset: null } }], { genid }), { name: 'GenerationError' });
    assert.notEqual(ruleset(), '');
  });

  it('what is saved comes back, by restore and by nft', async () => {
    await nl.nft.apply(RULESET);
    await nl.nft.apply([{ add: { table: { family: 'ip', name: 'u' } } }]);
    const before = ruleset();
    const all = await nl.nft.save();
    const one = await nl.nft.save({ family: 'ip', table: 't' });
    await nl.nft.flush();
    assert.equal(ruleset(), '');
    await nl.nft.restore(JSON.parse(JSON.stringify(all)), { flush: true });
    assert.equal(ruleset(), before);
    // Of a table: others stay as they are.
    await nl.nft.apply([
      { flush: { chain: { ...table, name: 'in' } } },
      { add: { table: { family: 'ip', name: 'v' } } },
    ]);
    await nl.nft.restore(one);
    assert.equal(nft(ns, 'list', 'table', 'ip', 't'), before.slice(0, before.indexOf('table ip u')));
    assert.match(ruleset(), /table ip v/);
    await nl.nft.flush({ family: 'ip6' });
    assert.match(ruleset(), /table ip v/);
    const file = `/run/np-test-${process.pid}.nft.json`;
    writeFileSync(file, JSON.stringify(all));
    nft(ns, 'flush', 'ruleset');
    nft(ns, '-j', '-f', file);
    assert.equal(ruleset(), before);
  });

  it('what nft made is listed as nft lists it', async () => {
    nft(
      ns,
      `
      table inet w {
        map published { type inet_proto . inet_service : ipv4_addr . inet_service; elements = { tcp . 80 : 10.0.0.2 . 8080 } }
        set s { type ipv4_addr; flags timeout; timeout 1h; size 100; }
        quota q { over 10 mbytes }
        limit l { rate 10/second }
        chain pre {
          type nat hook prerouting priority dstnat;
          fib daddr type local dnat ip to meta l4proto . th dport map @published
          iif lo accept
          meta mark set ct mark
          ct state established,related accept
          limit rate 10/minute burst 5 packets log prefix "x" level debug
          quota name "q"
        }
      }`,
    );
    assert.deepEqual(await ours(), witness('ruleset'));
  });

  it('resets counters and quotas, and tells what they were', async () => {
    await nl.nft.apply([
      { add: { table: { family: 'ip', name: 't' } } },
      { add: { counter: { ...table, name: 'c', packets: 5, bytes: 100 } } },
      { add: { quota: { ...table, name: 'q', bytes: 1000, used: 7 } } },
    ]);
    const { nftables } = await nl.nft.apply([
      { reset: { counter: { ...table, name: 'c' } } },
      { reset: { quotas: {} } },
    ]);
    assert.deepEqual(
      nftables.map((one) => Object.values(one)[0]).map(({ name, packets, used }) => ({ name, packets, used })),
      [
        { name: 'c', packets: 5, used: undefined },
        { name: 'q', packets: undefined, used: 7 },
      ],
    );
    assert.match(ruleset(), /packets 0 bytes 0/);
  });

  it('rules with sets of their own that are added at the same time share a batch', async () => {
    await nl.nft.apply([{ add: { table: { family: 'ip', name: 't' } } }, { add: { chain: { ...table, name: 'c' } } }]);
    const before = await nl.nft.generation();
    const add = (i: number): NftCommand => {
      const left = { payload: { protocol: 'tcp', field: 'dport' } };
      const match = { op: '==' as const, left, right: { set: [2 * i + 1, 2 * i + 2] } };
      return { add: { rule: { ...table, chain: 'c', expr: [{ match }, { accept: null }] } } };
    };
    const { nftables } = await nl.nft.list();
    assert.equal(nftables.length, 3);
    await Promise.all(Array.from({ length: 100 }, (_, i) => nl.nft.apply([add(i)])));
    assert.ok((await nl.nft.generation()) - before < 50);
    const listed = nft(ns, 'list', 'chain', 'ip', 't', 'c');
    for (let i = 0; i < 100; i++) assert.ok(listed.includes(`tcp dport { ${2 * i + 1}, ${2 * i + 2} } accept`), listed);
  });

  it('100,000 elements in one call', async () => {
    const elem = Array.from({ length: 100_000 }, (_, i) => [`10.${i >> 16}.${(i >> 8) & 255}.${i & 255}`, '192.0.2.1']);
    await nl.nft.apply([
      { add: { table: { family: 'ip', name: 't' } } },
      { add: { map: { ...table, name: 'm', type: 'ipv4_addr', map: 'ipv4_addr' } } },
    ]);
    await nl.nft.apply([{ add: { element: { ...table, name: 'm', elem: elem as [string, string][] } } }]);
    const { ruleset: read } = await nl.nft.read({ ...table, set: 'm' });
    assert.equal(read.elements[0]?.elements?.length, 100_000);
    await assert.rejects(
      nl.nft.apply([
        { create: { element: { ...table, name: 'm', elem: [['10.9.9.9', '192.0.2.1'], elem[70_000]] as never } } },
      ]),
      { code: 'EEXIST', attribute: /ELEMENTS\[1\]/ },
    );
    // With a comment each they are no longer all alike.
    const commented = Array.from({ length: 5000 }, (_, i) => [
      { elem: { val: `11.0.${i >> 8}.${i & 255}`, comment: `number ${i}` } },
      '192.0.2.2',
    ]);
    await nl.nft.apply([{ add: { element: { ...table, name: 'm', elem: commented as never } } }]);
    assert.match(
      nft(ns, 'get', 'element', 'ip', 't', 'm', '{ 11.0.19.135 }'),
      /11\.0\.19\.135 comment "number 4999" : 192\.0\.2\.2/,
    );
  });
});
