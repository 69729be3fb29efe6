// What the two transports of the userland proxy have in common.

/** Opens a socket that connects to the target, in the right namespace. */
export type Connect<Socket> = () => Socket;

/** A socket that is bound, and the address that it was bound to. */
export interface BoundSocket {
  fd: number;
  address: string;
}

/** Carries data between clients and a target. */
export interface Relay {
  /** The port that it listens on. */
  readonly port: number;
  /** How many clients it serves now. */
  readonly size: number;
  /** Stops; clients that there are may go on for so many milliseconds. */
  close(drain: number): Promise<void>;
}
