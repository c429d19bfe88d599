import type { Posel } from "./posel";

/** Who somebody is and with what they sign in. */
export interface Person {
  name: string;
  email: string;
  password: string;
}

/** The administrator of every installation that a test does not set up itself. */
export const EVA: Person = { name: "Eva Nováková", email: "eva@novak.example", password: "kôň žerie zelenú trávu" };

/** The company of every installation that a test does not set up itself. */
export const COMPANY = {
  name: "Novák a synovia, s. r. o.",
  registration_number: "12345678",
  tax_number: "2020123456",
  street: "Štefánikova 12",
  city: "Žilina",
  postcode: "010 01",
  country: "Slovakia",
  email: "info@novak.example",
  phone: "+421 41 123 45 67",
  web: "https://novak.example",
  language: "Sk",
  attachments_max: 15 * 1024 * 1024,
};

const COOKIE = "__Host-posel";

/** Somebody who is signed in and asks the server what the browser's program would ask; for what a test needs before it begins. */
export class Caller {
  private constructor(
    private readonly url: string,
    private readonly secret: string,
  ) {}

  /** Makes the administrator and the company of a fresh installation. */
  static async setUp(posel: Posel, language: "Sk" | "Cs" | "En" = "Sk"): Promise<Caller> {
    const token = new URL(await posel.firstRunLink()).hash.slice(1);
    return Caller.enter(posel.url, "session/set_up", { first_run: { token, ...EVA, company: COMPANY, language } });
  }

  /** Chooses a password by the link of an invitation. */
  static async accept(link: string, password: string): Promise<Caller> {
    const { origin, hash } = new URL(link);
    return Caller.enter(origin, "session/accept_invitation", { token: hash.slice(1), password });
  }

  /** Asks a call, such as `contacts/save_contact`, and answers its value. */
  async ask<T>(call: string, body: object = {}): Promise<T> {
    return (await post(this.url, call, body, this.secret)).json();
  }

  /** Takes a file in, as dropping it on the page does, and answers its id. */
  async attach(name: string, media_type: string, content: string | Uint8Array<ArrayBuffer>): Promise<number> {
    const headers = { origin: this.url, cookie: `${COOKIE}=${this.secret}`, "content-type": media_type };
    const answer = await fetch(`${this.url}/attachments?name=${encodeURIComponent(name)}`, { method: "POST", headers, body: content });
    return (await checked(answer, name)).json().then((attachment: { id: number }) => attachment.id);
  }

  /** What a browser holds when this person is signed in. */
  get cookie() {
    return { name: COOKIE, value: this.secret, url: this.url.replace("http:", "https:"), httpOnly: true, sameSite: "Strict" as const };
  }

  private static async enter(url: string, call: string, body: object): Promise<Caller> {
    const answer = await post(url, call, body);
    const [cookie = ""] = answer.headers.getSetCookie();
    return new Caller(url, cookie.slice(COOKIE.length + 1).split(";")[0]);
  }
}

async function post(url: string, call: string, body: object, secret = ""): Promise<Response> {
  const headers = { origin: url, cookie: `${COOKIE}=${secret}`, "content-type": "application/json" };
  const answer = await fetch(`${url}/api/app/${call}`, { method: "POST", headers, body: JSON.stringify(body) });
  return checked(answer, call);
}

async function checked(answer: Response, what: string): Promise<Response> {
  if (!answer.ok) {
    throw new Error(`${what} answered ${answer.status}: ${await answer.text()}`);
  }
  return answer;
}
