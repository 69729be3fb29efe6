// Gathers what a subject of the facade would send, so that it can leave in one bundle with other things.
import type { Request } from '../lane.js';
import type { Requester } from '../requester.js';

/** A requester that keeps requests instead of sending them. */
export class Collector implements Requester {
  readonly requests: Request[] = [];

  async ack(operation: string, spec: object): Promise<void> {
    this.requests.push([operation, spec]);
  }

  one(): Promise<never> {
    return Promise.reject(new Error('Nothing is asked here'));
  }

  list(): Promise<never> {
    return Promise.reject(new Error('Nothing is asked here'));
  }
}
