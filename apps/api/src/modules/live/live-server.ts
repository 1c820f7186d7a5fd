import type { Server as HttpServer } from 'node:http';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { createAdapter } from '@socket.io/redis-adapter';
import type { OwnerId, ServerEventName, ServerEventPayload } from '@zarpa/contracts';
import type { Logger } from '@zarpa/observability';
import { Server, type Socket } from 'socket.io';
import { LOGGER } from '../../platform/logger.ts';
import { RedisConnections } from '../../redis/redis-connections.ts';
import { SETTINGS, type Settings } from '../../settings.ts';
import { SessionCookies, SessionService } from '../session/index.ts';
import { ClientEvents } from './client-events.ts';
import { SocketWatches } from './socket-watches.ts';

const largestFrameBytes = 100_000;

const roomOf = (ownerId: OwnerId): string => `owner:${ownerId}`;

/** Socket.IO for browsers. A socket is in its owner's room, and in no other. */
@Injectable()
export class LiveServer implements OnApplicationShutdown {
  private io: Server | undefined;

  constructor(
    private readonly sessions: SessionService,
    private readonly cookies: SessionCookies,
    private readonly events: ClientEvents,
    private readonly redis: RedisConnections,
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  attach(server: HttpServer): void {
    const { WEB_ORIGIN, REDIS_KEY_PREFIX } = this.settings;
    const key = `${REDIS_KEY_PREFIX}socket.io`;
    const io = new Server(server, {
      adapter: createAdapter(this.redis.dedicated('publish'), this.redis.dedicated('subscribe'), { key }),
      cors: { origin: WEB_ORIGIN, credentials: true },
      allowRequest: ({ headers }, decide) => decide(null, !headers.origin || headers.origin === WEB_ORIGIN),
      maxHttpBufferSize: largestFrameBytes,
      serveClient: false,
      perMessageDeflate: false,
    });
    io.use((socket, next) => {
      this.admit(socket).then(next, (err: unknown) => {
        this.logger.error({ err }, 'Failed to admit a socket');
        next(refusal('unavailable'));
      });
    });
    io.on('connection', (socket) => this.serve(socket));
    this.io = io;
  }

  /** To every page that the owner has open, whichever API process it is connected to. */
  emit<Name extends ServerEventName>(ownerId: OwnerId, name: Name, payload: ServerEventPayload<Name>): void {
    this.io?.to(roomOf(ownerId)).emit(name, payload);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.io?.close();
  }

  private async admit(socket: Socket): Promise<Error | undefined> {
    const token = this.cookies.read(socket.request);
    const session = token === undefined ? undefined : await this.sessions.authenticate(token);
    if (!session) return refusal('not_authenticated');
    socket.data.session = session;
    await socket.join(roomOf(session.ownerId));
    return undefined;
  }

  private serve(socket: Socket): void {
    const { session } = socket.data;
    const watches = new SocketWatches(socket);
    const language = socket.handshake.headers['accept-language'];
    this.events.bind(socket, { scope: session.scope, watches, language });
    socket.once('disconnect', () => watches.stopAll());
  }
}

function refusal(code: string): Error {
  return Object.assign(new Error(code), { data: { code } });
}
