// Go: vishvananda/netlink and google/nftables, `wide` endpoints at a time, ends made in place.
package main

import (
	"bufio"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"net"
	"os"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/google/nftables"
	"github.com/vishvananda/netlink"
	"github.com/vishvananda/netns"
)

const firstPort = 10000

var (
	count, ports, wide = 0, 1, 1
	gateway            = net.IPv4(10, 88, 0, 1)
	bridge             int
)

func must(err error) {
	if err != nil {
		panic(err)
	}
}

func addressOf(number int) net.IP {
	return net.IPv4(10, 88, byte((number+2)>>8), byte(number+2)).To4()
}

func elements(number int, withData bool) []nftables.SetElement {
	list := make([]nftables.SetElement, ports)
	for i := range list {
		list[i].Key = make([]byte, 8)
		list[i].Key[0] = syscall.IPPROTO_TCP
		binary.BigEndian.PutUint16(list[i].Key[4:], uint16(firstPort+number*ports+i))
		if withData {
			list[i].Val = make([]byte, 8)
			copy(list[i].Val, addressOf(number))
			binary.BigEndian.PutUint16(list[i].Val[4:], 80)
		}
	}
	return list
}

// A worker's own connections.
type worker struct {
	home   netns.NsHandle
	handle *netlink.Handle
	nft    *nftables.Conn
	set    *nftables.Set
}

func newWorker() *worker {
	home, err := netns.Get()
	must(err)
	handle, err := netlink.NewHandle()
	must(err)
	table := &nftables.Table{Name: "bench", Family: nftables.TableFamilyIPv4}
	// Not read from the kernel: types of concatenations are not understood.
	set := &nftables.Set{Table: table, Name: "published", IsMap: true}
	return &worker{home, handle, &nftables.Conn{}, set}
}

func (w *worker) up(number int) {
	ns, err := netns.NewNamed(fmt.Sprintf("bench-%d", number))
	must(err)
	must(netns.Set(w.home))
	attrs := netlink.NewLinkAttrs()
	attrs.Name = fmt.Sprintf("veth%d", number)
	attrs.MasterIndex = bridge
	attrs.Flags = net.FlagUp
	veth := &netlink.Veth{LinkAttrs: attrs, PeerName: "eth0", PeerNamespace: netlink.NsFd(int(ns))}
	must(w.handle.LinkAdd(veth))
	inside, err := netlink.NewHandleAt(ns)
	must(err)
	lo, err := inside.LinkByName("lo")
	must(err)
	must(inside.LinkSetUp(lo))
	eth0, err := inside.LinkByName("eth0")
	must(err)
	must(inside.LinkSetUp(eth0))
	must(inside.AddrAdd(eth0, &netlink.Addr{IPNet: &net.IPNet{IP: addressOf(number), Mask: net.CIDRMask(16, 32)}}))
	must(inside.RouteAdd(&netlink.Route{LinkIndex: eth0.Attrs().Index, Gw: gateway}))
	inside.Delete()
	ns.Close()
	must(w.nft.SetAddElements(w.set, elements(number, true)))
	must(w.nft.Flush())
}

func (w *worker) down(number int) {
	must(w.nft.SetDeleteElements(w.set, elements(number, false)))
	must(w.nft.Flush())
	link, err := w.handle.LinkByName(fmt.Sprintf("veth%d", number))
	must(err)
	must(w.handle.LinkDel(link))
	must(netns.DeleteNamed(fmt.Sprintf("bench-%d", number)))
}

func seconds(t syscall.Timeval) float64 { return float64(t.Sec) + float64(t.Usec)/1e6 }

func phase(input *bufio.Reader, name string, work func(*worker, int)) {
	input.ReadString('\n')
	var before, after syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &before)
	start := time.Now()
	marks := make([]float64, count)
	var next int64
	var all sync.WaitGroup
	for i := 0; i < wide; i++ {
		all.Add(1)
		go func() {
			defer all.Done()
			runtime.LockOSThread()
			w := newWorker()
			for number := int(atomic.AddInt64(&next, 1)) - 1; number < count; number = int(atomic.AddInt64(&next, 1)) - 1 {
				work(w, number)
				marks[number] = time.Since(start).Seconds()
			}
		}()
	}
	all.Wait()
	took := time.Since(start).Seconds()
	syscall.Getrusage(syscall.RUSAGE_SELF, &after)
	told, _ := json.Marshal(map[string]any{"phase": name, "seconds": took, "marks": marks,
		"user":   seconds(after.Utime) - seconds(before.Utime),
		"system": seconds(after.Stime) - seconds(before.Stime)})
	fmt.Println(string(told))
}

func main() {
	for _, argument := range os.Args[1:] {
		name, value, _ := strings.Cut(argument, "=")
		number, _ := strconv.Atoi(value)
		switch name {
		case "count":
			count = number
		case "ports":
			ports = number
		case "wide":
			wide = number
		}
	}
	link, err := netlink.LinkByName("br0")
	must(err)
	bridge = link.Attrs().Index
	os.MkdirAll("/run/netns", 0o755)
	input := bufio.NewReader(os.Stdin)
	fmt.Println(`{"phase":"ready"}`)
	phase(input, "up", (*worker).up)
	phase(input, "down", (*worker).down)
}
