// Limits of endpoints: what is asked for is what flows, both ways, and all of it is at the host's end.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type Endpoint, Netns, type NetnsRef, Network } from '../../lib/index.js';
import { Machine, OUTSIDE } from '../support/machine.js';
import { ip, ipJson, linksOf, nft, run } from '../support/sandbox.js';
import { skipBecause } from '../support/skip.js';
import { throughput } from '../support/throughput.js';

/** How long is measured, in seconds. */
const MEASURED = 1.5;

// TCP, as it is used; at a rate at which it takes seconds to find its pace, UDP packets, more than may pass.
const RECEIVER = `
  const [port, protocol] = process.argv.slice(1);
  if (protocol === 'udp') require('dgram').createSocket('udp4').bind(Number(port), () => console.log('ready'));
  else require('net').createServer((socket) => socket.resume()).listen(Number(port), () => console.log('ready'));`;
const SENDER = `
  const [address, port, protocol] = process.argv.slice(1);
  if (protocol === 'udp') {
    const socket = require('dgram').createSocket('udp4');
    const chunk = Buffer.alloc(1000);
    socket.connect(Number(port), address, () => setInterval(() => { for (let i = 0; i < 4; i++) socket.send(chunk); }, 10));
    socket.on('error', () => {});
  } else {
    const socket = require('net').connect(Number(port), address);
    const chunk = Buffer.alloc(64 * 1024);
    const send = () => { while (socket.write(chunk)); };
    socket.on('connect', send).on('drain', send).on('error', () => process.exit());
  }`;

