// Messages that differ in a few bytes only: encoded once, filled in as often as needed. Making the thousandth endpoint takes
// a copy and some bytes then, where encoding takes a look at each field of each object.
import { addon } from '../addon.js';

/** What holds a place in a message that is encoded as a sample: found again in the bytes, and overwritten. */
export interface Hole {
  /** As it is given in the sample, in a value that nothing else has. */
  sample: Uint8Array;
}

/** An encoded message with holes. */
export class Template<Name extends string> {
  readonly #bytes: Uint8Array;
  readonly #offsets: [name: Name, offsets: number[]][] = [];
  /** Where the namespaces' descriptors belong, in the order of the fields. */
  readonly #places: number[] = [];

  /** Encodes the sample of an object (by the name of its table) and finds its holes. */
  constructor(object: string, sample: object, holes: Record<Name, Uint8Array>) {
    this.#bytes = Uint8Array.from(addon.encode(object, sample, this.#places));
    const whole = Buffer.from(this.#bytes);
    for (const name in holes) {
      const offsets: number[] = [];
      for (let at = whole.indexOf(holes[name]); at >= 0; at = whole.indexOf(holes[name], at + 1)) offsets.push(at);
      if (offsets.length === 0) throw new Error(`The sample has no "${name}"`);
      this.#offsets.push([name, offsets]);
    }
  }

  /** A copy with the holes filled; `descriptor` goes where the sample had a namespace. */
  fill(values: Record<Name, Uint8Array>, descriptor?: number): Uint8Array {
    const bytes = this.#bytes.slice();
    for (const [name, offsets] of this.#offsets) for (const at of offsets) bytes.set(values[name], at);
    if (descriptor !== undefined) {
      for (const at of this.#places) new DataView(bytes.buffer).setUint32(at, descriptor, isLittle);
    }
    return bytes;
  }
}

const isLittle = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;
