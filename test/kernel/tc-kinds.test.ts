// Every kind of qdisc and class: what tc made and what we made with the same words is the same to the kernel, and what
// is read can be given back. All is made at once, by one process of tc, as processes are what takes time in a guest.
import assert from 'node:assert/strict';
import type { Netlink, Netns, Qdisc, QdiscSpec, TcClass, TcClassSpec } from '../../lib/index.js';
import { run, Sandbox } from '../support/sandbox.js';
import { skipBecause } from '../support/skip.js';
import { type RawTc, rawTc, sendThrough, shownQdiscs, shownTexts, tcCommands, withoutSeed } from '../support/tc.js';
import { CLASSES, type ClassCase, COUNTED, QDISCS, type QdiscCase } from '../support/tc-cases.js';
import { countersIn, countersOf, differences, miscounted } from '../support/tc-fields.js';

/** Kinds that cannot be changed, or not while they are there with a table of sizes. */
const FIXED = ['htb', 'mq', 'mqprio', 'taprio', 'plug', 'etf', 'pfifo_fast', 'gred', 'multiq', 'drr', 'qfq', 'sfq'];

/** One case, and what became of it. */
interface Trial {
  title: string;
  kind: string;
  /** tc's commands for link `tN`. */
  commands: (link: string) => string[];
  /** Ours for another link. */
  make: (link: string) => Promise<void>;
  /** The object on a link. */
  read: (link: string) => Promise<object>;
  /** Gives back what was read, to another link. */
  giveBack: (read: object, link: string, verb: 'add' | 'change') => Promise<void>;
  pick: (raw: Awaited<ReturnType<typeof rawTc>>, link: string) => RawTc[];
  canChange: boolean;
  isRounded?: boolean | undefined;
  tcError?: string | undefined;
  error?: unknown;
  ours?: object;
  theirs?: object;
}

