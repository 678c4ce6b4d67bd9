/** A driver whose browser fell over says nothing, for ever. */
const ANSWER_LIMIT = 30_000;

/** An answer of a driver that is an error, with the code that the standard gives it. */
export class WebDriverError extends Error {
  readonly code: string;

  constructor(what: string, code: string, message: string) {
    super(`${what}: ${code}: ${message}`);
    this.code = code;
  }
}

/** One session of a browser, over the few calls of the W3C's WebDriver that the journeys need. */
export class WebDriver {
  readonly #session: string;

  private constructor(session: string) {
    this.#session = session;
  }

  /** Starts the browser that fits the capabilities. */
  static async begin(driver: string, capabilities: object): Promise<WebDriver> {
    const { sessionId } = await call<{ sessionId: string }>("POST", `${driver}/session`, {
      capabilities: { alwaysMatch: capabilities },
    });
    return new WebDriver(`${driver}/session/${sessionId}`);
  }

  post<Value>(path: string, body: object): Promise<Value> {
    return call("POST", `${this.#session}${path}`, body);
  }

  get<Value>(path: string): Promise<Value> {
    return call("GET", `${this.#session}${path}`);
  }

  async end(): Promise<void> {
    await call("DELETE", this.#session);
  }
}

async function call<Value>(method: string, url: string, body?: object): Promise<Value> {
  const signal = AbortSignal.timeout(ANSWER_LIMIT);
  const request = body === undefined ? {} : { body: JSON.stringify(body) };
  const response = await fetch(url, { method, signal, ...request });
  const { value } = (await response.json()) as { value: unknown };
  if (!response.ok) {
    const { error, message } = value as { error: string; message: string };
    throw new WebDriverError(`${method} ${new URL(url).pathname}`, error, message);
  }
  return value as Value;
}
