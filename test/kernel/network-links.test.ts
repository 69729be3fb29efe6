// Networks' own links and addresses: others' are left alone, and what is missing of theirs is put back.
import assert from 'node:assert/strict';
import { type Endpoint, Network } from '../../lib/index.js';
import { Machine, tryAll } from '../support/machine.js';
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
});
