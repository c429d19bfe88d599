import { expect, type Page } from "@playwright/test";
import type { Caller } from "./caller";

/** Ids of one thing of each kind in an installation that has been worked with. */
export interface Office {
  contact: number;
  sent: number;
  prepared: number;
  draft: number;
  captured: number;
  account: number;
  user: number;
  role: number;
}

/** A screen of a signed-in person. */
export interface Place {
  name: string;
  path: string;
}

const CLIENT = {
  nature: "Person",
  kind: "Client",
  first_name: "Žofia",
  last_name: "Ďurišová",
  company_name: "Čistiareň Šťastná",
  position: "konateľka",
  salutation: "",
  language: null,
  emails: [
    { text: "zofia@stastna.example", purpose: "General" },
    { text: "faktury@stastna.example", purpose: "Invoices" },
  ],
  phones: [{ text: "+421 903 123 456", purpose: "General" }],
  billing: { street: "Hlavná 7", city: "Ružomberok", postcode: "034 01", country: "" },
  registration_number: "",
  note: "Volať po deviatej.",
};

const LETTER = {
  contact: null as number | null,
  account: null,
  to: "Žofia Ďurišová <zofia@stastna.example>",
  cc: "",
  bcc: "",
  subject: "Zmena otváracích hodín",
  body: "Dobrý deň,\n\nod pondelka máme otvorené do šiestej.\n\n- Žilina\n- Martin",
  with_signature: true,
  attachments: [] as number[],
};

const RELAY = {
  name: "Obchod",
  smtp: { host: "smtp.novak.example", port: 587, security: "StartTls", user_name: "obchod@novak.example" },
  password: "tajné",
  sender_name: "Novák a synovia",
  sender_address: "obchod@novak.example",
  reply_to: "",
  hourly_limit: 600,
  pace: {
    connections: 3,
    messages_per_connection: 100,
    minute_limit: null,
    window: { days: 127, from: 0, until: 1440 },
    ramp: null,
    domains: [] as { domain: string; per_hour: number }[],
  },
};

/** Makes one thing of each kind; nothing of it leaves the installation. */
export async function furnish(admin: Caller): Promise<Office> {
  const contact = await admin.ask<number>("contacts/save_contact", { key: null, draft: CLIENT });
  const file = await admin.attach("cenník.txt", "text/plain", "Kôš: 4,20 €\n");
  const letter = { ...LETTER, contact, attachments: [file] };
  const { id: sent } = await admin.ask<{ id: number }>("messages/send_message", { key: null, draft: letter });
  const prepared = await admin.ask<number>("messages/prepare_message", { key: null, draft: LETTER });
  const { id: draft } = await admin.ask<{ id: number }>("messages/save_draft", { key: null, draft: LETTER });
  const roles = await admin.ask<{ id: number; delivered: string | null }[]>("users/list_roles");
  const role = roles.find(({ delivered }) => delivered === "Reader")?.id ?? 0;
  const guest = { name: "Ľubica Malá", email: "lubica@novak.example", roles: [role], language: "Sk" };
  const [user] = await admin.ask<[number]>("users/invite_user", { draft: guest });
  await expect.poll(() => stateOf(admin, sent), { timeout: 30_000 }).toBe("Sent");
  const { rows } = await admin.ask<{ rows: { id: number }[] }>("capture/list_captured", { after: null });
  // A real account comes last: from then on the default one is no longer Capture.
  const account = await admin.ask<number>("accounts/save_account", { id: null, draft: RELAY });
  return { contact, sent, prepared, draft, captured: rows[0].id, account, user, role };
}

