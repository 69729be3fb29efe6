// Loads the addon and says, in types, what it offers. Nothing else in lib/ knows how it was built.
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { NetnsRef } from './netns.js';

/** Decoded objects in a flat form; lib/tape.ts reads it. */
export interface Tape {
  /** How many objects are on the tape. */
  objects: number;
  /** Four bytes a slot. */
  slots: ArrayBuffer;
  strings: string[];
}

/** What went wrong, as the native side tells it; lib/errors.ts makes an Error of it. */
export interface ErrorDescription {
  errno: number;
  operation: string;
  detail?: string;
  attribute?: string;
  field?: string;
  /** What it was about; told by the facade. */
  object?: string;
  /** Of a transaction: which of its messages failed. */
  index?: number;
  /** Of a program: which of its steps failed. */
  step?: number;
}

/** Elements that are all alike: values one after the other, of equal length in each column. */
export interface ElementColumns {
  /** How many elements. */
  count: number;
  keys: Uint8Array;
  /** Last keys of intervals of concatenations. */
  keyEnds?: Uint8Array | undefined;
  /** What a map gives. */
  data?: Uint8Array | undefined;
  /** A byte for each element: the kernel's flags. */
  flags?: Uint8Array | undefined;
  /** The user data of each of them, the same for all. */
  userdata?: Uint8Array | undefined;
}

/** A netlink socket with its queue. */
export interface Lane {
  /** Encodes a request and keeps it until flush(). Throws TypeError or RangeError for a value that cannot be right. */
  request(id: number, operation: number, spec: object, allDetails: boolean, isPart?: boolean): void;
  /**
   * Encodes a transaction of nftables and keeps it until flush(). `messages` holds for each message its operation, its
   * spec, and the six columns of its elements in bulk or undefined; `flags` are those of lib/lane.ts. Here and in
   * request() a spec may have been encoded before, by encode().
   */
  transaction(id: number, messages: unknown[], flags: number, generation?: number): void;
  /** Keeps a transaction with one element; `head` is encode('NfElements', { family, table, set }). */
  elements(id: number, operation: number, head: Uint8Array, key: Uint8Array, data?: Uint8Array): void;
  /** Hands the kept requests to the engine; they leave in order. */
  flush(): void;
  /** Takes a request back, or ends a dump; false when it is too late. */
  cancel(id: number): boolean;
  /** Closes the socket when all earlier requests are answered. */
  close(id: number): void;
}

/** An open namespace and a lane into it, as openNetns() gives them where a protocol is asked for. */
export interface OpenedSpace {
  /** What the constructor of Netns takes. */
  netns: unknown;
  lane: Lane;
}

/** Steps that the engine does one after the other, as often as wanted; lib/program.ts tells more. */
export interface Program {
  start(
    id: number,
    isPatient: boolean,
    values: Uint8Array | undefined,
    texts: string | undefined,
    ports: Uint8Array | undefined,
    space: object | undefined,
    messages: unknown[] | undefined,
  ): void;
}

/** Ports that bindPorts() has bound; `sockets` is for letGo(). */
export interface BoundPorts {
  ports: number[];
  sockets: object;
}

/** What became of names that deleteNetns() was to delete; `netns` is for letGo(). */
export interface RemovedNames {
  /** Of each that failed its place among the names, and why. */
  failures: (number | ErrorDescription)[];
  netns: object;
}

/** A kind of event, as reflection tells it. */
export interface ReflectedEvent {
  name: string;
  /** The object that it tells of. */
  object: string;
  /** The protocol's number in the addon's list, which is not the kernel's. */
  protocol: number;
  /** The kind's number in the protocol. */
  number: number;
  isListable: boolean;
}

/** What a monitor is to tell. */
export interface MonitorSubscription {
  protocol: number;
  /** Numbers of kinds in the protocol. */
  kinds: number[];
  /** A bit for each of new, update and delete. */
  actions: number;
  listsFirst: boolean;
  listsAfterOverrun: boolean;
  allNetns: boolean;
  bufferSize: number;
}

/** A socket in multicast groups, and what has come in. */
export interface MonitorHandle {
  /** Completes with the events that wait, or with the first that come; with none once it is closed. */
  read(id: number): void;
  close(id: number): void;
}

/** An open network namespace. */
export interface NetnsHandle {
  /** The open descriptor, O_CLOEXEC; -1 when closed. It is the handle's own: not to be closed by others. */
  readonly fd: number;
  /** The inode number of the namespace, which identifies it for as long as it lives. */
  readonly inode: bigint;
  /** Runs a function with the calling thread in the namespace. */
  enterSync(fn: () => unknown): { value: unknown } | ErrorDescription;
  /** Closes the descriptor. */
  closeSync(): void;
}

