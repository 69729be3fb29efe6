// The userland proxy: publishes a port without nftables, by carrying the data itself.
import type dgram from 'node:dgram';
import net, { type LookupFunction } from 'node:net';
import { addon } from '../addon.js';
import { begin } from '../engine.js';
import { argumentError, NetlinkError, PortInUseError } from '../errors.js';
import { Netns, type NetnsRef } from '../netns.js';
import { checkSpec } from '../spec.js';
import { portHolders } from './holder.js';
import type { BoundSocket, Relay } from './relay.js';
import { BACKLOG, TcpRelay } from './tcp.js';
import { openSocket, UdpRelay } from './udp.js';

const PROTOCOLS = { tcp: 6, udp: 17 };
/** The name that stands for the target where a name makes Node ask `lookup`, in the same turn. */
const TARGET = 'target';
const MAX_TIMEOUT_MS = 2 ** 31 - 1;

/** A port that is to be published by a {@link PortProxy}. */
export interface PortProxySpec {
  /** Default `'tcp'`. */
  protocol?: 'tcp' | 'udp' | undefined;
  /**
   * The address to listen on: `'127.0.0.1'`, `'::1'`, one of the host's. `'0.0.0.0'` is every IPv4 address, `'::'` every
   * IPv6 address; left out, every address of both (of IPv4 alone, where the kernel has no IPv6).
   */
  hostAddress?: string | undefined;
  /** The port to listen on; 0 for a free one, see {@link PortProxy.hostPort}. */
  hostPort: number;
  /** The address to connect to, the endpoint's as a rule. May be of the other family. */
  address: string;
  /** The port to connect to. */
  port: number;
  /** The network namespace to listen in, and to connect from unless `netns` says otherwise. Default: this thread's. */
  hostNetns?: NetnsRef | undefined;
  /**
   * The network namespace to connect from: with the endpoint's own, its 127.0.0.1 can be reached and no network between
   * is needed. It is held open until the proxy is closed.
   */
  netns?: NetnsRef | undefined;
  /** How long a target may take to accept a connection, in milliseconds. Default 30,000. */
  connectTimeout?: number | undefined;
  /** How long a UDP session may be silent, both ways, before it is forgotten, in milliseconds. Default 90,000. */
  idleTimeout?: number | undefined;
  /** How many UDP sessions there may be; a further one takes the place of the longest silent. Default 4,096. */
  maxSessions?: number | undefined;
  /** Is told what no client can be told: why a target was not reached, or that no connection can be accepted. */
  onError?: ((error: Error) => void) | undefined;
}

/** How a {@link PortProxy} is closed. */
export interface PortProxyCloseOptions {
  /**
   * How long TCP connections may go on, in milliseconds; Infinity: until each comes to its own end. What is left then is
   * reset. Default 0. UDP has no end to wait for: its sessions end at once.
   */
  drain?: number | undefined;
}

const FIELDS: Record<keyof PortProxySpec, true> = {
  protocol: true,
  hostAddress: true,
  hostPort: true,
  address: true,
  port: true,
  hostNetns: true,
  netns: true,
  connectTimeout: true,
  idleTimeout: true,
  maxSessions: true,
  onError: true,
};

/**
 * A published port whose data this process carries itself: for hosts without nftables, and for what a kernel cannot
 * translate, such as `::1` to an endpoint's address.
 *
 * ```ts
 * await using proxy = await PortProxy.listen({ hostAddress: '::1', hostPort: 8080, address: '10.88.0.2', port: 80 });
 * ```
 *
 * The target sees the host's address as its peer's, not the client's. TCP: an end of data is passed on in its own
 * direction only (half-close), a reset as a reset, and a client whose target cannot be reached is reset. Each side is read only as
 * fast as the other takes it. UDP: each client's address has a session with a socket of its own, so that answers find
 * their way; on a host with several addresses they leave from the one that the route takes, so name a `hostAddress` there.
 *
 * An open proxy keeps the process alive.
 */
