// Traffic control without a kernel: tc's strings, handles, defaults and arithmetic, and what cannot be.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { addon } from '../../lib/addon.js';
import { Netlink } from '../../lib/index.js';
import { readTape } from '../../lib/tape.js';
import { sameOptions } from '../../lib/tc/compare.js';
import { DISTRIBUTIONS } from '../../lib/tc/distributions.js';
import { fromWire, toWire } from '../../lib/tc/object.js';
import { CLASS_KINDS, QDISC_KINDS } from '../../lib/tc/qdiscs/kinds.js';
import { absolute, shareIn } from '../../lib/tc/speed.js';
import { sizeTable } from '../../lib/tc/stab.js';
import { sentWithin, ticksToSend } from '../../lib/tc/units.js';

const read = (object: string, spec: object): Record<string, never> => {
  const tape = addon.decode(object, addon.encode(object, spec));
  const into: object[] = [];
  if (tape) readTape(tape, into);
  return into[0] as Record<string, never>;
};
const option = (kind: string, options: object): Record<string, unknown> =>
  read('Qdisc', { kind, options }).options as unknown as Record<string, unknown>;

/** An attribute of netlink, with its padding. */
const attribute = (number: number, value: Uint8Array) => {
  const head = Buffer.alloc(4);
  head.writeUInt16LE(4 + value.length, 0);
  head.writeUInt16LE(number, 2);
  return Buffer.concat([head, value, Buffer.alloc(-value.length & 3)]);
};

