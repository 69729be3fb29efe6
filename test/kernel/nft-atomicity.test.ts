// What makes a transaction of nftables one: all of it happens or nothing, and in its own order.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { DumpInterruptedError, type Netlink, type Netns } from '../../lib/index.js';
import { nft, Sandbox } from '../support/sandbox.js';
import { skipBecause } from '../support/skip.js';

const own = { family: 'ip', table: 't' } as const;
const addTable = { operation: 'nft.addTable', spec: { family: 'ip', name: 't' } };
const bytes = (...values: number[]) => ({ value: Uint8Array.from(values) });
const chain = (operation: string, name: string) => ({ operation: `nft.${operation}Chain`, spec: { ...own, name } });
const rule = (name: string, ...expressions: object[]) => ({
  operation: 'nft.addRule',
  spec: { ...own, chain: name, expressions },
});
const jump = (name: string) => ({
  name: 'immediate',
  data: { dreg: 0, data: { verdict: { code: 'jump', chain: name } } },
});
const counter = { name: 'counter', data: { bytes: 0n, packets: 0n } };
/** A set of IPv4 addresses. */
const set = (operation: string, name: string, more: object = {}) => ({
  operation: `nft.${operation}Set`,
  spec: { ...own, name, keyType: 7, keyLen: 4, id: 1, ...more },
});
const elements = (operation: string, name: string, ...list: object[]) => ({
  operation: `nft.${operation}Elements`,
  spec: { ...own, set: name, ...(list.length > 0 && { elements: list }) },
});
const address = (last: number, more: object = {}) => ({ key: bytes(10, 0, 0, last), ...more });
const interval = (from: number, to: number) => [address(from), address(to + 1, { flags: ['intervalEnd'] })];

