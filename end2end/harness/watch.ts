import type { BrowserContext } from "@playwright/test";

/** What the browser itself says about a page that answers with a status: the tests look at what the page makes of it. */
const STATUS = /^Failed to load resource: (the server responded with a status of|net::ERR_)/;

/** The recorder of traces puts a script into each frame, also into those where nothing may run. */
const RECORDER = /^Blocked script execution in '(about:srcdoc|[^']*\/(html|preview)[^']*)' because the document's frame is sandboxed/;

/** Everything in a browser that must not happen on any page of ours, whatever else a test is about. */
export class Watch {
  /** What the console of the browser reported as an error: also what the Content-Security-Policy stopped. */
  readonly errors: string[] = [];
  /** Requests that left our origin. */
  readonly strangers: string[] = [];

  constructor(private readonly origin: string) {}

  /** Watches one more browser. */
  follow(context: BrowserContext): void {
    context.on("console", (message) => {
      const text = message.text();
      if (message.type() === "error" && !STATUS.test(text) && !RECORDER.test(text)) {
        this.errors.push(`${message.location().url}: ${text}`);
      }
    });
    context.on("weberror", (error) => this.errors.push(String(error.error())));
    context.on("request", (request) => {
      const { protocol, origin: asked } = new URL(request.url());
      if (protocol.startsWith("http") && asked !== this.origin) {
        this.strangers.push(request.url());
      }
    });
  }
}