export class PortProxy implements AsyncDisposable {
  /** The transport protocol. */
  readonly protocol: 'tcp' | 'udp';
  /** The address that it listens on; undefined for every address of the host. */
  readonly hostAddress: string | undefined;
  /** The port that it listens on, chosen by the kernel where 0 was asked for. */
  readonly hostPort: number;
  /** The address that it connects to. */
  readonly address: string;
  /** The port that it connects to. */
  readonly port: number;
  readonly #relay: Relay;
  readonly #release: () => Promise<void>;

  private constructor(spec: PortProxySpec, relay: Relay, release: () => Promise<void>) {
    this.protocol = spec.protocol ?? 'tcp';
    this.hostAddress = spec.hostAddress;
    this.hostPort = relay.port;
    this.address = spec.address;
    this.port = spec.port;
    this.#relay = relay;
    this.#release = release;
  }

  /**
   * Publishes a port. Whether anybody listens at the target shows with the first client.
   *
   * @throws PortInUseError EADDRINUSE when the port is taken; NetlinkError EADDRNOTAVAIL when the address is not the
   * host's, EACCES for a port below 1024 without CAP_NET_BIND_SERVICE, and what opening a namespace may tell.
   */
  static async listen(spec: PortProxySpec): Promise<PortProxy> {
    return PortProxy.on(spec, (hostNetns) => {
      const { protocol = 'tcp', hostAddress, hostPort } = spec;
      return bindProxy(protocol, hostAddress, hostPort, hostNetns);
    });
  }

  /** @internal Publishes a port by a socket that is bound, which it takes over. */
  static async on(
    spec: PortProxySpec,
    bind: (hostNetns: Netns | undefined) => Promise<BoundSocket>,
  ): Promise<PortProxy> {
    check(spec);
    const { protocol = 'tcp', connectTimeout = 30_000 } = spec;
    const { idleTimeout = 90_000, maxSessions = 4096, onError = () => {} } = spec;
    const opened: Netns[] = [];
    const release = async () => {
      for (const netns of opened) await netns.close();
    };
    const open = async (ref: NetnsRef | undefined) => {
      if (ref === undefined) return undefined;
      const netns = await Netns.open(ref);
      opened.push(netns);
      return netns;
    };
    try {
      const hostNetns = await open(spec.hostNetns);
      const netns = (await open(spec.netns)) ?? hostNetns;
      const bound = await bind(hostNetns);
      const enter = <T>(fn: () => T): T => (netns ? netns.enter(fn) : fn());
      const relay =
        protocol === 'tcp'
          ? await TcpRelay.listen(bound, () => enter(() => connectTcp(spec)), { connectTimeout, onError })
          : await UdpRelay.listen(bound, () => enter(() => connectUdp(spec)), { idleTimeout, maxSessions, onError });
      return new PortProxy(spec, relay, release);
    } catch (error) {
      await release();
      throw error;
    }
  }

  /** How many TCP connections or UDP sessions there are. */
  get connections(): number {
    return this.#relay.size;
  }

  /**
   * Stops listening at once, ends connections as the options say, and resolves when all sockets are closed. Closing again
   * may cut the time short.
   */
  async close(options: PortProxyCloseOptions = {}): Promise<void> {
    checkSpec('options', options);
    const { drain = 0 } = options;
    if (drain !== Infinity) checkNumber('drain', drain, 0, MAX_TIMEOUT_MS);
    await this.#relay.close(drain);
    await this.#release();
  }

