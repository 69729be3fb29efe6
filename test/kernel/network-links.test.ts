// Networks' own links and addresses: others' are left alone, and what is missing of theirs is put back.
import assert from 'node:assert/strict';
import { BridgeGoneError, type Endpoint, Network } from '../../lib/index.js';
import { MACHINE, Machine, OUTSIDE, tryAll } from '../support/machine.js';
import { ip, ipJson, nft } from '../support/sandbox.js';

interface Shown {
  ifname: string;
  master?: string;
  flags: string[];
  linkinfo?: { info_slave_data?: { isolated?: boolean; hairpin?: boolean } };
  addr_info: { local: string; prefixlen: number }[];
}

/** Links, as far as networks make them what they are. */
function shape(machine: Machine): unknown[] {
  const links = ipJson(machine.netns, '-d addr') as Shown[];
  return links
    .map(({ ifname, master, flags, linkinfo, addr_info }) => [
      ifname,
      master,
      flags.includes('UP'),
      linkinfo?.info_slave_data?.isolated,
      linkinfo?.info_slave_data?.hairpin,
      addr_info.map(({ local, prefixlen }) => `${local}/${prefixlen}`),
    ])
    .sort(([a], [b]) => ((a as string) < (b as string) ? -1 : 1));
}

/** Names of links that begin with something. */
const named = (machine: Machine, prefix: string) =>
  (ipJson(machine.netns, 'link') as Shown[]).flatMap(({ ifname }) => (ifname.startsWith(prefix) ? ifname : []));

const addressOf = ({ addresses }: Endpoint) => (addresses[0] as string).split('/')[0] as string;

