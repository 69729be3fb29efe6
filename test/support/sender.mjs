// Waits on standard input for `ADDRESS PORT BYTES-A-PACKET`, then sends UDP packets as fast as they go until it is killed.
import { createSocket } from 'node:dgram';
import { createInterface } from 'node:readline';

const lines = createInterface({ input: process.stdin });
console.log('ready');
for await (const line of lines) {
  const [address, port, size] = line.split(' ');
  const socket = createSocket('udp4');
  socket.on('error', () => {});
  const packet = Buffer.alloc(Number(size));
  const send = () => {
    // Some at a time: a full queue drops, it does not block.
    for (let i = 0; i < 16; i++) socket.send(packet, Number(port), address);
    setTimeout(send, 1);
  };
  send();
  console.log('sending');
}
