// The userland proxy between throw-away namespaces: clients on a host, servers in an endpoint.
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import dgram from 'node:dgram';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import net from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { type Netns, PortInUseError, PortProxy, type PortProxySpec } from '../../lib/index.js';
import { Sandbox } from '../support/sandbox.js';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const ENDPOINT4 = '10.77.0.2';
const ENDPOINT6 = 'fd00:77::2';

describe('PortProxy', () => {
  let sandbox: Sandbox;
  let host: Netns;
  let endpoint: Netns;
  const servers: (net.Server | dgram.Socket)[] = [];
  const clients: (net.Socket | dgram.Socket)[] = [];

  before(async () => {
    sandbox = new Sandbox();
    const [outside, inside] = [await sandbox.host('host'), await sandbox.host('endpoint')];
    [host, endpoint] = [outside.ns, inside.ns];
    await outside.nl.links.set('lo', { up: true });
    await inside.nl.links.set('lo', { up: true });
    await outside.nl.links.create({ kind: 'veth', name: 'veth0', peer: { name: 'eth0', netns: endpoint } });
    for (const [nl, link, last] of [
      [outside.nl, 'veth0', 1],
      [inside.nl, 'eth0', 2],
    ] as const) {
      await nl.links.set(link, { up: true });
      await nl.addresses.add({ link, address: `10.77.0.${last}/24` });
      await nl.addresses.add({ link, address: `fd00:77::${last}/64`, flags: ['nodad'] });
    }
  });
  afterEach(() => {
    for (const socket of clients.splice(0)) 'destroy' in socket ? socket.destroy() : socket.close();
    for (const server of servers.splice(0)) server.close();
  });
  after(() => sandbox[Symbol.asyncDispose]());

  /** Runs a TCP server in the endpoint, on every address. */
  function serve(handle: (socket: net.Socket) => void, port = 80): void {
    const server = endpoint.enter(() => net.createServer({ allowHalfOpen: true }).listen(port));
    servers.push(server.on('connection', (socket) => handle(socket.on('error', () => {}))));
  }

  /** A datagram socket in a namespace: made at once, as dgram asks `lookup` even for numbers. */
  function datagrams(ns: Netns, port = 0, type: 'udp4' | 'udp6' = 'udp4'): dgram.Socket {
    const lookup = (address: string, family: number, done: (error: null, address: string, family: number) => void) =>
      done(null, address, family);
    return ns.enter(() => dgram.createSocket({ type, lookup: lookup as never }).bind(port));
  }

  /** Connects from the host. */
  function dial(port: number, address = '127.0.0.1'): net.Socket {
    const family = net.isIP(address);
    const lookup: net.LookupFunction = (_, __, done) => done(null, address, family);
    const options = { host: 'proxy', port, family, lookup, allowHalfOpen: true };
    const socket = host.enter(() => net.connect(options));
    clients.push(socket);
    return socket.on('error', () => {});
  }

  const publish = (spec: Partial<PortProxySpec> = {}) =>
    PortProxy.listen({ hostNetns: host, hostPort: 0, address: ENDPOINT4, port: 80, ...spec });
  const descriptors = () => readdirSync('/proc/self/fd').length;
  const echo = (socket: net.Socket) => socket.pipe(socket);

  /** Reads to the end of data. Not by iterating, which would close the other direction too. */
  async function read(socket: net.Socket): Promise<Buffer> {
    const chunks: Buffer[] = [];
    socket.on('data', (chunk) => chunks.push(chunk));
    await once(socket, 'end');
    return Buffer.concat(chunks);
  }
  const text = async (socket: net.Socket) => String(await read(socket));

  /** Asks until it is so; mocha's time-out is the limit. */
  async function until(condition: () => boolean): Promise<void> {
    while (!condition()) await delay(2);
  }

  it('carries both ways, whole, by IPv4 and IPv6, also from one to the other', async () => {
    serve(echo);
    const sent = randomBytes(3_000_000);
    for (const [hostAddress, from, address] of [
      ['127.0.0.1', '127.0.0.1', ENDPOINT4],
      ['::1', '::1', ENDPOINT6],
      ['::1', '::1', ENDPOINT4],
      ['10.77.0.1', '10.77.0.1', ENDPOINT6],
      [undefined, '127.0.0.1', ENDPOINT4],
      [undefined, '::1', ENDPOINT4],
      ['0.0.0.0', '10.77.0.1', ENDPOINT4],
      ['::', 'fd00:77::1', ENDPOINT6],
    ] as const) {
      await using proxy = await publish({ hostAddress, address });
      assert.ok(proxy.hostPort > 0);
      const client = dial(proxy.hostPort, from);
      client.end(sent);
      assert.ok(sent.equals(await read(client)), `${hostAddress} to ${address}`);
      await until(() => proxy.connections === 0);
    }
  });

  it('listens on the addresses of one family alone when told', async () => {
    for (const [hostAddress, other] of [
      ['0.0.0.0', '::1'],
      ['::', '127.0.0.1'],
      ['127.0.0.1', '10.77.0.1'],
    ] as const) {
      await using proxy = await publish({ hostAddress });
      await assert.rejects(once(dial(proxy.hostPort, other), 'connect'), { code: 'ECONNREFUSED' });
    }
  });

  it('reaches an endpoint’s own 127.0.0.1, from inside of its namespace', async () => {
    serve((socket) => socket.end(String(socket.remoteAddress)));
    await using proxy = await publish({ netns: endpoint, address: '127.0.0.1' });
    assert.equal(await text(dial(proxy.hostPort)), '::ffff:127.0.0.1');
  });

  it('passes on the end of data in its own direction only', async () => {
    serve(async (socket) => socket.end(`got ${await text(socket)}`));
    serve((socket) => {
      socket.end('first');
      void text(socket).then((all) => received.push(all));
    }, 81);
    const received: string[] = [];

    await using proxy = await publish();
    const asking = dial(proxy.hostPort);
    asking.end('question');
    assert.equal(await text(asking), 'got question');

    await using other = await publish({ port: 81 });
    const listening = dial(other.hostPort);
    assert.equal(await text(listening), 'first');
    listening.write('still ');
    await delay(20);
    listening.end('here');
    await until(() => received.length === 1);
    assert.deepEqual(received, ['still here']);
    await until(() => proxy.connections + other.connections === 0);
  });

  for (const from of ['client', 'server'] as const) {
    it(`reads no faster than the other side takes it, from the ${from}`, async () => {
      let accepted: net.Socket | undefined;
      serve((socket) => {
        accepted = socket.pause();
      });
      await using proxy = await publish();
      const client = dial(proxy.hostPort).pause();
      await until(() => accepted !== undefined);
      const server = accepted as net.Socket;
      const [writer, reader] = from === 'client' ? [client, server] : [server, client];
      const chunk = randomBytes(1 << 20);
      const hash = createHash('sha256');
      let sent = 0;
      const limit = 256 * chunk.length;
      const kept = () => {
        collectGarbage();
        return process.memoryUsage().arrayBuffers;
      };
      const before = kept();
      // Writes for as long as the kernel takes it: what it keeps for four sockets, and no more.
      for (let last = -1; sent !== last && sent < limit; ) {
        last = sent;
        for (let i = 0; i < 100 && sent < limit; i++) {
          if (writer.writableLength === 0) {
            writer.write(chunk);
            hash.update(chunk);
            sent += chunk.length;
          }
          await delay(1);
        }
      }
      assert.ok(sent < limit, `${sent} bytes went into a connection that nobody reads`);
      assert.ok(kept() - before < 8 * chunk.length, 'this process keeps little of it');
      writer.end();
      const received = createHash('sha256');
      for await (const data of reader) received.update(data);
      assert.equal(received.digest('hex'), hash.digest('hex'));
    });
  }

  it('passes on resets, both ways, and resets the client of a target that refuses', async () => {
    const errors: string[] = [];
    const onError = (error: NodeJS.ErrnoException) => errors.push(error.code as string);
    serve((socket) => {
      socket.once('data', () => socket.resetAndDestroy());
      socket.once('error', (error: NodeJS.ErrnoException) => errors.push(`server ${error.code}`));
    });
    await using proxy = await publish({ onError });
    const client = dial(proxy.hostPort).resume();
    client.write('x');
    await assert.rejects(once(client, 'end'), { code: 'ECONNRESET' });

    const other = dial(proxy.hostPort);
    await once(other, 'connect');
    await until(() => proxy.connections === 1);
    await delay(20);
    other.resetAndDestroy();
    await until(() => errors.length === 1 && proxy.connections === 0);
    assert.deepEqual(errors.splice(0), ['server ECONNRESET']);

    await using nowhere = await publish({ port: 9, onError });
    await assert.rejects(once(dial(nowhere.hostPort).resume(), 'end'), { code: 'ECONNRESET' });
    assert.deepEqual(errors, ['ECONNREFUSED']);
    await until(() => nowhere.connections === 0);
  });

  it('gives up on a target that does not answer', async () => {
    const errors: string[] = [];
    await using proxy = await publish({
      address: '10.77.0.99',
      connectTimeout: 50,
      onError: (error: NodeJS.ErrnoException) => errors.push(error.code as string),
    });
    await assert.rejects(once(dial(proxy.hostPort).resume(), 'end'), { code: 'ECONNRESET' });
    assert.deepEqual(errors, ['ETIMEDOUT']);
  });

  it('serves a thousand at once, and keeps nothing of them', async () => {
    serve(echo);
    const before = descriptors();
    {
      await using proxy = await publish();
      const sockets = Array.from({ length: 1000 }, () => dial(proxy.hostPort));
      await until(() => proxy.connections === 1000);
      await Promise.all(
        sockets.map(async (socket, i) => {
          socket.end(`hello ${i}`);
          assert.equal(await text(socket), `hello ${i}`);
        }),
      );
      await until(() => proxy.connections === 0);
    }
    clients.splice(0);
    await until(() => descriptors() <= before);
  });

  it('says that a port is taken, and by whom', async () => {
    serve(echo);
    const proxy = await publish({ hostAddress: '127.0.0.1' });
    const { hostPort } = proxy;
    const before = descriptors();
    for (const hostAddress of ['127.0.0.1', '0.0.0.0', undefined]) {
      await assert.rejects(publish({ hostAddress, hostPort }), (error) => {
        assert.ok(error instanceof PortInUseError);
        assert.equal(error.code, 'EADDRINUSE');
        assert.equal(error.port, hostPort);
        assert.equal(error.protocol, 'tcp');
        assert.match(error.message, new RegExp(`tcp .*:${hostPort} is taken by \\S+ \\(process ${process.pid}\\)`));
        return true;
      });
    }
    assert.equal(descriptors(), before);
    await using udp = await publish({ protocol: 'udp', hostAddress: '127.0.0.1', hostPort });
    await assert.rejects(publish({ protocol: 'udp', hostPort }), { code: 'EADDRINUSE', protocol: 'udp' });
    assert.equal(udp.hostPort, hostPort);
    await using beside = await publish({ hostAddress: '10.77.0.1', hostPort });
    assert.equal(beside.hostPort, hostPort);
    // At once free again, although its own end of the connection waits (TIME_WAIT).
    const client = dial(hostPort);
    await once(client, 'connect');
    await until(() => proxy.connections === 1);
    await proxy.close();
    await (await publish({ hostAddress: '127.0.0.1', hostPort })).close();
    await assert.rejects(publish({ hostAddress: '192.0.2.77' }), { name: 'NetlinkError', code: 'EADDRNOTAVAIL' });
  });

  it('closes at once, or when connections have come to their ends', async () => {
    serve(echo);
    const aborted = await publish();
    const cut = dial(aborted.hostPort).resume();
    cut.write('x');
    await once(cut, 'data');
    await aborted.close();
    await assert.rejects(once(cut, 'end'), { code: 'ECONNRESET' });

    const proxy = await publish();
    const client = dial(proxy.hostPort);
    const answered = text(client);
    client.write('one ');
    await once(client, 'data');
    const closing = proxy.close({ drain: Infinity });
    await assert.rejects(once(dial(proxy.hostPort), 'connect'), { code: 'ECONNREFUSED' });
    client.end('two');
    assert.equal(await answered, 'one two');
    await closing;
    await proxy.close();

    const hurried = await publish();
    const stays = dial(hurried.hostPort).resume();
    stays.write('x');
    await once(stays, 'data');
    const patient = hurried.close({ drain: Infinity });
    await hurried.close({ drain: 10 });
    await patient;
    assert.equal(hurried.connections, 0);
  });

  it('answers each UDP client by its own session, and forgets silent ones', async () => {
    const service = datagrams(endpoint, 53);
    servers.push(service);
    service.on('message', (data, from) => service.send(`${data} to you`, from.port, from.address));
    const before = descriptors();
    await using proxy = await publish({ protocol: 'udp', port: 53 });
    const asking = Array.from({ length: 50 }, async (_, i) => {
      const socket = datagrams(host, 0, i % 2 ? 'udp6' : 'udp4');
      for (const word of ['first', 'second']) {
        socket.send(`${word} ${i}`, proxy.hostPort, i % 2 ? '::1' : '127.0.0.1');
        const [data] = await once(socket, 'message');
        assert.equal(String(data), `${word} ${i} to you`);
      }
      socket.close();
    });
    await Promise.all(asking);
    assert.equal(proxy.connections, 50);
    await proxy.close();

    await using hasty = await publish({ protocol: 'udp', port: 53, idleTimeout: 50 });
    const socket = datagrams(host);
    socket.send('last', hasty.hostPort, '127.0.0.1');
    await until(() => hasty.connections === 1);
    socket.close();
    await until(() => hasty.connections === 0);
    // The proxy's own socket, and perhaps the endpoint's that has been opened for it.
    await until(() => descriptors() <= before + 2);
  });

  it('keeps UDP sessions where the target refuses or there are too many of them from hurting others', async () => {
    const errors: string[] = [];
    await using proxy = await publish({
      protocol: 'udp',
      port: 54,
      maxSessions: 3,
      onError: (error: NodeJS.ErrnoException) => errors.push(error.code as string),
    });
    const client = datagrams(host);
    clients.push(client);
    client.send('anybody?', proxy.hostPort, '127.0.0.1');
    await until(() => errors.length === 1);
    assert.deepEqual(errors, ['ECONNREFUSED']);
    await until(() => proxy.connections === 0);

    const service = datagrams(endpoint, 54);
    servers.push(service);
    service.on('message', (data, from) => service.send(data, from.port, from.address));
    client.send('now?', proxy.hostPort, '127.0.0.1');
    assert.equal(String((await once(client, 'message'))[0]), 'now?');
    for (let i = 0; i < 5; i++) {
      const other = datagrams(host);
      clients.push(other);
      other.send(`${i}`, proxy.hostPort, '127.0.0.1');
      assert.equal(String((await once(other, 'message'))[0]), `${i}`);
    }
    assert.equal(proxy.connections, 3);
    client.send('again?', proxy.hostPort, '127.0.0.1');
    assert.equal(String((await once(client, 'message'))[0]), 'again?');
  });

  it('refuses what cannot be right, naming the field', async () => {
    const before = descriptors();
    for (const [field, changes, code] of [
      ['protocol', { protocol: 'sctp' }, 'ERR_INVALID_ARG_VALUE'],
      ['hostAddress', { hostAddress: 'localhost' }, 'ERR_INVALID_ARG_VALUE'],
      ['hostAddress', { hostAddress: 7 }, 'ERR_INVALID_ARG_TYPE'],
      ['address', { address: 'fe80::1%eth0' }, 'ERR_INVALID_ARG_VALUE'],
      ['hostPort', { hostPort: 65_536 }, 'ERR_OUT_OF_RANGE'],
      ['hostPort', { hostPort: '80' }, 'ERR_INVALID_ARG_TYPE'],
      ['port', { port: 0 }, 'ERR_OUT_OF_RANGE'],
      ['idleTimeout', { idleTimeout: 0 }, 'ERR_OUT_OF_RANGE'],
      ['connectTimeout', { connectTimeout: 1.5 }, 'ERR_OUT_OF_RANGE'],
      ['maxSessions', { maxSessions: Number.NaN }, 'ERR_OUT_OF_RANGE'],
      ['onError', { onError: 'log' }, 'ERR_INVALID_ARG_TYPE'],
      ['drain', { drain: 1 }, 'ERR_INVALID_ARG_VALUE'],
    ] as const) {
      await assert.rejects(publish(changes as never), { code, field });
    }
    await assert.rejects(PortProxy.listen(undefined as never), { code: 'ERR_INVALID_ARG_TYPE' });
    await assert.rejects(publish({ netns: 'np-test-absent' }), { code: 'ENOENT' });
    await using proxy = await publish();
    await assert.rejects(proxy.close({ drain: -1 }), { code: 'ERR_OUT_OF_RANGE', field: 'drain' });
    await proxy.close();
    assert.equal(descriptors(), before);
  });
});
