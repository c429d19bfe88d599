import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { fromEnvironment } from "./environment";
import { Service } from "./service";

/** What one test may want different from a fresh installation. */
export interface Installation {
  /** A file of certificates that Posel shall trust besides those of the system. */
  trusts?: string;
  /** Settings as environment variables. */
  settings?: Record<string, string>;
  /** Whether a believable company with a year behind it is in it, instead of nothing. */
  demo?: boolean;
}

/** With what the administrator of the believable company signs in. */
export const DEMO = { email: "zuzana.hruskova@jasenove-dielo.example", password: "jasen-a-javor" };

/** One running server with a data folder of its own. */
export class Posel {
  private constructor(
    /** Where the browser finds it, e.g. `http://localhost:40123`. */
    readonly url: string,
    /** The folder with database, index and key. */
    readonly data: string,
    private readonly installation: Installation,
    private service: Service,
  ) {}

  /** Makes a fresh installation on a free port and waits until it is ready. */
  static async install(installation: Installation = {}): Promise<Posel> {
    const data = await mkdtemp(join(tmpdir(), "posel-"));
    if (installation.demo) {
      await promisify(execFile)(fromEnvironment("POSEL_BIN"), ["demo", "--data", data], { env: environment(installation) });
    }
    const url = `http://localhost:${await freePort()}`;
    const posel = new Posel(url, data, installation, serve(url, data, installation));
    try {
      await posel.service.answers(`${url}/readyz`);
    } catch (error) {
      await posel.remove();
      throw error;
    }
    return posel;
  }

  /** Answers the one-time link that a fresh installation prints on its console. */
  async firstRunLink(): Promise<string> {
    const [link] = await this.service.prints(new RegExp(`${this.url}/[^\\s"]{16,}`));
    return link;
  }

  /** Answers everything it has printed since its last start. */
  get output(): string {
    return this.service.output;
  }

  /** Stops the server, by default gracefully; its data stay. */
  async stop(signal?: NodeJS.Signals): Promise<void> {
    await this.service.stop(signal);
  }

  /** Starts a stopped server again on the same data. */
  async start(): Promise<void> {
    this.service = serve(this.url, this.data, this.installation);
    await this.service.answers(`${this.url}/readyz`);
  }

  /** Stops the server and removes its data. */
  async remove(): Promise<void> {
    await this.service.stop();
    await rm(this.data, { recursive: true, force: true });
  }
}

function serve(url: string, data: string, installation: Installation): Service {
  const args = ["serve", "--data", data, "--listen", `127.0.0.1:${new URL(url).port}`, "--public-url", url];
  return new Service("posel", fromEnvironment("POSEL_BIN"), args, { env: environment(installation) });
}

/** Leaves out the variables of the tests themselves: the server reads its settings from names of the same kind. */
function environment({ trusts, settings }: Installation): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith("POSEL_"));
  return { ...Object.fromEntries(inherited), ...(trusts ? { POSEL_TRUSTED_CERTIFICATES: trusts } : {}), ...settings };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