/** All screens of a signed-in person. */
export function placesOf(office: Office): Place[] {
  const { contact, sent, prepared, draft, captured, account, user, role } = office;
  return [
    { name: "overview", path: "/" },
    { name: "messages", path: "/messages" },
    { name: "messages that are not there", path: "/messages?q=neexistuje" },
    { name: "sent message", path: `/messages/${sent}` },
    { name: "sent message, attachments", path: `/messages/${sent}?tab=attachments` },
    { name: "sent message, deliveries", path: `/messages/${sent}?tab=deliveries` },
    { name: "sent message, log", path: `/messages/${sent}?tab=log` },
    { name: "sent message, links", path: `/messages/${sent}?tab=links` },
    { name: "prepared message", path: `/messages/${prepared}` },
    { name: "message that is not there", path: "/messages/999" },
    { name: "writing", path: "/write" },
    { name: "writing on", path: `/write?draft=${draft}` },
    { name: "bin", path: "/bin" },
    { name: "contacts", path: "/contacts" },
    { name: "contact", path: `/contacts/${contact}` },
    { name: "contact, consents", path: `/contacts/${contact}?tab=consent` },
    { name: "contact, history", path: `/contacts/${contact}?tab=history` },
    { name: "new contact", path: "/contacts/new" },
    { name: "contact being edited", path: `/contacts/${contact}/edit` },
    { name: "outbox", path: "/outbox?part=planned" },
    { name: "suppressed recipients", path: "/suppressions" },
    { name: "lifted suppressions", path: "/suppressions?lifted=yes" },
    { name: "campaigns", path: "/campaigns" },
    { name: "campaigns that are not there", path: "/campaigns?q=neexistuje" },
    { name: "new campaign", path: "/campaigns/new" },
    { name: "campaign that is not there", path: "/campaigns/999" },
    { name: "templates", path: "/templates" },
    { name: "templates that are not there", path: "/templates?q=neexistuje" },
    { name: "template", path: "/templates/1" },
    { name: "template, versions", path: "/templates/1?tab=versions" },
    { name: "template, uses", path: "/templates/1?tab=uses" },
    { name: "template, history", path: "/templates/1?tab=history" },
    { name: "library", path: "/library" },
    { name: "library as a list", path: "/library?look=list" },
    { name: "library without what is looked for", path: "/library?q=neexistuje" },
    { name: "captured mails", path: "/capture" },
    { name: "captured mail", path: `/capture/${captured}` },
    { name: "log", path: "/log" },
    { name: "profile", path: "/settings/profile" },
    { name: "sessions", path: "/settings/sessions" },
    { name: "company", path: "/settings/company" },
    { name: "own fields", path: "/settings/fields" },
    { name: "accounts", path: "/settings/accounts" },
    { name: "new account", path: "/settings/accounts/new" },
    { name: "new account for text messages", path: "/settings/accounts/new?channel=sms" },
    { name: "writing a text message", path: "/write?channel=sms" },
    { name: "account", path: `/settings/accounts/${account}` },
    { name: "readiness", path: `/settings/accounts/${account}/readiness` },
    { name: "relays that stand in", path: `/settings/accounts/${account}/stand-ins` },
    { name: "copies", path: `/settings/accounts/${account}/copies` },
    { name: "bounce mailbox", path: `/settings/accounts/${account}/mailbox` },
    { name: "repeated tries", path: "/settings/retries" },
    { name: "keeping messages", path: "/settings/retention" },
    { name: "old archive", path: "/settings/old-archive" },
    { name: "rules of campaigns", path: "/settings/campaigns" },
    { name: "returned mail", path: "/settings/returns" },
    { name: "senders", path: "/settings/senders" },
    { name: "domain of senders", path: "/settings/senders/domain?name=novak.example" },
    { name: "proposed suppressions", path: "/suppressions/proposals" },
    { name: "users", path: "/settings/users" },
    { name: "invitation", path: "/settings/users/new" },
    { name: "user", path: `/settings/users/${user}` },
    { name: "roles", path: "/settings/roles" },
    { name: "new role", path: "/settings/roles/new" },
    { name: "role", path: `/settings/roles/${role}` },
    { name: "parts", path: "/parts" },
    { name: "address that leads nowhere", path: "/nikam/nevedie" },
  ];
}

/** Waits until nothing on the page is still being fetched. */
export async function settled(page: Page): Promise<void> {
  await expect(page.getByRole("main")).toBeVisible();
  if (new URL(page.url()).pathname === "/parts") {
    // Shows each part in each state, also in those that wait.
    return;
  }
  await expect(page.locator("main .skeleton:visible")).toHaveCount(0);
  await expect(page.locator("main [aria-busy=true]")).toHaveCount(0);
}

/** The narrowest phone that people still use. */
export const PHONE = { width: 360, height: 740 };

/** What is wider than the window, by its outermost element; what scrolls inside a box of its own is fine. */
export async function sideways(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { clientWidth, scrollWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) {
      return [];
    }
    const wide = Array.from(document.body.querySelectorAll("*")).filter((it) => clientWidth < it.getBoundingClientRect().right);
    return wide.slice(0, 5).map((it) => `${it.tagName.toLowerCase()}.${it.getAttribute("class")} of ${scrollWidth} px`);
  });
}

/** How far a message has come. */
export async function stateOf(caller: Caller, message: number): Promise<string> {
  const { state } = await caller.ask<{ state: string }>("history/open_message", { id: message });
  return state;
}
