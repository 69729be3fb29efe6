// Preloaded into npm and what it starts where rtnetlink does not answer (see rtnetlink-answers.sh): npm would ask for
// the network interfaces while it loads, and getaddrinfo() for this machine's addresses, and both would hang for ever.
const dns = require('node:dns');
const os = require('node:os');

const { lookup } = dns;

os.networkInterfaces = () => ({});
dns.lookup = (name, options, done) => {
  if (typeof options === 'object') lookup(name, { ...options, hints: (options.hints ?? 0) & ~dns.ADDRCONFIG }, done);
  else lookup(name, options, done);
};
