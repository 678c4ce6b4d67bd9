/** The window of a small phone. */
export const PHONE = { width: 360, height: 740 };

/** Takes no connection: nothing on the internet is reached through it, and that is known at once. */
export const NOWHERE = { host: "127.0.0.1", port: 9 };

export interface Point {
  x: number;
  y: number;
}

/** A browser that Playwright does not drive, with one window of a phone's size. */
export interface Engine {
  /** Errors and warnings of the console, as far as the engine tells them. */
  readonly complaints: readonly string[];
  open(url: string): Promise<void>;
  /**
   * What a function gives when it is called in the page; nothing while the window is between two
   * pages. The function may not wait: where script is off, nothing in a page ever goes on.
   */
  evaluate<Args extends (string | number)[], Result>(
    work: (...args: Args) => Result,
    ...args: Args
  ): Promise<Result | undefined>;
  /** A real click, at a point of the window. */
  clickAt(point: Point): Promise<void>;
  picture(): Promise<Buffer>;
  close(): Promise<void>;
}

/** An engine, and how to start it with script switched on or off. */
export interface Make {
  readonly name: string;
  start(options: { script: boolean }): Promise<Engine>;
}
