// A process that ends at a stage of the library's life, in a way, both named by its arguments. See endings.test.ts.
// Plain JavaScript on what was built: so it starts quickly.
import { Netlink, Netns } from '../../../dist/index.js';

const [stage = '', way = ''] = process.argv.slice(2);

/** Ends the process, or lets it end. */
function end() {
  if (way === 'exit') process.exit(0);
  if (way === 'throw') throw new Error('thrown on purpose');
  if (way === 'reject') void Promise.reject(new Error('rejected on purpose'));
  if (way === 'kill') process.kill(process.pid, 'SIGTERM');
}

/** @type {Record<string, () => Promise<void>>} */
const stages = {
  loaded: async () => end(),
  opening: async () => {
    void Netlink.open();
    end();
  },
  idle: async () => {
    await Netlink.open();
    end();
  },
  pending: async () => {
    const nl = await Netlink.open();
    nl.links.get('lo').then(() => console.log('answered'));
    end();
  },
  dumping: async () => {
    const nl = await Netlink.open();
    for (let i = 0; i < 20; i++) void nl.routes.list({ table: 'all' });
    setImmediate(end);
  },
  queued: async () => {
    const nl = await Netlink.open();
    for (let i = 0; i < 1000; i++) void nl.links.get('lo');
    setImmediate(end);
  },
  inside: async () => {
    const ns = await Netns.create();
    ns.enter(() => end());
  },
  creating: async () => {
    void Netns.create();
    setImmediate(end);
  },
  monitoring: async () => {
    const nl = await Netlink.open();
    const monitors = [nl.monitor(['link', 'route'], { initial: true }), nl.monitor(['address'])];
    await monitors[0]?.next();
    // Nothing comes, and nobody is kept waiting.
    void nl.monitor(['rule'], { ref: false }).next();
    end();
  },
};
await stages[stage]?.();
