// How many endpoints bridges hold: as many as the kernel lets them have ports, and not one more; joined ones hold more.
import assert from 'node:assert/strict';
import { EndpointCapacityError } from '../../lib/index.js';
import { Machine } from '../support/machine.js';
import { ip, linksOf } from '../support/sandbox.js';
import { skipBecause } from '../support/skip.js';

/** Ports of a bridge: BR_MAX_PORTS less one. */
const PORTS = 1023;

const spec = (i: number) => ({ id: `e${i}`, netns: { anonymous: true as const } });
const isFull = (capacity: number) => (error: unknown) =>
  error instanceof EndpointCapacityError && error.lacking === 'ports' && error.capacity === capacity;

describe('network: capacity', () => {
  let machine: Machine;

  beforeEach(async () => {
    machine = await Machine.create();
  });
  afterEach(() => machine[Symbol.asyncDispose]());

  const ports = (bridge: string) =>
    ip(machine.netns, `-br link show master ${bridge}`)
      .split('\n')
      .filter((line) => line !== '').length;

  it('a bridge has 1,023 endpoints; one more is refused, by us before the kernel does', async function () {
    if (process.env.NETPLUMB_SLOW) skipBecause(this, 'it takes minutes on this machine');
    this.timeout(60_000);
    const network = await machine.network({ subnets: ['10.88.0.0/16'] });
    await network.attachMany(Array.from({ length: PORTS - 1 }, (_, i) => spec(i)));
    assert.equal(ports('np-demo'), PORTS - 1);
    // Somebody else's port, which only the kernel has counted: what it refuses is told in the same way, and taken back.
    ip(machine.netns, 'link add foreign type veth peer foreign1');
    ip(machine.netns, 'link set foreign master np-demo');
    const before = linksOf(machine.netns);
    await assert.rejects(network.attach(spec(PORTS)), isFull(PORTS));
    assert.deepEqual(linksOf(machine.netns), before);
    ip(machine.netns, 'link set foreign nomaster');
    await network.attach(spec(PORTS));
    assert.equal(ports('np-demo'), PORTS);
    await assert.rejects(
      network.attach(spec(PORTS + 1)),
      (error) => isFull(PORTS)(error) && (error as Error).cause === undefined,
    );
    assert.throws(() => ip(machine.netns, 'link set foreign master np-demo'), /Exchange full/);
    await network.detachMany([...Array(PORTS + 1).keys()].map((i) => `e${i}`));
    assert.equal(ports('np-demo'), 0);
  });

  it('joined bridges have as many as their ports less those that join them', async () => {
    const network = await machine.network({ subnets: ['10.88.0.0/16'], maxEndpoints: 2 * PORTS - 2 });
    const bridges = (await machine.nl.links.list({ kind: 'bridge' })).map(({ name }) => name);
    assert.equal(bridges.length, 2);
    // Most ports are links that are made more quickly.
    for (const [i, master] of bridges.entries()) {
      const numbers = Array.from({ length: PORTS - 4 }, (_, n) => n);
      await Promise.all(
        numbers.map((n) => machine.nl.links.create({ kind: 'ifb', name: `b${i}n${n}`, group: 7, master })),
      );
    }
    const made = await network.attachMany(Array.from({ length: 6 }, (_, i) => spec(i)));
    assert.equal(made.length, 6);
    assert.deepEqual(bridges.map(ports), [PORTS, PORTS]);
    await assert.rejects(network.attach(spec(6)), isFull(2 * PORTS - 2));
    await network.detach('e0');
    await network.attach(spec(6));
    await assert.rejects(network.attach(spec(7)), isFull(2 * PORTS - 2));
    await machine.nl.links.delete({ group: 7 });
  });

  for (const mode of ['bridge', 'routed'] as const) {
    for (const [subnets, gateways, expected] of [
      [['10.88.0.0/30'], [], 1],
      [['10.88.0.0/29'], [], 5],
      [['10.88.0.0/29'], ['10.88.0.6'], 5],
      [['fd00:88::/126'], [], 2],
      [['fd00:88::/125'], ['fd00:88::7'], 6],
      [['10.88.0.0/29', 'fd00:88::/64'], [], 5],
      [['10.88.0.0/24', 'fd00:88::/126'], [], 2],
      // A number that is a gateway's in one subnet is no endpoint's in the other.
      [['10.88.0.0/29', 'fd00:88::/64'], ['10.88.0.1', 'fd00:88::2'], 4],
      [['10.88.0.0/29', 'fd00:88::/64'], ['10.88.0.1', 'fd00:88::7'], 5],
    ] as const) {
      it(`${mode}: ${[...subnets, ...gateways].join(', ')} has room for ${expected}, as is told`, async () => {
        const network = await machine.network({ mode, subnets, gateways });
        let attached = 0;
        const attaching = (async () => {
          for (; ; attached++) await network.attach(spec(attached));
        })();
        await assert.rejects(attaching, (error) => {
          assert.ok(error instanceof EndpointCapacityError);
          assert.deepEqual([error.lacking, error.capacity, attached], ['addresses', expected, expected]);
          return true;
        });
      });
    }
  }
});