/** One field of a table, as reflection tells it. */
export interface ReflectedValue {
  type: string;
  isFlags?: true;
  isReadOnly?: true;
  isWriteOnly?: true;
  isInfinite?: true;
  isInverted?: true;
  isDefaultable?: true;
  isLinkName?: true;
  isRepeated?: true;
  isMasked?: true;
  isTrailing?: true;
  isEmptiable?: true;
  bitShift?: number;
  bitCount?: number;
  numberedNames?: string[];
  unit?: 'rate' | 'size' | 'time';
  bit?: number;
  min?: number;
  max?: number;
  multiplier?: number;
  divisor?: number;
  bias?: number;
  maxLength?: number;
  names?: Record<string, number>;
  table?: string;
  object?: string;
  choices?: Record<string, string | null>;
  selector?: string;
  /** Filled in by the type generator. */
  selectorType?: string;
  element?: ReflectedValue;
}

/** A field of a table: an attribute of a nest, or a member of a struct. */
export interface ReflectedField extends ReflectedValue {
  number: number;
  attribute: string;
  name: string;
  doc: string;
}

/** The attribute tables: what each netlink object consists of. */
export interface Reflection {
  objects: Record<string, { name: string; doc: string; header: string; attributes: string }>;
  tables: Record<string, { name: string; doc: string; size: number; fields: ReflectedField[] }>;
}

/** The native module. Functions that take an id complete later, through the dispatcher. */
export interface Addon {
  /** `gather` makes an array of its arguments. */
  setDispatcher(dispatch: (batch: unknown[]) => void, gather: (...values: unknown[]) => unknown[]): void;
  keepAlive(keep: boolean): void;
  openLane(id: number, protocol: number, netns?: NetnsRef): void;
  openMonitor(id: number, netns: NetnsRef, subscription: MonitorSubscription): void;
  NetnsHandle: new (sealed: unknown) => NetnsHandle;
  Program: new (
    steps: readonly unknown[][],
    holes: readonly unknown[],
    texts: readonly string[],
    isForOnce: boolean,
  ) => Program;
  /** Stands for the namespace that a program makes, in the steps of it. */
  itsNetns: object;
  /** Begins to make a namespace for a program to take, unless there is a file of that name. */
  beginSpace(name?: string): object;
  /** Lets go of a namespace that has been begun, or that a program has given; of one that has been taken nothing is left. */
  closeSpace(space: object): void;
  /** Whether there is a file for a namespace of that name. */
  hasNetns(name: string): boolean;
  openNetns(id: number, ref?: NetnsRef, protocol?: number): void;
  createNetns(id: number, name?: string): void;
  pinNetns(id: number, ref: NetnsRef, name: string): void;
  /** Deletes names, one at least; with `hold` it completes with what keeps the namespaces open. */
  deleteNetns(id: number, names: readonly string[], hold: boolean): void;
  listNetns(id: number): void;
  /** Completes with a descriptor that is the caller's to close; TCP's listens. The protocol is an IPPROTO_ number. */
  bindSocket(
    id: number,
    netns: NetnsRef | undefined,
    protocol: number,
    address: string,
    port: number,
    isDualStack: boolean,
    backlog: number,
  ): void;
  /** Looks whether ports are free (ranges, packed as lib/network/claim.ts does), and holds them if asked to. */
  bindPorts(id: number, netns: NetnsRef, hold: boolean, ports: Uint8Array): void;
  /** Closes what is held: sockets, or namespaces. */
  letGo(held: object): void;
  /** Completes with Mbit/s as text, '0' where the link does not tell. */
  linkSpeed(id: number, netns: NetnsRef, index: number): void;
  /** Sends an Ethernet frame out of a link. */
  sendFrame(id: number, netns: NetnsRef, link: string, frame: Uint8Array): void;
  mountCgroup(id: number, controller: string, path: string): void;
  sysctl(id: number, netns: NetnsRef, key: string, value?: string): void;
  tables(): Reflection;
  operations(): string[];
  events(): ReflectedEvent[];
  encode(object: string, spec: object): Uint8Array;
  decode(object: string, bytes: Uint8Array): Tape | null;
  /** What a tc string means: bytes/s, bytes, or 1/perMillisecond milliseconds. */
  quantity(unit: 'rate' | 'size' | 'time', text: string, perMillisecond: number): number | undefined;
  /** The number of a handle such as '1:10'; of a qdisc's ('1:' or '1') where isMajor. */
  handle(text: string, isMajor: boolean): number | undefined;
  shape(number: number): (string | number)[];
}

const require = createRequire(import.meta.url);

/** NETPLUMB_ADDON names another build of the addon: one with sanitizers, say. */
export const addon: Addon = process.env.NETPLUMB_ADDON
  ? require(process.env.NETPLUMB_ADDON)
  : require('node-gyp-build')(fileURLToPath(new URL('..', import.meta.url)));