describe('tc: strings', () => {
  it('rates are decimal, in bits or bytes, with binary prefixes where there is an i', () => {
    const known: Record<string, number> = {
      '8': 1,
      '8bit': 1,
      '1kbit': 125,
      '1Kibit': 128,
      '10mbit': 1_250_000,
      '1.5Mbit': 187_500,
      '1gbit': 125_000_000,
      '1tbit': 125_000_000_000,
      '1tibit': 2 ** 40 / 8,
      '3bps': 3,
      '300kbps': 300_000,
      '1KiBps': 1024,
      '1mbps': 1_000_000,
      '1MiBps': 2 ** 20,
      '12bit': 1.5,
      '1e3kbit': 125_000,
    };
    for (const [text, bytes] of Object.entries(known)) assert.equal(addon.quantity('rate', text, 1), bytes, text);
    for (const text of ['', 'x', '1xbit', '-1mbit', '1 mbit', 'inf', 'nan', '1mb', '0x10']) {
      assert.equal(addon.quantity('rate', text, 1), undefined, text);
    }
  });

  it('sizes are binary, times have units or the kernel’s own', () => {
    const sizes: Record<string, number> = {
      '1500': 1500,
      '1b': 1,
      '32k': 32_768,
      '32KB': 32_768,
      '1.5m': 1_572_864,
      '2g': 2 ** 31,
      '1kbit': 128,
      '1mbit': 131_072,
      '1gbit': 2 ** 27,
    };
    for (const [text, bytes] of Object.entries(sizes)) assert.equal(addon.quantity('size', text, 1), bytes, text);
    const times: Record<string, number> = {
      '25ms': 25_000,
      '1s': 1e6,
      '1.5SECS': 1.5e6,
      '100us': 100,
      '7usecs': 7,
      '1000ns': 1,
      '42': 42,
      '1.1ms': 1100,
    };
    for (const [text, us] of Object.entries(times)) {
      assert.ok(Math.abs((addon.quantity('time', text, 1000) as number) - us) < 1e-9, text);
    }
    assert.equal(addon.quantity('time', '5ms', 1_000_000), 5_000_000);
    assert.equal(addon.quantity('time', '5', 1_000_000), 5);
    for (const text of ['1m', '1h', 'ms', '1 s']) assert.equal(addon.quantity('time', text, 1000), undefined, text);
  });

  it('numbers and strings come to the same, and come back as numbers', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffff_ffff }), fc.constantFrom('bit', 'kbit', 'mbit'), (n, unit) => {
        const factor = { bit: 1, kbit: 1e3, mbit: 1e6 }[unit];
        const amount = Math.trunc(n / factor);
        const bits = amount * factor;
        const [text, number] = [`${amount}${unit}`, bits].map((maxRate) => option('fq', { maxRate }).maxRate);
        assert.equal(text, number);
        assert.equal(number, Math.trunc(bits / 8) * 8);
      }),
    );
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_294_967 }), (ms) => {
        assert.equal(option('codel', { target: ms }).target, ms);
        assert.equal(option('codel', { target: `${ms}ms` }).target, ms);
      }),
    );
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffff_ffff }), (us) => {
        assert.equal(option('codel', { target: us / 1000 }).target, us / 1000);
        assert.equal(option('codel', { target: String(us) }).target, us / 1000);
      }),
    );
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0x3f_ffff }), (kb) => {
        assert.equal(option('bfifo', { limit: `${kb}kb` }).limit, kb * 1024);
      }),
    );
  });

  it('what is none is refused, whatever it is', () => {
    for (const target of ['x', '-1ms', '', -1, Number.NaN, Number.POSITIVE_INFINITY, 5e9, '5000000s', null, {}, true]) {
      assert.throws(() => option('codel', { target }), { field: 'options.target' }, String(target));
    }
    // Not so little that nothing is left, and no share of a speed that is not known.
    for (const rate of [-1, -0.1, '-1bit', '50%']) {
      assert.throws(() => option('cake', { bandwidth: rate }), { field: 'options.bandwidth' }, String(rate));
      const limited = { kind: 'htb', options: { rate } };
      assert.throws(() => toWire(limited, CLASS_KINDS), { field: 'options.rate' }, String(rate));
    }
    assert.throws(() => option('codel', { target: -0.0001 }), { field: 'options.target' });
    assert.throws(
      () => toWire({ kind: 'htb', options: { rate: '50%' } }, CLASS_KINDS),
      /not a share of the link’s speed/,
    );
    fc.assert(
      fc.property(fc.string(), (limit) => {
        try {
          const amount = option('bfifo', { limit }).limit as number;
          assert.ok(Number.isInteger(amount) && amount >= 0);
        } catch (error) {
          assert.equal((error as { field?: string }).field, 'options.limit');
        }
      }),
    );
  });

  it('shares of the link’s speed are found by the names of rates, at any depth, and reckoned as tc does', () => {
    const names = ['rate', 'bandwidth'];
    assert.equal(shareIn({ rate: '1mbit', limit: '50%' }, names), undefined);
    assert.equal(shareIn({ rate: '50%' }, []), undefined);
    assert.equal(shareIn({ rate: { rate: '.5%' } }, names), 'options.rate.rate');
    assert.equal(shareIn({ queues: [{ bandwidth: 1 }, { bandwidth: '5.%' }] }, names), 'options.queues.bandwidth');
    for (const none of [undefined, null, 5, '50%', { rate: '%' }, { rate: '-1%' }, { rate: '5 %' }]) {
      assert.equal(shareIn(none, names), undefined);
    }
    const table = new Int16Array(2);
    const given = { rate: '33.33%', probability: '5%', queues: [{ bandwidth: '100%' }], table };
    assert.deepEqual(absolute(given, names, 1e10), { ...given, rate: 3_333_000_000, queues: [{ bandwidth: 1e10 }] });
    assert.throws(() => absolute({ rate: '100.1%' }, names, 1e10), {
      code: 'ERR_INVALID_ARG_VALUE',
      field: 'options.rate',
    });
  });

  it('handles', () => {
    const numbers = { '1:': 0x1_0000, '1:10': 0x1_0010, ':10': 0x10, 'ffff:fff1': 0xffff_fff1, 'a:B': 0xa_000b };
    for (const [text, number] of Object.entries(numbers)) {
      assert.equal(addon.handle(text, false), number);
      assert.equal(read('Qdisc', { parent: text }).parent, text.toLowerCase());
      assert.equal(read('Qdisc', { parent: number }).parent, text.toLowerCase());
    }
    assert.equal(addon.handle('1', true), 0x1_0000);
    assert.equal(addon.handle('10', false), 0x10);
    for (const text of ['', ':', 'x', '1:1', '1:x', '10000:', '-1:']) assert.equal(addon.handle(text, true), undefined);
    for (const text of ['', ':', '1:2:3', '1:10000', ' 1:', '1: ']) assert.equal(addon.handle(text, false), undefined);
    assert.equal(read('Qdisc', { parent: 'root' }).parent, 'root');
    assert.equal(read('Qdisc', { handle: 0 }).handle, '0:');
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffff_fffe }), (number) => {
        const { classid } = read('TcClass', { classid: number }) as unknown as { classid: string };
        assert.equal(classid === '0:' ? 0 : addon.handle(classid, false), number);
      }),
    );
  });
});