describe('tc: every kind', () => {
  let sandbox: Sandbox;
  let ns: Netns & { name: string };
  let nl: Netlink;
  let raw: Awaited<ReturnType<typeof rawTc>>;
  let shown: ReturnType<typeof shownQdiscs>;

  const qdiscTrial = ({
    kind,
    words,
    before = '',
    fields = {},
    options,
    changes = [],
    isRounded,
  }: QdiscCase): Trial => {
    const place = { parent: 'root', handle: '1:', kind };
    return {
      title: `qdisc ${before} ${kind} ${words}`.replace(/ +/g, ' ').trim(),
      kind,
      commands: (link) => [
        `qdisc add dev ${link} root handle 1: ${before} ${kind} ${words}`,
        ...changes.map((change) => `qdisc change dev ${link} root handle 1: ${kind} ${change}`),
      ],
      make: (link) =>
        nl.tc.qdiscs.add({ ...place, ...fields, link, ...(options ? { options } : {}) } as unknown as QdiscSpec),
      read: (link) => nl.tc.qdiscs.get({ link, parent: 'root' }),
      giveBack: (read, link, verb) => nl.tc.qdiscs[verb]({ ...(read as Qdisc), link } as unknown as QdiscSpec),
      pick: (all, link) => all('qdisc', link).filter(({ parent }) => parent === 0xffff_ffff),
      canChange: !FIXED.includes(kind) && !fields.stab,
      isRounded,
    };
  };

  const classTrial = ({ kind, words, options, root = '', rootOptions, minor = 1 }: ClassCase): Trial => {
    const qdisc = { parent: 'root', handle: '1:', kind, ...(rootOptions ? { options: rootOptions } : {}) };
    const verb = kind === 'ets' ? 'change' : 'add';
    const addRoot = (link: string) => nl.tc.qdiscs.add({ ...qdisc, link } as unknown as QdiscSpec);
    return {
      title: `class ${kind} ${words}`.trim(),
      kind,
      commands: (link) => [
        `qdisc add dev ${link} root handle 1: ${kind} ${root}`,
        `class ${verb} dev ${link} parent 1: classid 1:${minor} ${kind} ${words}`,
      ],
      make: async (link) => {
        await addRoot(link);
        const place = { parent: '1:', classid: `1:${minor}`, kind };
        await nl.tc.classes[verb]({ ...place, link, ...(options ? { options } : {}) } as unknown as TcClassSpec);
      },
      read: async (link) => {
        const all = await nl.tc.classes.list({ link });
        return all.find(({ classid }) => classid === `1:${minor}`) as TcClass;
      },
      giveBack: async (read, link, given) => {
        if (given === 'add') await addRoot(link);
        const spec = { ...(read as TcClass), link } as unknown as TcClassSpec;
        await nl.tc.classes[given === 'add' ? verb : 'change'](spec);
      },
      pick: (all, link) => all('class', link).filter(({ handle }) => handle === 0x1_0000 + minor),
      canChange: true,
    };
  };

  const trials = [...QDISCS.map(qdiscTrial), ...CLASSES.map(classTrial)];

  before(async () => {
    sandbox = new Sandbox();
    ({ ns, nl } = await sandbox.host());
    const queues = { numTxQueues: 4, numRxQueues: 4 };
    await Promise.all(
      trials.flatMap((_, i) => [
        nl.links.create({ kind: 'veth', name: `t${i}`, ...queues, peer: { name: `u${i}`, ...queues } }),
        nl.links.create({ kind: 'veth', name: `b${i}`, ...queues, peer: { name: `c${i}`, ...queues } }),
      ]),
    );
    const lists = trials.map((trial, i) => trial.commands(`t${i}`));
    const errors = tcCommands(ns, lists.flat());
    for (const [i, trial] of trials.entries()) {
      trial.tcError = errors.splice(0, (lists[i] as string[]).length).find((error) => error !== undefined);
      if (trial.tcError !== undefined) continue;
      try {
        await trial.make(`u${i}`);
        trial.ours = await trial.read(`u${i}`);
        trial.theirs = await trial.read(`t${i}`);
        await trial.giveBack(trial.theirs, `b${i}`, 'add');
        await trial.giveBack(trial.theirs, `c${i}`, 'add');
        if (trial.canChange) await trial.giveBack(trial.theirs, `c${i}`, 'change');
      } catch (error) {
        trial.error = error;
      }
    }
    raw = await rawTc(ns);
    shown = shownQdiscs(ns);
  });
  after(() => sandbox[Symbol.asyncDispose]());

  for (const [i, trial] of trials.entries()) {
    it(trial.title, function () {
      if (/qdisc kind is unknown/.test(trial.tcError ?? '')) skipBecause(this, `this kernel has no ${trial.kind}`);
      assert.equal(trial.tcError, undefined);
      const bytes = trial.pick(raw, `t${i}`);
      assert.equal(bytes.length, 1);
      assert.deepEqual(withoutSeed(trial.pick(raw, `u${i}`)), withoutSeed(bytes), 'made by us');
      if (trial.error) throw trial.error;
      const { linkIndex: _, link: __, ...ours } = trial.ours as Qdisc;
      const { linkIndex: ___, link: ____, ...theirs } = trial.theirs as Qdisc;
      assert.deepEqual(withoutSeed(ours), withoutSeed(theirs));
      assert.equal((theirs.options as { unknown?: unknown } | undefined)?.unknown, undefined);
      // What tc prints of it is what we read: where tc prints JSON.
      const printed = trial.title.startsWith('class')
        ? undefined
        : shown.find(({ dev, root }) => dev === `t${i}` && root);
      if (printed) assert.deepEqual(differences(trial.kind, printed.options, theirs.options), []);
      if (trial.isRounded) return;
      assert.deepEqual(trial.pick(raw, `b${i}`), bytes, 'given back');
      assert.deepEqual(trial.pick(raw, `c${i}`), bytes, 'changed to what it was');
    });
  }
});

