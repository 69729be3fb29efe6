// The errors that the kernel's answers become.
import { constants } from 'node:os';
import type { ErrorDescription } from './addon.js';

/** Numbers that os.constants lacks and that these subsystems use. */
const ERESTART = 85;
const EXTRA_NAMES: Record<number, string> = { 54: 'EXFULL', [ERESTART]: 'ERESTART', 112: 'EHOSTDOWN', 126: 'ENOKEY' };

/** Of the names that share a number, those that the kernel uses. */
const KERNEL_NAMES: Record<number, string> = { 11: 'EAGAIN', 35: 'EDEADLK', 95: 'EOPNOTSUPP' };

const NAMES = new Map<number, string>(
  Object.entries({ ...EXTRA_NAMES, ...KERNEL_NAMES }).map(([number, name]) => [Number(number), name]),
);
for (const [name, number] of Object.entries(constants.errno)) {
  if (!NAMES.has(number)) NAMES.set(number, name);
}

/** What a capability is wanted for, where the kernel says no more than EPERM. */
const PRIVILEGE = 'this needs CAP_NET_ADMIN in the user namespace that owns the network namespace';

/**
 * The kernel refused a request, or could not be asked.
 *
 * `message` holds all of it for people; the fields are for programs.
 */
export class NetlinkError extends Error {
  override name = 'NetlinkError';
  /** The error's name, such as `'EEXIST'`. */
  readonly code: string;
  /** The negative errno, such as -17. */
  readonly errno: number;
  /** The kernel's name of the message that failed (`'RTM_NEWLINK'`), or of the system call (`'setns'`). */
  readonly operation: string;
  /** The kernel's own words (extended ACK), or what was found wrong before the kernel was asked. */
  declare readonly detail?: string;
  /** The kernel's path of the attribute it objects to, such as `'IFLA_LINKINFO.IFLA_INFO_KIND'`. */
  declare readonly attribute?: string;
  /** The path of the caller's field at fault, where it is known. */
  declare readonly field?: string;
  /** What it was about, in nft's words, such as `'chain inet filter input'`. */
  declare readonly object?: string;
  /** Which operation of a batch, or command of a transaction, failed, counted from 0. */
  declare index?: number;
  /** @internal Which step of a program failed. */
  declare step?: number;

  constructor(description: ErrorDescription, options?: ErrorOptions) {
    const code = NAMES.get(-description.errno) ?? `E${-description.errno}`;
    const detail = description.detail ?? (code === 'EPERM' || code === 'EACCES' ? PRIVILEGE : undefined);
    const { object, attribute, field } = description;
    const place = [object, attribute ?? field, object && field].filter(Boolean).join(', ');
    super(`${description.operation}: ${code}${detail ? `: ${detail}` : ''}${place ? ` (${place})` : ''}`, options);
    this.code = code;
    this.errno = description.errno;
    this.operation = description.operation;
    if (detail !== undefined) this.detail = detail;
    if (attribute !== undefined) this.attribute = attribute;
    if (field !== undefined) this.field = field;
    if (object !== undefined) this.object = object;
    if (description.index !== undefined) this.index = description.index;
    if (description.step !== undefined) this.step = description.step;
  }
}

/**
 * A transaction that was to follow on a certain generation of the ruleset came too late: another has changed it since
 * (ERESTART). Nothing was done; read again and try again.
 */
export class GenerationError extends NetlinkError {
  override name = 'GenerationError';
}

/** The error of what the native side tells. */
export function netlinkError(description: ErrorDescription): NetlinkError {
  const isGeneration = description.errno === -ERESTART;
  return isGeneration ? new GenerationError(description) : new NetlinkError(description);
}

/** The same error, with the place in the caller's input and what is there. */
export function locate(error: NetlinkError, field: string, object: string): NetlinkError {
  const { errno, operation, detail, attribute, index } = error;
  const optional = { detail, attribute, index };
  const told = Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined));
  return netlinkError({ errno, operation, ...told, field, object });
}

/**
 * A dump could not be read in one piece: the kernel's tables changed under every attempt.
 *
 * `data` holds what the last attempt told; objects may be missing from it, or be there twice.
 */
export class DumpInterruptedError extends NetlinkError {
  override name = 'DumpInterruptedError';

  constructor(
    operation: string,
    /** What the last attempt told. */
    readonly data: unknown[],
  ) {
    super({
      errno: -constants.errno.EINTR,
      operation,
      detail: 'the tables changed during every attempt at this dump; `data` may be incomplete or inconsistent',
    });
  }
}

/** Which port is meant by a {@link PortInUseError}, and who has it. */
export interface PortInUse {
  protocol: 'tcp' | 'udp' | 'sctp';
  /** The address that was asked for; undefined for every address. */
  address?: string | undefined;
  port: number;
  /** Who has it, in words, as far as that is known. */
  holder?: string | undefined;
}

/** A port of the host is taken: `code` is `'EADDRINUSE'`. */
export class PortInUseError extends NetlinkError {
  override name = 'PortInUseError';
  /** The transport protocol. */
  readonly protocol: PortInUse['protocol'];
  /** The address that was asked for; left out for every address of the host. */
  declare readonly address?: string;
  /** The port. */
  readonly port: number;
  /** Who has it, such as `'nginx (process 123)'`, as far as that is known. */
  declare readonly holder?: string;

  constructor({ protocol, address, port, holder }: PortInUse, options?: ErrorOptions) {
    const host = address === undefined ? '*' : address.includes(':') ? `[${address}]` : address;
    super(
      {
        errno: -constants.errno.EADDRINUSE,
        operation: 'bind',
        detail: `${protocol} ${host}:${port} is taken${holder === undefined ? '' : ` by ${holder}`}`,
        field: 'hostPort',
      },
      options,
    );
    this.protocol = protocol;
    this.port = port;
    if (address !== undefined) this.address = address;
    if (holder !== undefined) this.holder = holder;
  }
}

/** An argument error in Node's manner, with the field it is about. */
export function argumentError(
  code: 'ERR_INVALID_ARG_TYPE' | 'ERR_INVALID_ARG_VALUE' | 'ERR_OUT_OF_RANGE',
  field: string,
  message: string,
): TypeError | RangeError {
  const error = code === 'ERR_OUT_OF_RANGE' ? new RangeError(message) : new TypeError(message);
  return Object.assign(error, { code, field });
}
