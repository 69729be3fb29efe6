// Rates that are shares of a link's speed: '50%'.
import { addon } from '../addon.js';
import { begin } from '../engine.js';
import { argumentError } from '../errors.js';
import type { LinkRef } from '../links.js';
import type { Netns } from '../netns.js';
import type { Requester, RequestOptions } from '../requester.js';
import { linkIndex } from './object.js';

const SHARE = /^(\d+\.?\d*|\.\d+)%$/;
const MBIT = 1_000_000;

/** The path of a share of the link's speed among the named fields of options, at any depth; undefined where there is none. */
export function shareIn(options: unknown, names: readonly string[] = [], path = 'options'): string | undefined {
  if (names.length === 0 || typeof options !== 'object' || options === null || ArrayBuffer.isView(options))
    return undefined;
  for (const [name, value] of Object.entries(options)) {
    const field = pathOf(options, path, name);
    const found = isShare(name, value, names) ? field : shareIn(value, names, field);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The same options with bits per second in the place of shares. */
export function absolute<T>(options: T, names: readonly string[], speed: number, path = 'options'): T {
  if (shareIn(options, names) === undefined) return options;
  if (Array.isArray(options)) return options.map((one) => absolute(one, names, speed, path)) as T;
  const entries = Object.entries(options as object).map(([name, value]): [string, unknown] => {
    const field = pathOf(options, path, name);
    return [name, isShare(name, value, names) ? rateOf(field, value, speed) : absolute(value, names, speed, field)];
  });
  return Object.fromEntries(entries) as T;
}

const isShare = (name: string, value: unknown, names: readonly string[]): value is string =>
  typeof value === 'string' && names.includes(name) && SHARE.test(value);

function pathOf(options: unknown, path: string, name: string): string {
  if (Array.isArray(options)) return path;
  return path === '' ? name : `${path}.${name}`;
}

/** Bits per second, to six digits as tc reckons: otherwise some would be one less. */
function rateOf(field: string, share: string, speed: number): number {
  const part = Number.parseFloat(share) / 100;
  if (part <= 1) return Number((part * speed).toFixed(6));
  throw argumentError(
    'ERR_INVALID_ARG_VALUE',
    field,
    `The "${field}" field must be at most '100%' of the link’s speed. Received '${share}'`,
  );
}

/** Tells how fast the links of a handle's network namespace are. */
export class LinkSpeeds {
  readonly #requester: Requester;
  readonly #netns: Netns;

  constructor(requester: Requester, netns: Netns) {
    this.#requester = requester;
    this.#netns = netns;
  }

  /** A link's speed in bits per second, for the sake of a field that is a share of it. */
  async of(link: LinkRef, field: string, options?: RequestOptions): Promise<number> {
    const index = await linkIndex(this.#requester, link, options);
    const speed = Number(await begin<string>('value', 'linkSpeed', (id) => addon.linkSpeed(id, this.#netns, index)));
    if (speed > 0) return speed * MBIT;
    throw argumentError(
      'ERR_INVALID_ARG_VALUE',
      field,
      `The "${field}" field is a share of the link’s speed, which link ${link} does not tell`,
    );
  }

  /** A spec with bits per second in the place of shares of the link's speed: at once where there are none. */
  resolve<Spec extends { link: LinkRef; options?: object | undefined }>(
    spec: Spec,
    names: readonly string[] = [],
    options?: RequestOptions,
  ): Spec | Promise<Spec> {
    const field = shareIn(spec?.options, names);
    if (field === undefined) return spec;
    return this.of(spec.link, field, options).then((speed) => ({
      ...spec,
      options: absolute(spec.options, names, speed),
    }));
  }
}
