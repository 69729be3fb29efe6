// How the subjects (links, addresses, ...) ask: through this interface, whoever carries the request.

/** What a request may be given beside its spec. */
export interface RequestOptions {
  /** Takes a request back that has not been sent yet, and ends a dump. */
  signal?: AbortSignal | undefined;
}

/** For those who ask, beside what callers may give. */
export interface AskOptions extends RequestOptions {
  /** Tells what is left out otherwise, as it costs more than it is usually worth: statistics. */
  stats?: boolean | undefined;
}

/** Sends requests of one handle, in order. */
export interface Requester {
  /** For what has no answer but success. */
  ack(operation: string, spec: object, options?: RequestOptions): Promise<void>;
  /** For one object. */
  one<T>(operation: string, spec: object, options?: AskOptions): Promise<T>;
  /** For any number of objects. */
  list<T>(operation: string, spec: object, options?: AskOptions): Promise<T[]>;
}
