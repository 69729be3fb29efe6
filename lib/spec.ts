// Checks that precede the native encoder's: it tells wrong fields, this tells what is no object at all.
import { argumentError } from './errors.js';

/** Refuses anything but a plain object as a spec, filter or set of changes. */
export function checkSpec(name: string, spec: unknown): asserts spec is object {
  if (typeof spec !== 'object' || spec === null || Array.isArray(spec)) {
    const received = spec === null ? 'null' : Array.isArray(spec) ? 'an array' : typeof spec;
    throw argumentError('ERR_INVALID_ARG_TYPE', name, `The "${name}" argument must be an object. Received ${received}`);
  }
}

/** The address family of an address or prefix as text; undefined for 'default' and the like. */
export function familyOf(text: unknown): 'inet' | 'inet6' | undefined {
  if (typeof text !== 'string') return undefined;
  if (text.includes(':')) return 'inet6';
  return text.includes('.') ? 'inet' : undefined;
}
