// What others have taken away, or somebody has left who died over it, hides nothing that is to go, and shows nothing that is
// another's.
import assert from 'node:assert/strict';
import { type Netlink, Netns, Network } from '../../lib/index.js';
import { Host } from '../../lib/network/host.js';
import { endpointKey, networkNumber } from '../../lib/network/records.js';
import { dead, markAs } from '../support/marks.js';
import { madeLinks, nft, run, Sandbox } from '../support/sandbox.js';

describe('network: recovery', () => {
  let sandbox: Sandbox;
  let machine: Netns & { name: string };
  let nl: Netlink;
  let network: Network;

  beforeEach(async () => {
    sandbox = new Sandbox();
    ({ ns: machine, nl } = await sandbox.host('machine'));
    network = await Network.create({ name: 'demo', subnets: ['10.88.0.0/16', 'fd00:88::/64'], netns: machine });
  });
  afterEach(async () => {
    await network.delete().catch(() => {});
    await sandbox[Symbol.asyncDispose]();
  });

  const names = () =>
    run('ls', '/run/netns')
      .split('\n')
      .filter((name) => name !== '' && !name.startsWith('np-test-'));
  const flush = (what: string) => nft(machine, ...`flush ${what}`.split(' '));
  const setOf = (name: string) => nft(machine, 'list', 'set', 'inet', 'netplumb', name);

  for (const what of ['ruleset', 'set inet netplumb endpoints']) {
    for (const [how, remove] of [
      ['detach()', () => network.detachMany(['web', 'named'])],
      ['gc()', async () => assert.deepEqual((await network.gc([])).endpoints.sort(), ['named', 'web'])],
      ['delete()', () => network.delete()],
    ] as const) {
      it(`after a flush of ${what} endpoints go all the same, by ${how}`, async () => {
        const before = madeLinks(machine);
        await network.prewarm(1);
        await network.attach({
          id: 'web',
          ports: [{ hostPort: 8080, port: 80 }],
          bandwidth: { egress: '10mbit' },
        });
        await network.prewarm(0);
        await network.attach({ id: 'named', netns: 'pod', hostInterface: 'mine' });
        flush(what);
        await remove();
        assert.deepEqual(names(), []);
        const links = madeLinks(machine);
        assert.deepEqual(how === 'delete()' ? [...links, 'np-demo'].sort() : links.sort(), before.sort());
        if (what === 'ruleset' || how === 'delete()') assert.equal(nft(machine, 'list', 'ruleset'), '');
        else for (const set of ['busy', 'addresses4', 'addresses6']) assert.doesNotMatch(setOf(set), /elements/);
      });
    }
  }

  it('after a flush nothing is taken from who has got the addresses and ports since', async () => {
    const { addresses } = await network.attach({ id: 'web', ports: [{ hostPort: 8080, port: 80 }] });
    for (const set of ['endpoints', 'addresses4', 'addresses6']) flush(`set inet netplumb ${set}`);
    flush('map inet netplumb ports4');
    flush('map inet netplumb ports6');
    const plain = addresses.map((address) => address.split('/')[0] as string);
    await using other = await Network.open('demo', { netns: machine });
    await other.attach({ id: 'db', addresses: plain, ports: [{ hostPort: 8080, port: 80 }] });
    await network.detach('web');
    assert.deepEqual(names(), ['np-demo-db']);
    assert.deepEqual(
      (await network.endpoints()).map(({ id, ports }) => [id, ports]),
      [['db', [{ protocol: 'tcp', hostPort: 8080, port: 80 }]]],
    );
    for (const address of plain) {
      assert.ok(setOf(address.includes(':') ? 'addresses6' : 'addresses4').includes(`"demo/db"`), address);
    }
  });

  describe('of what somebody claimed who died over it', () => {
    const key = endpointKey('demo', 'left');

    /** Claims an endpoint as a process that is gone. */
    const claim = (further: string) => {
      const add = (set: string, element: string) =>
        nft(machine, 'add', 'element', 'inet', 'netplumb', set, `{ ${element} }`);
      markAs(machine, key, dead());
      add('endpoints', `"${key}" comment "id=left net=demo ip=10.88.0.9 ${further} at=1"`);
      add('addresses4', `10.88.0.9 comment "demo/left"`);
    };
    const ways: [string, () => Promise<unknown>][] = [
      ['gc()', () => network.gc()],
      ['detach()', () => network.detach('left')],
      ['attach()', async () => (await network.attach({ id: 'left', netns: { anonymous: true } })).detach()],
    ];

    for (const [how, remove] of ways) {
      it(`another’s namespace and link stay, by ${how}`, async () => {
        const pod = await Netns.create('pod');
        const inside = await sandbox.open(pod);
        await inside.links.create({ kind: 'veth', name: 'eth0', peer: { name: 'eth1' } });
        await nl.links.create({ kind: 'veth', name: 'vpn0', peer: { name: 'vpn1' } });
        claim('ns=+pod host=vpn0');
        await remove();
        assert.deepEqual(await network.endpoints(), []);
        assert.doesNotMatch(setOf('busy'), /elements/);
        assert.deepEqual(names(), ['pod']);
        assert.ok(madeLinks(machine).includes('vpn0'));
        await pod.delete();
      });

      it(`a namespace goes that nothing is in yet, by ${how}`, async () => {
        await (await Netns.create('pod')).close();
        claim('ns=+pod');
        await remove();
        assert.deepEqual(names(), []);
      });

      it(`a namespace goes that has a link of the network’s that is nobody’s yet, by ${how}`, async () => {
        const pod = await Netns.create('pod');
        const group = networkNumber('demo');
        await nl.links.create({ kind: 'veth', name: 'veth0123456789', group, peer: { name: 'eth0', netns: pod } });
        await pod.close();
        claim('ns=+pod host=mine');
        await remove();
        assert.deepEqual(names(), []);
      });
    }
  });

  describe('a namespace’s name that is another’s already', () => {
    const inside = (name: string) => run('ip', '-n', name, '-br', 'addr');

    for (const [what, prepare, fields] of [
      ['', async () => {}, {}],
      [', with namespaces made before', (network: Network) => network.prewarm(1), {}],
      [
        ', with ports that are held',
        async () => {},
        {
          ports: [
            { hostPort: 81, port: 80, reserve: true },
            { hostPort: 82, port: 80, proxy: true },
            { hostPort: 0, port: 80 },
          ],
        },
      ],
    ] as const) {
      it(`does not keep an endpoint from getting one${what}`, async () => {
        const settings = { name: 'demo-x', subnets: ['10.89.0.0/16'], netns: machine };
        await using other = await Network.create(settings);
        const first = await network.attach({ id: 'x-y' });
        await prepare(other);
        const second = await other.attach({ id: 'y', ...fields });
        await other.prewarm(0);
        assert.equal(first.netns, 'np-demo-x-y');
        assert.match(second.netns as string, /^np-demo-x-.{16}$/);
        assert.deepEqual(names(), [first.netns, second.netns].sort());
        assert.match(inside(first.netns as string), /10\.88\.0\./);
        assert.match(inside(second.netns as string), /10\.89\.0\./);
        assert.deepEqual((await other.endpoints())[0]?.netns, second.netns);
        await network.detach('x-y');
        assert.deepEqual(names(), [second.netns]);
        await other.delete();
        assert.deepEqual(names(), []);
      });
    }

    it('nor on another machine', async () => {
      const { ns } = await sandbox.host('another');
      await using other = await Network.create({ name: 'demo', subnets: ['10.88.0.0/16'], netns: ns });
      const all = await Promise.all([network.attach({ id: 'web' }), other.attach({ id: 'web' })]);
      assert.deepEqual(names(), all.map(({ netns }) => netns).sort());
      await network.detach('web');
      assert.equal(names().length, 1);
      await other.delete();
      assert.deepEqual(names(), []);
    });

    it('is one’s own to join, where it was asked for', async () => {
      await using other = await Network.create({ name: 'other', subnets: ['10.89.0.0/16'], netns: machine });
      for (let i = 0; i < 10; i++) {
        await Promise.all([
          network.attach({ id: 'x', netns: 'pod' }),
          other.attach({ id: 'x', netns: 'pod', interface: 'eth1', defaultRoute: false }),
        ]);
        for (const subnet of [/10\.88\.0\./, /10\.89\.0\./]) assert.match(inside('pod'), subnet);
        await Promise.all([network.detach('x'), other.detach('x')]);
        assert.deepEqual(names(), []);
      }
      await other.delete();
    });
  });

  it('who takes over what another left does not go into the namespace that is removed with it', async () => {
    const spec = { id: 'web', netns: 'pod' };
    const { hostInterface } = await network.attach(spec);
    markAs(machine, hostInterface, dead());
    const { addresses } = await network.attach(spec);
    assert.deepEqual(names(), ['pod']);
    assert.ok(run('ip', '-n', 'pod', '-br', 'addr').includes(addresses[0] as string));
    await network.detach('web');
    assert.deepEqual(names(), []);
  });

  it('where gc() fails half way, nothing stays marked by a living process', async () => {
    const ids = Array.from({ length: 40 }, (_, i) => `e${i}`);
    const add = (set: string, elements: string[]) =>
      nft(machine, 'add', 'element', 'inet', 'netplumb', set, `{ ${elements.join(', ')} }`);
    const element = (id: string, i: number) =>
      `"${endpointKey('demo', id)}" comment "id=${id} net=demo ip=10.88.1.${i}"`;
    add('endpoints', ids.map(element));
    const host = await Host.open(machine);
    const { transaction } = host.netfilter;
    let rounds = 0;
    host.netfilter.transaction = async (messages, options) => {
      if (options?.generation !== undefined && ++rounds === 2) throw new Error('not today');
      return transaction.call(host.netfilter, messages, options);
    };
    await assert.rejects(network.gc(), { message: 'not today' });
    host.netfilter.transaction = transaction;
    await host.release();
    assert.doesNotMatch(setOf('busy'), /elements/);
    const { endpoints } = await network.gc();
    assert.ok(endpoints.length > 0 && endpoints.length < ids.length, `${endpoints.length}`);
    assert.doesNotMatch(setOf('endpoints'), /elements/);
  });

  it('a process that /proc does not show counts as living, as long as it is', async () => {
    const script = `
      import { isRunning, ownMarkText } from ${JSON.stringify(new URL('../../dist/network/records.js', import.meta.url).href)};
      const [, , namespace] = ownMarkText().split('.');
      console.log([${process.pid}, ${process.ppid}, process.pid, 2 ** 22].map((pid) => isRunning(pid + '.1.' + namespace)).join(' '));`;
    const hidden = `mount -t proc -o hidepid=2 proc /proc && exec setpriv --reuid=65534 --regid=65534 --clear-groups "$@"`;
    // run() takes the sanitizers away: the addon that needs them must go, too.
    const node = ['env', '-u', 'NETPLUMB_ADDON', process.execPath, '--input-type=module', '-e', script];
    const told = run('unshare', '-m', '--propagation', 'private', 'sh', '-c', hidden, 'sh', ...node);
    assert.equal(told.trim(), 'true true false false');
  });
});
