// Handles: the names of qdiscs and classes.
import { addon } from '../addon.js';
import { argumentError } from '../errors.js';

/** A handle as tc writes it: major and minor number in hex, `'1:10'`; a qdisc's is `'1:'`. Or its 32 bits as a number. */
export type Handle = string | number;

/** Where incoming packets pass, and the qdiscs 'ingress' and 'clsact' are: TC_H_INGRESS, TC_H_CLSACT. */
export const INGRESS = 'ffff:fff1';

const NAMES: Record<string, number> = {
  root: 0xffff_ffff,
  none: 0,
  ingress: 0xffff_fff1,
  clsact: 0xffff_fff1,
};

/** The number of a handle; of a qdisc's ('1:' or '1') where isMajor. */
export function handleNumber(field: string, handle: unknown, isMajor = false): number {
  if (typeof handle === 'number' && Number.isInteger(handle) && handle >= 0 && handle <= 0xffff_ffff) return handle;
  if (typeof handle !== 'string') {
    throw argumentError('ERR_INVALID_ARG_TYPE', field, `The "${field}" field must be a handle such as '1:10'`);
  }
  const number = (isMajor ? undefined : NAMES[handle]) ?? addon.handle(handle, isMajor);
  if (number === undefined) {
    throw argumentError(
      'ERR_INVALID_ARG_VALUE',
      field,
      `The "${field}" field must be a handle such as '${isMajor ? '1:' : '1:10'}' (hex). Received '${handle}'`,
    );
  }
  return number;
}

/** A class's minor number, which may be given as the class's handle; 0 if left out. */
export function minorNumber(field: string, value: unknown): number {
  if (value === undefined) return 0;
  if (typeof value === 'string') return handleNumber(field, value) % 0x10000;
  return handleNumber(field, value);
}