describe('tc: counters of every kind', () => {
  type Counters = { kind: string; options?: unknown; counters: Record<string, unknown> };
  const qdiscName = ({ handle, parent }: Pick<Qdisc, 'handle' | 'parent'>) =>
    parent === 'root' ? `qdisc ${handle}` : `qdisc ${handle} ${parent}`;
  const links = COUNTED.map((_, i) => `t${i}`);
  let sandbox: Sandbox;
  let errors: (string | undefined)[];
  let shown: ReturnType<typeof shownQdiscs>;
  let texts: ReturnType<typeof shownTexts>;
  /** By link, named as the texts are: what we have read before tc, and after it. */
  let before_: Map<string, Counters>[];
  let after_: Map<string, Counters>[];

  const counted = (what: 'qdisc' | 'class', { kind, options, stats }: Qdisc | TcClass): Counters => {
    return { kind, options, counters: countersOf(what, kind, stats) };
  };
  const readAll = async (nl: Netlink): Promise<Map<string, Counters>[]> => {
    const qdiscs = await nl.tc.qdiscs.list({ stats: true });
    return Promise.all(
      links.map(async (link) => {
        const classes = await nl.tc.classes.list({ link, stats: true });
        return new Map([
          ...qdiscs
            .filter((qdisc) => qdisc.link === link)
            .map((one) => [qdiscName(one), counted('qdisc', one)] as const),
          ...classes.map((one) => [`class ${one.classid}`, counted('class', one)] as const),
        ]);
      }),
    );
  };

  before(async function () {
    this.timeout(120_000);
    sandbox = new Sandbox();
    const { ns, nl } = await sandbox.host();
    // Nothing is to be sent but what we send.
    run('ip', 'netns', 'exec', ns.name, 'sysctl', '-qw', 'net.ipv6.conf.default.disable_ipv6=1');
    const queues = { numTxQueues: 4, numRxQueues: 4 };
    await Promise.all(
      links.flatMap((name) => [
        nl.links.create({ kind: 'veth', name, ...queues, peer: { name: `p${name}`, ...queues } }),
        nl.links.set(`p${name}`, { up: true }),
        nl.links.set(name, { up: true }),
      ]),
    );
    const lists = COUNTED.map(({ commands }, i) => commands(`t${i}`));
    const all = tcCommands(ns, lists.flat());
    errors = lists.map((list) => all.splice(0, list.length).find((error) => error !== undefined));
    sendThrough(ns, links);
    // The estimate of a rate is made of samples: it falls once the packets have been counted.
    const rate = async () =>
      (await nl.tc.qdiscs.get({ link: 't0', parent: 'root' }, { stats: true })).stats?.rateEstimate;
    for (let last = 0, now = 0; now === 0 || now >= last; ) {
      last = now;
      await new Promise((resolve) => setTimeout(resolve, 20));
      now = Number((await rate())?.rate ?? 0);
    }
    before_ = await readAll(nl);
    shown = shownQdiscs(ns);
    texts = shownTexts(ns, links);
    after_ = await readAll(nl);
  });
  after(() => sandbox[Symbol.asyncDispose]());

  for (const [i, { kind, commands }] of COUNTED.entries()) {
    it(
      commands('...')
        .at(-1)
        ?.replace(/ dev \.\.\./, '') as string,
      function () {
        if (/qdisc kind is unknown/.test(errors[i] ?? '')) skipBecause(this, `this kernel has no ${kind}`);
        assert.equal(errors[i], undefined);
        assert.equal(texts.length, links.length);
        const [text, ours] = [texts[i] as Map<string, string>, after_[i] as Map<string, Counters>];
        assert.deepEqual([...ours.keys()].sort(), [...text.keys()].sort());
        for (const [name, after] of ours) {
          const before = before_[i]?.get(name);
          const json = shown.find(
            ({ dev, handle, parent = 'root' }) => dev === `t${i}` && qdiscName({ handle, parent }) === name,
          );
          const theirs = json ?? countersIn(text.get(name) as string);
          // What still sends has a rate that rises and falls meanwhile.
          if (Number(after.counters.qlen) > 0) {
            for (const one of [theirs, after.counters]) {
              delete one.rate;
              delete one.pps;
            }
          }
          const wrong = miscounted(theirs, before?.counters, after.counters, !json);
          assert.deepEqual(wrong, [], `${name}: ${JSON.stringify(theirs)}`);
          // Some kinds have counters among their options.
          if (json) assert.deepEqual(differences(after.kind, json.options, after.options, before?.options), [], name);
        }
      },
    );
  }
});
