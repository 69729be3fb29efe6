// Transactions of nftables in netlink form, with `nft` as witness.
import assert from 'node:assert/strict';
import type { Netlink, Netns } from '../../lib/index.js';
import { nft, Sandbox } from '../support/sandbox.js';

const table = { family: 'inet', table: 't' } as const;
const port = (number: number) => Uint8Array.of(number >> 8, number & 0xff);
/** NFT type inet_service. */
const PORTS = { ...table, keyType: 13, keyLen: 2 };
const ADDRESSES = { dataType: 7, dataLen: 4, flags: ['map'] as const };

const addTable = { operation: 'nft.addTable', spec: { family: 'inet', name: 't' } };
const addMap = {
  operation: 'nft.addSet',
  spec: {
    ...PORTS,
    ...ADDRESSES,
    name: 'm',
    id: 1,
    desc: { size: 200_000 },
    userdata: Uint8Array.of(0, 4, 2, 0, 0, 0),
  },
};
const addChain = (name: string) => ({ operation: 'nft.addChain', spec: { ...table, name } });
const addRule = (chain: string, ...expressions: object[]) => ({
  operation: 'nft.addRule',
  spec: { ...table, chain, expressions },
});
const verdict = (code: string, chain?: string) => ({
  name: 'immediate',
  data: { dreg: 0, data: { verdict: { code, ...(chain !== undefined && { chain }) } } },
});

