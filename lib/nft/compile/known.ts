// Sets that are in the kernel already: what rules and elements need to know of them.
import type { NfSet } from '../../generated/objects.js';
import { readSet } from '../decompile/sets.js';
import type { NftFamily } from '../json.js';
import { readU32, SET_USERDATA } from '../userdata.js';
import { concatShape, type Shape } from './nodes.js';
import { type MapData, SetInfo } from './sets.js';

/** What a set of the kernel is like; undefined where it is none that could be named. */
export function knownSet(raw: NfSet): SetInfo | undefined {
  const { family, table, name } = raw;
  if (typeof family !== 'string' || family === 'unspec' || table === undefined || name === undefined) return undefined;
  const { shape, userdata, isAnonymous } = readSet(raw);
  let data: MapData | undefined;
  if (shape.data === 'object') data = { kind: 'object', type: raw.objType ?? 0 };
  else if (shape.data === 'verdict') data = { kind: 'verdict' };
  else if (shape.data) data = { kind: 'value', shape: shapeOf(shape.data), isInterval: shape.isDataInterval };
  return new SetInfo({
    family: family as NftFamily,
    table,
    name,
    key: shapeOf(shape.key),
    data,
    isInterval: shape.isInterval,
    isAnonymous,
    isAutoMerge: readU32(userdata.get(SET_USERDATA.mergeElements)) === 1,
    expressions: raw.expressions ?? (raw.expr ? [raw.expr] : []),
  });
}

/** The shape of values that lie so in registers. */
function shapeOf(parts: readonly Shape[]): Shape {
  const shapes = parts.map(({ type, bits, order }): Shape => ({ type, bits, order }));
  const [only] = shapes;
  return shapes.length === 1 && only ? only : concatShape(shapes);
}
