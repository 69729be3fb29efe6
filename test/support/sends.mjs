// Sends UDP packets, as the arguments say: JSON of [source address, destination address, port, packets, bytes a packet].
import { createSocket } from 'node:dgram';

for (const [local, address, port, count, size] of JSON.parse(process.argv[2])) {
  const socket = createSocket('udp4');
  await new Promise((resolve) => socket.bind(0, local, resolve));
  for (let i = 0; i < count; i++) {
    await new Promise((resolve, reject) => {
      socket.send(Buffer.alloc(size), port, address, (error) => (error ? reject(error) : resolve()));
    });
  }
  socket.close();
}
