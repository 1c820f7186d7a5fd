import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
import { Server } from 'socket.io';

const http = createServer();
const sockets = new Server(http);
createInterface({ input: process.stdin }).on('line', (line) => sockets.emit('lines', [line]));
http.listen(Number(process.argv[2]), '127.0.0.1');
