// Preloaded where the kernel no longer answers rtnetlink (scripts/rtnetlink.ts): npm lists the machine's interfaces when
// it starts, and would wait for ever. The answer is only wanted to check one option that is not used here.
require('node:os').networkInterfaces = () => ({});
