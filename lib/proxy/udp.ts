// The UDP half of the userland proxy: a session per client, known by the address that it sends from.
import dgram from 'node:dgram';
import type { BoundSocket, Connect, Relay } from './relay.js';

/** Datagrams waiting to be sent beyond so many bytes are dropped, as a full queue in the kernel would. */
const QUEUE_BYTES = 256 * 1024;

interface UdpRelayOptions {
  idleTimeout: number;
  maxSessions: number;
  onError: (error: Error) => void;
}

interface Session {
  upstream: dgram.Socket;
  idle: NodeJS.Timeout;
}

const ignore = () => {};

/** Gives addresses back as they are, at once: dgram otherwise asks the resolver even for numbers. */
function lookup(
  address: string,
  family: number | object,
  done: (error: null, address: string, family: number) => void,
): void {
  done(null, address, typeof family === 'number' ? family : address.includes(':') ? 6 : 4);
}

/** Opens a datagram socket for an address's family. */
export const openSocket = (address: string): dgram.Socket =>
  dgram.createSocket({ type: address.includes(':') ? 'udp6' : 'udp4', lookup: lookup as never });

function send(socket: dgram.Socket, data: Buffer, to?: dgram.RemoteInfo): void {
  if (socket.getSendQueueSize() > QUEUE_BYTES) return;
  // Errors of sending are the network's, and datagrams may get lost.
  if (to) socket.send(data, to.port, to.address, ignore);
  else socket.send(data, ignore);
}

/** Receives datagrams on a socket that is bound, and has a socket connected to the target for each client. */
export class UdpRelay implements Relay {
  readonly #socket: dgram.Socket;
  /** By client, the one that was heard of last at the end. */
  readonly #sessions = new Map<string, Session>();
  readonly #connect: Connect<dgram.Socket>;
  readonly #options: UdpRelayOptions;
  #closed: Promise<void> | undefined;

  private constructor(socket: dgram.Socket, connect: Connect<dgram.Socket>, options: UdpRelayOptions) {
    this.#socket = socket;
    this.#connect = connect;
    this.#options = options;
    socket.on('message', (data, from) => this.#forward(data, from));
  }

  /** Receives on a bound socket, which it takes over. */
  static async listen(
    { fd, address }: BoundSocket,
    connect: Connect<dgram.Socket>,
    options: UdpRelayOptions,
  ): Promise<UdpRelay> {
    const socket = openSocket(address);
    const relay = new UdpRelay(socket, connect, options);
    await new Promise<void>((resolve, reject) => {
      socket.once('error', reject);
      socket.bind({ fd, exclusive: true }, () => {
        socket.off('error', reject);
        socket.on('error', options.onError);
        resolve();
      });
    });
    return relay;
  }

  get port(): number {
    return this.#socket.address().port;
  }

  get size(): number {
    return this.#sessions.size;
  }

  async close(): Promise<void> {
    this.#closed ??= new Promise((resolve) => this.#socket.close(() => resolve()));
    for (const [client, session] of this.#sessions) this.#end(client, session);
    await this.#closed;
  }

  #forward(data: Buffer, from: dgram.RemoteInfo): void {
    const client = `${from.address} ${from.port}`;
    let session = this.#sessions.get(client);
    if (session) {
      session.idle.refresh();
      this.#sessions.delete(client);
    } else {
      session = this.#begin(client, from);
      if (!session) return;
    }
    this.#sessions.set(client, session);
    send(session.upstream, data);
  }

  #begin(client: string, from: dgram.RemoteInfo): Session | undefined {
    if (this.#sessions.size >= this.#options.maxSessions) {
      const [oldest] = this.#sessions;
      if (oldest) this.#end(...oldest);
    }
    let upstream: dgram.Socket;
    try {
      upstream = this.#connect();
    } catch (error) {
      this.#options.onError(error as Error);
      return undefined;
    }
    const session = { upstream, idle: setTimeout(() => this.#end(client, session), this.#options.idleTimeout) };
    upstream.on('message', (data) => {
      session.idle.refresh();
      send(this.#socket, data, from);
    });
    // Refused, usually: nobody listens there. The client's next datagram tries again.
    upstream.on('error', (error) => {
      if (this.#sessions.get(client) === session) this.#options.onError(error);
      this.#end(client, session);
    });
    return session;
  }

  #end(client: string, session: Session): void {
    if (this.#sessions.get(client) !== session) return;
    this.#sessions.delete(client);
    clearTimeout(session.idle);
    session.upstream.close();
  }
}
