// Prints what is in a network namespace in a form a person likes to look at.
import { styleText } from 'node:util';
import type { Address, Link, Netlink, Netns, Route } from '../lib/index.js';

/** Prints a namespace's links with their addresses and its routes. */
export async function printTree(netns: Netns, nl: Netlink): Promise<void> {
  const [links, addresses, routes] = await Promise.all([
    nl.links.list(),
    nl.addresses.list(),
    nl.routes.list({ family: 'inet' }),
  ]);
  console.log(`  ${styleText('cyan', netns.name ?? netns.path)}`);
  const lines = [
    ...links
      .filter((link) => link.name !== 'lo')
      .map((link) => ({ text: describeLink(link), below: addressesOf(link, addresses) })),
    ...routes.map((route) => ({ text: describeRoute(route), below: [] as string[] })),
  ];
  lines.forEach(({ text, below }, i) => {
    const isLast = i === lines.length - 1;
    console.log(`  ${isLast ? '└──' : '├──'} ${text}`);
    for (const line of below) console.log(`  ${isLast ? ' ' : '│'}     ${line}`);
  });
}

function describeLink(link: Link): string {
  const facts = [link.kind, link.address, `mtu ${link.mtu}`, link.master ? `in ${link.master}` : undefined];
  const state = link.operState === 'up' ? styleText('green', 'up') : styleText('yellow', String(link.operState));
  return `${styleText('bold', link.name.padEnd(15))} ${state}  ${styleText('dim', facts.filter(Boolean).join(', '))}`;
}

function addressesOf(link: Link, addresses: Address[]): string[] {
  return addresses.filter((address) => address.linkIndex === link.index).map((address) => address.address);
}

function describeRoute(route: Route): string {
  const via = route.gateway ? ` via ${route.gateway}` : '';
  return `${styleText('dim', 'route')} ${route.dst}${via} ${styleText('dim', `dev ${route.link}, ${route.protocol}`)}`;
}
