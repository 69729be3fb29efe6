// SCTP ports: a published one leads there and back, packet by packet, and for the kernel's own SCTP where it has that.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type Endpoint, Netns, type NetnsRef, type Network } from '../../lib/index.js';
import { MACHINE, MACHINE6, Machine, OUTSIDE, OUTSIDE6 } from '../support/machine.js';
import { run } from '../support/sandbox.js';
import { skipBecause } from '../support/skip.js';

/** An association by hand: handshake, and a message each way. Checksums are CRC-32C, which translation has to do anew. */
const BY_HAND = `
import os, socket, struct, sys
def crc(data):
    value = 0xffffffff
    for byte in data:
        value ^= byte
        for _ in range(8): value = value >> 1 ^ (0x82f63b78 if value & 1 else 0)
    return struct.pack('<I', value ^ 0xffffffff)
def packet(source, target, tag, kind, body):
    padded = body + bytes(-len(body) % 4)
    head = struct.pack('>HHI', source, target, tag)
    chunk = struct.pack('>BBH', kind, 3 if kind == 0 else 0, 4 + len(body)) + padded
    return head + crc(head + bytes(4) + chunk) + chunk
def receive(s, port):
    while True:
        data, peer = s.recvfrom(4096)
        if s.family == socket.AF_INET: data = data[(data[0] & 15) * 4:]
        source, target, tag = struct.unpack_from('>HHI', data)
        if target != port: continue
        assert data[8:12] == crc(data[:8] + bytes(4) + data[12:]), 'wrong checksum'
        kind, _, size = struct.unpack_from('>BBH', data, 12)
        return peer[0], source, tag, kind, data[16:12 + size]
INIT, INIT_ACK, ECHO, ACK, DATA = 1, 2, 10, 11, 0
init = lambda tag: struct.pack('>IIHHI', tag, 65536, 1, 1, 1)
message = lambda text: struct.pack('>IHHI', 1, 0, 0, 0) + text.encode()
role, address, port = sys.argv[1], sys.argv[2], int(sys.argv[3])
s = socket.socket(socket.AF_INET6 if ':' in address else socket.AF_INET, socket.SOCK_RAW, 132)
if role == 'ask': s.settimeout(10 * float(os.environ.get('NETPLUMB_SLOW', 1)))
if role == 'serve':
    print('ready', flush=True)
    while True:
        peer, source, tag, kind, body = receive(s, port)
        if kind == INIT:
            theirs = struct.unpack_from('>I', body)[0]
            answer = INIT_ACK, init(2222) + struct.pack('>HH', 7, 8) + b'cook'
        elif kind == ECHO: answer = ACK, b''
        elif kind == DATA: answer = DATA, message(body[12:].decode() + ' ' + peer)
        else: continue
        s.sendto(packet(port, source, theirs, *answer), (peer, 0))
own = int(sys.argv[4]) if len(sys.argv) > 4 else 40000 + os.getpid() % 10000
if role == 'knock':
    s.sendto(packet(own, port, 0, INIT, init(1111)), (address, 0))
    sys.exit()
def ask(tag, kind, body, expected):
    s.sendto(packet(own, port, tag, kind, body), (address, 0))
    peer, source, back, kind, body = receive(s, own)
    assert (peer, source, back, kind) == (address, port, 1111, expected), (peer, source, back, kind)
    return body
tag = struct.unpack_from('>I', ask(0, INIT, init(1111), INIT_ACK))[0]
ask(tag, ECHO, b'cook', ACK)
print(ask(tag, DATA, message('hello'), DATA)[12:].decode())
`;

/** The same by the kernel's SCTP. */
const BY_KERNEL = `
import os, socket, sys
role, address, port = sys.argv[1], sys.argv[2], int(sys.argv[3])
s = socket.socket(socket.AF_INET6 if ':' in address else socket.AF_INET, socket.SOCK_STREAM, 132)
if role == 'ask': s.settimeout(10 * float(os.environ.get('NETPLUMB_SLOW', 1)))
if role == 'serve':
    s.bind((address, port))
    s.listen()
    print('ready', flush=True)
    while True:
        c, peer = s.accept()
        c.sendall(c.recv(100) + b' ' + peer[0].encode())
        c.close()
if len(sys.argv) > 4:
    s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    s.bind(('', int(sys.argv[4])))
try: s.connect((address, port))
except OSError:
    if role == 'knock': sys.exit()
    raise
s.sendall(b'hello')
print(s.recv(100).decode())
`;

/** Fails where there is none. */
const PROBE = `
import socket, sys
try: socket.socket(socket.AF_INET, socket.SOCK_STREAM, 132)
except OSError: sys.exit(1)
`;