describe('nft: transactions in netlink form', () => {
  let sandbox: Sandbox;
  let ns: Netns & { name: string };
  let nl: Netlink;

  beforeEach(async () => {
    sandbox = new Sandbox();
    ({ ns, nl } = await sandbox.host());
  });
  afterEach(() => sandbox[Symbol.asyncDispose]());

  it('makes tables, chains, sets and rules at once', async () => {
    await nl.nft.transact([
      addTable,
      {
        operation: 'nft.addChain',
        spec: { ...table, name: 'in', type: 'filter', hook: { hooknum: 1, priority: -10 }, policy: 'accept' },
      },
      addChain('other'),
      addMap,
      addRule('in', { name: 'counter', data: { bytes: 0n, packets: 0n } }, verdict('jump', 'other')),
    ]);
    assert.equal(
      nft(ns, 'list', 'ruleset').replace(/\s+/g, ' ').trim(),
      'table inet t { map m { type inet_service : ipv4_addr size 200000 } ' +
        'chain in { type filter hook input priority filter - 10; policy accept; counter packets 0 bytes 0 jump other } ' +
        'chain other { } }',
    );
  });

  it('tells handles on request', async () => {
    const echo = await nl.nft.transact([addTable, addChain('c'), addRule('c', verdict('accept')), addMap], {
      echo: true,
    });
    assert.deepEqual(
      echo.map(({ command, handle, name, table }) => ({ command, handle: typeof handle, name, table })),
      [
        { command: 0, handle: 'bigint', name: 't', table: undefined },
        { command: 1, handle: 'bigint', name: 'c', table: 't' },
        { command: 2, handle: 'bigint', name: undefined, table: 't' },
        { command: 3, handle: 'bigint', name: 'm', table: 't' },
      ],
    );
    assert.ok(nft(ns, '-a', 'list', 'ruleset').includes(`accept # handle ${echo[2]?.handle}`));
  });

  it('all or nothing: the error names the message, the attribute and the kernel’s words', async () => {
    await assert.rejects(nl.nft.transact([addTable, addChain('c'), addRule('c', verdict('jump', 'nowhere'))]), {
      code: 'ENOENT',
      operation: 'NFT_MSG_NEWRULE',
      index: 2,
      attribute: /^NFTA_RULE_EXPRESSIONS\[0\]/,
    });
    await assert.rejects(
      nl.nft.transact([addTable, addChain('c'), addRule('c', { name: 'counter' }, { name: 'nothing-of-the-kind' })]),
      { code: 'ENOENT', index: 2 },
    );
    assert.equal(nft(ns, 'list', 'ruleset'), '');
  });

  it('refuses wrong values before anything is sent', async () => {
    await assert.rejects(nl.nft.transact([addTable, { operation: 'nft.addChain', spec: { ...table, nam: 'c' } }]), {
      code: 'ERR_INVALID_ARG_VALUE',
      field: 'nam',
      index: 1,
    });
    assert.equal(nft(ns, 'list', 'ruleset'), '');
  });

  it('checks without doing', async () => {
    await nl.nft.transact([addTable, addChain('c')], { check: true });
    await assert.rejects(nl.nft.transact([addChain('c')], { check: true }), { code: 'ENOENT', index: 0 });
    // What only the whole shows: a loop of jumps.
    await nl.nft.transact([addTable, addChain('a'), addChain('b'), addRule('a', verdict('jump', 'b'))]);
    const loop = [addRule('b', verdict('jump', 'a'))];
    await assert.rejects(nl.nft.transact(loop, { check: true }), { code: 'EMLINK' }).catch(async (error) => {
      // Kernels before 6.10 look for loops of base chains only, and when committing.
      await nl.nft.transact(loop, { check: true }).catch(() => assert.fail(error));
    });
    assert.ok(!nft(ns, 'list', 'ruleset').includes('jump a'));
  });

  it('adds 100,000 elements in one transaction', async () => {
    const count = 100_000;
    const keys = new Uint8Array(count * 4);
    const data = new Uint8Array(count * 4);
    const view = new DataView(keys.buffer);
    for (let i = 0; i < count; i++) {
      view.setUint32(i * 4, 0x0a00_0000 + i);
      data.set([192, 168, i >> 8, i & 0xff], i * 4);
    }
    const spec = { ...table, set: 'big' };
    const addBig = {
      operation: 'nft.addSet',
      spec: { ...addMap.spec, name: 'big', keyType: 7, keyLen: 4 },
    };
    const columns = { count, keys, data };
    await nl.nft.transact([addTable, addBig, { operation: 'nft.addElements', spec, columns }]);
    const listed = nft(ns, 'list', 'map', 'inet', 't', 'big').match(/ : 192\.168/g);
    assert.equal(listed?.length, count);
    // The last is there already: nothing of it is done, and the error tells which.
    const moreKeys = new Uint8Array(50_000 * 4);
    for (let i = 0; i < 50_000; i++) new DataView(moreKeys.buffer).setUint32(i * 4, 0x0b00_0000 + i);
    moreKeys.set([10, 0, 0, 1], 49_999 * 4);
    await assert.rejects(
      nl.nft.transact([
        {
          operation: 'nft.createElements',
          spec,
          columns: { count: 50_000, keys: moreKeys, data: data.subarray(0, 200_000) },
        },
      ]),
      { code: 'EEXIST', index: 0, attribute: 'NFTA_SET_ELEM_LIST_ELEMENTS[49999]' },
    );
    await nl.nft.transact([{ operation: 'nft.deleteElements', spec, columns: { count, keys } }]);
    assert.ok(!nft(ns, 'list', 'map', 'inet', 't', 'big').includes('elements'));
  });

  it('single elements that wait together share a batch', async () => {
    await nl.nft.transact([addTable, addMap]);
    const before = await nl.nft.generation();
    const writer = nl.nft.elements({ family: 'inet', table: 't', set: 'm' });
    const count = 5000;
    const numbers = Array.from({ length: count }, (_, i) => i + 1);
    await Promise.all(numbers.map((number) => writer.create(port(number), Uint8Array.of(10, 0, 0, 1))));
    const commits = (await nl.nft.generation()) - before;
    assert.ok(commits < count / 10, `${commits} commits`);
    assert.equal(nft(ns, 'list', 'map', 'inet', 't', 'm').match(/ : 10\.0\.0\.1/g)?.length, count);
    await Promise.all(numbers.map((number) => writer.delete(port(number))));
    await assert.rejects(writer.delete(port(1)), { code: 'ENOENT', operation: 'NFT_MSG_DELSETELEM', index: 0 });
    assert.ok(!nft(ns, 'list', 'map', 'inet', 't', 'm').includes('elements'));
  });

  it('of a batch of many each has its own result, as if alone', async () => {
    await nl.nft.transact([addTable, addMap]);
    const writer = nl.nft.elements({ family: 'inet', table: 't', set: 'm' });
    // Two of each port: one of each pair comes too late, in the order of asking.
    const results = await Promise.allSettled(
      Array.from({ length: 200 }, (_, i) => writer.create(port(1 + (i % 150)), Uint8Array.of(10, 0, 0, 1 + (i % 2)))),
    );
    results.forEach((result, i) => {
      assert.equal(result.status, i < 150 ? 'fulfilled' : 'rejected', `${i}`);
      if (result.status === 'rejected') assert.equal(result.reason.code, 'EEXIST');
    });
    assert.equal(nft(ns, 'list', 'map', 'inet', 't', 'm').match(/ : 10\.0\.0/g)?.length, 150);
  });

  it('ids of one transaction do not meet those of another', async () => {
    await nl.nft.transact([addTable, addChain('c')]);
    const anonymous = (ports: number[]) =>
      nl.nft.transact([
        { operation: 'nft.addSet', spec: { ...PORTS, name: '__set%d', flags: ['anonymous', 'constant'], id: 1 } },
        {
          operation: 'nft.addElements',
          spec: { ...table, set: '__set%d', setId: 1, elements: ports.map((one) => ({ key: { value: port(one) } })) },
        },
        addRule(
          'c',
          { name: 'meta', data: { key: 'l4proto', dreg: 1 } },
          { name: 'cmp', data: { sreg: 1, op: 'eq', data: { value: Uint8Array.of(6) } } },
          { name: 'payload', data: { dreg: 1, base: 'transport', offset: 2, len: 2 } },
          { name: 'lookup', data: { set: '__set%d', setId: 1, sreg: 1 } },
        ),
      ]);
    await Promise.all(Array.from({ length: 50 }, (_, i) => anonymous([2 * i + 1, 2 * i + 2])));
    const listed = nft(ns, 'list', 'chain', 'inet', 't', 'c');
    for (let i = 0; i < 50; i++) assert.ok(listed.includes(`tcp dport { ${2 * i + 1}, ${2 * i + 2} }`), listed);
  });

  it('compare and commit: of two that read the same generation one comes too late', async () => {
    const generation = await nl.nft.generation();
    await nl.nft.transact([addTable], { generation });
    assert.equal(await nl.nft.generation(), generation + 1);
    await assert.rejects(nl.nft.transact([addChain('c')], { generation }), {
      name: 'GenerationError',
      code: 'ERESTART',
    });
    assert.ok(!nft(ns, 'list', 'ruleset').includes('chain'));
    await nl.nft.transact([addChain('c')], { generation: generation + 1 });
  });
});
