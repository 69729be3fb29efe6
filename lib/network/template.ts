// Messages that differ in a few bytes only: encoded once, filled in as often as needed. Making the thousandth endpoint takes
// some bytes then, where encoding takes a look at each field of each object.
import { addon } from '../addon.js';

/** An encoded message with holes. */
export class Template<Name extends string> {
  readonly #bytes: Uint8Array;
  readonly #offsets: [name: Name, offsets: number[]][] = [];
  /** Where a namespace's descriptor belongs. */
  readonly places: number[] = [];

  /** Encodes the sample of an object (by the name of its table) and finds its holes. */
  constructor(object: string, sample: object, holes: Record<Name, Uint8Array>) {
    this.#bytes = Uint8Array.from(addon.encode(object, sample, this.places));
    const whole = Buffer.from(this.#bytes);
    for (const name in holes) {
      const offsets: number[] = [];
      for (let at = whole.indexOf(holes[name]); at >= 0; at = whole.indexOf(holes[name], at + 1)) offsets.push(at);
      if (offsets.length === 0) throw new Error(`The sample has no "${name}"`);
      this.#offsets.push([name, offsets]);
    }
  }

  /** The message with the holes filled, until they are filled the next time. */
  fill(values: Record<Name, Uint8Array>): Uint8Array {
    for (const [name, offsets] of this.#offsets) for (const at of offsets) this.#bytes.set(values[name], at);
    return this.#bytes;
  }
}
