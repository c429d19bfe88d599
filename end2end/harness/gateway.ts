import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** One text message as the gateway took it. */
export interface Taken {
  id: string;
  reference: string;
  number: number;
  text: string;
  sender: string;
}

/** A gateway that speaks as much of EuroSMS as a story needs: it takes texts, tells credit, and says that all arrived once it has. */
export class Gateway {
  readonly taken: Taken[] = [];
  /** Whether what was taken has arrived; until then nothing is reported. */
  arrived = false;

  private constructor(private readonly server: Server) {}

  static async start(): Promise<Gateway> {
    const server = createServer((request, response) => {
      void gateway.answer(request).then(({ type, body }) => {
        response.writeHead(200, { "content-type": type });
        response.end(body);
      });
    });
    const gateway = new Gateway(server);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return gateway;
  }

  /** Its address without a path. */
  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  private async answer(request: IncomingMessage): Promise<{ type: string; body: string }> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) {
      chunks.push(chunk as Buffer);
    }
    const path = request.url ?? "";
    if (path.startsWith("/api/v2/balance")) {
      return { type: "text/plain", body: "42.50" };
    }
    if (path.startsWith("/api/v3/send/o2m")) {
      return json(this.take(JSON.parse(Buffer.concat(chunks).toString("utf8"))));
    }
    const reports = (this.arrived ? this.taken : []).map((it) => ({
      i: it.id, f: it.reference, rcpt: it.number, sgmnt: 1, dlr: "DELIVRD", dlr_time: "2026-11-22 10:00:00", price: 0.045, err_code: "OK",
    }));
    const one = path.split("/status/one/")[1];
    return json(one ? reports.filter((it) => it.i === one) : { count: reports.length, dlrs: reports, err_code: "OK" });
  }

  private take(asked: { txt: string; sndr: string; rcpts: { r: number; f: string }[] }): unknown {
    const accepted = asked.rcpts.map(({ r, f }) => {
      const id = `00000000-0000-0000-0000-${String(this.taken.length).padStart(12, "0")}`;
      this.taken.push({ id, reference: f, number: r, text: asked.txt, sender: asked.sndr });
      return { r, f, i: [id] };
    });
    return { err_code: "ENQUEUED", err_list: [], group_id: 1, accepted, wrong_numbers: [] };
  }
}

function json(value: unknown): { type: string; body: string } {
  return { type: "application/json", body: JSON.stringify(value) };
}