describe('nft: atomicity', () => {
  let sandbox: Sandbox;
  let ns: Netns & { name: string };
  let nl: Netlink;
  const ruleset = () => nft(ns, 'list', 'ruleset');

  /** Nothing has changed: neither the ruleset nor its generation. */
  async function assertRefused(messages: Parameters<Netlink['nft']['transact']>[0], expected: object): Promise<void> {
    const before = ruleset();
    const generation = await nl.nft.generation();
    await assert.rejects(nl.nft.transact(messages), expected);
    assert.equal(ruleset(), before);
    assert.equal(await nl.nft.generation(), generation);
  }

  beforeEach(async () => {
    sandbox = new Sandbox();
    ({ ns, nl } = await sandbox.host());
  });
  afterEach(() => sandbox[Symbol.asyncDispose]());

  it('adds, deletes and adds again in one batch', async () => {
    const deleteTable = { operation: 'nft.deleteTable', spec: { family: 'ip', name: 't' } };
    await nl.nft.transact([
      addTable,
      deleteTable,
      addTable,
      chain('add', 'c'),
      chain('delete', 'c'),
      chain('add', 'c'),
    ]);
    await nl.nft.transact([set('add', 's'), elements('add', 's', address(1)), set('delete', 's'), set('add', 's')]);
    assert.ok(!ruleset().includes('elements'));
    await nl.nft.transact([
      elements('add', 's', address(1), address(2)),
      elements('delete', 's', address(1)),
      elements('create', 's', address(1)),
      elements('delete', 's'),
      elements('add', 's', address(3)),
    ]);
    assert.match(ruleset(), /elements = \{ 10\.0\.0\.3 \}/);
    // The table as a whole: no packet ever sees it without its rules.
    await nl.nft.transact([deleteTable, addTable, chain('add', 'd'), rule('d', counter)]);
    assert.match(ruleset(), /^table ip t \{\s+chain d \{\s+counter packets 0 bytes 0\s+\}\s+\}\s*$/);
    await nl.nft.transact([deleteTable, addTable, deleteTable]);
    assert.equal(ruleset(), '');
  });

  it('fails in the middle, whatever was before and comes after', async () => {
    await nl.nft.transact([addTable, chain('add', 'c'), set('add', 's'), elements('add', 's', address(1))]);
    const good = [
      chain('add', 'new'),
      rule('new', counter),
      chain('delete', 'c'),
      elements('delete', 's', address(1)),
      elements('add', 's', address(2)),
      set('add', 'other', { id: 2 }),
    ];
    for (const bad of [chain('delete', 'nothing'), elements('create', 's', address(2)), rule('nothing', counter)]) {
      for (const at of [0, 3, good.length]) {
        const messages = [...good.slice(0, at), bad, ...good.slice(at)];
        if (bad.operation === 'nft.createElements' && at < 5) continue;
        await assertRefused(messages, { index: at, code: /ENOENT|EEXIST/ });
      }
    }
    await nl.nft.transact(good);
  });

  it('a chain that is jumped to cannot go, unless the jump goes with it', async () => {
    await nl.nft.transact([addTable, chain('add', 'from'), chain('add', 'to'), rule('from', jump('to'))]);
    await assertRefused([chain('delete', 'to')], { code: 'EBUSY', index: 0 });
    await assertRefused([chain('delete', 'to'), chain('delete', 'from')], { code: 'EBUSY', index: 0 });
    await nl.nft.transact([{ operation: 'nft.deleteRule', spec: { ...own, chain: 'from' } }, chain('delete', 'to')]);
    assert.ok(!ruleset().includes('chain to'));
  });

  it('a set that a rule uses cannot go', async () => {
    await nl.nft.transact([
      addTable,
      chain('add', 'c'),
      set('add', 's'),
      rule(
        'c',
        { name: 'payload', data: { dreg: 1, base: 'network', offset: 12, len: 4 } },
        { name: 'lookup', data: { set: 's', sreg: 1 } },
      ),
    ]);
    await assertRefused([set('delete', 's')], { code: 'EBUSY' });
    await nl.nft.transact([{ operation: 'nft.deleteRule', spec: { ...own, chain: 'c' } }, set('delete', 's')]);
  });

  it('creates exclusively', async () => {
    const object = (operation: string) => ({
      operation: `nft.${operation}Object`,
      spec: { ...own, name: 'o', type: 'counter', data: {} },
    });
    await nl.nft.transact([
      addTable,
      chain('add', 'c'),
      set('add', 's'),
      elements('add', 's', address(1)),
      object('add'),
    ]);
    const createTable = { operation: 'nft.createTable', spec: { family: 'ip', name: 't' } };
    for (const create of [
      createTable,
      chain('create', 'c'),
      set('create', 's'),
      elements('create', 's', address(1)),
      object('create'),
    ]) {
      await assertRefused([create], { code: 'EEXIST', index: 0 });
    }
    // Without exclusion all of it may be there.
    await nl.nft.transact([
      addTable,
      chain('add', 'c'),
      set('add', 's'),
      elements('add', 's', address(1)),
      object('add'),
    ]);
    // Of many who create the same at the same time one succeeds.
    const others = await Promise.all(Array.from({ length: 4 }, () => sandbox.open(ns)));
    const results = await Promise.allSettled(others.map((other) => other.nft.transact([chain('create', 'race')])));
    assert.equal(results.filter(({ status }) => status === 'fulfilled').length, 1);
  });

  it('a set holds as many elements as its size says', async () => {
    await nl.nft.transact([addTable, set('add', 's', { desc: { size: 2 } }), elements('add', 's', address(1))]);
    await assertRefused([elements('add', 's', address(2), address(3))], { code: 'ENFILE', index: 0 });
    await nl.nft.transact([elements('add', 's', address(2))]);
    await assertRefused([elements('add', 's', address(3))], { code: 'ENFILE' });
    await nl.nft.transact([elements('delete', 's', address(1)), elements('add', 's', address(4))]);
    assert.match(ruleset(), /elements = \{ 10\.0\.0\.2, 10\.0\.0\.4 \}/);
  });

  it('intervals do not overlap', async () => {
    await nl.nft.transact([
      addTable,
      set('add', 's', { flags: ['interval'] }),
      elements('add', 's', ...interval(10, 20), ...interval(30, 40)),
    ]);
    for (const [from, to] of [
      [5, 12],
      [15, 35],
      [12, 13],
      [5, 50],
      [20, 20],
    ] as const) {
      await assertRefused([elements('add', 's', ...interval(from, to))], { code: 'EEXIST', index: 0 });
    }
    await nl.nft.transact([elements('add', 's', ...interval(21, 29))]);
    const fields = { keyType: 0x1c7, keyLen: 8, desc: { concat: [{ len: 4 }, { len: 4 }] } };
    await nl.nft.transact([set('add', 'wide', { flags: ['interval', 'concat'], ...fields })]);
    const box = (from: number, to: number) => ({
      key: bytes(10, 0, 0, from, 10, 1, 0, from),
      keyEnd: bytes(10, 0, 0, to, 10, 1, 0, to),
    });
    await nl.nft.transact([elements('add', 'wide', box(10, 20), box(30, 40))]);
    await assertRefused([elements('add', 'wide', box(15, 25))], { code: 'EEXIST' });
  });

  it('a loop of jumps is refused, by whichever message closes it', async () => {
    await nl.nft.transact([
      addTable,
      { operation: 'nft.addChain', spec: { ...own, name: 'in', type: 'filter', hook: { hooknum: 1, priority: 0 } } },
      chain('add', 'a'),
      chain('add', 'b'),
      rule('in', jump('a')),
      rule('a', jump('b')),
    ]);
    await assertRefused([rule('b', jump('a'))], { code: /EMLINK|ELOOP/ });
  });

  it('an owner’s table is the owner’s alone, and goes with it unless it persists', async () => {
    const owner = await sandbox.open(ns);
    await owner.nft.transact([{ operation: 'nft.addTable', spec: { family: 'ip', name: 'mine', flags: ['owner'] } }]);
    const intrude = { operation: 'nft.addChain', spec: { family: 'ip', table: 'mine', name: 'c' } };
    await assertRefused([intrude], { code: 'EPERM', index: 0 });
    await owner.nft.transact([intrude]);
    await owner.close();
    assert.equal(ruleset(), '');
  });

  it('an owner’s table that persists can be owned anew', async function () {
    const owner = await sandbox.open(ns);
    const persist = { operation: 'nft.addTable', spec: { family: 'ip', name: 'p', flags: ['owner', 'persist'] } };
    try {
      await owner.nft.transact([persist]);
    } catch {
      skipBecause(this, 'the kernel knows no persistent tables (before Linux 6.9)');
    }
    await owner.close();
    assert.match(nft(ns, 'list', 'tables'), /table ip p/);
    await nl.nft.transact([persist]);
    const other = await sandbox.open(ns);
    await assert.rejects(other.nft.transact([persist]), { code: 'EPERM' });
  });

  it('many who compare and commit lose none of each other’s changes', async () => {
    await nl.nft.transact([addTable, set('add', 's')]);
    const handles = await Promise.all(Array.from({ length: 4 }, () => sandbox.open(ns)));
    let refused = 0;
    // Each adds the address that follows on the highest there is: a read and a write that must not be torn apart.
    await Promise.all(
      handles.map(async (handle) => {
        for (let done = 0; done < 10; ) {
          try {
            const { generation, ruleset: read } = await handle.nft.read({ family: 'ip', table: 't', set: 's' });
            const known = read.elements[0]?.elements?.length ?? 0;
            await handle.nft.transact([elements('create', 's', address(known + 1))], { generation });
            done++;
          } catch (error) {
            // The others may also change the set during every attempt to read it.
            if (!(error instanceof DumpInterruptedError)) assert.equal((error as { code: string }).code, 'ERESTART');
            refused++;
          }
        }
      }),
    );
    assert.equal(ruleset().match(/10\.0\.0\.\d+/g)?.length, 40);
    assert.ok(refused > 0);
  });

  it('10,000 transactions queued at once, of which some fail, each with its own result', async () => {
    await nl.nft.transact([addTable, set('add', 's'), set('add', 'u', { id: 2 })]);
    const before = await nl.nft.generation();
    const results = await Promise.allSettled(
      Array.from({ length: 10_000 }, (_, i) => {
        const key = bytes(10, 1, i >> 8, i & 0xff);
        const bad = i % 3000 === 2999 ? [chain('delete', 'nothing')] : [];
        return nl.nft.transact([elements('create', 's', { key }), ...bad]);
      }),
    );
    results.forEach((result, i) => {
      if (i % 3000 !== 2999) assert.equal(result.status, 'fulfilled', `${i}`);
      else {
        const { code, index } = (result as PromiseRejectedResult).reason;
        assert.deepEqual([code, index], ['ENOENT', 1]);
      }
    });
    assert.equal(
      (await nl.nft.read({ family: 'ip', table: 't', set: 's' })).ruleset.elements[0]?.elements?.length,
      9997,
    );
    const commits = (await nl.nft.generation()) - before;
    assert.ok(commits < 5000, `${commits}`);
  });

  describe('without privilege', () => {
    /** Runs the child in new namespaces and returns what it prints. */
    function inside(...namespaces: string[]) {
      const script = fileURLToPath(new URL('../support/nft-unprivileged.mjs', import.meta.url));
      const built = new URL('../../dist/index.js', import.meta.url).href;
      const what = namespaces.includes('--net') ? 'little' : 'nothing';
      const args = ['--user', '--map-root-user', ...namespaces, process.execPath, script, built, what];
      return JSON.parse(execFileSync('unshare', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }));
    }

    it('every transaction is refused, and none hangs', () => {
      const { huge, ...rest } = inside();
      assert.deepEqual(rest, { one: 'EPERM', echo: 'EPERM', check: 'EPERM', large: 'EPERM', many: ['EPERM'] });
      // How much may be sent at once is the machine's to say.
      assert.match(huge, /^EPERM|^EMSGSIZE undefined the transaction takes \d+ bytes.*wmem_max/);
    });

    it('in a user namespace of one’s own all works that fits the buffers', () => {
      const { huge, errors, ...rest } = inside('--net');
      assert.deepEqual(rest, { made: 'done', echo: 'done', fits: 'done', after: 'done' });
      assert.match(errors, /^ENOENT 0 /);
      // Some kernels let the owner of the namespace exceed the limits.
      assert.match(huge, /^done$|^EMSGSIZE undefined the transaction takes \d+ bytes.*wmem_max/);
    });
  });
});
