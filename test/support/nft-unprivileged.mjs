// In a namespace where this process may do nothing, or little: every transaction is answered, none hangs.
// Prints one line of JSON. Arguments: the module to import, and what to try.
const { Netlink } = await import(process.argv[2]);
const nl = await Netlink.open();
const code = (promise) =>
  promise.then(
    () => 'done',
    (error) => error.code,
  );
const text = (promise) =>
  promise.then(
    () => 'done',
    ({ code, index, detail }) => `${code} ${index} ${detail}`,
  );
const table = { operation: 'nft.addTable', spec: { family: 'ip', name: 't' } };
const set = {
  operation: 'nft.addSet',
  spec: { family: 'ip', table: 't', name: 's', keyType: 7, keyLen: 4, id: 1 },
};
/** An add of so many elements. */
function add(count) {
  const keys = new Uint8Array(count * 4);
  for (let i = 0; i < count; i++) new DataView(keys.buffer).setUint32(i * 4, i + 1);
  return { operation: 'nft.addElements', spec: { family: 'ip', table: 't', set: 's' }, columns: { count, keys } };
}
const results = {};
if (process.argv[3] === 'nothing') {
  results.one = await code(nl.nft.transact([table]));
  results.echo = await code(nl.nft.transact([table], { echo: true }));
  results.check = await code(nl.nft.transact([table], { check: true }));
  results.large = await code(nl.nft.transact([table, set, add(5000)]));
  results.huge = await text(nl.nft.transact([table, set, add(100_000)]));
  const many = await Promise.all(Array.from({ length: 10_000 }, () => code(nl.nft.transact([table]))));
  results.many = [...new Set(many)];
} else {
  results.made = await code(nl.nft.transact([table, set]));
  // Older kernels tell each element by itself, so few of them fill the buffer.
  results.echo = await code(nl.nft.transact([add(50)], { echo: true }));
  results.fits = await code(nl.nft.transact([add(5000)]));
  results.huge = await text(nl.nft.transact([add(100_000)]));
  // Each of them fails, and more errors are told than the buffer holds.
  const wrong = { operation: 'nft.deleteChain', spec: { family: 'ip', table: 't', name: 'nothing' } };
  results.errors = await text(nl.nft.transact(Array(3000).fill(wrong)));
  results.after = await code(nl.nft.transact([{ operation: 'nft.deleteTable', spec: { family: 'ip', name: 't' } }]));
}
await nl.close();
console.log(JSON.stringify(results));
