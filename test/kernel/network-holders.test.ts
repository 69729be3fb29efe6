// Who has a port that an endpoint asks for: the process is named wherever the kernel tells of its socket.
import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { type Network, PortInUseError, type PortProtocol } from '../../lib/index.js';
import { Machine } from '../support/machine.js';
import { skipBecause } from '../support/skip.js';

/** Binds a socket, and listens or connects as it is told; tells the port, and stays. The kernel may not know the protocol. */
const BIND = `
import errno, socket, sys
protocol, family, how = sys.argv[1:4]
types = {'tcp': (socket.SOCK_STREAM, 6), 'udp': (socket.SOCK_DGRAM, 17), 'sctp': (socket.SOCK_STREAM, 132)}
host = '127.0.0.1' if family == '4' else '::1'
def bound():
    s = socket.socket(socket.AF_INET if family == '4' else socket.AF_INET6, *types[protocol])
    s.bind((host, 0))
    return s
try: s, other = bound(), bound()
except OSError as error:
    if error.errno != errno.EPROTONOSUPPORT: raise
    print('unknown', flush=True)
    sys.exit()
if how == 'listening': s.listen()
if how == 'connected':
    if protocol != 'udp': other.listen()
    s.connect(other.getsockname())
print(s.getsockname()[1], flush=True)
sys.stdin.read()
`;

describe('network: who has a port', () => {
  let machine: Machine;
  let network: Network;
  const children: ChildProcess[] = [];

  beforeEach(async () => {
    machine = await Machine.create();
    network = await machine.network();
  });
  afterEach(async () => {
    for (const child of children.splice(0)) {
      child.stdin?.end();
      if (child.exitCode === null) await once(child, 'exit');
    }
    await machine[Symbol.asyncDispose]();
  });

  for (const [protocol, how] of [
    ['tcp', 'listening'],
    ['tcp', 'connected'],
    ['udp', 'bound'],
    ['udp', 'connected'],
    ['sctp', 'listening'],
    ['sctp', 'connected'],
  ] as [PortProtocol, string][]) {
    for (const family of ['4', '6']) {
      it(`${protocol}, ${how}, IPv${family}`, async function () {
        const child = machine.netns.spawn('python3', ['-c', BIND, protocol, family, how], {
          stdio: ['pipe', 'pipe', 'inherit'],
        });
        children.push(child);
        const [data] = await once(child.stdout as NodeJS.ReadableStream, 'data');
        const told = String(data).trim();
        if (protocol === 'sctp' && told === 'unknown') skipBecause(this, 'this kernel has no SCTP');
        const hostPort = Number(told);
        for (const reserve of [false, true]) {
          await assert.rejects(
            network.attach({ id: 'x', ports: [{ hostPort, port: 80, protocol, reserve }] }),
            (error) => {
              assert.ok(error instanceof PortInUseError);
              assert.equal(error.port, hostPort);
              assert.match(error.holder ?? 'nobody', new RegExp(`^python3\\S* \\(process ${child.pid}\\)$`));
              return true;
            },
          );
        }
      });
    }
  }
});
