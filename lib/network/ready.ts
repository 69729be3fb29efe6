// What is made before it is needed: namespaces, each with a pair of links of which one end is in it.
import { randomInt } from 'node:crypto';
import { addon } from '../addon.js';
import { Lane } from '../lane.js';
import { Netns } from '../netns.js';
import type { Space } from '../program.js';
import { codeOf } from './host.js';
import type { State } from './state.js';

const NETLINK_ROUTE = 0;

/** How often a name and an index are chosen anew when others are found to have them. */
const ATTEMPTS = 100;

/** A namespace without a name, and a veth pair into it that is nobody's yet: both go when it is let go of. */
export interface Ready {
  space: Space;
  /** Name of the host's end, and the indexes of both. */
  name: string;
  index: number;
  inside: number;
}

/** Whether a link's name is one that {@link makeReady} chooses. */
export const isReadyName = (name: string) => /^veth[0-9a-z]{10}$/.test(name);

/** Name of the other end, until it is an endpoint's. */
export const READY_INTERFACE = 'eth0';

/** A namespace's first free link index, seen once: with some modules loaded, fresh ones have more than a loopback link. */
let known = 0;

/** The index that a link may have in a namespace that has just been made. */
export function freshIndex(): number | Promise<number> {
  return known > 0 ? known : findFreshIndex();
}

async function findFreshIndex(): Promise<number> {
  const netns = await Netns.create();
  const lane = await Lane.open(NETLINK_ROUTE, netns);
  const links = await lane.list<{ index: number }>('links.list', { extMask: ['skipStats'] });
  await lane.close();
  await netns.close();
  known = Math.max(...links.map(({ index }) => index)) + 1;
  return known;
}

/** After that index has been found taken: it is looked up again. */
export function forgetFreshIndex(): void {
  known = 0;
}

/** Makes one. */
export async function makeReady({ host, messages }: State): Promise<Ready> {
  for (let attempt = 1; ; attempt++) {
    const inside = await freshIndex();
    const index = host.chooseIndex();
    const name = `veth${randomInt(2 ** 47)
      .toString(36)
      .padStart(10, '0')}`;
    const { program, values } = messages.pair(name, index, inside);
    try {
      return { space: (await program.run({ values })) as Space, name, index, inside };
    } catch (error) {
      if (codeOf(error) !== 'EEXIST' || attempt === ATTEMPTS) throw error;
      forgetFreshIndex();
      host.shuffleIndexes();
    }
  }
}

/** Lets go of one. */
export function giveUp({ space }: Ready): void {
  addon.closeSpace(space);
}