describe('tc: arithmetic', () => {
  it('bursts come back from ticks as bytes that take as long', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1000, max: 5_000_000_000 }),
        fc.integer({ min: 1, max: 1_000_000 }),
        (rate, size) => {
          const ticks = ticksToSend(rate, size);
          if (ticks < 0xffff_ffff) assert.equal(ticksToSend(rate, sentWithin(rate, ticks)), ticks);
        },
      ),
    );
  });

  it('defaults are those of tc', () => {
    // biome-ignore lint/suspicious/noExplicitAny: as the tables name the fields
    const wire = (kind: string, options: object, kinds = QDISC_KINDS): any => toWire({ kind, options }, kinds).options;
    const htb = wire('htb', { rate: '10mbit', ceil: '20mbit', burst: '15k', cburst: '16k' }, CLASS_KINDS);
    assert.deepEqual([htb.parms.buffer, htb.parms.cbuffer], [192_000, 102_390]);
    assert.deepEqual(htb.rtab.slice(0, 4), [93, 187, 296, 390]);
    assert.equal(wire('htb', { rate: '30kbit' }, CLASS_KINDS).parms.buffer, 6_666_656);
    const tbf = wire('tbf', { rate: '1mbit', burst: '10k', latency: '50ms', peakrate: '2mbit', mtu: 1540 });
    assert.deepEqual([tbf.parms.limit, tbf.parms.buffer, tbf.parms.mtu], [14_040, 1_280_000, 96_250]);
    const red = wire('red', { limit: 400_000, avpkt: 1000 });
    assert.deepEqual(red.parms, { limit: 400_000, min: 33_333, max: 100_000, ewma: 5, plog: 22, scellLog: 15 });
    assert.equal(red.maxP, 0x051e_b851);
    assert.deepEqual(
      [12, 13, 24, 25, 255].map((i) => red.stab[i]),
      [0, 1, 1, 2, 31],
    );
    const choke = wire('choke', { limit: 1000, bandwidth: '10mbit' });
    assert.deepEqual([choke.parms.min, choke.parms.max, choke.parms.ewma, choke.parms.plog], [83, 250, 6, 23]);
    const hfsc = wire('hfsc', { sc: { umax: 1500, dmax: '30ms', rate: '100kbit' } }, CLASS_KINDS);
    assert.deepEqual(hfsc.rt, { m1: 400_000, d: 30, m2: 100_000 });
    assert.deepEqual(wire('sfb', {}).parms.increment, 33);
    assert.deepEqual(wire('cake', { rtt: '50ms' }), {
      bandwidth: undefined,
      rtt: 50,
      target: 2.5,
      overhead: undefined,
    });
    assert.deepEqual(
      sizeTable({ overhead: 10, linkLayer: 'atm', mtu: 2048, tsize: 64, mpu: 64 }).data.slice(0, 3),
      [106, 159, 212],
    );
  });

  it('distributions have 4096 values, an average near 0', () => {
    const normal = DISTRIBUTIONS.normal();
    const average = (values: Iterable<number>) => [...values].reduce((sum, value) => sum + value, 0) / 4096;
    assert.equal(normal.length, 4096);
    assert.ok(Math.abs(average(normal)) < 20);
    assert.deepEqual([normal[0], normal[1], normal[4095]], [-32_768, -28_307, 28_858]);
    assert.deepEqual([DISTRIBUTIONS.pareto()[0], DISTRIBUTIONS.paretonormal()[0]], [-5461, -12_305]);
  });
});

