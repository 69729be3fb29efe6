// The owner's side of the engine: numbers requests, keeps their promises, and settles them when completions come.
import { addon, type ErrorDescription, type Tape } from './addon.js';
import { DumpInterruptedError, netlinkError } from './errors.js';
import { readTape } from './tape.js';

/** The kinds of completion; the order is that of native/addon/environment.cpp. */
const enum Completion {
  Done,
  Objects,
  LastObjects,
  InterruptedObjects,
  Restarted,
  Error,
  Value,
}

interface Pending {
  resolve(value: unknown): void;
  reject(reason: unknown): void;
  /** What the promise is to become: nothing or a plain value, one object, or all of them. */
  answer: 'value' | 'one' | 'list';
  objects: object[];
  operation: string;
  /** Whether the process lives as long as it is pending. */
  keepsAlive: boolean;
}

const pending = new Map<number, Pending>();

/** What copies of this module that have loaded the same addon share: two builds of the package in one program, say. */
interface Shared {
  lastId: number;
  /** How many requests that are pending keep the process alive. */
  alive: number;
  /** Each passes over what another has begun. */
  dispatchers: ((batch: unknown[]) => void)[];
}

function share(): Shared {
  const dispatchers: Shared['dispatchers'] = [];
  addon.setDispatcher(
    (batch) => {
      for (const dispatch of dispatchers) dispatch(batch);
    },
    (...values) => values,
  );
  return { lastId: 0, alive: 0, dispatchers };
}

const holder = addon as typeof addon & { shared?: Shared };
holder.shared ??= share();
const { shared } = holder;

shared.dispatchers.push((batch) => {
  for (let i = 0; i < batch.length; i += 3) settle(batch[i] as number, batch[i + 1] as Completion, batch[i + 2]);
});

/** Begins something that completes later; `start` gets its id and may throw. */
export function begin<T>(
  answer: Pending['answer'],
  operation: string,
  start: (id: number) => void,
  keepsAlive = true,
): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    // Ids come round after four thousand million requests; one still pending then keeps its number.
    do shared.lastId = shared.lastId === 0xffff_ffff ? 1 : shared.lastId + 1;
    while (pending.has(shared.lastId));
    const id = shared.lastId;
    start(id);
    if (keepsAlive && shared.alive++ === 0) addon.keepAlive(true);
    pending.set(id, {
      resolve: resolve as (value: unknown) => void,
      reject,
      answer,
      objects: [],
      operation,
      keepsAlive,
    });
  });
}

/** Settles a pending request from this side: its completion, if one comes still, is ignored. */
export function abandon(id: number, reason: unknown): void {
  finish(id)?.reject(reason);
}

function finish(id: number): Pending | undefined {
  const request = pending.get(id);
  if (request && pending.delete(id) && request.keepsAlive && --shared.alive === 0) addon.keepAlive(false);
  return request;
}

function settle(id: number, kind: Completion, payload: unknown): void {
  const request = pending.get(id);
  if (!request) return;
  switch (kind) {
    case Completion.Objects:
      readTape(payload as Tape, request.objects);
      return;
    case Completion.Restarted:
      request.objects = [];
      return;
    default:
      break;
  }
  finish(id);
  switch (kind) {
    case Completion.Error:
      request.reject(netlinkError(payload as ErrorDescription));
      return;
    case Completion.InterruptedObjects:
      readTape(payload as Tape, request.objects);
      request.reject(new DumpInterruptedError(request.operation, request.objects));
      return;
    case Completion.LastObjects:
      readTape(payload as Tape, request.objects);
      request.resolve(request.answer === 'one' ? request.objects[0] : request.objects);
      return;
    default:
      request.resolve(payload);
  }
}
