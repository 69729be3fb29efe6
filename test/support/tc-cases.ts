// Qdiscs and classes in the words of tc and in ours: both are to come to the same in the kernel.
import type { QdiscSpec, TcClassSpec } from '../../lib/index.js';

/** A qdisc, as `tc qdisc add dev ... root` and as `nl.tc.qdiscs.add` get it. */
export interface QdiscCase {
  kind: string;
  /** After the kind. */
  words: string;
  options?: unknown;
  /** What stands before the kind: `stab ...`. */
  before?: string;
  /** Fields beside the options. */
  fields?: Pick<QdiscSpec, 'stab' | 'estimator'>;
  /** Further `tc qdisc change` words. */
  changes?: string[];
  /**
   * Given back, it is not the same to the last digit: the kernel rounds times down each time they pass (codel), or
   * has more than it takes (sfq's thresholds).
   */
  isRounded?: boolean;
}

/** A class, below a root qdisc '1:'. */
export interface ClassCase {
  kind: string;
  words: string;
  options?: TcClassSpec['options'] | unknown;
  /** The root qdisc's words, if any. */
  root?: string;
  rootOptions?: unknown;
  /** The class's minor number. */
  minor?: number;
}

export const QDISCS: QdiscCase[] = [
  { kind: 'pfifo', words: '' },
  { kind: 'pfifo', words: 'limit 7', options: { limit: 7 } },
  { kind: 'bfifo', words: '' },
  { kind: 'bfifo', words: 'limit 32kb', options: { limit: '32kb' } },
  { kind: 'bfifo', words: 'limit 1500', options: { limit: 1500 } },
  { kind: 'pfifo_head_drop', words: 'limit 9', options: { limit: 9 } },
  { kind: 'pfifo_fast', words: '' },
  {
    kind: 'pfifo',
    before: 'stab overhead 10 linklayer atm mtu 2048 tsize 64 mpu 64',
    words: '',
    fields: { stab: { overhead: 10, linkLayer: 'atm', mtu: 2048, tsize: 64, mpu: 64 } },
  },
  { kind: 'pfifo', before: 'stab overhead -4', words: '', fields: { stab: { overhead: -4 } } },
  { kind: 'pfifo', before: 'estimator 1sec 4sec', words: '', fields: { estimator: { interval: '1s', average: 4000 } } },

  { kind: 'htb', words: '' },
  { kind: 'htb', words: 'default 11 r2q 5 direct_qlen 7', options: { default: '1:11', r2q: 5, directQlen: 7 } },
  { kind: 'htb', words: 'default 0x11', options: { default: 0x11 } },

  {
    kind: 'tbf',
    words: 'rate 1mbit burst 10k latency 50ms',
    options: { rate: '1mbit', burst: '10k', latency: '50ms' },
  },
  { kind: 'tbf', words: 'rate 1000000 burst 10240 latency 50ms', options: { rate: 1e6, burst: 10240, latency: 50 } },
  { kind: 'tbf', words: 'rate 30kbps burst 1540 limit 3000', options: { rate: '30kbps', burst: 1540, limit: 3000 } },
  {
    kind: 'tbf',
    words: 'rate 1mbit burst 10k latency 50ms peakrate 2mbit minburst 1540',
    options: { rate: '1mbit', burst: '10k', latency: '50ms', peakrate: '2mbit', mtu: 1540 },
  },
  {
    kind: 'tbf',
    words: 'rate 7654321 burst 15k/8 limit 1mb overhead 300 mpu 64 linklayer atm',
    options: { rate: 7654321, burst: '15k/8', limit: '1mb', overhead: 300, mpu: 64, linkLayer: 'atm' },
  },
  { kind: 'tbf', words: 'rate 40gbit burst 1mb latency 10ms', options: { rate: '40gbit', burst: '1mb', latency: 10 } },

  { kind: 'prio', words: '' },
  {
    kind: 'prio',
    words: 'bands 4 priomap 1 2 2 2 1 2 0 0 1 1 1 1 1 1 1 3',
    options: { bands: 4, priomap: [1, 2, 2, 2, 1, 2, 0, 0, 1, 1, 1, 1, 1, 1, 1, 3] },
  },

  { kind: 'ets', words: 'strict 3', options: { strict: 3 } },
  {
    kind: 'ets',
    words: 'bands 6 strict 2 quanta 4000 3000 2000 priomap 0 1 2 3 4 5',
    options: { bands: 6, strict: 2, quanta: [4000, 3000, 2000], priomap: [0, 1, 2, 3, 4, 5] },
  },
  { kind: 'ets', words: 'quanta 1000 2048', options: { quanta: [1000, '2k'] } },

  { kind: 'codel', words: '', isRounded: true },
  {
    kind: 'codel',
    words: 'limit 100 target 4ms interval 80ms ecn ce_threshold 10ms',
    options: { limit: 100, target: 4, interval: '80ms', ecn: true, ceThreshold: 10 },
    isRounded: true,
  },
  { kind: 'fq_codel', words: '', isRounded: true },
  {
    kind: 'fq_codel',
    words:
      'limit 100 flows 512 target 4ms interval 80ms quantum 300 ce_threshold 2ms memory_limit 16mb drop_batch 32 noecn ce_threshold_selector 0x1/0x3',
    options: {
      limit: 100,
      flows: 512,
      target: '4ms',
      interval: 80,
      quantum: 300,
      ceThreshold: 2,
      memoryLimit: '16mb',
      dropBatch: 32,
      ecn: false,
      ceThresholdSelector: 1,
      ceThresholdMask: 3,
    },
    isRounded: true,
  },
  { kind: 'pie', words: '' },
  {
    kind: 'pie',
    words: 'limit 100 target 10ms tupdate 20ms alpha 2 beta 20 ecn bytemode dq_rate_estimator',
    options: {
      limit: 100,
      target: 10,
      tupdate: 20,
      alpha: 2,
      beta: 20,
      ecn: true,
      bytemode: true,
      dqRateEstimator: true,
    },
  },
  { kind: 'fq_pie', words: '' },
  {
    kind: 'fq_pie',
    words:
      'limit 100 flows 512 target 10ms tupdate 20ms alpha 2 beta 12 quantum 1000 memory_limit 1mb ecn_prob 20 ecn bytemode dq_rate_estimator',
    options: {
      limit: 100,
      flows: 512,
      target: 10,
      tupdate: 20,
      alpha: 2,
      beta: 12,
      quantum: 1000,
      memoryLimit: '1mb',
      ecnProbability: 20,
      ecn: true,
      bytemode: true,
      dqRateEstimator: true,
    },
  },
  { kind: 'fq', words: '' },
  {
    kind: 'fq',
    words:
      'limit 100 flow_limit 50 quantum 3000 initial_quantum 15000 maxrate 10mbit buckets 2048 nopacing refill_delay 50ms orphan_mask 1023 low_rate_threshold 1mbit ce_threshold 1ms timer_slack 20us horizon 5s horizon_cap',
    options: {
      limit: 100,
      flowLimit: 50,
      quantum: 3000,
      initialQuantum: 15000,
      maxRate: '10mbit',
      buckets: 2048,
      pacing: false,
      refillDelay: 50,
      orphanMask: 1023,
      lowRateThreshold: 1e6,
      ceThreshold: 1,
      timerSlack: 0.02,
      horizon: '5s',
      horizonDrop: false,
    },
  },
  { kind: 'cake', words: '' },
  {
    kind: 'cake',
    words:
      'bandwidth 10mbit diffserv4 nat wash ack-filter overhead 18 mpu 64 noatm memlimit 32mb rtt 50ms dual-srchost split-gso ingress autorate-ingress fwmark 0xff',
    options: {
      bandwidth: '10mbit',
      diffserv: 'diffserv4',
      nat: true,
      wash: true,
      ackFilter: 'enabled',
      overhead: 18,
      mpu: 64,
      atm: 'noatm',
      memlimit: '32mb',
      rtt: 50,
      flowMode: 'dual-srchost',
      splitGso: true,
      ingress: true,
      autorateIngress: true,
      fwmark: 0xff,
    },
  },
  {
    kind: 'cake',
    words: 'unlimited besteffort docsis',
    options: { bandwidth: 'unlimited', diffserv: 'besteffort', overhead: 'docsis' },
  },
  {
    kind: 'cake',
    words: 'bandwidth 1gbit datacentre raw flowblind',
    options: { bandwidth: 1e9, rtt: 'datacentre', overhead: 'raw', flowMode: 'flowblind' },
  },

  { kind: 'sfq', words: '' },
  { kind: 'sfq', words: 'divisor 64', options: { divisor: 64 } },
  {
    kind: 'sfq',
    words: 'perturb 10 quantum 3000 limit 100 divisor 512',
    options: { perturb: '10', quantum: 3000, limit: 100, divisor: 512 },
  },
  {
    kind: 'sfq',
    words:
      'perturb 10 quantum 3000 limit 100 divisor 512 flows 200 depth 50 headdrop redflowlimit 100000 min 8000 max 60000 probability 0.20 ecn headdrop',
    options: {
      perturb: 10_000,
      quantum: 3000,
      limit: 100,
      divisor: 512,
      flows: 200,
      depth: 50,
      headdrop: true,
      redFlowLimit: 100000,
      min: 8000,
      max: 60000,
      probability: 0.2,
      ecn: true,
    },
  },
  {
    kind: 'sfq',
    isRounded: true,
    words: 'redflowlimit 100000 probability 0.2 harddrop',
    options: { redFlowLimit: 100000, probability: '20%', harddrop: true },
  },
  { kind: 'red', words: 'limit 400000 avpkt 1000', options: { limit: 400000, avpkt: 1000 } },
  {
    kind: 'red',
    words: 'limit 400000 min 30000 max 90000 avpkt 1000 burst 55 ecn adaptive bandwidth 10mbit probability 0.02',
    options: {
      limit: 400000,
      min: 30000,
      max: 90000,
      avpkt: 1000,
      burst: 55,
      ecn: true,
      adaptive: true,
      bandwidth: '10mbit',
      probability: 0.02,
    },
  },
  {
    kind: 'red',
    words: 'limit 1mb min 15k max 45k avpkt 1500 burst 20 bandwidth 100mbit probability 0.1 ecn nodrop harddrop',
    options: {
      limit: '1mb',
      min: '15k',
      max: '45k',
      avpkt: 1500,
      burst: 20,
      bandwidth: 1e8,
      probability: '10%',
      ecn: true,
      nodrop: true,
      harddrop: true,
    },
  },
  { kind: 'choke', words: 'limit 1000 bandwidth 10mbit', options: { limit: 1000, bandwidth: '10mbit' } },
  {
    kind: 'choke',
    words: 'limit 1000 min 40 max 120 avpkt 1000 burst 50 ecn bandwidth 10mbit',
    options: { limit: 1000, min: 40, max: 120, avpkt: 1000, burst: 50, ecn: true, bandwidth: '10mbit' },
  },
  {
    kind: 'gred',
    words: 'setup DPs 3 default 2 grio limit 60kb',
    options: { dps: 3, default: 2, grio: true, limit: '60kb' },
  },
  {
    kind: 'gred',
    words: 'setup DPs 3 default 2 grio',
    changes: [
      'limit 60KB min 15K max 25K burst 20 avpkt 1000 bandwidth 10Mbit DP 1 probability 0.1 prio 2',
      'limit 60KB min 15K max 25K burst 20 avpkt 1000 bandwidth 10Mbit DP 2 probability 0.02 prio 3 ecn',
    ],
    options: {
      dps: 3,
      default: 2,
      grio: true,
      queues: [
        {
          dp: 1,
          limit: '60KB',
          min: '15K',
          max: '25K',
          burst: 20,
          avpkt: 1000,
          bandwidth: '10Mbit',
          probability: 0.1,
          prio: 2,
        },
        {
          dp: 2,
          limit: '60KB',
          min: '15K',
          max: '25K',
          burst: 20,
          avpkt: 1000,
          bandwidth: '10Mbit',
          probability: 0.02,
          prio: 3,
          ecn: true,
        },
      ],
    },
  },
  { kind: 'sfb', words: '' },
  {
    kind: 'sfb',
    words:
      'rehash 30 db 10 limit 1000 max 25 target 20 increment 0.0005 decrement 0.0001 penalty_rate 10 penalty_burst 20',
    options: {
      rehash: 30,
      db: 10,
      limit: 1000,
      max: 25,
      target: 20,
      increment: 0.0005,
      decrement: 0.0001,
      penaltyRate: 10,
      penaltyBurst: 20,
    },
  },
  { kind: 'hhf', words: '' },
  {
    kind: 'hhf',
    words: 'limit 100 quantum 1000 hh_limit 512 reset_timeout 10ms admit_bytes 64000 evict_timeout 1s non_hh_weight 3',
    options: {
      limit: 100,
      quantum: 1000,
      hhLimit: 512,
      resetTimeout: 10,
      admitBytes: 64000,
      evictTimeout: '1s',
      nonHhWeight: 3,
    },
  },
  { kind: 'drr', words: '' },
  { kind: 'qfq', words: '' },
  { kind: 'hfsc', words: 'default 11', options: { default: 0x11 } },
  { kind: 'skbprio', words: '' },
  { kind: 'skbprio', words: 'limit 100', options: { limit: 100 } },
  { kind: 'plug', words: 'limit 1000', options: { action: 'limit', limit: 1000 } },
  { kind: 'multiq', words: '' },

  { kind: 'netem', words: '' },
  { kind: 'netem', words: 'delay 10ms', options: { delay: '10ms' } },
  {
    kind: 'netem',
    words: 'delay 10ms 2ms 25% loss 3% 10% duplicate 1% corrupt 0.1% reorder 25% 50% gap 5 rate 1mbit 20 5 2 limit 500',
    options: {
      delay: { time: 10, jitter: 2, correlation: '25%' },
      loss: { probability: '3%', correlation: 0.1 },
      duplicate: '1%',
      corrupt: 0.001,
      reorder: { probability: '25%', correlation: '50%', gap: 5 },
      rate: { rate: '1mbit', packetOverhead: 20, cellSize: 5, cellOverhead: 2 },
      limit: 500,
    },
  },
  { kind: 'netem', words: 'loss 1.5%', options: { loss: '1.5%' } },
  {
    kind: 'netem',
    words: 'delay 100ms loss state 1% 20% 30% 40% 2% ecn slot 800us 1ms packets 32 bytes 64k',
    options: {
      delay: 100,
      loss: { state: { p13: '1%', p31: '20%', p32: '30%', p23: '40%', p14: '2%' } },
      ecn: true,
      slot: { min: '800us', max: 1, packets: 32, bytes: '64k' },
    },
  },
  { kind: 'netem', words: 'loss state 1%', options: { loss: { state: { p13: 0.01 } } } },
  { kind: 'netem', words: 'loss gemodel 1%', options: { loss: { gemodel: { p: '1%' } } } },
  {
    kind: 'netem',
    words: 'loss gemodel 1% 10% 70% 0.1%',
    options: { loss: { gemodel: { p: '1%', r: '10%', h: '30%', k: '99.9%' } } },
  },
  {
    kind: 'netem',
    words: 'delay 10ms 1ms distribution normal',
    options: { delay: { time: 10, jitter: 1, distribution: 'normal' } },
  },
  {
    kind: 'netem',
    words: 'delay 10ms 1ms distribution pareto',
    options: { delay: { time: 10, jitter: 1, distribution: 'pareto' } },
  },
  {
    kind: 'netem',
    words: 'delay 10ms 1ms distribution paretonormal',
    options: { delay: { time: 10, jitter: 1, distribution: 'paretonormal' } },
  },
  {
    kind: 'netem',
    words: 'slot distribution normal 10ms 1ms',
    options: { slot: { distribution: 'normal', delay: '10ms', jitter: '1ms' } },
  },
  { kind: 'netem', words: 'delay 10s rate 40gbit', options: { delay: '10s', rate: 40e9 } },
  { kind: 'netem', words: 'delay 1ms reorder 25%', options: { delay: 1, reorder: '25%' } },
  { kind: 'netem', words: 'slot 10ms', options: { slot: { min: 10 } } },

  { kind: 'mq', words: '' },
  {
    kind: 'mqprio',
    words: 'num_tc 2 map 0 0 1 1 0 0 0 0 1 1 1 1 1 1 1 1 queues 1@0 1@1 hw 0',
    options: {
      numTc: 2,
      map: [0, 0, 1, 1, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1],
      queues: ['1@0', { count: 1, offset: 1 }],
      hw: false,
    },
  },
  {
    kind: 'taprio',
    words:
      'num_tc 3 map 2 2 1 0 2 2 2 2 2 2 2 2 2 2 2 2 queues 1@0 1@1 2@2 base-time 1528743495910289987 sched-entry S 01 300000 sched-entry S 02 300000 sched-entry S 04 400000 clockid CLOCK_TAI',
    options: {
      numTc: 3,
      map: [2, 2, 1, 0, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2],
      queues: ['1@0', '1@1', '2@2'],
      baseTime: 1528743495910289987n,
      schedule: [
        { command: 'setGates', gates: 1, interval: 0.3 },
        { command: 'setGates', gates: 2, interval: '300us' },
        { command: 'setGates', gates: 4, interval: '400000' },
      ],
      clock: 'tai',
    },
  },
  {
    kind: 'taprio',
    words:
      'num_tc 2 map 0 1 queues 1@0 1@1 sched-entry S 01 300000 sched-entry S 02 300000 flags 0x1 txtime-delay 200000 cycle-time 500000 cycle-time-extension 100 clockid CLOCK_TAI',
    options: {
      numTc: 2,
      map: [0, 1],
      queues: ['1@0', '1@1'],
      schedule: [
        { command: 'setGates', gates: 1, interval: 0.3 },
        { command: 'setGates', gates: 2, interval: 0.3 },
      ],
      flags: ['txtimeAssist'],
      txtimeDelay: 0.2,
      cycleTime: 0.5,
      cycleTimeExtension: 0.0001,
      clock: 'tai',
    },
  },
  {
    kind: 'cbs',
    words: 'idleslope 98688 sendslope -901312 hicredit 153 locredit -1389 offload 0',
    options: { idleslope: 98_688_000, sendslope: -901_312_000, hicredit: 153, locredit: -1389, offload: false },
  },
  { kind: 'etf', words: 'clockid CLOCK_TAI delta 300000', options: { clock: 'tai', delta: 0.3 } },
  {
    kind: 'etf',
    words: 'clockid CLOCK_TAI delta 300000 deadline_mode skip_sock_check',
    options: { clock: 'tai', delta: '300us', flags: ['deadlineMode', 'skipSockCheck'] },
  },
];

