// What networks change of the machine beside their own links: forwarding, and with it how links hear routers.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Network } from '../../lib/index.js';
import { Machine, SUBNETS } from '../support/machine.js';
import { dead, living, markAs } from '../support/marks.js';
import { ip, nft } from '../support/sandbox.js';

describe('network: forwarding', () => {
  let machine: Machine;
  const ACCEPT_RA = 'net.ipv6.conf.eth0.accept_ra';
  const KEYS = ['net.ipv4.ip_forward', 'net.ipv6.conf.all.forwarding', ACCEPT_RA];
  const settings = () => Promise.all(KEYS.map((key) => machine.nl.sysctl.get(key)));
  const options = () => ({ netns: machine.netns });

  beforeEach(async () => {
    machine = await Machine.create();
    for (const key of KEYS) await machine.nl.sysctl.set(key, key === ACCEPT_RA ? 1 : 0);
    ip(machine.netns, '-6 route add 2001:db8:1::/64 via fe80::2 dev eth0 proto ra');
  });
  afterEach(() => machine[Symbol.asyncDispose]());

  /** What there is when a process has died that had said that it is about a network: no network, but the table. */
  const orphan = async (by: string) => {
    const network = await machine.network();
    await network.close();
    ip(machine.netns, 'link delete np-demo');
    for (const set of ['networks', 'allowed', 'sources4', 'sources6', 'hairpin4', 'hairpin6'])
      nft(machine.netns, 'flush', 'set', 'inet', 'netplumb', set);
    for (const map of ['gateways4', 'gateways6']) nft(machine.netns, 'flush', 'map', 'inet', 'netplumb', map);
    const [door] = /open-demo\S*/.exec(nft(machine.netns, 'list', 'sets')) as RegExpExecArray;
    nft(machine.netns, 'delete', 'set', 'inet', 'netplumb', door);
    markAs(machine.netns, 'np7', by);
  };

  it('is turned on with the first network, and all is set back with the last', async () => {
    const first = await machine.network();
    assert.deepEqual(await settings(), ['1', '1', '2']);
    const second = await machine.network({ name: 'second', subnets: ['10.94.0.0/16', 'fd00:94::/64'], mode: 'routed' });
    await first.delete();
    assert.deepEqual(await settings(), ['1', '1', '2']);
    await second.delete();
    assert.deepEqual(await settings(), ['0', '0', '1']);
  });

  it('leaves alone what somebody has set meanwhile, and what was so before', async () => {
    const network = await machine.network();
    await machine.nl.sysctl.set(ACCEPT_RA, 0);
    await network.delete();
    assert.deepEqual(await settings(), ['0', '0', '0']);
    await machine.nl.sysctl.set('net.ipv4.ip_forward', 1);
    await machine.nl.sysctl.set(ACCEPT_RA, 2);
    await (await machine.network()).delete();
    assert.deepEqual(await settings(), ['1', '0', '2']);
    // A link that is gone, too.
    await machine.nl.sysctl.set(ACCEPT_RA, 1);
    const last = await machine.network();
    ip(machine.netns, 'link delete eth0');
    await last.delete();
    assert.equal(nft(machine.netns, 'list', 'ruleset'), '');
  });

  it('is set back after a flush of the ruleset, too, but not where others have deleted the network', async () => {
    for (const mode of ['bridge', 'routed'] as const) {
      const network = await machine.network({ mode });
      nft(machine.netns, 'flush', 'ruleset');
      if (mode === 'bridge') await network.reconcile();
      if (mode === 'bridge') nft(machine.netns, 'delete', 'table', 'inet', 'netplumb');
      await network.delete();
      assert.deepEqual(await settings(), ['0', '0', '1'], mode);
    }
    const network = await machine.network();
    const other = await Network.open('demo', options());
    await other.delete();
    await machine.nl.sysctl.set('net.ipv4.ip_forward', 1);
    await network.delete();
    assert.deepEqual(await settings(), ['1', '0', '1']);
  });

  it('is set back by the next open() where a process has died with no network made yet, or left', async () => {
    await orphan(dead());
    assert.deepEqual(await settings(), ['1', '1', '2']);
    await assert.rejects(Network.open('absent', options()), { code: 'ENOENT' });
    assert.equal(nft(machine.netns, 'list', 'ruleset'), '');
    assert.deepEqual(await settings(), ['0', '0', '1']);
    // So does who makes one there, and deletes it.
    await orphan(dead());
    await (await machine.network({ subnets: [SUBNETS[0] as string] })).delete();
    assert.equal(nft(machine.netns, 'list', 'ruleset'), '');
    assert.deepEqual(await settings(), ['0', '0', '1']);
  });

  it('is left alone by open() while a living process is about a network', async () => {
    const child = spawn('sleep', ['60'], { stdio: 'ignore' });
    await once(child, 'spawn');
    try {
      await orphan(living(child.pid));
      await assert.rejects(Network.open('absent', options()), { code: 'ENOENT' });
      assert.match(nft(machine.netns, 'list', 'ruleset'), /table inet netplumb/);
      assert.deepEqual(await settings(), ['1', '1', '2']);
    } finally {
      child.kill('SIGKILL');
    }
    await once(child, 'exit');
    await assert.rejects(Network.open('absent', options()), { code: 'ENOENT' });
    assert.equal(nft(machine.netns, 'list', 'ruleset'), '');
  });
});
