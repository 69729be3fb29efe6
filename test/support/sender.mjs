// Waits on standard input for `ADDRESS PORT BYTES-A-PACKET`, then sends UDP packets as fast as they go until it is killed.
// Each of several sockets fills its buffer, so that there is something to send also when this program has to wait.
import { createSocket } from 'node:dgram';
import { createInterface } from 'node:readline';

const SOCKETS = 8;

const lines = createInterface({ input: process.stdin });
console.log('ready');
for await (const line of lines) {
  const [address, port, size] = line.split(' ');
  const packet = Buffer.alloc(Number(size));
  for (let i = 0; i < SOCKETS; i++) {
    const socket = createSocket('udp4');
    socket.on('error', () => {});
    const send = () => {
      socket.send(packet, Number(port), address, (error) => {
        // A full queue has dropped it.
        if (error) setTimeout(send, 1);
        else send();
      });
    };
    for (let j = 0; j < 4; j++) send();
  }
  console.log('sending');
}
