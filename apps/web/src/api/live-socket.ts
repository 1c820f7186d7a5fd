import type {
  ClientEventName,
  ClientEventPayload,
  ServerEventName,
  ServerEventPayload,
  SocketAnswer,
} from '@zarpa/contracts';
import type { Socket } from 'socket.io-client';

/** What the API sends. */
export type ServerEvents = { [Name in ServerEventName]: (payload: ServerEventPayload<Name>) => void };

/** What the browser sends; each is answered. */
export type ClientEvents = {
  [Name in ClientEventName]: (payload: ClientEventPayload<Name>, answer: (answer: SocketAnswer) => void) => void;
};

/** The connection to the API over which everything that moves arrives. */
export type LiveSocket = Socket<ServerEvents, ClientEvents>;
