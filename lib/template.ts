// Messages that differ in a few values only: encoded once, filled in natively as often as needed. Making the thousandth
// endpoint takes some bytes then, where encoding takes a look at each field of each object.
import { addon, type Template as NativeTemplate } from './addon.js';
import { operationNumber } from './lane.js';

/** Values that are filled in: what stands for each in samples, and where it is among the values' bytes. */
export type Holes = Readonly<Record<string, { sample: Uint8Array; at: number }>>;

/**
 * One message: its operation, the table of its object, the object with samples for values, and whether it does not matter
 * what the kernel says to it.
 */
export type Sample = readonly [operation: string, object: string, spec: object, isOptional?: boolean];

/** Where one thing stands in another, each time. */
function findAll(whole: Buffer, part: Uint8Array): number[] {
  const offsets: number[] = [];
  for (let at = whole.indexOf(part); at >= 0; at = whole.indexOf(part, at + 1)) offsets.push(at);
  return offsets;
}

/** Header of an attribute, and what is in front of the comment in an element's user data. */
const NLA_HDRLEN = 4;
const COMMENT_HEADER = 2;

/**
 * Encodes samples and finds their holes. What stands in for one of the `texts` is an attribute of any length, or a comment
 * in an element's user data, one in each message; every namespace in them is the same one.
 */
export function makeTemplate(samples: readonly Sample[], holes: Holes, texts: readonly string[] = []): NativeTemplate {
  const messages = samples.map(([operation, object, spec, isOptional = false]) => {
    const places: number[] = [];
    const payload = Uint8Array.from(addon.encode(object, spec, places));
    const whole = Buffer.from(payload);
    const found = Object.values(holes).flatMap(({ sample, at }) =>
      findAll(whole, sample).flatMap((offset) => [offset, at, sample.length]),
    );
    for (const [number, text] of texts.entries()) {
      const at = whole.indexOf(`${text}\0`);
      if (at < 0) continue;
      const isComment = whole[at - COMMENT_HEADER] === 0 && whole[at - 1] === text.length + 1;
      const attribute = at - NLA_HDRLEN - (isComment ? COMMENT_HEADER : 0);
      return [operationNumber(operation), payload, places, found, [attribute, number], isOptional] as const;
    }
    return [operationNumber(operation), payload, places, found, [], isOptional] as const;
  });
  return new addon.Template(messages);
}

/** A template with what its holes are filled with. */
export interface Filled {
  template: NativeTemplate;
  values: Uint8Array;
  texts: string[];
}
