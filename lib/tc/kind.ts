// What the kinds of qdiscs and classes have in common.
import { argumentError } from '../errors.js';
import { checkSpec } from '../spec.js';

/** The kernel's form of a kind's options: fields as its attribute table names them. */
// biome-ignore lint/suspicious/noExplicitAny: each kind knows its own table
export type Wire = any;

/**
 * How callers see a kind's options where the kernel's form of them is computed: rates become tables and ticks. Kinds
 * whose options are the kernel's fields, units apart, need none of this.
 */
export interface Kind<Options> {
  /** A kind that takes its options from the kernel where none are given. */
  isOptional?: boolean;
  /** The names of options, or of fields in them, that are rates and may be a share of the link's speed. */
  rates?: readonly string[];
  /** Options that cannot be changed afterwards: given as they are, they are left out of a change. */
  fixed?: readonly string[];
  /** The kernel's form; throws for what is impossible. */
  write(options: Options): Wire;
  /** Changes that the kernel takes only of a qdisc that is there, each in a message of its own. */
  further?(options: Options): Wire[];
  /** The caller's form of what the kernel tells. */
  read(wire: Wire): Options;
}

/** Refuses a combination of fields. */
export function impossible(field: string, why: string): never {
  throw argumentError('ERR_INVALID_ARG_VALUE', field, why);
}

/** Checks that options are an object without fields of other names, and that these are there. */
export function checkOptionFields(options: unknown, names: readonly string[], required: readonly string[] = []): void {
  checkSpec('options', options);
  for (const [name, value] of Object.entries(options)) {
    if (value !== undefined && !names.includes(name) && name !== 'unknown') {
      impossible(`options.${name}`, `The "options.${name}" field is not known`);
    }
  }
  const given = options as Record<string, unknown>;
  for (const name of required) {
    if (given[name] === undefined) impossible(`options.${name}`, `The "options.${name}" field is needed`);
  }
}