describe('tc: taprio', () => {
  it('read before its time-table begins, it is given back with that one', () => {
    const entry = (gates: number) => ({ command: 'setGates' as const, gates, interval: 0.3 });
    const rest = { numTc: 1, map: [0], queues: ['1@0'], clock: 'tai' } as const;
    const adminSchedule = { schedule: [entry(2)], baseTime: 5n, cycleTime: 0.3 };
    assert.deepEqual(
      toWire({ kind: 'taprio', options: { ...rest, schedule: [entry(1)], baseTime: 4n, adminSchedule } }, QDISC_KINDS),
      toWire({ kind: 'taprio', options: { ...rest, ...adminSchedule } }, QDISC_KINDS),
    );
    const wanted = { kind: 'taprio', options: { ...rest, ...adminSchedule } };
    const told = fromWire<typeof wanted>(read('Qdisc', toWire(wanted, QDISC_KINDS)), QDISC_KINDS);
    const { schedule, baseTime, cycleTime, ...others } = told.options;
    const waiting = {
      ...others,
      schedule: [{ ...schedule[0], gates: 1 }],
      adminSchedule: { schedule, baseTime, cycleTime },
    };
    assert.equal(sameOptions('Qdisc', wanted, told), true);
    assert.equal(sameOptions('Qdisc', wanted, { kind: 'taprio', options: waiting }), true);
    assert.equal(sameOptions('Qdisc', { kind: 'taprio', options: waiting }, told), true);
    assert.equal(
      sameOptions('Qdisc', wanted, { kind: 'taprio', options: { ...waiting, adminSchedule: undefined } }),
      false,
    );
  });
});