  /** Closes it, resetting what connections there are. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}

/** Binds a proxy's socket. Done by the addon: Node would listen a turn later, in whichever namespace. */
export async function bindProxy(
  protocol: 'tcp' | 'udp',
  hostAddress: string | undefined,
  port: number,
  netns: Netns | undefined,
): Promise<BoundSocket> {
  const bindTo = async (address: string, isDualStack: boolean): Promise<BoundSocket> => ({
    fd: await begin<number>('value', 'bind', (id) =>
      addon.bindSocket(id, netns, PROTOCOLS[protocol], address, port, isDualStack, BACKLOG),
    ),
    address,
  });
  try {
    if (hostAddress !== undefined) return await bindTo(hostAddress, false);
    return await bindTo('::', true).catch((error: unknown) => {
      if (error instanceof NetlinkError && error.code === 'EAFNOSUPPORT') return bindTo('0.0.0.0', false);
      throw error;
    });
  } catch (error) {
    if (!(error instanceof NetlinkError) || error.code !== 'EADDRINUSE') throw error;
    const holder = await portHolders(protocol, port, netns).catch(() => undefined);
    throw new PortInUseError({ protocol, address: hostAddress, port, holder }, { cause: error });
  }
}

/** Connects at once, so that it happens in the namespace that the thread is in now: a mere address would wait a turn. */
function connectTcp({ address, port }: PortProxySpec): net.Socket {
  const family = net.isIPv6(address) ? 6 : 4;
  const lookup: LookupFunction = (_, __, done) => done(null, address, family);
  return net.connect({ host: TARGET, port, family, lookup, allowHalfOpen: true });
}

function connectUdp({ address, port }: PortProxySpec): dgram.Socket {
  const socket = openSocket(address);
  socket.connect(port, address);
  return socket;
}

function check(spec: PortProxySpec): void {
  checkSpec('spec', spec);
  for (const key of Object.keys(spec)) {
    if (!Object.hasOwn(FIELDS, key))
      throw argumentError('ERR_INVALID_ARG_VALUE', key, `The "${key}" field is not known`);
  }
  if (spec.protocol !== undefined && !Object.hasOwn(PROTOCOLS, spec.protocol)) {
    throw argumentError('ERR_INVALID_ARG_VALUE', 'protocol', 'The "protocol" field must be "tcp" or "udp"');
  }
  if (spec.hostAddress !== undefined) checkAddress('hostAddress', spec.hostAddress);
  checkAddress('address', spec.address);
  checkNumber('hostPort', spec.hostPort, 0, 65_535);
  checkNumber('port', spec.port, 1, 65_535);
  if (spec.connectTimeout !== undefined) checkNumber('connectTimeout', spec.connectTimeout, 1, MAX_TIMEOUT_MS);
  if (spec.idleTimeout !== undefined) checkNumber('idleTimeout', spec.idleTimeout, 1, MAX_TIMEOUT_MS);
  if (spec.maxSessions !== undefined) checkNumber('maxSessions', spec.maxSessions, 1, 2 ** 24);
  if (spec.onError !== undefined && typeof spec.onError !== 'function') {
    throw argumentError('ERR_INVALID_ARG_TYPE', 'onError', 'The "onError" field must be a function');
  }
}

function checkAddress(field: string, value: unknown): void {
  if (typeof value !== 'string') {
    throw argumentError(
      'ERR_INVALID_ARG_TYPE',
      field,
      `The "${field}" field must be a string. Received ${typeof value}`,
    );
  }
  if (net.isIP(value) === 0 || value.includes('%')) {
    const shown = JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}...` : value);
    throw argumentError(
      'ERR_INVALID_ARG_VALUE',
      field,
      `The "${field}" field must be an IPv4 or IPv6 address without scope. Received ${shown}`,
    );
  }
}

function checkNumber(field: string, value: unknown, min: number, max: number): void {
  if (typeof value !== 'number') {
    throw argumentError(
      'ERR_INVALID_ARG_TYPE',
      field,
      `The "${field}" field must be a number. Received ${typeof value}`,
    );
  }
  if (!Number.isInteger(value) || value < min || value > max) {
    throw argumentError(
      'ERR_OUT_OF_RANGE',
      field,
      `The "${field}" field must be a whole number from ${min} to ${max}. Received ${value}`,
    );
  }
}