describe('network: bandwidth', () => {
  let machine: Machine;
  let network: Network;

  before(async () => {
    machine = await Machine.create();
    network = await machine.network();
  });
  after(() => machine[Symbol.asyncDispose]());

  /** Bits per second between two namespaces, by what has passed a link's queue while there was something in it. */
  async function measure(
    [from, to]: readonly [NetnsRef, NetnsRef],
    address: string,
    port: number,
    protocol: string,
    link: string,
  ): Promise<number> {
    const [source, sink] = [await Netns.open(from), await Netns.open(to)];
    const receiver = sink.spawn(process.execPath, ['-e', RECEIVER, String(port), protocol], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(receiver.stdout as NodeJS.ReadableStream, 'data');
    const sender = source.spawn(process.execPath, ['-e', SENDER, address, String(port), protocol], { stdio: 'ignore' });
    const { burst = 0 } = qdiscs(link)[0]?.options ?? {};
    const [rate = 0] = await throughput([{ nl: machine.nl, link }], MEASURED, burst);
    for (const child of [sender, receiver]) {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    await Promise.all([source.close(), sink.close()]);
    return rate;
  }

  for (const mbit of [1, 10, 100]) {
    it(`${mbit} Mbit/s, both ways`, async function () {
      if (mbit > 1 && process.env.NETPLUMB_SLOW) skipBecause(this, 'timers of an emulated machine are too late for it');
      const endpoint: Endpoint = await network.attach({
        id: `e${mbit}`,
        bandwidth: { ingress: `${mbit}mbit`, egress: mbit * 1_000_000 },
      });
      assert.deepEqual(endpoint.bandwidth, { ingress: mbit * 1e6, egress: mbit * 1e6 });
      const inside = endpoint.netns as string;
      const address = (endpoint.addresses[0] as string).split('/')[0] as string;
      const protocol = mbit === 1 ? 'udp' : 'tcp';
      const ingress = await measure([machine.netns, inside], address, 5001, protocol, endpoint.hostInterface);
      const egress = await measure([inside, machine.outside], OUTSIDE, 5000 + mbit, protocol, shaper());
      for (const [name, rate] of Object.entries({ ingress, egress })) {
        const ratio = rate / (mbit * 1e6);
        assert.ok(ratio > 0.9 && ratio < 1.1, `${name}: ${(rate / 1e6).toFixed(2)} Mbit/s`);
      }
      // Nothing of it is the container's to change.
      assert.doesNotMatch(run('tc', '-n', inside, 'qdisc', 'show'), /tbf|htb|ingress/);
      const found = (await network.endpoints()).find(({ id }) => id === endpoint.id);
      assert.deepEqual(found?.bandwidth, endpoint.bandwidth);
      await endpoint.detach();
      assert.doesNotMatch(ip(machine.netns, 'link'), /ifb|veth[\w-]{11}/);
    });
  }

  /** Queueing disciplines of a link at the host's end, as tc tells them. */
  const qdiscs = (link: string): { kind: string; root?: true; parent?: string; options: Record<string, number> }[] =>
    JSON.parse(run('tc', '-n', machine.netns.name, '-j', 'qdisc', 'show', 'dev', link));
  const shaper = () => (ipJson(machine.netns, 'link show type ifb') as { ifname: string }[])[0]?.ifname as string;
  const told = async (id: string) => (await network.endpoints()).find((one) => one.id === id)?.bandwidth;

  it('is a token bucket each way, with a fair queue in it where the kernel has one, as tc sees it', async () => {
    let hasFqCodel = true;
    try {
      run('tc', '-n', machine.outside.name, 'qdisc', 'add', 'dev', 'lo', 'root', 'fq_codel');
    } catch {
      hasFqCodel = false;
    }
    const web = await network.attach({ id: 'web', bandwidth: { ingress: '8mbit', egress: '16mbit' } });
    for (const [link, bytes] of [
      [web.hostInterface, 1_000_000],
      [shaper(), 2_000_000],
    ] as const) {
      const [bucket, ...others] = qdiscs(link);
      assert.deepEqual([bucket?.kind, bucket?.root, bucket?.options.rate], ['tbf', true, bytes], link);
      // 20 ms of the rate.
      assert.equal(bucket?.options.burst, bytes / 50, link);
      const leaf = others.find(({ parent }) => parent === '1:1');
      assert.equal(leaf?.kind, hasFqCodel ? 'fq_codel' : undefined, link);
    }
    assert.ok(qdiscs(web.hostInterface).some(({ kind }) => kind === 'ingress'));
    await web.detach();

    // A direction that has no limit has no bucket.
    const fast = await network.attach({ id: 'fast', bandwidth: { ingress: '8mbit' } });
    assert.equal(shaper(), undefined);
    await fast.detach();
    const sender = await network.attach({ id: 'sender', bandwidth: { egress: '8mbit' } });
    assert.ok(!qdiscs(sender.hostInterface).some(({ kind }) => kind === 'tbf'));
    await sender.detach();
  });

  it('has the burst that was asked for, which is told again', async () => {
    // What the kernel's clock can tell exactly at both rates.
    const bandwidth = { ingress: 8e6, egress: 16e6, burst: 4800 };
    const web = await network.attach({ id: 'web', bandwidth });
    for (const link of [web.hostInterface, shaper()]) assert.equal(qdiscs(link)[0]?.options.burst, 4800, link);
    assert.deepEqual(web.bandwidth, bandwidth);
    assert.deepEqual(await told('web'), bandwidth);
    await using other = await Network.open('demo', { netns: machine.netns });
    assert.deepEqual((await other.endpoints())[0]?.bandwidth, bandwidth);
    await web.detach();
    const plain = await network.attach({ id: 'plain', bandwidth: { egress: 16e6 } });
    assert.deepEqual(await told('plain'), { egress: 16e6 });
    await plain.detach();
    // Where nothing is limited there is none.
    const free = await network.attach({ id: 'free', bandwidth: { burst: 4800 } });
    assert.deepEqual([free.bandwidth, await told('free')], [undefined, undefined]);
    await free.detach();
  });

  it('has a burst that holds at least a packet, of the endpoint’s MTU or the network’s', async () => {
    const jumbo = await machine.network({ name: 'jumbo', subnets: ['10.89.0.0/16'], mtu: 9000 });
    const traces = () => ({ links: linksOf(machine.netns), ruleset: nft(machine.netns, 'list', 'ruleset') });
    for (const [on, mtu, burst] of [
      [network, undefined, 1513],
      [network, 9000, 1600],
      [network, 9000, 9013],
      [jumbo, undefined, 9013],
      [jumbo, 1400, 1413],
    ] as const) {
      const before = traces();
      await assert.rejects(on.attach({ id: 'x', mtu, bandwidth: { egress: '1mbit', burst } }), (error) => {
        assert.ok(error instanceof RangeError);
        const { code, field } = error as { code?: string; field?: string };
        assert.deepEqual([code, field], ['ERR_OUT_OF_RANGE', 'bandwidth.burst']);
        return true;
      });
      assert.deepEqual(traces(), before);
    }
    // With the least that is taken, the largest packets pass, at any rate.
    for (const [mtu, rate] of [
      [1400, 1e6],
      [9000, 10e6],
      [9000, 1e9],
    ] as const) {
      const bandwidth = { ingress: rate, egress: rate, burst: mtu + 14 };
      const web = await jumbo.attach({ id: 'web', mtu, bandwidth });
      const size = String(mtu - 28);
      const ping = ['ping', '-M', 'do', '-s', size, '-c', '3', '-i', '0.2', '-W', '2', '10.89.0.1'];
      assert.match(run('ip', 'netns', 'exec', web.netns as string, ...ping), /3 received/);
      await web.detach();
    }
    await jumbo.delete();
  });

  it('is limited in routed networks, too', async () => {
    const routed = await machine.network({ name: 'routed', subnets: ['10.90.0.0/16'], mode: 'routed' });
    const bandwidth = { ingress: 1e6, egress: 1e6 };
    const web = await routed.attach({ id: 'web', bandwidth });
    assert.equal(qdiscs(web.hostInterface)[0]?.kind, 'tbf');
    const inside = web.netns as string;
    for (const rate of [
      await measure([machine.netns, inside], '10.90.0.2', 5001, 'udp', web.hostInterface),
      await measure([inside, machine.outside], OUTSIDE, 5201, 'udp', shaper()),
    ]) {
      assert.ok(rate > 0.9e6 && rate < 1.1e6, `${(rate / 1e6).toFixed(2)} Mbit/s`);
    }
    assert.deepEqual((await routed.endpoints())[0]?.bandwidth, bandwidth);
    await web.detach();
    assert.equal(shaper(), undefined);
    await routed.delete();
  });
});