describe('tc: dualpi2, which few kernels have yet', () => {
  const words = (...values: number[]) => {
    const bytes = Buffer.alloc(4 * values.length);
    values.forEach((value, i) => {
      bytes.writeUInt32LE(value >>> 0, 4 * i);
    });
    return bytes;
  };
  const bytes = (...values: number[]) => Buffer.from(values);
  const options = {
    limit: 500,
    memoryLimit: '1mb',
    target: '20ms',
    tupdate: 16,
    alpha: 0.5,
    beta: 3.25,
    stepThreshold: '2ms',
    minQlenStep: 3,
    couplingFactor: 4,
    overload: 'overflow',
    dropAt: 'enqueue',
    classicProtection: 25,
    ecnMask: 'any',
    splitGso: false,
  };

  it('options are the bytes that the kernel’s header says, and come back', () => {
    const wire = toWire({ kind: 'dualpi2', options }, QDISC_KINDS);
    const nest = Buffer.concat([
      attribute(1, words(500)),
      attribute(2, words(1 << 20)),
      attribute(3, words(20_000)),
      attribute(4, words(16_000)),
      attribute(8, words(2000)),
      attribute(9, words(3)),
      attribute(10, bytes(4)),
      attribute(11, bytes(0)),
      attribute(12, bytes(1)),
      attribute(13, bytes(25)),
      attribute(14, bytes(3)),
      attribute(15, bytes(0)),
      attribute(5, words(128)),
      attribute(6, words(832)),
    ]);
    const sent = Buffer.from(addon.encode('Qdisc', wire)).subarray(20);
    const kind = attribute(1, Buffer.from('dualpi2\0'));
    assert.equal(
      sent.toString('hex').replace('0280', '0200'),
      Buffer.concat([kind, attribute(2, nest)]).toString('hex'),
    );
    const back = fromWire<{ options: object }>(read('Qdisc', wire), QDISC_KINDS);
    assert.deepEqual(back.options, { ...options, memoryLimit: 1 << 20, target: 20, stepThreshold: 2 });
  });

  it('packets as the step’s threshold, other choices, and one option at least', () => {
    const sent = (given?: object) =>
      Buffer.from(addon.encode('Qdisc', toWire({ kind: 'dualpi2', options: given }, QDISC_KINDS)))
        .subarray(36)
        .toString('hex');
    const limit = attribute(1, words(10_000));
    const encoded = (...parts: Buffer[]) => Buffer.concat(parts).toString('hex');
    assert.equal(sent(), encoded(limit));
    assert.equal(sent({ limit: 10_000, alpha: 0 }), encoded(limit, attribute(5, words(1))));
    assert.equal(sent({ stepThresholdPackets: 5 }), encoded(attribute(7, words(5))));
    assert.equal(
      sent({ overload: 'drop', dropAt: 'dequeue', ecnMask: 'l4s', splitGso: true }),
      encoded(attribute(11, bytes(1)), attribute(12, bytes(0)), attribute(14, bytes(1)), attribute(15, bytes(1))),
    );
    assert.equal(sent({ ecnMask: 'classic' }), encoded(attribute(14, bytes(2))));
  });

  it('round-trip times are what tc makes of them, and weights are cut off as it cuts them', () => {
    const written = (given: object) => {
      const { options } = toWire({ kind: 'dualpi2', options: given as Record<string, unknown> }, QDISC_KINDS);
      const { target, tupdate, alpha, beta } = options;
      return [target, tupdate, alpha, beta];
    };
    assert.deepEqual(written({ maxRtt: '100ms' }), [16.666, 16.666, 42, 768]);
    assert.deepEqual(written({ typicalRtt: 25 }), [25, 25, 28, 512]);
    assert.deepEqual(written({ maxRtt: 50, typicalRtt: '40ms' }), [40, 16.666, 170, 1536]);
    assert.deepEqual(written({ maxRtt: '333us', typicalRtt: '1us' }), [0.001, 0.001, 230, 230_630]);
    assert.deepEqual(written({ maxRtt: '1us' }), [0.001, 0.001, 25_600_000, 76_800_003]);
    assert.deepEqual(written({ alpha: 0.16, beta: 3.2 }), [undefined, undefined, 40, 819]);
  });

  it('counters are where struct tc_dualpi2_xstats has them', () => {
    const told = Buffer.concat([
      Buffer.alloc(20),
      attribute(1, Buffer.from('dualpi2\0')),
      attribute(7, attribute(4, words(1, 2000, 3000, 4, 5, 6, 7, 8, -9, 10, 11, 12))),
    ]);
    const into: { stats?: { xstats?: object } }[] = [];
    const tape = addon.decode('Qdisc', told);
    if (tape) readTape(tape, into);
    assert.deepEqual(into[0]?.stats?.xstats, {
      probability: 1,
      classicDelay: 2,
      l4sDelay: 3,
      classicPacketsIn: 4,
      l4sPacketsIn: 5,
      maxQueue: 6,
      ecnMark: 7,
      stepMarks: 8,
      credit: -9,
      memoryUsed: 10,
      maxMemoryUsed: 11,
      memoryLimit: 12,
    });
  });
});

