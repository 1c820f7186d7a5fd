import { once } from 'node:events';
import { type Dispatcher, WebSocket } from 'undici';

/** Kubernetes' channels over a WebSocket: the first byte of a message says which. */
const protocol = 'v5.channel.k8s.io';
const channel = { stdin: 0, error: 3, close: 255 } as const;

/**
 * Writes to the standard input of a container, by the address of its `attach`. Resolves when the server has taken it; whether the container has
 * read it is not known.
 */
export async function writeStdin(
  address: URL,
  text: string,
  options: { dispatcher: Dispatcher; headers: Readonly<Record<string, string>>; signal: AbortSignal },
): Promise<void> {
  const { dispatcher, headers, signal } = options;
  const socket = new WebSocket(address, { protocols: [protocol], dispatcher, headers: { ...headers } });
  socket.binaryType = 'arraybuffer';
  const closed = once(socket, 'close', { signal });
  const messages: Buffer[] = [];
  let failure: unknown = null;
  socket.addEventListener('open', () => {
    socket.send(Buffer.from([channel.stdin, ...Buffer.from(text)]));
    socket.send(Buffer.from([channel.close, channel.stdin]));
    socket.close();
  });
  socket.addEventListener('message', ({ data }) => messages.push(Buffer.from(data as ArrayBuffer)));
  socket.addEventListener('error', ({ error }) => {
    failure = error;
  });
  try {
    await closed;
  } finally {
    if (socket.readyState !== WebSocket.CLOSED) socket.close();
  }
  if (failure !== null) throw failure;
  const complaint = messages.find((message) => message[0] === channel.error && message.length > 1);
  if (complaint !== undefined) throw new Error(complaint.toString('utf8', 1, 500));
}
