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
const gredFlags = (o: Any) => ({ ecn: o.ecn, harddrop: o.harddrop, adaptive: false, nodrop: false });
const prio = (o: Any) => ({ bands: o.bands, priomap: o.priomap, multiqueue: false });
const chance = (name: string, o: Any) => o && { [name]: o.probability, correlation: o.correlation };
const classes = (o: Any) => ({ tc: o.numTc, map: o.map });
/** Of all 16 traffic classes, where we tell only those of which there is something to tell. */
const ofClasses = (o: Any, value: (entry: Any) => unknown, none: unknown) => {
  const all = Array(16).fill(none);
  for (const entry of o.tcEntries ?? []) all[entry.index] = value(entry);
  return all;
};
const preemption = (o: Any) => ofClasses(o, ({ fp }) => (fp === 'preemptible' ? 'P' : 'E'), 'E');

const cake = (o: Any) => ({
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
});

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
    bands: 3,
    'priomap ': o.priomap,
    'weights ': o.weights,
    offload_horizon: us(o.offloadHorizon),
    horizon: us(o.horizon),
  }),
  cake,
  cake_mq: cake,
  dualpi2: (o) => ({
    limit: o.limit,
    'memory-limit': o.memoryLimit,
    target: us(o.target),
    tupdate: us(o.tupdate),
    alpha: o.alpha,
    beta: o.beta,
    'step-thresh-pkts': o.stepThresholdPackets,
    'step-thresh-us': us(o.stepThreshold),
    'min-qlen-step': o.minQlenStep,
    coupling: o.couplingFactor,
    'drop-overload': o.overload,
    'drop-early': `drop-${o.dropAt}`,
    'c-protection': o.classicProtection,
    // tc has no word for 'classic'.
    'ecn-mask': o.ecnMask === 'l4s' ? 'l4s-ect' : 'any-ect',
    'split-gso': o.splitGso ? null : undefined,
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
    ...gredFlags(o),
    vqs: o.queues.map((queue: Any) => ({
      vq: queue.dp,
      ...same('prio', 'limit', 'min', 'max', 'ewma', 'probability')(queue),
      Scell_log: queue.scellLog,
      ...gredFlags(queue),
      qave: queue.stats.average,
      ...same('backlog', 'forcedDrop', 'probDrop', 'pdrop', 'other', 'forcedMark', 'probMark')(queue.stats),
      ...same('packets', 'bytes')(queue.stats),
    })),
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
  mqprio: (o) => ({ ...classes(o), fp: preemption(o) }),
  taprio: (o) => ({
    ...classes(o),
    queues: o.queues,
    clockid: o.clock.toUpperCase(),
    cycle_time: o.cycleTime * 1e6,
    cycle_time_extension: o.cycleTimeExtension * 1e6,
    txtime_delay: o.txtimeDelay === undefined ? undefined : o.txtimeDelay * 1e6,
    'max-sdu': ofClasses(o, ({ maxSdu }) => maxSdu ?? 0, 0),
    fp: preemption(o),
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

/** What tc prints only of late, under names that are its own. */
const OF_LATE = [
  ...['fq.bands', 'fq.priomap ', 'fq.weights ', 'fq.offload_horizon'],
  ...['taprio.max-sdu', 'taprio.fp', 'mqprio.fp', 'active_queues'],
];

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

const ratio = (value: number | bigint, whole: number) => Number(value) / whole;
const tin = (o: Any) => ({
  threshold_rate: bytes(o.thresholdRate),
  sent_bytes: o.sentBytes,
  backlog_bytes: o.backlogBytes,
  target_us: us(o.target),
  interval_us: us(o.interval),
  peak_delay_us: us(o.peakDelay),
  avg_delay_us: us(o.averageDelay),
  base_delay_us: us(o.baseDelay),
  sent_packets: o.sentPackets,
  way_indirect_hits: o.wayIndirectHits,
  way_misses: o.wayMisses,
  way_collisions: o.wayCollisions,
  drops: o.droppedPackets,
  ecn_mark: o.ecnMarkedPackets,
  ack_drops: o.acksDroppedPackets,
  sparse_flows: o.sparseFlows,
  bulk_flows: o.bulkFlows,
  unresponsive_flows: o.unresponsiveFlows,
  max_pkt_len: o.maxPacket,
  flow_quantum: o.quantum,
});
const red4 = same('early', 'pdrop', 'other', 'marked');

/** By kind: from a qdisc's own counters, tc's. */
const QDISC_COUNTERS: Record<string, (o: Any) => Any> = {
  codel: (o) => ({
    count: o.count,
    lastcount: o.lastCount,
    ldelay: us(o.delay),
    drop_next: us(o.dropNext),
    maxpacket: o.maxPacket,
    ecn_mark: o.ecnMark,
    drop_overlimit: o.dropOverlimit,
    dropping: flag(o.dropping),
    ce_mark: o.ceMark || undefined,
  }),
  fq_codel: (o) => ({
    maxpacket: o.maxPacket,
    drop_overlimit: o.dropOverlimit,
    new_flow_count: o.newFlowCount,
    ecn_mark: o.ecnMark,
    ce_mark: o.ceMark || undefined,
    memory_used: o.memoryUsed || undefined,
    drop_overmemory: o.dropOvermemory || undefined,
    new_flows_len: o.newFlowsLen,
    old_flows_len: o.oldFlowsLen,
  }),
  pie: (o) => ({
    prob: ratio(o.probability, 2 ** 64),
    delay: us(o.delay),
    avg_dq_rate: o.averageDqRate || undefined,
    pkts_in: o.packetsIn,
    overlimit: o.overlimit,
    dropped: o.dropped,
    maxq: o.maxQueue,
    ecn_mark: o.ecnMark,
  }),
  fq_pie: (o) => ({
    pkts_in: o.packetsIn,
    overlimit: o.overlimit,
    overmemory: o.overmemory,
    dropped: o.dropped,
    ecn_mark: o.ecnMark,
    new_flow_count: o.newFlowCount,
    new_flows_len: o.newFlowsLen,
    old_flows_len: o.oldFlowsLen,
    memory_used: o.memoryUsed,
  }),
  fq: (o) => ({
    flows: o.flows,
    inactive: o.inactiveFlows,
    gc: o.gcFlows,
    highprio: o.highPrioPackets,
    // Printed twice under one name: flows that wait, and how often one had to.
    throttled: o.throttled,
    flows_plimit: o.flowsPlimit || undefined,
  }),
  cake: (o) => ({
    memory_used: o.memoryUsed,
    memory_limit: o.memoryLimit,
    capacity_estimate: bytes(o.capacityEstimate),
    active_queues: o.activeQueues,
    min_network_size: o.minNetworkLength,
    max_network_size: o.maxNetworkLength,
    min_adj_size: o.minAdjustedLength,
    max_adj_size: o.maxAdjustedLength,
    avg_hdr_offset: o.averageNetworkOffset,
    tins: o.tins.map(tin),
  }),
  dualpi2: (o) => ({
    prob: ratio(o.probability, 2 ** 32),
    'delay-c': us(o.classicDelay),
    'delay-l': us(o.l4sDelay),
    'pkts-in-c': o.classicPacketsIn,
    'pkts-in-l': o.l4sPacketsIn,
    maxq: o.maxQueue,
    'ecn-mark': o.ecnMark,
    'step-mark': o.stepMarks,
    credit: o.credit,
    'memory-used': o.memoryUsed,
    'max-memory-used': o.maxMemoryUsed,
    'memory-limit': o.memoryLimit,
  }),
  red: red4,
  choke: (o) => ({ ...red4(o), matched: o.matched }),
  sfb: (o) => ({
    earlydrop: o.earlyDrop,
    penaltydrop: o.penaltyDrop,
    bucketdrop: o.bucketDrop,
    queuedrop: o.queueDrop,
    childdrop: o.childDrop,
    marked: o.marked,
    maxqlen: o.maxQueue,
    maxprob: ratio(o.maxProbability, 0xffff),
    avgprob: ratio(o.averageProbability, 0xffff),
  }),
  hhf: (o) => ({
    drop_overlimit: o.dropOverlimit,
    hh_overlimit: o.hhOverlimit,
    tot_hh: o.hhTotalCount,
    cur_hh: o.hhCurrentCount,
  }),
};

/** By kind: from a class's own counters, tc's words of them. */
const CLASS_COUNTERS: Record<string, (o: Any) => Any> = {
  htb: (o) => ({ lended: o.lends, borrowed: o.borrows, giants: o.giants, tokens: o.tokens, ctokens: o.ctokens }),
  // What is nothing is not shown.
  hfsc: (o) => ({ period: o.period, work: o.work || undefined, rtwork: o.rtWork || undefined, level: o.level }),
  drr: (o) => ({ deficit: o.deficit }),
  fq_codel: (o) => ({ deficit: o.deficit, count: o.count, lastcount: o.lastCount, ldelay: o.delay }),
  cake: (o) => ({ deficit: o.deficit, count: o.cobaltCount, blue_prob: o.dropProbability }),
  sfq: (o) => ({ allot: o.allot }),
};

/** What tc prints of counters, made of what we read. */
export function countersOf(what: 'qdisc' | 'class', kind: string, stats: Any): Any {
  const { bytes: sent, packets, drops, overlimits, requeues, backlog, qlen, rateEstimate, xstats } = stats ?? {};
  const own = (what === 'qdisc' ? QDISC_COUNTERS : CLASS_COUNTERS)[kind];
  const rate = rateEstimate && (what === 'qdisc' ? rateEstimate.rate / 8 : rateEstimate.rate);
  return {
    ...{ bytes: sent, packets, drops, overlimits, requeues, backlog, qlen },
    ...(rateEstimate && { rate, pps: rateEstimate.packetRate }),
    ...(xstats && own?.(xstats)),
  };
}

const MULTIPLES: Record<string, number> = { K: 1000, M: 1e6, Kb: 1024, Mb: 1 << 20, us: 1e-3, ms: 1, s: 1000 };

/** What tc shows of counters in text, names as in JSON. */
export function countersIn(text: string): Record<string, number> {
  const counters: Record<string, number> = {};
  const number = (words: string, ...names: string[]) => {
    const found = new RegExp(words).exec(text);
    for (const [i, name] of names.entries()) {
      const [, digits = '', unit = ''] = /^(-?[\d.]+)(.*)$/.exec(found?.[i + 1] ?? '') ?? [];
      if (digits !== '') counters[name] = Number(digits) * (MULTIPLES[unit.replace(/bit$/, '')] ?? 1);
    }
  };
  number('Sent (\\d+) bytes (\\d+) pkt', 'bytes', 'packets');
  number('\\(dropped (\\d+), overlimits (\\d+) requeues (\\d+)\\)', 'drops', 'overlimits', 'requeues');
  number('\\brate (\\w+) (\\d+)pps', 'rate', 'pps');
  number('backlog (\\w+) (\\d+)p', 'backlog', 'qlen');
  const own = text.slice(text.lastIndexOf('requeues'));
  for (const [, name, value = ''] of own.matchAll(
    /\b(lended|borrowed|giants|c?tokens|period|(?:rt)?work|level|deficit|count|lastcount|ldelay|blue_prob|allot):? (-?[\w.]+)/g,
  )) {
    number(`\\b${name}:? (${value})`, name as string);
  }
  return counters;
}

/** What tc's JSON has beside counters. */
const PLACE = ['kind', 'handle', 'dev', 'root', 'parent', 'refcnt', 'options', 'offloaded'];

/**
 * What is wrong with the counters that tc has shown, where ours were read before and after: it must be between them.
 * Text is less exact than JSON.
 */
export function miscounted(shown: Any, before: Any, after: Any, isText: boolean): string[] {
  const wrong: string[] = [];
  const compare = (path: string, a: Any, b: Any, c: Any): void => {
    if (typeof a === 'object' && a !== null) {
      for (const name of Object.keys(b ?? {})) compare(`${path}.${name}`, a[name], b[name], c?.[name]);
      return;
    }
    const isNumber = (one: Any) => typeof one === 'number' || typeof one === 'bigint';
    if (!isNumber(a) || !isNumber(b) || !isNumber(c)) {
      if (a !== b && a !== c) wrong.push(`${path}: ${a}, ours ${b} and ${c}`);
      return;
    }
    const [low, high] = [Number(b), Number(c)].sort((one, other) => one - other) as [number, number];
    const slack = Math.max(Math.abs(Number(a)) * (isText ? 5e-3 : 5e-6), Number.isInteger(a) ? 0 : 1e-9);
    // A share is cut off where tc prints a whole number.
    if (Number(a) < low - slack - (Number.isInteger(low) ? 0 : 1) || Number(a) > high + slack)
      wrong.push(`${path}: ${a}, ours ${b} and ${c}`);
  };
  for (const name of new Set([...Object.keys(shown), ...Object.keys(after)])) {
    if (shown[name] === undefined && OF_LATE.includes(name)) continue;
    if (!PLACE.includes(name)) compare(name, shown[name], before[name], after[name]);
  }
  return wrong;
}

/**
 * What differs between tc's options and those made of ours, numbers being as exact as tc prints them. Where ours were read
 * before tc's, too, numbers must be between both.
 */
export function differences(kind: string, shown: Any, ours: Any, oursBefore: Any = ours): string[] {
  const expected = SHOWN[kind]?.(ours);
  const expectedBefore = SHOWN[kind]?.(oursBefore);
  if (!expected) return [];
  const wrong: string[] = [];
  const compare = (path: string, a: Any, b: Any, before: Any = b): void => {
    if (typeof b === 'bigint') {
      compare(path, a, Number(b), Number(before ?? b));
    } else if (typeof a === 'number' && typeof b === 'number') {
      // Six digits are printed.
      const slack = Math.max(Math.abs(a) * 5e-6, Number.isInteger(a) ? 0.999 : 1e-9);
      if (a < Math.min(b, before) - slack || a > Math.max(b, before) + slack) wrong.push(`${path}: ${a}, ours ${b}`);
    } else if (typeof a === 'object' && a !== null && typeof b === 'object' && b !== null) {
      for (const name of new Set([...Object.keys(a), ...Object.keys(b)]))
        compare(`${path}.${name}`, a[name], b[name], before?.[name]);
    } else if (a !== b) wrong.push(`${path}: ${a}, ours ${b}`);
  };
  for (const name of new Set([...Object.keys(shown ?? {}), ...Object.keys(expected)])) {
    if (PASSED_OVER.includes(name) && !(name in expected)) continue;
    if (shown?.[name] === undefined && OF_LATE.includes(`${kind}.${name}`)) continue;
    if (kind === 'mqprio' && name === 'queues') continue;
    compare(name, shown?.[name], expected[name], expectedBefore[name]);
  }
  return wrong;
}
