// The debug print: each message sent and received, decoded by the tables, on standard error.
#pragma once

#include "netlink/reader.h"
#include "netlink/table.h"

namespace netplumb {

/// Whether the environment variable NETPLUMB_DEBUG was set (and not to 0) when the process first asked.
bool isPrinting();

/// Prints one message in one line. `direction` is send or receive; `socket` tells sockets apart.
void printMessage(const char* direction, const Message& message, const Object* object, int socket);
void printMessage(const char* direction, Bytes message, const Object* object, int socket);

}  // namespace netplumb