describe('tc: what a newer kernel tells', () => {
  const decoded = (...attributes: Buffer[]) => {
    const into: object[] = [];
    const tape = addon.decode('Qdisc', Buffer.concat([Buffer.alloc(20), ...attributes]));
    if (tape) readTape(tape, into);
    return into[0] as Record<string, unknown>;
  };

  it('structures of kinds that have none here are unknown, and the rest is told', () => {
    // The second would be an attribute without data, if there were one of type 0.
    for (const hex of ['0100000000000000ff00000000000000', '08000000000000000800000000000000']) checkUnknown(hex);
  });
  const checkUnknown = (hex: string) => {
    const structure = Buffer.from(hex, 'hex');
    const basic = Buffer.from('e80300000000000007000000', 'hex');
    for (const kind of ['pfifo', 'some_day']) {
      const qdisc = decoded(
        attribute(1, Buffer.from(`${kind}\0`)),
        attribute(7, Buffer.concat([attribute(1, basic), attribute(4, structure)])),
      );
      assert.equal(qdisc.kind, kind);
      assert.deepEqual(qdisc.stats, {
        bytes: 1000n,
        packets: 7,
        unknown: [{ type: 4, data: new Uint8Array(structure) }],
      });
    }
    const { options, unknown } = decoded(attribute(1, Buffer.from('some_day\0')), attribute(2, structure));
    assert.equal(options, undefined);
    assert.deepEqual(unknown, [{ type: 2, data: new Uint8Array(structure) }]);
  };

  it('attributes of kinds that are not known are told by number', () => {
    const { options } = decoded(
      attribute(1, Buffer.from('some_day\0')),
      attribute(2, attribute(3, Buffer.from('01020304', 'hex'))),
    );
    assert.deepEqual(options, { unknown: [{ type: 3, data: Uint8Array.of(1, 2, 3, 4) }] });
  });
});