describe("networks' links", () => {
  let machine: Machine;

  beforeEach(async () => {
    machine = await Machine.create();
  });
  afterEach(() => machine[Symbol.asyncDispose]());

  it("leaves others' links alone that have the names of its own", async () => {
    ip(machine.netns, 'link add docker0 type bridge');
    ip(machine.netns, 'address add 172.17.0.1/16 dev docker0');
    ip(machine.netns, 'link add np-demo type bridge');
    const before = shape(machine);
    await assert.rejects(machine.network({ bridge: 'docker0' }), { code: 'EEXIST' });
    await assert.rejects(machine.network(), { code: 'EEXIST' });
    assert.deepEqual(shape(machine), before);
    assert.equal(nft(machine.netns, 'list', 'ruleset'), '');
    ip(machine.netns, 'link delete np-demo');
    // One of the network's number, but of another kind.
    const network = await machine.network();
    const { group } = await machine.nl.links.get('np-demo');
    ip(machine.netns, 'link delete np-demo');
    ip(machine.netns, `link add np-demo group ${group} type veth peer name other0`);
    await assert.rejects(network.reconcile(), { code: 'EEXIST' });
    await network.delete();
    assert.equal((await machine.nl.links.get('np-demo')).kind, 'veth');
  });

  it('takes back only what it has made where a network was left by a flush, and has it be what is asked for', async () => {
    const network = await machine.network({ maxEndpoints: 2000 });
    const [joined] = named(machine, 'npb');
    await network.close();
    nft(machine.netns, 'flush', 'ruleset');
    ip(machine.netns, `link delete ${joined}`);
    ip(machine.netns, `link add ${joined} type bridge`);
    const before = shape(machine);
    await assert.rejects(machine.network({ maxEndpoints: 2000 }), { code: 'EEXIST' });
    assert.deepEqual(shape(machine), before);
    ip(machine.netns, `link delete ${joined}`);
    const other = await machine.network({ subnets: ['10.89.0.0/16', 'fd00:89::/64'] });
    const { index } = await machine.nl.links.get('np-demo');
    const addresses = (await machine.nl.addresses.list({ link: index })).map(({ address }) => address).sort();
    assert.deepEqual(addresses, ['10.89.0.1/16', 'fd00:89::1/64', 'fe80::1/64']);
    const web = await other.attach({ id: 'web' });
    await machine.serve(web.netns as string, 'web', 80);
    assert.deepEqual(await tryAll(machine.netns, [[addressOf(web), 80]]), ['web 10.89.0.1']);
  });

  for (const isolateEndpoints of [false, true]) {
    it(`puts back whatever is missing of joined bridges${isolateEndpoints ? ' with isolation' : ''}`, async () => {
      const network = await machine.network({ maxEndpoints: 2000, isolateEndpoints });
      const before = shape(machine);
      const [joined] = named(machine, 'npb');
      const [near] = named(machine, 'npj');
      const [far] = named(machine, 'npk');
      const ways = [
        () => network.reconcile(),
        async () => (await Network.open('demo', { netns: machine.netns })).close(),
      ];
      for (const words of [
        'address flush dev np-demo',
        'address delete fd00:88::1/64 dev np-demo',
        'link set np-demo down',
        `link set ${joined} down`,
        `link delete ${near}`,
        `link set ${near} nomaster`,
        `link set ${far} nomaster`,
        `link set ${far} down`,
        `link delete ${joined}`,
        'link delete np-demo',
        `link set ${near} type bridge_slave isolated ${isolateEndpoints ? 'off' : 'on'}`,
      ]) {
        for (const way of ways) {
          ip(machine.netns, words);
          assert.notDeepEqual(shape(machine), before, words);
          await way();
          assert.deepEqual(shape(machine), before, words);
        }
      }
    });
  }

  it('has endpoints be on its bridges again, as they were', async () => {
    const network = await machine.network({ maxEndpoints: 2000, isolateEndpoints: true });
    const made = await network.attachMany(Array.from({ length: 4 }, (_, i) => ({ id: `e${i}` })));
    for (const [i, { netns }] of made.entries()) await machine.serve(netns as string, `e${i}`, 80);
    const bridges = ['np-demo', ...named(machine, 'npb')];
    const ports = () =>
      (ipJson(machine.netns, '-d link show type veth') as Shown[])
        .filter(({ ifname }) => ifname.startsWith('veth'))
        .map(({ master, linkinfo }) => [
          master,
          linkinfo?.info_slave_data?.isolated,
          linkinfo?.info_slave_data?.hairpin,
        ])
        .sort();
    const before = ports();
    assert.deepEqual(before[0], ['np-demo', true, true]);
    await using other = await Network.open('demo', { netns: machine.netns });
    for (const one of [network, other]) {
      for (const bridge of bridges) ip(machine.netns, `link delete ${bridge}`);
      await one.reconcile();
      assert.deepEqual(ports(), before);
    }
    const targets = made.map((endpoint) => [addressOf(endpoint), 80] as const);
    assert.deepEqual((await tryAll(made[0] as Endpoint, targets)).slice(1), Array(3).fill('silent'));
    assert.deepEqual(
      await tryAll(machine.netns, targets),
      made.map((_, i) => `e${i} 10.88.0.1`),
    );
  });

  it('attaches to bridges that others have put back, and tells of those that are gone', async () => {
    const network = await machine.network({ maxEndpoints: 2000 });
    await using other = await Network.open('demo', { netns: machine.netns });
    const bridges = ['np-demo', ...named(machine, 'npb')];
    const ids = (prefix: string) => Array.from({ length: 4 }, (_, i) => ({ id: `${prefix}${i}` }));
    for (const [i, count] of [0, 2].entries()) {
      for (const bridge of bridges) ip(machine.netns, `link delete ${bridge}`);
      await network.prewarm(count);
      const before = nft(machine.netns, 'list', 'ruleset');
      await assert.rejects(network.attach({ id: 'x' }), (error: BridgeGoneError) => {
        assert.ok(error instanceof BridgeGoneError);
        assert.equal(error.network, 'demo');
        return bridges.includes(error.bridge);
      });
      assert.equal(nft(machine.netns, 'list', 'ruleset'), before);
      await network.prewarm(count);
      await other.reconcile();
      const made = await network.attachMany(ids(`${i}-`));
      const masters = made.map(({ hostInterface: name }) => ipJson(machine.netns, `link show dev ${name}`)[0].master);
      assert.deepEqual([...new Set(masters)].sort(), bridges.sort());
      await other.detachMany(made.map(({ id }) => id));
    }
  });

  it('does not take an uplink for a joined bridge, whatever its name', async () => {
    ip(machine.netns, 'link set eth0 down');
    ip(machine.netns, 'link set eth0 name npb0');
    ip(machine.netns, 'link set npb0 up');
    ip(machine.outside, `route add 10.88.0.0/16 via ${MACHINE}`);
    await machine.serve(machine.outside, 'outside', 80);
    const network = await machine.network({ mode: 'routed', subnets: ['10.88.0.0/16'], internal: true });
    const inner = await network.attach({ id: 'inner' });
    ip(machine.netns, `route replace default via ${OUTSIDE}`);
    assert.deepEqual(await tryAll(machine.netns, [[OUTSIDE, 80]]), [`outside ${MACHINE}`]);
    assert.deepEqual(await tryAll(inner, [[OUTSIDE, 80]]), ['silent']);
  });
});
