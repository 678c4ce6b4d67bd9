import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { type ParsedMail, simpleParser } from "mailparser";
import { SMTPServer } from "smtp-server";

interface Waiting {
  matches: (mail: ParsedMail) => boolean;
  resolve: (mail: ParsedMail) => void;
}

/** A real SMTP server on loopback that hands mails to whoever waits for them. */
export class Mailbox {
  readonly #server: SMTPServer;
  readonly #unread: ParsedMail[] = [];
  #waiting: Waiting[] = [];

  private constructor() {
    this.#server = new SMTPServer({
      authOptional: true,
      disabledCommands: ["AUTH", "STARTTLS"],
      disableReverseLookup: true,
      onData: (stream, _session, done) => {
        simpleParser(stream).then(
          (mail) => {
            this.#deliver(mail);
            done();
          },
          (error: Error) => done(error),
        );
      },
    });
  }

  static async open(): Promise<Mailbox> {
    const mailbox = new Mailbox();
    mailbox.#server.listen(0, "127.0.0.1");
    await once(mailbox.#server.server, "listening");
    return mailbox;
  }

  /** What Portico is told as `PORTICO_MAIL__URL`. */
  get url(): string {
    const address = this.#server.server.address() as AddressInfo;
    return `smtp://127.0.0.1:${address.port}`;
  }

  /** The next unread mail to an address; resolves at its arrival. */
  next(to: string): Promise<ParsedMail> {
    const matches = (mail: ParsedMail) => recipients(mail).includes(to.toLowerCase());
    const index = this.#unread.findIndex(matches);
    const [mail] = index < 0 ? [] : this.#unread.splice(index, 1);
    if (mail !== undefined) {
      return Promise.resolve(mail);
    }
    return new Promise((resolve) => this.#waiting.push({ matches, resolve }));
  }

  async close(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.close(resolve));
  }

  #deliver(mail: ParsedMail): void {
    const waiting = this.#waiting.find(({ matches }) => matches(mail));
    if (waiting === undefined) {
      this.#unread.push(mail);
      return;
    }
    this.#waiting = this.#waiting.filter((other) => other !== waiting);
    waiting.resolve(mail);
  }
}

function recipients(mail: ParsedMail): string[] {
  const fields = [mail.to ?? []].flat();
  return fields.flatMap(({ value }) => value.map(({ address }) => address?.toLowerCase() ?? ""));
}

/** The guided link in a mail, which both of its forms must carry. */
export function linkIn(mail: ParsedMail): string {
  const pattern = /https?:\/\/[^\s"<>]+\/i\/[\w-]+/;
  const inText = mail.text?.match(pattern)?.[0];
  const inHtml = (mail.html || "").match(pattern)?.[0];
  if (inText === undefined || inHtml !== inText) {
    throw new Error(`the mail's forms carry different links: ${inText}, ${inHtml}`);
  }
  return inText;
}
