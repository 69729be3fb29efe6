// The nat action: addresses without memory.
import { isIPv4 } from 'node:net';
import { checkOptionFields, impossible, type Wire } from '../kind.js';

/** Options of a 'nat' action (tc-nat(8)). */
export interface NatOptions {
  /** `'egress'`: source addresses; `'ingress'`: destinations. */
  direction: 'egress' | 'ingress';
  /** Address or prefix to be replaced, or `'default'` for all. */
  old: string;
  /** Address in its place; of a prefix the first. */
  new: string;
}

const mask = (length: number) => (length === 0 ? 0 : (0xffff_ffff << (32 - length)) >>> 0);
const dotted = (number: number) => [24, 16, 8, 0].map((shift) => (number >>> shift) & 0xff).join('.');

export const nat = {
  write(options: NatOptions): Wire {
    checkOptionFields(options, ['direction', 'old', 'new'], ['direction', 'old', 'new']);
    const { direction, old } = options;
    if (direction !== 'egress' && direction !== 'ingress') {
      impossible(
        'options.direction',
        `The "options.direction" field must be 'egress' or 'ingress'. Received ${JSON.stringify(direction)}`,
      );
    }
    const [address = '', length = '32'] = old === 'default' ? ['0.0.0.0', '0'] : String(old).split('/', 2);
    if (!isIPv4(address) || !/^\d+$/.test(length) || Number(length) > 32) {
      impossible('options.old', `The "options.old" field must be an IPv4 address or prefix. Received '${old}'`);
    }
    return {
      flags: direction === 'egress' ? ['egress'] : [],
      oldAddress: address,
      newAddress: options.new,
      netmask: dotted(mask(Number(length))),
    };
  },
  read({ oldAddress, newAddress, netmask, flags }: Wire): NatOptions {
    const bits = String(netmask)
      .split('.')
      .map((byte) => Number(byte).toString(2).padStart(8, '0'))
      .join('');
    const length = bits.lastIndexOf('1') + 1;
    return {
      direction: flags.includes('egress') ? 'egress' : 'ingress',
      old: length === 0 ? 'default' : `${oldAddress}/${length}`,
      new: newAddress,
    };
  },
};
