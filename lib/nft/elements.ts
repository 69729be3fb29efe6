// Elements in bulk: packed into columns of bytes where they are all alike, else divided among as many messages as an
// attribute's 65,535 bytes need.
import type { ElementColumns } from '../addon.js';
import type { NfElement } from '../generated/objects.js';
import type { Message } from '../lane.js';

/** Fewer are not worth the packing. */
const WORTH_PACKING = 64;
/** Bytes of an attribute that are filled, by an estimate that is never too low. */
const FILL = 60_000;
const EXPRESSION_BYTES = 400;

/** The messages that carry out a message with however many elements. */
export function* divide(message: Message): Generator<Message> {
  const { elements, ...head } = message.spec as { elements?: NfElement[] };
  if (!Array.isArray(elements) || message.columns || elements.length < WORTH_PACKING) {
    yield message;
    return;
  }
  const columns = pack(elements);
  if (columns) {
    yield { operation: message.operation, spec: head, columns };
    return;
  }
  let from = 0;
  let bytes = 0;
  for (let i = 0; i < elements.length; i++) {
    const size = sizeOf(elements[i] as NfElement);
    if (bytes + size > FILL && i > from) {
      yield { operation: message.operation, spec: { ...head, elements: elements.slice(from, i) } };
      from = i;
      bytes = 0;
    }
    bytes += size;
  }
  yield { operation: message.operation, spec: { ...head, elements: elements.slice(from) } };
}

/** Columns, where all elements have a key and the same other members, each of one length. */
function pack(elements: readonly NfElement[]): ElementColumns | undefined {
  const [first] = elements;
  const keys = columnOf(elements, first, 'key');
  if (!keys) return undefined;
  const columns: ElementColumns = { count: elements.length, keys };
  const allowed = new Set(['key']);
  for (const [member, column] of [
    ['keyEnd', 'keyEnds'],
    ['data', 'data'],
  ] as const) {
    if (first?.[member] === undefined) continue;
    const bytes = columnOf(elements, first, member);
    if (!bytes) return undefined;
    columns[column] = bytes;
    allowed.add(member);
  }
  for (const element of elements) {
    for (const member in element) {
      if (!allowed.has(member) && element[member as keyof NfElement] !== undefined) return undefined;
    }
  }
  return columns;
}

function columnOf(
  elements: readonly NfElement[],
  first: NfElement | undefined,
  member: 'key' | 'keyEnd' | 'data',
): Uint8Array | undefined {
  const width = lengthOf(first?.[member]?.value);
  if (!width) return undefined;
  const column = new Uint8Array(width * elements.length);
  let at = 0;
  for (const element of elements) {
    const value = element?.[member]?.value;
    if (lengthOf(value) !== width) return undefined;
    // set() costs more than a few bytes do.
    for (let i = 0; i < width; i++) column[at + i] = (value as Uint8Array)[i] as number;
    at += width;
  }
  return column;
}

/** Of anything but bytes: none, which leaves it to the encoder to refuse it. */
function lengthOf(value: unknown): number {
  return value instanceof Uint8Array ? value.length : 0;
}

/** No less than what an element takes. */
function sizeOf(element: NfElement): number {
  let size = 64;
  for (const data of [element.key, element.keyEnd, element.data]) {
    if (data) size += 24 + lengthOf(data.value) + 2 * (data.verdict?.chain?.length ?? 0);
  }
  size += lengthOf(element.userdata) + 4 * (element.objref?.length ?? 0);
  const expressions = (element.expr ? 1 : 0) + (element.expressions?.length ?? 0);
  return size + expressions * EXPRESSION_BYTES;
}
