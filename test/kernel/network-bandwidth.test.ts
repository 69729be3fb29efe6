// Limits of endpoints: what is asked for is what flows, both ways, and all of it is at the host's end.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type Endpoint, Netns, type NetnsRef, type Network } from '../../lib/index.js';
import { Machine, OUTSIDE } from '../support/machine.js';
import { ip, run } from '../support/sandbox.js';
import { skipBecause } from '../support/skip.js';

/** How long is waited until the burst has passed, and then measured, in milliseconds. */
const WARM_UP = 500;
const MEASURED = 1500;

// TCP, as it is used; at a rate at which it takes seconds to find its pace, UDP packets, more than may pass.
const RECEIVER = `
  const [port, protocol] = process.argv.slice(1);
  let bytes = 0;
  let start;
  const begin = () => {
    if (start) return;
    start = true;
    setTimeout(() => { bytes = 0; start = process.hrtime.bigint(); }, ${WARM_UP});
    setTimeout(() => {
      const seconds = Number(process.hrtime.bigint() - start) / 1e9;
      console.log(bytes * 8 / seconds);
      process.exit();
    }, ${WARM_UP + MEASURED});
  };
  if (protocol === 'udp') {
    const socket = require('dgram').createSocket('udp4');
    socket.on('message', (data) => { begin(); bytes += data.length + 42; }).bind(Number(port), () => console.log('ready'));
  } else {
    require('net').createServer((socket) => {
      begin();
      socket.on('data', (data) => { bytes += data.length * 1514 / 1448; });
    }).listen(Number(port), () => console.log('ready'));
  }`;
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

  /** Bits per second between two namespaces, counted as frames. */
  async function measure(
    from: NetnsRef,
    to: NetnsRef,
    address: string,
    port: number,
    protocol: string,
  ): Promise<number> {
    const [source, sink] = [await Netns.open(from), await Netns.open(to)];
    const receiver = sink.spawn(process.execPath, ['-e', RECEIVER, String(port), protocol], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let text = '';
    receiver.stdout?.setEncoding('utf8').on('data', (data: string) => {
      text += data;
    });
    await once(receiver.stdout as NodeJS.ReadableStream, 'data');
    const sender = source.spawn(process.execPath, ['-e', SENDER, address, String(port), protocol], { stdio: 'ignore' });
    await once(receiver, 'close');
    sender.kill('SIGKILL');
    await Promise.all([once(sender, 'exit'), source.close(), sink.close()]);
    return Number(text.split('\n')[1]);
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
      const ingress = await measure(machine.netns, inside, address, 5001, protocol);
      const egress = await measure(inside, machine.outside, OUTSIDE, 5000 + mbit, protocol);
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
});
