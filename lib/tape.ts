// Turns a tape into objects. Each shape gets a function of its own, whose object literal the engine compiles well:
// setting a dozen properties by computed keys costs ten times as much.
import { addon, type Tape } from './addon.js';

/** How a value lies on the tape; the order is that of native/engine/shapes.h. */
const enum ValueClass {
  Integer,
  String,
  Boolean,
  Number,
  Unsigned,
  Signed,
  Object,
  Array,
  Bytes,
}

/** Bytes of a slot. */
const SLOT = 4;

type Build = (reader: TapeReader) => object;

const builders: Build[] = [];
let mayCompile = true;

// Two slots as one value.
const pair = new Int32Array(2);
const double = new Float64Array(pair.buffer);
const unsigned = new BigUint64Array(pair.buffer);
const signed = new BigInt64Array(pair.buffer);

const NO_SLOTS = new Int32Array(0);
const NO_BYTES = new Uint8Array(0);

class TapeReader {
  slots: Int32Array = NO_SLOTS;
  strings: string[] = [];
  #bytes: Uint8Array = NO_BYTES;
  /** The next slot. */
  at = 0;

  read(tape: Tape, into: object[]): void {
    this.slots = new Int32Array(tape.slots);
    this.strings = tape.strings;
    this.#bytes = new Uint8Array(tape.slots);
    this.at = 0;
    for (let i = 0; i < tape.objects; i++) into.push(this.object());
    this.slots = NO_SLOTS;
    this.strings = [];
    this.#bytes = NO_BYTES;
  }

  number(): number {
    this.#pair();
    return double[0] as number;
  }
  unsigned(): bigint {
    this.#pair();
    return unsigned[0] as bigint;
  }
  signed(): bigint {
    this.#pair();
    return signed[0] as bigint;
  }
  object(): object {
    const shape = this.slots[this.at++] as number;
    return (builders[shape] ?? define(shape))(this);
  }
  array(): unknown[] {
    const count = this.slots[this.at++] as number;
    const array = new Array<unknown>(count);
    for (let i = 0; i < count; i++) array[i] = this.value(this.slots[this.at++] as number);
    return array;
  }
  bytes(): Uint8Array {
    const length = this.slots[this.at++] as number;
    const bytes = new Uint8Array(length);
    const from = this.at * SLOT;
    // Of a few bytes a loop is the quicker copy.
    for (let i = 0; i < length; i++) bytes[i] = this.#bytes[from + i] as number;
    this.at += Math.ceil(length / SLOT);
    return bytes;
  }

  value(valueClass: ValueClass): unknown {
    switch (valueClass) {
      case ValueClass.Integer:
        return this.slots[this.at++];
      case ValueClass.String:
        return this.strings[this.slots[this.at++] as number];
      case ValueClass.Boolean:
        return this.slots[this.at++] !== 0;
      case ValueClass.Number:
        return this.number();
      case ValueClass.Unsigned:
        return this.unsigned();
      case ValueClass.Signed:
        return this.signed();
      case ValueClass.Object:
        return this.object();
      case ValueClass.Array:
        return this.array();
      case ValueClass.Bytes:
        return this.bytes();
    }
  }

  #pair(): void {
    pair[0] = this.slots[this.at++] as number;
    pair[1] = this.slots[this.at++] as number;
  }
}

/** The source of a function that builds an object of a shape. What takes one slot is read in place, without a call. */
function source(keys: readonly string[], classes: readonly ValueClass[]): string {
  let next = 0;
  const call = (method: keyof TapeReader) => {
    const from = next;
    next = 0;
    return `(r.at=at+${from},value=r.${method}(),at=r.at,value)`;
  };
  const expression = (valueClass: ValueClass) => {
    switch (valueClass) {
      case ValueClass.Integer:
        return `slots[at+${next++}]`;
      case ValueClass.String:
        return `strings[slots[at+${next++}]]`;
      case ValueClass.Boolean:
        return `slots[at+${next++}]!==0`;
      case ValueClass.Number:
        return call('number');
      case ValueClass.Unsigned:
        return call('unsigned');
      case ValueClass.Signed:
        return call('signed');
      case ValueClass.Object:
        return call('object');
      case ValueClass.Array:
        return call('array');
      case ValueClass.Bytes:
        return call('bytes');
    }
  };
  // Keys come from the addon's tables, never from outside.
  const members = keys.map((key, i) => `${JSON.stringify(key)}:${expression(classes[i] as ValueClass)}`);
  return `const{slots,strings}=r;let at=r.at,value;const object={${members.join(',')}};r.at=at+${next};return object`;
}

/** Makes the function for a shape: compiled, or a loop where the process forbids compiling strings. */
function define(shape: number): Build {
  const fields = addon.shape(shape);
  const keys: string[] = [];
  const classes: ValueClass[] = [];
  for (let i = 0; i < fields.length; i += 2) {
    keys.push(fields[i] as string);
    classes.push(fields[i + 1] as number);
  }
  let build: Build | undefined;
  if (mayCompile) {
    try {
      build = new Function('r', source(keys, classes)) as Build;
    } catch {
      mayCompile = false;
    }
  }
  build ??= (reader) => {
    const object: Record<string, unknown> = {};
    for (let i = 0; i < keys.length; i++) object[keys[i] as string] = reader.value(classes[i] as ValueClass);
    return object;
  };
  builders[shape] = build;
  return build;
}

/** The only one, and kept: when the last object of a class dies, the engine throws away what it has compiled for it. */
const theReader = new TapeReader();

/** Appends the tape's objects to an array. */
export function readTape(tape: Tape, into: object[]): void {
  theReader.read(tape, into);
}
