// What `tc -j -d -s qdisc show` prints of each kind's options, made of what we read.

// biome-ignore lint/suspicious/noExplicitAny: objects of all kinds, on both sides
type Any = any;

const us = (ms?: number) => (ms === undefined ? undefined : ms * 1000);
const bytes = (rate?: number) => (rate === undefined ? undefined : rate / 8);
const same =
  (...names: string[]) =>
  (o: Any) =>
    Object.fromEntries(names.map((name) => [name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`), o[name]]));
/** tc shows a flag only where it is set. */
const flag = (value?: boolean) => (value ? true : undefined);
const pie = (o: Any) => ({
  limit: o.limit,
  target: us(o.target),
  tupdate: us(o.tupdate),
  alpha: o.alpha,
  beta: o.beta,
  ecn: flag(o.ecn),
  bytemode: flag(o.bytemode),
  dq_rate_estimator: flag(o.dqRateEstimator),
});
const red = (o: Any) => ({
  min: o.min,
  max: o.max,
  ecn: o.ecn,
  harddrop: o.harddrop ?? false,
  adaptive: o.adaptive ?? false,
  nodrop: o.nodrop ?? false,
  ewma: o.ewma,
  probability: o.probability,
});
const prio = (o: Any) => ({ bands: o.bands, priomap: o.priomap, multiqueue: false });
const chance = (name: string, o: Any) => o && { [name]: o.probability, correlation: o.correlation };
const classes = (o: Any) => ({ tc: o.numTc, map: o.map });

/** By kind: from our options, tc's. */
export const SHOWN: Record<string, (o: Any) => Any> = {
  pfifo: same('limit'),
  bfifo: same('limit'),
  pfifo_head_drop: same('limit'),
  pfifo_fast: prio,
  prio,
  htb: (o) => ({
    r2q: o.r2q,
    default: o.default ? `0x${o.default.toString(16)}` : '0',
    direct_packets_stat: o.directPackets,
    direct_qlen: o.directQlen,
  }),
  tbf: (o) => ({
    rate: bytes(o.rate),
    mpu: o.mpu,
    // What is less than the bucket holds is never waited for.
    ...(o.latency === undefined ? { limit: o.limit } : { lat: us(o.latency) }),
    linklayer: o.linkLayer,
  }),
  ets: (o) => ({
    bands: o.bands,
    strict: o.strict || undefined,
    quanta: o.quanta.length ? o.quanta : undefined,
    priomap: o.priomap,
  }),
  codel: (o) => ({
    limit: o.limit,
    target: us(o.target),
    ce_threshold: us(o.ceThreshold),
    interval: us(o.interval),
    ecn: flag(o.ecn),
  }),
  fq_codel: (o) => ({
    limit: o.limit,
    flows: o.flows,
    quantum: o.quantum,
    target: us(o.target),
    ce_threshold: us(o.ceThreshold),
    ce_threshold_selector: o.ceThresholdSelector,
    ce_threshold_mask: o.ceThresholdMask,
    interval: us(o.interval),
    memory_limit: o.memoryLimit,
    ecn: flag(o.ecn),
    drop_batch: o.dropBatch,
  }),
  pie,
  fq_pie: (o) => ({
    ...pie(o),
    flows: o.flows,
    quantum: o.quantum,
    memory_limit: o.memoryLimit,
    ecn_prob: o.ecnProbability,
  }),
  fq: (o) => ({
    limit: o.limit,
    flow_limit: o.flowLimit,
    buckets: o.buckets,
    orphan_mask: o.orphanMask,
    pacing: o.pacing ? undefined : false,
    quantum: o.quantum,
    initial_quantum: o.initialQuantum,
    maxrate: o.maxRate === Number.POSITIVE_INFINITY ? undefined : bytes(o.maxRate),
    low_rate_threshold: bytes(o.lowRateThreshold),
    refill_delay: us(o.refillDelay),
    ce_threshold: o.ceThreshold === Number.POSITIVE_INFINITY ? undefined : us(o.ceThreshold),
    timer_slack: o.timerSlack * 1e6,
    horizon: us(o.horizon),
  }),
  cake: (o) => ({
    bandwidth: o.bandwidth === Number.POSITIVE_INFINITY ? 'unlimited' : bytes(o.bandwidth),
    autorate: o.autorateIngress ? 'autorate-ingress' : undefined,
    diffserv: o.diffserv,
    flowmode: o.flowMode,
    nat: o.nat,
    wash: o.wash,
    ingress: o.ingress,
    'ack-filter': o.ackFilter,
    split_gso: o.splitGso,
    rtt: us(o.rtt),
    raw: o.overhead === 'raw',
    overhead: o.overhead === 'raw' ? 0 : o.overhead,
    mpu: o.mpu || undefined,
    memlimit: o.memlimit || undefined,
  }),
  sfq: (o) => ({
    limit: o.limit,
    quantum: o.quantum,
    depth: o.depth,
    headdrop: flag(o.headdrop),
    flows: o.flows,
    divisor: o.divisor,
    perturb: o.perturb ? o.perturb / 1000 : undefined,
    ...(o.max ? red(o) : {}),
  }),
  red: (o) => ({ limit: o.limit, ...red(o), Scell_log: o.scellLog }),
  choke: (o) => ({ limit: o.limit, ...red(o), Scell_log: o.scellLog }),
  gred: (o) => ({
    dp_cnt: o.dps,
    dp_default: o.default,
    grio: o.grio,
    limit: o.limit,
    ecn: o.ecn,
    harddrop: o.harddrop,
    adaptive: false,
    nodrop: false,
  }),
  sfb: (o) => ({
    rehash: us(o.rehash),
    db: us(o.db),
    limit: o.limit,
    max: o.max,
    target: o.target,
    increment: o.increment,
    decrement: o.decrement,
    penalty_rate: o.penaltyRate,
    penalty_burst: o.penaltyBurst,
  }),
  hhf: (o) => ({
    limit: o.limit,
    quantum: o.quantum,
    hh_limit: o.hhLimit,
    reset_timeout: us(o.resetTimeout),
    admit_bytes: o.admitBytes,
    evict_timeout: us(o.evictTimeout),
    non_hh_weight: o.nonHhWeight,
  }),
  skbprio: same('limit'),
  netem: (o) => ({
    limit: o.limit,
    delay: o.delay && {
      delay: o.delay.time / 1000,
      jitter: (o.delay.jitter ?? 0) / 1000,
      correlation: o.delay.correlation ?? 0,
    },
    'loss-random': o.loss?.probability === undefined ? undefined : chance('loss', o.loss),
    'loss-state': o.loss?.state,
    'loss-gemodel': o.loss?.gemodel && {
      p: o.loss.gemodel.p,
      r: o.loss.gemodel.r,
      '1-h': 1 - o.loss.gemodel.h,
      '1-k': 1 - o.loss.gemodel.k,
    },
    duplicate: chance('duplicate', o.duplicate),
    reorder: chance('reorder', o.reorder),
    corrupt: chance('corrupt', o.corrupt),
    rate: o.rate && {
      rate: bytes(o.rate.rate),
      packetoverhead: o.rate.packetOverhead,
      cellsize: o.rate.cellSize,
      celloverhead: o.rate.cellOverhead,
    },
    slot: o.slot && {
      ...(o.slot.min === undefined
        ? { distribution: o.slot.delay / 1000, jitter: o.slot.jitter / 1000 }
        : { 'min-delay': o.slot.min / 1000, 'max-delay': o.slot.max / 1000 }),
      packets: o.slot.packets,
      bytes: o.slot.bytes,
    },
    ecn: o.ecn ?? false,
    gap: o.reorder?.gap ?? 0,
  }),
  mqprio: classes,
  taprio: (o) => ({
    ...classes(o),
    queues: o.queues,
    clockid: o.clock.toUpperCase(),
    cycle_time: o.cycleTime * 1e6,
    cycle_time_extension: o.cycleTimeExtension * 1e6,
    txtime_delay: o.txtimeDelay === undefined ? undefined : o.txtimeDelay * 1e6,
    schedule: o.schedule.map((entry: Any) => ({
      index: entry.index,
      cmd: { setGates: 'S', setAndHold: 'H', setAndRelease: 'R' }[entry.command as string],
      gatemask: `0x${entry.gates.toString(16)}`,
      interval: entry.interval * 1e6,
    })),
  }),
  cbs: (o) => ({
    hicredit: o.hicredit,
    locredit: o.locredit,
    sendslope: o.sendslope / 1000,
    idleslope: o.idleslope / 1000,
    offload: Number(o.offload),
  }),
  etf: (o) => ({
    clockid: o.clock.toUpperCase(),
    delta: o.delta * 1e6,
    offload: o.flags.includes('offload') ? 'on' : 'off',
    deadline_mode: o.flags.includes('deadlineMode') ? 'on' : 'off',
    skip_sock_check: o.flags.includes('skipSockCheck') ? 'on' : 'off',
  }),
};

/** Fields of tc's that say the same once more, in words, or that the kinds above leave to others. */
const PASSED_OVER = [
  'ver',
  'burst',
  'mtu',
  'horizon_cap',
  'horizon_drop',
  'atm',
  'fwmark',
  'mode',
  'shaper',
  'base_time',
  'flags',
  'vqs',
  'overhead',
  'prob_mark',
  'prob_mark_head',
  'prob_drop',
  'forced_mark',
  'forced_mark_head',
  'forced_drop',
];

/** What differs between tc's options and those made of ours, numbers being as exact as tc prints them. */
export function differences(kind: string, shown: Any, ours: Any): string[] {
  const expected = SHOWN[kind]?.(ours);
  if (!expected) return [];
  const wrong: string[] = [];
  const compare = (path: string, a: Any, b: Any): void => {
    if (typeof a === 'number' && typeof b === 'number') {
      if (Math.abs(a - b) > Math.max(Math.abs(a) * 2e-6, Number.isInteger(a) ? 0.999 : 1e-9))
        wrong.push(`${path}: ${a}, ours ${b}`);
    } else if (typeof a === 'object' && a !== null && typeof b === 'object' && b !== null) {
      for (const name of new Set([...Object.keys(a), ...Object.keys(b)])) compare(`${path}.${name}`, a[name], b[name]);
    } else if (a !== b) wrong.push(`${path}: ${a}, ours ${b}`);
  };
  for (const name of new Set([...Object.keys(shown ?? {}), ...Object.keys(expected)])) {
    if (PASSED_OVER.includes(name) && !(name in expected)) continue;
    if (kind === 'mqprio' && name === 'queues') continue;
    compare(name, shown?.[name], expected[name]);
  }
  return wrong;
}
