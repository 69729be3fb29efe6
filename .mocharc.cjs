// NETPLUMB_SLOW is the factor by which a machine is slower than usual, such as an emulated one.
module.exports = {
  import: ['tsx'],
  reporter: 'scripts/mocha-reporter.cjs',
  timeout: 20_000 * Number(process.env.NETPLUMB_SLOW ?? 1),
  'forbid-only': true,
};