describe('tc: what cannot be', () => {
  let nl: Netlink;
  before(async () => {
    nl = await Netlink.open();
  });
  after(() => nl.close());

  const QDISCS: [kind: string, options: object | undefined, field: string][] = [
    ['tbf', { rate: '1mbit', limit: 1000 }, 'options.burst'],
    ['tbf', { rate: '1mbit', burst: '10k' }, 'options.limit'],
    ['tbf', { rate: '1mbit', burst: '10k', limit: '10k', latency: '90ms' }, 'options.latency'],
    ['tbf', { rate: '1mbit', burst: '10k', limit: '10k', peakrate: '2mbit' }, 'options.mtu'],
    ['tbf', { rate: '2mbit', burst: '10k', limit: '10k', peakrate: '1mbit', mtu: 1540 }, 'options.peakrate'],
    ['tbf', { rate: 0, burst: '10k', limit: '10k' }, 'options.rate'],
    ['tbf', { rate: '1mbit', burst: '10k', limit: '10k', speed: 1 }, 'options.speed'],
    ['tbf', undefined, 'options.rate'],
    ['red', { avpkt: 1000 }, 'options.limit'],
    ['red', { limit: 400_000 }, 'options.avpkt'],
    ['red', { limit: 400_000, avpkt: 1000, burst: 10 }, 'options.burst'],
    ['red', { limit: 400_000, avpkt: 1000, nodrop: true }, 'options.nodrop'],
    ['choke', { limit: 1000 }, 'options.bandwidth'],
    ['choke', { limit: 100, min: 50, max: 40, bandwidth: '10mbit' }, 'options.min'],
    ['gred', { dps: 17, default: 0 }, 'options.dps'],
    ['gred', { dps: 3, default: 3 }, 'options.default'],
    ['sfq', { divisor: 3 }, 'options.divisor'],
    ['sfq', { perturb: 10 }, 'options.perturb'],
    ['sfq', { min: 1000 }, 'options.min'],
    ['sfb', { max: 20, target: 25 }, 'options.max'],
    ['prio', { bands: 17 }, 'options.bands'],
    ['prio', { bands: 2, priomap: [0, 1, 2] }, 'options.priomap[2]'],
    ['ets', {}, 'options.bands'],
    ['ets', { bands: 2, strict: 1, quanta: [1000, 1000] }, 'options.bands'],
    ['fq', { buckets: 1000 }, 'options.buckets'],
    ['cake', { overhead: 'carrier-pigeon' }, 'options.overhead'],
    ['cake_mq', { overhead: 'carrier-pigeon' }, 'options.overhead'],
    ['dualpi2', { alpha: 0.001 }, 'options.alpha'],
    ['dualpi2', { beta: 8_388_608 }, 'options.beta'],
    ['dualpi2', { maxRtt: 100, target: 15 }, 'options.target'],
    ['dualpi2', { maxRtt: 0 }, 'options.maxRtt'],
    ['dualpi2', { memoryLimit: 0 }, 'options.memoryLimit'],
    ['dualpi2', { tupdate: 0 }, 'options.tupdate'],
    ['dualpi2', { limit: 0 }, 'options.limit'],
    ['dualpi2', { alpha: 8_388_607.8 }, 'options.alpha'],
    ['dualpi2', { maxRtt: 10, typicalRtt: 11 }, 'options.typicalRtt'],
    ['dualpi2', { maxRtt: '1h' }, 'options.maxRtt'],
    ['dualpi2', { maxRtt: '90s' }, 'options.maxRtt'],
    ['dualpi2', { stepThreshold: 1, stepThresholdPackets: 1 }, 'options.stepThreshold'],
    ['netem', { reorder: '25%' }, 'options.reorder'],
    ['netem', { ecn: true }, 'options.ecn'],
    ['netem', { delay: { time: 10, distribution: 'normal' } }, 'options.delay.jitter'],
    ['netem', { delay: { time: 10, jitter: 1, distribution: 'odd' } }, 'options.delay.distribution'],
    ['netem', { loss: '101%' }, 'options.loss'],
    ['netem', { slot: { min: 1, delay: 1, jitter: 1 } }, 'options.slot'],
    ['mqprio', { numTc: 2, hw: false, mode: 'dcb' }, 'options.mode'],
    ['mqprio', { numTc: 2, queues: ['1-0'] }, 'options.queues[0]'],
    ['taprio', { txtimeDelay: 1 }, 'options.txtimeDelay'],
    ['dualpi2', { stepThreshold: 1, stepThresholdPackets: 1 }, 'options.stepThreshold'],
  ];
  for (const [kind, options, field] of QDISCS) {
    it(`${kind} ${JSON.stringify(options)}`, async () => {
      await assert.rejects(nl.tc.qdiscs.add({ link: 1, parent: 'root', kind, options } as never), (error: Error) => {
        assert.match(
          (error as { code?: string }).code ?? '',
          /^ERR_(INVALID_ARG_(VALUE|TYPE)|OUT_OF_RANGE)$/,
          String(error),
        );
        assert.equal((error as { field?: string }).field, field);
        return true;
      });
    });
  }

  it('classes, and what is no reference', async () => {
    const add = (spec: object) => nl.tc.classes.add({ link: 1, classid: '1:1', parent: '1:', ...spec } as never);
    await assert.rejects(add({ kind: 'htb' }), { field: 'options.rate' });
    await assert.rejects(add({ kind: 'htb', options: { rate: '2mbit', ceil: '1mbit' } }), { field: 'options.ceil' });
    await assert.rejects(add({ kind: 'htb', options: { rate: '2mbit', prio: 8 } }), { field: 'options.prio' });
    await assert.rejects(add({ kind: 'hfsc', options: { ul: '1mbit' } }), { field: 'options.ls' });
    await assert.rejects(add({ kind: 'hfsc', options: { rt: '1mbit', ul: '1mbit' } }), { field: 'options.ul' });
    await assert.rejects(add({ kind: 'hfsc', options: { sc: { umax: 1500, rate: '1mbit' } } }), {
      field: 'options.sc.dmax',
    });
    await assert.rejects(nl.tc.classes.add({ link: 1, kind: 'htb' } as never), { field: 'classid' });
    await assert.rejects(nl.tc.qdiscs.add({ link: 1, kind: 'htb' } as never), { field: 'parent' });
    await assert.rejects(nl.tc.qdiscs.add({ kind: 'htb', parent: 'root' } as never), { field: 'link' });
    await assert.rejects(nl.tc.qdiscs.list({ nonesuch: 1 } as never), { field: 'nonesuch' });
    await assert.rejects(nl.tc.qdiscs.get({ link: 1, handle: '1:1' }), { field: 'handle' });
  });
});
