// The mirred action: packets to another link.
import type { LinkRef } from '../../links.js';
import { checkOptionFields, impossible, type Wire } from '../kind.js';

/** Options of a 'mirred' action (tc-mirred(8)). */
export interface MirredOptions {
  /** `'redirect'` takes the packet away, `'mirror'` copies it. */
  action: 'redirect' | 'mirror';
  /** Whether the packet leaves by the link (`'egress'`), or is as if it came in by it. */
  direction: 'egress' | 'ingress';
  /** The link (dev). */
  link?: LinkRef | undefined;
  /** In place of a link: all links of this shared block. */
  blockid?: number | undefined;
}

export const mirred = {
  write(options: MirredOptions): Wire {
    checkOptionFields(options, ['action', 'direction', 'link', 'linkIndex', 'blockid'], ['action', 'direction']);
    const { action, direction, link, blockid } = options;
    if (action !== 'redirect' && action !== 'mirror') {
      impossible(
        'options.action',
        `The "options.action" field must be 'redirect' or 'mirror'. Received ${JSON.stringify(action)}`,
      );
    }
    if (direction !== 'egress' && direction !== 'ingress') {
      impossible(
        'options.direction',
        `The "options.direction" field must be 'egress' or 'ingress'. Received ${JSON.stringify(direction)}`,
      );
    }
    if ((link === undefined) === (blockid === undefined)) {
      impossible('options.link', 'Either "options.link" or "options.blockid" is needed: where packets go');
    }
    return { eaction: `${direction} ${action}`, link, blockid };
  },
  read({ eaction, ...rest }: Wire): MirredOptions {
    const [direction, action] = String(eaction).split(' ');
    return { action, direction, ...rest } as MirredOptions;
  },
};

/** What is mirrored goes on, what is redirected is gone. */
export function mirredControl(wire: Wire): string {
  return String(wire.eaction).endsWith('mirror') ? 'pipe' : 'stolen';
}
