// Bands by the priority of packets: prio (tc-prio(8)) and ets (tc-ets(8)).
import { checkOptionFields, impossible, type Kind } from '../kind.js';
import { bytes, integer, type Size } from '../units.js';

/** Options of a `prio` qdisc. */
export interface PrioOptions {
  /** Number of bands, 2 to 16; 3 if left out. */
  bands?: number | undefined;
  /** Band of each of the 16 packet priorities; those left out are as in tc-prio(8). */
  priomap?: number[] | undefined;
}

/** Options of an `ets` qdisc. */
export interface EtsOptions {
  /** Number of bands, at most 16; as many as are strict or have a quantum if left out. */
  bands?: number | undefined;
  /** How many of them, the first, have strict priority. */
  strict?: number | undefined;
  /** Bytes of each of the following before it is the next one's turn; the link's MTU where left out. */
  quanta?: Size[] | undefined;
  /** Band of each of the 16 packet priorities; the last band where left out. */
  priomap?: number[] | undefined;
}

const MAP = [1, 2, 2, 2, 1, 2, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1];
const MOST = 16;

function checkMap(map: unknown, bands: number): number[] {
  if (!Array.isArray(map)) impossible('options.priomap', 'The "options.priomap" field must be an array');
  if (map.length > MOST) impossible('options.priomap', 'The "options.priomap" field must have at most 16 elements');
  return map.map((band, i) => integer(`options.priomap[${i}]`, band, 0, bands - 1));
}

/** Options of a `prio` qdisc. */
export const prio: Kind<PrioOptions> = {
  write(options) {
    checkOptionFields(options, ['bands', 'priomap']);
    const bands = integer('options.bands', options.bands ?? 3, 2, MOST);
    const given = checkMap(options.priomap ?? [], bands);
    return { bands, priomap: MAP.map((band, i) => given[i] ?? Math.min(band, bands - 1)) };
  },
  read: (wire) => wire,
};

/** Options of an `ets` qdisc. */
export const ets: Kind<EtsOptions> = {
  write(options) {
    checkOptionFields(options, ['bands', 'strict', 'quanta', 'priomap']);
    const strict = integer('options.strict', options.strict ?? 0, 0, MOST);
    const { quanta = [] } = options;
    if (!Array.isArray(quanta)) impossible('options.quanta', 'The "options.quanta" field must be an array');
    const bands = integer('options.bands', options.bands ?? strict + quanta.length, 0, MOST);
    if (bands === 0) impossible('options.bands', 'The "options.bands" field is needed, or "strict" or "quanta"');
    if (strict + quanta.length > bands) {
      impossible('options.bands', 'The "options.bands" field is less than those strict and those with quanta');
    }
    const sizes = quanta.map((quantum, i) => {
      const size = bytes(`options.quanta[${i}]`, quantum);
      return size || impossible(`options.quanta[${i}]`, `The "options.quanta[${i}]" field must be more than 0`);
    });
    const map = checkMap(options.priomap ?? [], bands);
    return {
      bands,
      ...(strict ? { strict } : {}),
      ...(sizes.length ? { quanta: sizes } : {}),
      ...(map.length ? { priomap: map } : {}),
    };
  },
  read: ({ bands, strict, quanta = [], priomap }) => ({ bands, strict: strict ?? 0, quanta, priomap }),
};
