// The library as it is installed: what `npm run build:ts` has compiled, not the sources through a loader.
const built = new URL('../../dist/index.js', import.meta.url).href;

export const { Netlink, Netns, Network } = (await import(built)) as typeof import('../../lib/index.js');
