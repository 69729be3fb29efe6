// What others took away is put back, as links tell and this process knows.

import { readAliasPorts, reclaim } from './claim.js';
import { readComment } from './comment.js';
import { codeOf, ignore } from './host.js';
import { macOf } from './ip.js';
import { type EndpointRecord, endpointKey, readEndpoint } from './records.js';
import { claimNetwork, ensureNetwork, INSIDE_MAC, listNetworks } from './setup.js';
import type { State } from './state.js';
import { change, element } from './table.js';

/** Puts back the network's elements, links and parameters, and its endpoints' elements. */
export async function reconcile(state: State): Promise<void> {
  const { host, network } = state;
  const networks = await listNetworks(host);
  if (!networks.some(({ number }) => number === network.number)) {
    await claimNetwork(host, network).catch(ignore('EEXIST'));
  }
  for (const protocol of state.closed) {
    await host.netfilter.transaction([change('add', 'closed', element(protocol, 'forwarding was off'))]);
  }
  await ensureNetwork(host, network);
  await state.refresh();
  const links = await host.route.list<{ name: string; alias?: string; group?: number; master?: string }>('links.list', {
    extMask: ['skipStats'],
    kind: 'veth',
  });
  const known = new Set((await state.records()).map(({ key }) => key));
  const failures: unknown[] = [];
  for (const link of links) {
    if (link.group !== network.number || !link.alias) continue;
    const record = recordOf(link.alias, state);
    if (!record || record.hostInterface !== link.name) continue;
    if (network.mode === 'bridge' && link.master === undefined) {
      await host.route
        .ack('links.set', { ref: link.name, master: network.bridge })
        .catch((error: unknown) => failures.push(error));
    }
    if (known.has(record.key)) continue;
    try {
      await reclaim(state, record, readAliasPorts(readComment(link.alias).p ?? ''));
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') failures.push(error);
    }
  }
  await state.refresh();
  if (failures.length === 1) throw failures[0];
  if (failures.length > 1)
    throw new AggregateError(failures, `Network '${network.name}' could not be put back entirely`);
}

function recordOf(alias: string, state: State): EndpointRecord | undefined {
  const { id, net } = readComment(alias);
  if (id === undefined || net !== state.network.name) return undefined;
  return readEndpoint(endpointKey(net, id), alias, (address) => macOf(address, INSIDE_MAC));
}
