// JSON that somebody wrote, read with the path to each place, so that an error can name it.
import { argumentError } from '../../errors.js';

/** A place in the input. */
export class Input {
  constructor(
    readonly value: unknown,
    /** The place that it is in, or the path of one that is in none. */
    private readonly parent: Input | string,
    /** Its key or index there. */
    private readonly key: string | number = '',
  ) {}

  /** Where it is: `[3].add.rule.expr[0].match.right`. Most are never asked. */
  get path(): string {
    const { parent, key } = this;
    if (typeof parent === 'string') return parent;
    if (typeof key === 'number') return `${parent.path}[${key}]`;
    return /^[A-Za-z_]\w*$/.test(key) ? `${parent.path}.${key}` : `${parent.path}['${key}']`;
  }

  /** An error about what is here. */
  fail(what: string): TypeError | RangeError {
    return argumentError('ERR_INVALID_ARG_VALUE', this.path, `${this.path}: ${what}. Received ${show(this.value)}`);
  }

  #failType(wanted: string): TypeError | RangeError {
    return argumentError(
      'ERR_INVALID_ARG_TYPE',
      this.path,
      `${this.path} must be ${wanted}. Received ${show(this.value)}`,
    );
  }

  get isAbsent(): boolean {
    return this.value === undefined;
  }

  get isNull(): boolean {
    return this.value === null;
  }

  get isString(): boolean {
    return typeof this.value === 'string';
  }

  get isArray(): boolean {
    return Array.isArray(this.value);
  }

  get isObject(): boolean {
    return typeof this.value === 'object' && this.value !== null && !Array.isArray(this.value);
  }

  #own(key: string): unknown {
    const object = this.value as Record<string, unknown>;
    return Object.hasOwn(object, key) ? object[key] : undefined;
  }

  /** The object that is here. */
  object(): Record<string, unknown> {
    if (!this.isObject) throw this.#failType('an object');
    return this.value as Record<string, unknown>;
  }

  /** What an object has under a key; absent where it has nothing. */
  at(key: string): Input {
    const object = this.object();
    return new Input(Object.hasOwn(object, key) ? object[key] : undefined, this, key);
  }

  /** Whether an object has something under a key. */
  has(key: string): boolean {
    return this.isObject && this.#own(key) !== undefined;
  }

  /** The one key of an object, and what it has there. */
  single(): [key: string, Input] {
    const keys = Object.keys(this.object()).filter((key) => this.#own(key) !== undefined);
    const [key] = keys;
    if (key === undefined || keys.length > 1) throw this.fail('an object with exactly one key is wanted');
    return [key, this.at(key)];
  }

  /** Refuses keys that mean nothing here. */
  only(...keys: readonly string[]): this {
    for (const key of Object.keys(this.object())) {
      if (!keys.includes(key) && this.#own(key) !== undefined) throw this.at(key).fail('no such key is known here');
    }
    return this;
  }

  string(): string {
    if (typeof this.value !== 'string') throw this.#failType('a string');
    return this.value;
  }

  /** A name as the kernel takes it. */
  name(longest = 255): string {
    const name = this.string();
    if (name === '' || name.includes('\0') || Buffer.byteLength(name) > longest) {
      throw this.fail(`a name of 1 to ${longest} bytes is wanted`);
    }
    return name;
  }

  boolean(): boolean {
    if (typeof this.value !== 'boolean') throw this.#failType('a boolean');
    return this.value;
  }

  /** A whole number from a range. */
  integer(lowest = 0, highest = 0xffffffff): number {
    if (typeof this.value !== 'number') throw this.#failType('a number');
    if (!Number.isInteger(this.value) || this.value < lowest || this.value > highest) {
      throw argumentError(
        'ERR_OUT_OF_RANGE',
        this.path,
        `${this.path} must be a whole number from ${lowest} to ${highest}. Received ${show(this.value)}`,
      );
    }
    return this.value;
  }

  /** A whole number of 64 bits; a bigint too. */
  integer64(): bigint {
    if (typeof this.value === 'bigint') {
      if (this.value >= 0n && this.value < 1n << 64n) return this.value;
      throw argumentError('ERR_OUT_OF_RANGE', this.path, `${this.path} must have 64 bits. Received ${this.value}`);
    }
    return BigInt(this.integer(0, Number.MAX_SAFE_INTEGER));
  }

  /** The members of an array. */
  array(): Input[] {
    if (!Array.isArray(this.value)) throw this.#failType('an array');
    return this.value.map((value, index) => new Input(value, this, index));
  }

  /** The members of an array, or the one thing that stands without one. */
  list(): Input[] {
    return this.isAbsent ? [] : this.isArray ? this.array() : [this];
  }

  /** One word of a table, as the table has it. */
  word<T>(table: Readonly<Record<string, T>>): T {
    const word = this.string();
    if (!Object.hasOwn(table, word)) throw this.fail(`one of ${Object.keys(table).join(', ')} is wanted`);
    return table[word] as T;
  }

  /** Words of a table, in an array or one alone. */
  words<T>(table: Readonly<Record<string, T>>): T[] {
    return this.list().map((each) => each.word(table));
  }
}

/** A value as an error shows it. */
function show(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'bigint') return `${value}`;
  let text: string;
  try {
    text = JSON.stringify(value) ?? typeof value;
  } catch {
    text = typeof value;
  }
  return text.length > 100 ? `${text.slice(0, 100)}...` : text;
}
