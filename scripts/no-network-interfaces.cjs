// Preloaded into Node programs where rtnetlink does not answer (see rtnetlink-answers.sh): npm asks for the network
// interfaces while it loads, only to guess whether it is in a CI service, and would hang for ever.
require('node:os').networkInterfaces = () => ({});