export const CLASSES: ClassCase[] = [
  { kind: 'htb', words: 'rate 30kbit', options: { rate: '30kbit' } },
  {
    kind: 'htb',
    words: 'rate 10mbit ceil 20mbit burst 15k cburst 16k prio 3 quantum 1500',
    options: { rate: '10mbit', ceil: 20e6, burst: '15k', cburst: '16k', prio: 3, quantum: 1500 },
  },
  {
    kind: 'htb',
    words: 'rate 10mbit burst 15k/8 mtu 9000 mpu 64 overhead 4 linklayer atm',
    options: { rate: '10mbit', burst: '15k/8', mtu: 9000, mpu: 64, overhead: 4, linkLayer: 'atm' },
  },
  { kind: 'htb', words: 'rate 40gbit quantum 60000', options: { rate: '40gbit', quantum: 60000 } },
  { kind: 'htb', words: 'rate 7654321bit ceil 7654322bit', options: { rate: 7654321, ceil: 7654322 } },
  {
    kind: 'hfsc',
    words: 'sc umax 1500b dmax 30ms rate 100kbit ul rate 1mbit',
    options: { sc: { umax: 1500, dmax: '30ms', rate: '100kbit' }, ul: '1mbit' },
  },
  {
    kind: 'hfsc',
    words: 'sc umax 100b dmax 30ms rate 100kbit',
    options: { sc: { umax: 100, dmax: 30, rate: '100kbit' } },
  },
  {
    kind: 'hfsc',
    words: 'rt m1 2mbit d 10ms m2 1mbit ls m2 500kbit',
    options: { rt: { m1: '2mbit', d: 10, m2: 1e6 }, ls: { m2: '500kbit' } },
  },
  { kind: 'drr', words: '' },
  { kind: 'drr', words: 'quantum 1500', options: { quantum: 1500 } },
  { kind: 'qfq', words: '' },
  { kind: 'qfq', words: 'weight 10 maxpkt 2000', options: { weight: 10, maxPacket: 2000 } },
  {
    kind: 'ets',
    words: 'quantum 4500',
    options: { quantum: 4500 },
    root: 'bands 3 quanta 1000 1000 1000',
    rootOptions: { quanta: [1000, 1000, 1000] },
    minor: 2,
  },
];