describe('network: SCTP', () => {
  let machine: Machine;
  let network: Network;
  let web: Endpoint;
  let client: Endpoint;

  before(async () => {
    machine = await Machine.create();
    network = await machine.network();
    const ports = [{ hostPort: 8080, port: 80, count: 2, protocol: 'sctp' } as const];
    web = await network.attach({ id: 'web', ports });
    client = await network.attach({ id: 'client' });
  });
  after(() => machine[Symbol.asyncDispose]());

  const python = async (where: NetnsRef, ...args: string[]) => {
    const netns = await Netns.open(where);
    const env = { ...process.env, LD_PRELOAD: '' };
    const child = netns.spawn('python3', ['-c', ...args], { stdio: ['ignore', 'pipe', 'inherit'], env });
    await netns.close();
    return child;
  };
  const ask = async (
    where: NetnsRef,
    script: string,
    address: string,
    port: number,
    role = 'ask',
    ...own: string[]
  ) => {
    const child = await python(where, script, role, address, String(port), ...own);
    let text = '';
    child.stdout?.setEncoding('utf8').on('data', (data: string) => {
      text += data;
    });
    await once(child, 'close');
    return text.trim();
  };
  const checkPaths = (script: string) =>
    Promise.all(
      [
        { n: 0, address: MACHINE, any: '0.0.0.0', outside: OUTSIDE, gateway: web.gateways[0] },
        { n: 1, address: MACHINE6, any: '::', outside: OUTSIDE6, gateway: web.gateways[1] },
      ].map(async ({ n, address, any, outside, gateway }) => {
        const server = await python(web.netns as string, script, 'serve', any, String(80 + n));
        try {
          const [told] = await Promise.race([
            once(server.stdout as NodeJS.ReadableStream, 'data'),
            once(server, 'exit'),
          ]);
          assert.match(String(told), /^ready/);
          // A neighbour is taken for the gateway, so that it gets answers by the machine.
          assert.deepEqual(
            await Promise.all(
              [machine.outside, client.netns as string].map((where) => ask(where, script, address, 8080 + n)),
            ),
            [`hello ${outside}`, `hello ${gateway}`],
          );
        } finally {
          server.kill('SIGKILL');
          if (server.exitCode === null && server.signalCode === null) await once(server, 'exit');
        }
      }),
    );
  const flows = () => run('ip', 'netns', 'exec', machine.netns.name, 'conntrack', '-L', '-p', 'sctp');

  it('tells the port as it was asked for, and who has it', async () => {
    const [told] = (await network.endpoints()).filter(({ id }) => id === 'web');
    assert.deepEqual(told?.ports, [{ protocol: 'sctp', hostPort: 8080, port: 80, count: 2 }]);
    await assert.rejects(network.attach({ id: 'x', ports: [{ hostPort: 8080, port: 80, protocol: 'sctp' }] }), {
      code: 'EADDRINUSE',
      protocol: 'sctp',
      port: 8080,
      holder: 'endpoint demo/web',
    });
  });

  const hasSctp = async () => {
    const probe = await python(machine.netns, PROBE);
    const [code] = await once(probe, 'close');
    return code === 0;
  };

  it('leads an association’s packets to the endpoint and back, checksums and all', async function () {
    if (await hasSctp()) skipBecause(this, 'the kernel’s own SCTP would answer');
    await checkPaths(BY_HAND);
    const flow = `ESTABLISHED src=${OUTSIDE} dst=${MACHINE} .* src=10.88.0.2 dst=${OUTSIDE} sport=80`;
    assert.match(flows(), new RegExp(flow));
  });

  it('leads associations of the kernel’s own to the endpoint', async function () {
    if (!(await hasSctp())) skipBecause(this, 'the kernel has no SCTP');
    await checkPaths(BY_KERNEL);
    await web.detach();
    // What is left of associations that are ending is none of the endpoint's.
    assert.doesNotMatch(flows(), /src=10\.88\.0\.2/);
  });

  it('is not kept from an endpoint by what went to the machine before', async () => {
    const script = (await hasSctp()) ? BY_KERNEL : BY_HAND;
    const past = `src=${OUTSIDE} dst=${MACHINE} sport=5000 dport=8090 .*src=${MACHINE} dst=${OUTSIDE}`;
    await ask(machine.outside, script, MACHINE, 8090, 'knock', '5000');
    assert.match(flows(), new RegExp(past));
    const late = await network.attach({ id: 'late', ports: [{ hostPort: 8090, port: 80, protocol: 'sctp' }] });
    assert.doesNotMatch(flows(), new RegExp(past));
    const server = await python(late.netns as string, script, 'serve', '0.0.0.0', '80');
    try {
      await once(server.stdout as NodeJS.ReadableStream, 'data');
      assert.equal(await ask(machine.outside, script, MACHINE, 8090, 'ask', '5000'), `hello ${OUTSIDE}`);
    } finally {
      server.kill('SIGKILL');
      await once(server, 'exit');
    }
    await late.detach();
  });
});
