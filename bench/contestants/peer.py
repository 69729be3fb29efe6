# pyroute2: links, addresses and routes by its netlink, ports by the nft program, as it cannot write such map elements.
import json
import resource
import subprocess
import sys
import time

from pyroute2 import IPRoute, NetNS, netns

task = dict(argument.split("=") for argument in sys.argv[1:])
count, ports = int(task["count"]), int(task["ports"])
FIRST_PORT = 10000
ip = IPRoute()
bridge = ip.link_lookup(ifname="br0")[0]


def address(number):
    return f"10.88.{(number + 2) >> 8}.{(number + 2) & 255}"


def published(number):
    return range(FIRST_PORT + number * ports, FIRST_PORT + (number + 1) * ports)


def nft(verb, elements):
    subprocess.run(["nft", verb, "element", "ip", "bench", "published", "{ " + ", ".join(elements) + " }"], check=True)


def up(number):
    name = f"bench-{number}"
    netns.create(name)
    peer = {"ifname": "eth0", "net_ns_fd": name}
    ip.link("add", ifname=f"veth{number}", kind="veth", master=bridge, state="up", peer=peer)
    with NetNS(name) as inside:
        index = inside.link_lookup(ifname="eth0")[0]
        inside.link("set", index=1, state="up")
        inside.link("set", index=index, state="up")
        inside.addr("add", index=index, address=address(number), prefixlen=16)
        inside.route("add", dst="default", gateway="10.88.0.1")
    nft("add", [f"tcp . {port} : {address(number)} . 80" for port in published(number)])


def down(number):
    nft("delete", [f"tcp . {port}" for port in published(number)])
    ip.link("del", ifname=f"veth{number}")
    netns.remove(f"bench-{number}")


def cpu():
    return [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]


def phase(name, work):
    sys.stdin.readline()
    before, start, marks = cpu(), time.monotonic(), []
    for number in range(count):
        work(number)
        marks.append(time.monotonic() - start)
    after, told = cpu(), {"phase": name, "seconds": time.monotonic() - start, "marks": marks}
    told["user"] = sum(a.ru_utime - b.ru_utime for a, b in zip(after, before))
    told["system"] = sum(a.ru_stime - b.ru_stime for a, b in zip(after, before))
    print(json.dumps(told), flush=True)


print(json.dumps({"phase": "ready"}), flush=True)
phase("up", up)
phase("down", down)