/** Below a queue that hardly sends, so that packets wait and the kind's limits are reached. */
const slowly = (words: string) => ({
  kind: words.split(' ', 1)[0] as string,
  commands: (link: string) => [
    `qdisc add dev ${link} root handle 1: tbf rate 1kbit burst 1540 limit 1mb`,
    `qdisc add dev ${link} parent 1:1 handle 2: ${words}`,
  ],
});
const alone = (words: string) => ({
  kind: words.split(' ', 1)[0] as string,
  commands: (link: string) => [`qdisc add dev ${link} root handle 1: ${words}`],
});
const classy = (words: string, root = '', verb = 'add', minor = 1) => {
  const kind = words.split(' ', 1)[0] as string;
  return {
    kind,
    commands: (link: string) => [
      `qdisc add dev ${link} root handle 1: ${kind} ${root}`,
      `class ${verb} dev ${link} parent 1: classid 1:${minor} ${verb === 'add' ? 'estimator 250ms 1s' : ''} ${words}`,
    ],
  };
};

/** Qdiscs and classes that packets of priority 1:1 are sent through, for their counters: tc's commands for a link. */
export const COUNTED: { kind: string; commands: (link: string) => string[] }[] = [
  { kind: 'pfifo', commands: (link) => [`qdisc add dev ${link} root handle 1: estimator 250ms 1s pfifo`] },
  slowly('pfifo limit 10'),
  slowly('bfifo limit 3000'),
  slowly('pfifo_head_drop limit 10'),
  slowly('prio'),
  slowly('ets strict 1 quanta 3000 1500'),
  slowly('multiq'),
  slowly('codel limit 10 ecn'),
  slowly('fq_codel limit 10 ecn'),
  // Its probability would not stay as it is.
  slowly('pie limit 10 ecn tupdate 1000s'),
  slowly('fq_pie limit 10 ecn'),
  slowly('fq limit 10'),
  slowly('cake bandwidth 10kbit memlimit 20k'),
  slowly('sfq limit 10'),
  slowly('red limit 6000 min 1000 max 3000 avpkt 500 burst 2 bandwidth 10kbit probability 1'),
  slowly('red limit 9000 min 1000 max 3000 avpkt 500 burst 2 bandwidth 10kbit probability 1 ecn'),
  slowly('choke limit 10 min 2 max 5 avpkt 500 burst 2 bandwidth 10kbit probability 1'),
  slowly('sfb limit 40 max 5 target 4 increment 0.05 penalty_rate 1 penalty_burst 1'),
  slowly('hhf limit 10 hh_limit 4 admit_bytes 600'),
  slowly('skbprio limit 10'),
  slowly('netem loss 50% limit 10'),
  slowly('drr'),
  {
    kind: 'gred',
    commands: (link) => [
      ...slowly('gred setup DPs 2 default 1').commands(link),
      `qdisc change dev ${link} parent 1:1 handle 2: gred limit 9000 min 1000 max 3000 burst 2 avpkt 500 bandwidth 10kbit DP 1 probability 1`,
    ],
  },
  alone('netem delay 10s'),
  alone('plug limit 3000'),
  alone('pfifo_fast'),
  alone('cbs idleslope 98688 sendslope -901312 hicredit 153 locredit -1389 offload 0'),
  alone('etf clockid CLOCK_TAI delta 300000'),
  alone('mq'),
  alone('mqprio num_tc 2 map 0 0 1 1 0 0 0 0 1 1 1 1 1 1 1 1 queues 1@0 1@1 hw 0'),
  alone('taprio num_tc 1 map 0 queues 1@0 base-time 0 sched-entry S 01 300000 clockid CLOCK_TAI'),
  classy('htb rate 20kbit ceil 40kbit'),
  classy('hfsc ls rate 100kbit'),
  classy('hfsc rt rate 1mbit ls rate 1mbit'),
  classy('drr quantum 1500'),
  classy('qfq weight 5'),
  classy('ets quantum 4500', 'bands 3 quanta 1000 1000 1000', 'change', 2),
];
