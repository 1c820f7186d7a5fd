import { TLSSocket } from 'node:tls';
import { buildConnector } from 'undici';

/**
 * Connects as undici does, and breaks an HTTP/2 connection that nothing came from for `deadAfterMs`. undici sends PINGs but does not look
 * whether they are answered, so all streams of a connection whose other side has vanished would hang for a quarter of an hour.
 */
export function createLiveConnector(
  options: buildConnector.BuildOptions,
  deadAfterMs: number,
): buildConnector.connector {
  const connect = buildConnector(options);
  return (target, callback) =>
    connect(target, (...outcome) => {
      const [, socket] = outcome;
      if (socket instanceof TLSSocket && socket.alpnProtocol === 'h2') breakWhenSilent(socket, deadAfterMs);
      callback(...outcome);
    });
}

function breakWhenSilent(socket: TLSSocket, deadAfterMs: number): void {
  const checkMs = deadAfterMs / 4;
  let seen = socket.bytesRead;
  let silentMs = 0;
  const check = setInterval(() => {
    silentMs = socket.bytesRead === seen ? silentMs + checkMs : 0;
    seen = socket.bytesRead;
    if (silentMs >= deadAfterMs) socket.destroy(new Error(`Nothing came for ${deadAfterMs} ms`));
  }, checkMs);
  check.unref();
  socket.once('close', () => clearInterval(check));
}
