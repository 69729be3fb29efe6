// Several things that follow on one another, told to the engine at once: each is begun when the one before has succeeded,
// on the engine's threads, without coming back here in between. What differs from one time to the next are a few values
// only, so that it is encoded once and filled in natively: making the thousandth endpoint takes some bytes then, where
// encoding takes a look at each field of each object.
import { addon, type Lane as NativeLane, type Program as NativeProgram } from './addon.js';
import { begin } from './engine.js';
import { NetlinkError } from './errors.js';
import { flatten, type Lane, type Message, operationNumber } from './lane.js';
import type { NetnsRef } from './netns.js';

/** A namespace that a program has made and given: for another to take, or for {@link Netns.of}. */
export type Space = object;

/**
 * Begins to make a namespace, on another CPU if there is one, for a program that is run soon; one that no program takes is
 * let go of by `closeSpace()`. Where there is a file of the name given, none is made: a program that takes it fails with
 * EEXIST.
 */
export const beginSpace: (name?: string) => Space = addon.beginSpace;

/** Where a step is to act: in a namespace that is there, or in the one that the program makes. */
export type ProgramNetns = NetnsRef | typeof ITS_NETNS;

/** Stands for the namespace that a program makes: for all that is asked of it, and in the messages of its steps. */
export const ITS_NETNS = addon.itsNetns as { readonly itsNetns: unique symbol };

/**
 * A message: its operation, its object, in which samples stand for what is filled in, whether it does not matter what the
 * kernel says to it, and whether it stays as it is: what looks like a sample in it is none.
 */
export type Sample = readonly [operation: string, spec: object, isOptional?: boolean, isLiteral?: boolean];

/** Values that are filled in: what stands for each in samples, and where it is among the values' bytes. */
export type Holes = Readonly<Record<string, { sample: Uint8Array; at: number }>>;

/** The kinds of steps; the order is that of native/addon/program_handle.h. */
const enum Kind {
  Transaction,
  Requests,
  ForEach,
  Netns,
  Probe,
  Sysctl,
  Address,
}

/** One of the things that are done. A number is that of a text; see {@link Given}. */
export type Step<Name extends string> = { readonly name: Name } & (
  | {
      /** A transaction of nftables: these messages, and in the first one those of {@link Given}. */
      readonly transaction: readonly Sample[];
      readonly lane: Lane;
    }
  | {
      /** Requests that are sent together. */
      readonly requests: readonly Sample[];
      /** Who sends them; ITS_NETNS: a lane into the namespace that the program makes, the last one that is sent there. */
      readonly lane: Lane | typeof ITS_NETNS;
    }
  | {
      /** Requests that are sent again and again, once for each text, which is the first one each time. */
      readonly forEach: readonly Sample[];
      readonly lane: Lane;
    }
  | {
      /** Waits for the namespace, which is begun with first of all as it takes longest, and mounts it. EEXIST: the name is taken. */
      readonly netns: 'nameless' | number;
      /** Whether the program resolves to it. */
      readonly gives: boolean;
    }
  | {
      /** Fails with EADDRINUSE where a process has one of the ports of {@link Given} there. It looks at once. */
      readonly probe: NetnsRef;
    }
  | {
      /** Writes a parameter under net/. */
      readonly sysctl: string | number;
      readonly netns: ProgramNetns;
      readonly value: string;
    }
  | {
      /** Waits until an IPv6 address, told by a text, is in use: the kernel takes its time for that. */
      readonly address: number;
      readonly netns: ProgramNetns;
    }
);

/** What a program is run with. */
export interface Given {
  /** What the holes are filled with. */
  values?: Uint8Array | undefined;
  /** What stands where the program has its texts, in their order, with NULs in between. */
  texts?: string | undefined;
  /** Ports that are looked at: ranges, packed. */
  ports?: Uint8Array | undefined;
  /** A namespace that has been begun, or that another program has given, to be taken instead of making one. */
  space?: Space | undefined;
  /** Further messages of the first transaction. */
  messages?: readonly Message[] | undefined;
  /** Whether its end can wait for that of others: the main thread is disturbed less often then. */
  isPatient?: boolean | undefined;
}

/** Steps with names of the caller's, to tell which of them failed. */
export class Program<Name extends string> {
  readonly #native: NativeProgram;
  /** The caller's name of each native step. */
  readonly #names: Name[] = [];

  /**
   * Encodes what there is. What stands in for one of the `texts` is an attribute of any length, or a comment in an
   * element's user data; some may be in no message. What is `isForOnce` can be run once: it keeps no namespace open then.
   */
  constructor(steps: readonly Step<Name>[], holes: Holes = {}, texts: readonly string[] = [], isForOnce = false) {
    // A namespace takes two of them, and so does what is done in it: the second one lets go of the socket.
    for (const step of steps) {
      this.#names.push(step.name);
      if ('netns' in step && 'gives' in step) this.#names.push(step.name);
      if ('requests' in step && step.lane === ITS_NETNS) this.#names.push(step.name);
    }
    const places = Object.values(holes).flatMap(({ sample, at }) => [sample, at]);
    this.#native = new addon.Program(encodableSteps(steps), places, texts, isForOnce);
  }

  /**
   * Runs it; resolves to the namespace if it gives that. What cannot be encoded is thrown before anything is begun. It may
   * be run again meanwhile.
   */
  run({ values, texts, ports, space, messages, isPatient = false }: Given = {}): Promise<Space | undefined> {
    const further = messages && flatten(messages);
    return begin('value', 'program', (id) => this.#native.start(id, isPatient, values, texts, ports, space, further));
  }

  /** The step that an error of run() comes from; undefined where it has not begun. */
  failed(error: unknown): Name | undefined {
    return error instanceof NetlinkError && error.step !== undefined ? this.#names[error.step] : undefined;
  }
}

function encodableSteps<Name extends string>(steps: readonly Step<Name>[]): unknown[][] {
  return steps.map((step) => {
    if ('transaction' in step) return [Kind.Transaction, step.lane.native, messagesOf(step.transaction)];
    if ('requests' in step) {
      const lane: NativeLane | undefined = step.lane === ITS_NETNS ? undefined : (step.lane as Lane).native;
      return [Kind.Requests, lane, messagesOf(step.requests), lane === undefined];
    }
    if ('forEach' in step) return [Kind.ForEach, step.lane.native, messagesOf(step.forEach)];
    if ('gives' in step) return [Kind.Netns, step.netns === 'nameless' ? undefined : step.netns, step.gives];
    if ('probe' in step) return [Kind.Probe, step.probe];
    if ('address' in step) return [Kind.Address, step.netns, step.address];
    return [Kind.Sysctl, step.netns, step.sysctl, step.value];
  });
}

const messagesOf = (samples: readonly Sample[]) =>
  samples.flatMap(([operation, spec, isOptional = false, isLiteral = false]) => [
    operationNumber(operation),
    spec,
    isOptional,
    isLiteral,
  ]);
