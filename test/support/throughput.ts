// How much a class or a queueing discipline lets through while it has something to send.
import type { Netlink } from '../../lib/index.js';

/** A class, or a link's own queueing discipline. */
export interface Place {
  nl: Netlink;
  link: string;
  classid?: string;
}

const sleep = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/**
 * The bits per second of places over so many seconds in which they had packets waiting all the time: time in which
 * nobody sends says nothing about a limit. What passes at once at the beginning, `burst` bytes, is not counted.
 */
export async function throughput(places: readonly Place[], seconds: number, burst: number): Promise<number[]> {
  const look = async ({ nl, link, classid }: Place) => {
    const { stats } =
      classid === undefined
        ? await nl.tc.qdiscs.get({ link, parent: 'root' }, { stats: true })
        : await nl.tc.classes.get({ link, classid }, { stats: true });
    return { bytes: Number(stats?.bytes), waiting: stats?.qlen ?? 0, at: performance.now() };
  };
  return Promise.all(
    places.map(async (place) => {
      let before = await look(place);
      const first = before.bytes;
      let bytes = 0;
      let time = 0;
      while (time < seconds * 1000) {
        await sleep(50);
        const now = await look(place);
        if (before.waiting > 0 && now.waiting > 0 && before.bytes > first + burst) {
          bytes += now.bytes - before.bytes;
          time += now.at - before.at;
        }
        before = now;
      }
      return (bytes * 8000) / time;
    }),
  );
}
