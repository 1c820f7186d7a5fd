import { once } from 'node:events';
import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { getCACertificates } from 'node:tls';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

const timeoutMs = 30_000;
const largestAnswerBytes = 8 * 1_048_576;

/** Plain requests that trust, beside the usual authorities, one's own. */
export class HttpExchange {
  readonly #https: HttpsAgent;
  readonly #http = new HttpAgent({ keepAlive: true });

  constructor({ caPem }: { caPem: string | null }) {
    this.#https = new HttpsAgent({
      keepAlive: true,
      ...(caPem === null ? {} : { ca: [...getCACertificates(), caPem] }),
    });
  }

  /** @throws where no answer came. Follows nothing. */
  async send(method: string, url: URL, headers: Readonly<Record<string, string>>): Promise<Answer> {
    const signal = AbortSignal.timeout(timeoutMs);
    const options = { method, headers, signal };
    const request =
      url.protocol === 'https:'
        ? httpsRequest(url, { ...options, agent: this.#https })
        : httpRequest(url, { ...options, agent: this.#http });
    request.end();
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of response) {
      size += (chunk as Buffer).length;
      if (size > largestAnswerBytes) throw new Error(`The answer to ${method} ${url.pathname} is too long`);
      chunks.push(chunk as Buffer);
    }
    return { status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) };
  }

  close(): void {
    this.#https.destroy();
    this.#http.destroy();
  }
}
