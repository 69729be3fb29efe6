// What networks refuse, in errors of their own where the kernel's would not tell enough.
import { constants } from 'node:os';

/** An address that was asked for is another endpoint's (EADDRINUSE). */
export class AddressInUseError extends Error {
  override name = 'AddressInUseError';
  readonly code = 'EADDRINUSE';
  readonly errno = -constants.errno.EADDRINUSE;

  constructor(
    readonly address: string,
    /** Who has it: `'endpoint demo/web'`. */
    readonly holder: string,
    options?: ErrorOptions,
  ) {
    super(`EADDRINUSE: address ${address} is taken by ${holder}`, options);
  }
}

/** A network has no room for another endpoint: no port left on its bridges, or no address in its subnets. */
export class EndpointCapacityError extends Error {
  override name = 'EndpointCapacityError';
  readonly code = 'ERR_NETWORK_FULL';

  constructor(
    readonly network: string,
    /** What there is no more of. */
    readonly lacking: 'ports' | 'addresses',
    /** How many endpoints there is room for. */
    readonly capacity: number,
    options?: ErrorOptions,
  ) {
    super(
      lacking === 'ports'
        ? `Network '${network}' has room for ${capacity} endpoints, as many as its bridges have ports: give it more "maxEndpoints", or mode 'routed'`
        : `Network '${network}' has no free address left: its subnets have room for ${capacity} endpoints`,
      options,
    );
  }
}

/** A network's bridge is not there: somebody has deleted it (ENODEV). `network.reconcile()` makes it again. */
export class BridgeGoneError extends Error {
  override name = 'BridgeGoneError';
  readonly code = 'ENODEV';
  readonly errno = -constants.errno.ENODEV;

  constructor(
    readonly network: string,
    /** The bridge's name. */
    readonly bridge: string,
    options?: ErrorOptions,
  ) {
    super(`ENODEV: bridge '${bridge}' of network '${network}' is gone: reconcile() puts it back`, options);
  }
}

/** An error in the manner of the kernel's, for what the library finds out by itself. */
export function systemError(code: 'EEXIST' | 'ENOENT' | 'EBUSY', message: string, options?: ErrorOptions): Error {
  return Object.assign(new Error(`${code}: ${message}`, options), { code, errno: -constants.errno[code] });
}
