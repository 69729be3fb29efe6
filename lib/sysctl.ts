// Kernel parameters under net/, in a handle's namespace.
import { addon } from './addon.js';
import { begin } from './engine.js';
import { argumentError } from './errors.js';
import type { Netns } from './netns.js';

/** Reads and writes the files under /proc/sys/net inside one network namespace. */
export class Sysctl {
  readonly #netns: Netns;

  /** @internal */
  constructor(netns: Netns) {
    this.#netns = netns;
  }

  /**
   * Reads a parameter, such as `'net.ipv4.ip_forward'`. As in sysctl(8), the first separator decides: with dots, a
   * slash stands for a dot inside a name (`'net.ipv4.conf.eth0/100.forwarding'`), with slashes a dot is a dot
   * (`'net/ipv4/conf/eth0.100/forwarding'`).
   *
   * @returns The text, without the newline at its end.
   * @throws NetlinkError ENOENT for a key that does not exist, EINVAL for one that is not under net.
   */
  async get(key: string): Promise<string> {
    checkString('key', key);
    return begin('value', 'open', (id) => addon.sysctl(id, this.#netns, key));
  }

  /**
   * Writes a parameter; keys as in {@link Sysctl.get}.
   *
   * @throws NetlinkError EACCES or EPERM without privilege, EINVAL when the kernel does not take the value.
   */
  async set(key: string, value: string | number | bigint | boolean): Promise<void> {
    checkString('key', key);
    if (!['string', 'number', 'bigint', 'boolean'].includes(typeof value)) {
      throw argumentError(
        'ERR_INVALID_ARG_TYPE',
        'value',
        `The "value" argument must be a string, number, bigint or boolean. Received ${value === null ? 'null' : typeof value}`,
      );
    }
    const text = typeof value === 'boolean' ? String(Number(value)) : String(value);
    await begin('value', 'write', (id) => addon.sysctl(id, this.#netns, key, text));
  }
}

function checkString(name: string, value: unknown): asserts value is string {
  if (typeof value !== 'string') {
    throw argumentError(
      'ERR_INVALID_ARG_TYPE',
      name,
      `The "${name}" argument must be a string. Received ${typeof value}`,
    );
  }
}
