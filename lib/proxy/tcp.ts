// The TCP half of the userland proxy: pairs of sockets, each carrying what the other receives.
import net from 'node:net';
import type { BoundSocket, Connect, Relay } from './relay.js';

/** How long a silent connection is left alone before the kernel asks whether the other side is still there. */
const KEEP_ALIVE_MS = 60_000;
/** Connections that may wait to be accepted; the kernel caps it by net.core.somaxconn. */
export const BACKLOG = 4096;

interface TcpRelayOptions {
  connectTimeout: number;
  onError: (error: Error) => void;
}

interface Pair {
  client: net.Socket;
  upstream: net.Socket;
  /** Settled when both are closed. */
  closed: Promise<void>;
}

/** Ends a connection as a failure that its peer sees (RST), not as an end of data. */
function reset(socket: net.Socket): void {
  if (socket.destroyed) return;
  // What is still connecting has no peer yet, and would wait for one.
  if (socket.connecting) socket.destroy();
  else socket.resetAndDestroy();
}

/** Whether both directions came to their regular ends. */
const isDone = (socket: net.Socket): boolean => socket.readableEnded && socket.writableFinished;

const onceClosed = (socket: net.Socket) => new Promise<void>((resolve) => socket.once('close', () => resolve()));

/** Accepts connections on a socket that is bound, and connects each to its target. */
export class TcpRelay implements Relay {
  readonly #server: net.Server;
  readonly #pairs = new Set<Pair>();
  readonly #connect: Connect<net.Socket>;
  readonly #options: TcpRelayOptions;
  #closed: Promise<void> | undefined;

  private constructor(connect: Connect<net.Socket>, options: TcpRelayOptions) {
    this.#connect = connect;
    this.#options = options;
    // Nothing is read before there is somebody to give it to: until then the client's data wait in the kernel.
    const sockets = { allowHalfOpen: true, pauseOnConnect: true, noDelay: true };
    this.#server = net.createServer({ ...sockets, keepAlive: true, keepAliveInitialDelay: KEEP_ALIVE_MS });
    this.#server.on('connection', (client) => this.#accept(client));
  }

  /** Listens on a bound socket, which it takes over. */
  static async listen({ fd }: BoundSocket, connect: Connect<net.Socket>, options: TcpRelayOptions): Promise<TcpRelay> {
    const relay = new TcpRelay(connect, options);
    const server = relay.#server;
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen({ fd, backlog: BACKLOG, exclusive: true }, () => {
        server.off('error', reject);
        server.on('error', options.onError);
        resolve();
      });
    });
    return relay;
  }

  get port(): number {
    return (this.#server.address() as net.AddressInfo).port;
  }

  get size(): number {
    return this.#pairs.size;
  }

  async close(drain: number): Promise<void> {
    this.#closed ??= new Promise((resolve) => this.#server.close(() => resolve()));
    const resetAll = () => {
      for (const { client, upstream } of this.#pairs) {
        reset(client);
        reset(upstream);
      }
    };
    if (drain === 0) resetAll();
    const timer = drain > 0 && drain !== Infinity ? setTimeout(resetAll, drain) : undefined;
    await this.#closed;
    clearTimeout(timer);
    // The server counts its own side's sockets only.
    await Promise.all([...this.#pairs].map(({ closed }) => closed));
  }

  #accept(client: net.Socket): void {
    let upstream: net.Socket;
    try {
      upstream = this.#connect();
    } catch (error) {
      client.on('error', () => {});
      reset(client);
      this.#options.onError(error as Error);
      return;
    }
    const closed = Promise.all([client, upstream].map(onceClosed)).then(() => {
      this.#pairs.delete(pair);
    });
    const pair = { client, upstream, closed };
    this.#pairs.add(pair);
    upstream.setNoDelay(true);
    upstream.setKeepAlive(true, KEEP_ALIVE_MS);
    upstream.setTimeout(this.#options.connectTimeout, () => {
      upstream.destroy(Object.assign(new Error('connect ETIMEDOUT'), { code: 'ETIMEDOUT', syscall: 'connect' }));
    });
    let isConnected = false;
    upstream.once('connect', () => {
      isConnected = true;
      upstream.setTimeout(0);
      // pipe() reads no faster than the other side takes it, and passes on the end of data by itself.
      client.pipe(upstream);
      upstream.pipe(client);
    });
    // An error is followed by 'close', which says what to do with the other side.
    client.on('error', () => {});
    upstream.on('error', (error) => {
      if (!isConnected) this.#options.onError(error);
    });
    client.once('close', () => isDone(client) || reset(upstream));
    upstream.once('close', () => isDone(upstream) || reset(client));
  }
}
