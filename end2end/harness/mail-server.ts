import { watch } from "node:fs";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { fromEnvironment } from "./environment";
import { Service } from "./service";

/** A mail as the server took it. */
export interface ReceivedMail {
  from: string;
  to: string[];
  /** The name that was signed in with. */
  user: string;
  /** Whether it came over TLS. */
  tls: boolean;
  /** Names in small letters and values, decoded, in their order. */
  headers: [string, string][];
  /** The plain text; null when there is none. */
  text: string | null;
  /** The HTML; null when there is none. */
  html: string | null;
  /** The attachments. */
  files: { name: string; type: string; content: Buffer }[];
  /** What is wrong with it in the eyes of Python's library. */
  defects: string[];
  /** Headers and body as they came over the wire. */
  source: string;
}

/** Answers the value of a header; nothing when there is none. */
export function header(mail: ReceivedMail, wanted: string): string | undefined {
  return mail.headers.find(([name]) => name === wanted)?.[1];
}

const USER = "posel@firma.example";
const PASSWORD = "tajné heslo 42";

/** How long a mail may take to arrive, in milliseconds. */
const PATIENCE = 30_000;

/** An SMTP server nobody here wrote: aiosmtpd, which insists on STARTTLS and a password. */
export class MailServer {
  readonly host = "localhost";
  readonly user = USER;
  readonly password = PASSWORD;

  private constructor(
    readonly port: number,
    private readonly folder: string,
    private readonly service: Service,
  ) {}

  /** Starts a server on a free port of its own. */
  static async start(): Promise<MailServer> {
    const folder = await mkdtemp(join(tmpdir(), "posel-mails-"));
    const script = fileURLToPath(new URL("mail_server.py", import.meta.url));
    const service = new Service("aiosmtpd", fromEnvironment("POSEL_TEST_AIOSMTPD"), [script, folder, USER, PASSWORD]);
    const [, port] = await service.prints(/"port": (\d+)/);
    return new MailServer(Number(port), folder, service);
  }

  /** The file with the authority that signed its certificate. */
  get authority(): string {
    return join(this.folder, "ca.pem");
  }

  /** Answers the mails to one address so far, oldest first. */
  async mailsTo(address: string): Promise<ReceivedMail[]> {
    const names = (await readdir(this.folder)).filter((name) => name.endsWith(".json")).sort();
    const mails = await Promise.all(names.map((name) => this.read(name.replace(".json", ""))));
    return mails.filter((mail) => mail.to.includes(address));
  }

  /** Waits for a mail to one address: the first one, or the `nth`. */
  async mailTo(address: string, nth = 1): Promise<ReceivedMail> {
    const deadline = AbortSignal.timeout(PATIENCE);
    const changes = watch(this.folder, { signal: deadline });
    try {
      for (;;) {
        const changed = new Promise((resolve) => {
          changes.once("change", resolve);
          deadline.addEventListener("abort", resolve, { once: true });
        });
        const mails = await this.mailsTo(address);
        if (nth <= mails.length) {
          return mails[nth - 1];
        }
        if (deadline.aborted) {
          throw new Error(`no ${nth}. mail to ${address} within ${PATIENCE / 1000} s:\n${this.service.output}`);
        }
        await changed;
      }
    } finally {
      changes.close();
    }
  }

  /** Stops the server and forgets its mails. */
  async remove(): Promise<void> {
    await this.service.stop();
    await rm(this.folder, { recursive: true, force: true });
  }

  private async read(stem: string): Promise<ReceivedMail> {
    const envelope = JSON.parse(await readFile(join(this.folder, `${stem}.json`), "utf8"));
    const files = envelope.files.map((file: { content: string }) => ({ ...file, content: Buffer.from(file.content, "base64") }));
    return { ...envelope, files, source: await readFile(join(this.folder, `${stem}.eml`), "utf8") };
  }
}
