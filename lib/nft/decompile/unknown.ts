// What nft's JSON has no words for is shown as the kernel told it, so that nothing is lost unseen:
// { unknown: { expression: 'tunnel', data: {...} } }, bytes as hexadecimal text.

/** Something of the kernel that nft's JSON cannot express. It cannot be given back. */
export interface NftUnknown {
  unknown: { expression: string; data?: unknown };
}

/** A value as JSON holds it. */
function plain(value: unknown): unknown {
  if (value instanceof Uint8Array) return `0x${Buffer.from(value).toString('hex')}`;
  if (typeof value === 'bigint') return value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : String(value);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, plain(member)]));
}

/** An expression of the kernel, or what was made of several, as it is. */
export function tellUnknown(raw: { name?: unknown; kind?: unknown; data?: unknown }): NftUnknown {
  const expression = String(raw.name ?? raw.kind);
  return { unknown: { expression, ...(raw.data === undefined ? {} : { data: plain(raw.data) }) } };
}
