#!/usr/bin/env bash
# Ends with 0 when this machine's kernel answers rtnetlink within 5 seconds, else with 1.
#
# A kernel in which a task died while it held the RTNL lock leaves everyone who asks rtnetlink in uninterruptible sleep:
# ip, unshare --net, apt-get, npm. Such a process can neither be killed nor waited for, so a child asks in its place and
# is left behind. NETPLUMB_RTNETLINK=yes or =no spares the question to whoever knows the answer.
set -euo pipefail
case ${NETPLUMB_RTNETLINK:-} in
  yes) exit 0 ;;
  no) exit 1 ;;
esac
PATH=$PATH:/usr/sbin:/sbin
ask=(node -e 'require("node:os").networkInterfaces()')
! command -v ip >/dev/null || ask=(ip link show dev lo)
"${ask[@]}" </dev/null >/dev/null 2>&1 &
for _ in {1..50}; do
  kill -0 $! 2>/dev/null || exit 0
  sleep 0.1
done
exit 1
