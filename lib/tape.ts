// Turns a tape into objects. Each shape gets a function of its own, whose object literal the engine compiles well:
// setting a dozen properties by computed keys costs ten times as much.
import { addon, type Tape } from './addon.js';

/** How a value lies on the tape; the order is that of native/engine/shapes.h. */
const enum ValueClass {
  Number,
  String,
  Boolean,
  Unsigned,
  Signed,
  Object,
  Array,
  Bytes,
}

/** Bytes of a slot. */
const SLOT = 8;

type Build = (reader: TapeReader) => object;

const builders: Build[] = [];
let mayCompile = true;

class TapeReader {
  private readonly numbers: Float64Array;
  private readonly unsigned: BigUint64Array;
  private readonly signed: BigInt64Array;
  private readonly bytes: Uint8Array;
  private readonly strings: string[];
  private at = 0;

  constructor(tape: Tape) {
    this.numbers = new Float64Array(tape.slots);
    this.unsigned = new BigUint64Array(tape.slots);
    this.signed = new BigInt64Array(tape.slots);
    this.bytes = new Uint8Array(tape.slots);
    this.strings = tape.strings;
  }

  n(): number {
    return this.numbers[this.at++] as number;
  }
  s(): string {
    return this.strings[this.numbers[this.at++] as number] as string;
  }
  b(): boolean {
    return this.numbers[this.at++] !== 0;
  }
  u(): bigint {
    return this.unsigned[this.at++] as bigint;
  }
  i(): bigint {
    return this.signed[this.at++] as bigint;
  }
  o(): object {
    const shape = this.numbers[this.at++] as number;
    return (builders[shape] ?? define(shape))(this);
  }
  a(): unknown[] {
    const count = this.numbers[this.at++] as number;
    const array = new Array<unknown>(count);
    for (let i = 0; i < count; i++) array[i] = this.value(this.numbers[this.at++] as number);
    return array;
  }
  x(): Uint8Array {
    const length = this.numbers[this.at++] as number;
    const bytes = new Uint8Array(length);
    const from = this.at * SLOT;
    // Of a few bytes a loop is the quicker copy.
    for (let i = 0; i < length; i++) bytes[i] = this.bytes[from + i] as number;
    this.at += Math.ceil(length / SLOT);
    return bytes;
  }

  value(valueClass: ValueClass): unknown {
    switch (valueClass) {
      case ValueClass.Number:
        return this.n();
      case ValueClass.String:
        return this.s();
      case ValueClass.Boolean:
        return this.b();
      case ValueClass.Unsigned:
        return this.u();
      case ValueClass.Signed:
        return this.i();
      case ValueClass.Object:
        return this.o();
      case ValueClass.Array:
        return this.a();
      case ValueClass.Bytes:
        return this.x();
    }
  }
}

const METHODS = 'nsbuioax';

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
    // Keys come from the addon's tables, never from outside.
    const literal = keys.map((key, i) => `${JSON.stringify(key)}:r.${METHODS[classes[i] as number]}()`);
    try {
      build = new Function('r', `return {${literal.join(',')}}`) as Build;
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

/** Appends the tape's objects to an array. */
export function readTape(tape: Tape, into: object[]): void {
  const reader = new TapeReader(tape);
  for (let i = 0; i < tape.objects; i++) into.push(reader.o());
}
