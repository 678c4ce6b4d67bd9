import { execFile } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { type IncomingMessage, request, type ServerResponse } from "node:http";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const FIRST = "www.facebook.com";
const SECOND = "m.facebook.com";

/**
 * The hosts of Facebook, on loopback: the first one sends every request on to the second one, as
 * in life for phones, and the second one shows what the sandbox answers.
 */
export class Facebook {
  /** What Portico is told as `PORTICO_META__DIALOG_URL`. */
  readonly dialogUrl = `https://${FIRST}`;
  /** The hosts that were asked, in order. */
  readonly asked: string[] = [];
  /** Where the sandbox is. */
  sandboxUrl = "";
  readonly #server: Server;

  private constructor(identity: { key: Buffer; cert: Buffer }) {
    this.#server = createServer(identity, (incoming, response) => {
      const host = incoming.headers.host ?? "";
      this.asked.push(host);
      if (host === FIRST) {
        response.writeHead(302, { location: `https://${SECOND}${incoming.url}` }).end();
      } else {
        this.#pass(incoming, response);
      }
    });
  }

  static async open(): Promise<Facebook> {
    const facebook = new Facebook(await selfSigned());
    facebook.#server.listen(0, "127.0.0.1");
    await once(facebook.#server, "listening");
    return facebook;
  }

  /** How Chromium is told to find these hosts here, and to take their certificate. */
  get browserArguments(): string[] {
    const { port } = this.#server.address() as AddressInfo;
    return [
      `--host-resolver-rules=MAP *.facebook.com 127.0.0.1:${port}`,
      "--ignore-certificate-errors",
    ];
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, "close");
  }

  #pass(incoming: IncomingMessage, response: ServerResponse): void {
    const { host: _, ...headers } = incoming.headers;
    const onward = request(
      `${this.sandboxUrl}${incoming.url}`,
      { method: incoming.method, headers },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      },
    );
    onward.on("error", (error) => response.destroy(error));
    incoming.pipe(onward);
  }
}

async function selfSigned(): Promise<{ key: Buffer; cert: Buffer }> {
  const folder = await mkdtemp(join(tmpdir(), "portico-e2e-tls-"));
  const [key, cert] = [join(folder, "key"), join(folder, "cert")];
  await promisify(execFile)("openssl", [
    ...["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"],
    ...["-days", "1", "-subj", "/CN=facebook.com", "-addext", "subjectAltName=DNS:*.facebook.com"],
    ...["-keyout", key, "-out", cert],
  ]);
  const identity = { key: await readFile(key), cert: await readFile(cert) };
  await rm(folder, { recursive: true });
  return identity;
}
