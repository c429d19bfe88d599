import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import type { Page } from "@playwright/test";
import { type Caller, expect, test } from "../harness/fixtures";

function textbox(page: Page, name: string) {
  return page.getByRole("textbox", { name: new RegExp(`^${name}( nepovinné)?$`) });
}

/** A POP3 server with an empty mailbox; the password is `heslo`. */
async function postBox(): Promise<Server> {
  const answer = (line: string): string => {
    const [command, argument] = line.split(" ");
    if (command === "PASS" && argument !== "heslo") {
      return "-ERR wrong password\r\n";
    }
    return command === "UIDL" ? "+OK\r\n.\r\n" : command === "STAT" ? "+OK 0 0\r\n" : "+OK\r\n";
  };
  const server = createServer((socket: Socket) => {
    let rest = "";
    socket.on("error", () => socket.destroy());
    socket.write("+OK ready\r\n");
    socket.on("data", (bytes) => {
      const lines = (rest + bytes.toString()).split("\r\n");
      rest = lines.pop() ?? "";
      for (const line of lines) {
        socket.write(answer(line));
        if (line === "QUIT") {
          socket.end();
        }
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return server;
}

/** The link in the newest captured mail. */
async function link(admin: Caller): Promise<string> {
  let found: string | undefined;
  await expect(async () => {
    const page = await admin.ask<{ rows: { id: number }[] }>("capture/list_captured", { after: null });
    expect(page.rows).not.toHaveLength(0);
    const mail = await admin.ask<{ text: string }>("capture/open_captured", { id: page.rows[0]?.id });
    found = /https?:\/\/\S+\/sender\/\S+/.exec(mail.text)?.[0];
    expect(found).toBeDefined();
  }).toPass();
  return found ?? "";
}

const ACCOUNT = {
  name: "Obchod",
  smtp: { host: "127.0.0.1", port: 1, security: "None", user_name: "" },
  password: null,
  sender_name: "",
  sender_address: "obchod@novak.example",
  reply_to: "",
  hourly_limit: 600,
};

test("a key for signing is made, its record stands there to be copied, and it signs nothing yet", async ({ admin, page }) => {
  expect(await admin.ask("dkim/list_dkim_keys", { domain: "novak.example" })).toEqual([]);
  await page.goto("/settings/senders");
  await page.getByRole("button", { name: "Pridať doménu" }).click();
  const dialog = page.getByRole("dialog", { name: "Pridať doménu" });
  await textbox(page, "Doména").fill("nie doména");
  await dialog.getByRole("button", { name: "Otvoriť doménu" }).click();
  await expect(dialog.getByText(/nie doména/)).toBeVisible();
  await textbox(page, "Doména").fill("Novak.example");
  await dialog.getByRole("button", { name: "Otvoriť doménu" }).click();

  await expect(page.getByRole("heading", { level: 1, name: "novak.example" })).toBeVisible();
  await expect(page.getByText("Správy tejto domény sa nepodpisujú")).toBeVisible();
  await page.getByRole("button", { name: "Vyrobiť kľúč Ed25519" }).click();
  await expect(page.getByText("Čaká na DNS", { exact: true })).toBeVisible();
  await expect(page.getByText(/^posel-[0-9a-f]{8}\._domainkey\.novak\.example$/)).toBeVisible();
  await expect(page.getByText(/^v=DKIM1; k=ed25519; p=/)).toBeVisible();
  await expect(page.getByText("Ešte neoverené")).toBeVisible();
  await expect(page.getByRole("button", { name: "Kopírovať hodnotu" })).toBeVisible();

  await page.getByRole("button", { name: "Zmazať kľúč" }).click();
  const question = page.getByRole("dialog", { name: /^Zmazať kľúč posel-/ });
  await question.getByRole("button", { name: "Zmazať kľúč" }).click();
  await expect(page.getByText("Správy tejto domény sa nepodpisujú")).toBeVisible();
});

test("the bounce mailbox of an account is tried with what is typed, stored, and read", async ({ admin, page }) => {
  test.setTimeout(120_000);
  const post = await postBox();
  const port = (post.address() as AddressInfo).port;
  const pace = (await admin.ask<{ pace: object }[]>("accounts/list_accounts"))[0]?.pace;
  const account = await admin.ask<number>("accounts/save_account", { id: null, draft: { ...ACCOUNT, pace } });

  await page.goto(`/settings/accounts/${account}`);
  await page.getByRole("navigation", { name: "Čo patrí k účtu" }).getByRole("link", { name: "Vrátená pošta" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Vrátená pošta účtu Obchod" })).toBeVisible();
  await textbox(page, "Adresa schránky").fill("vratene@novak.example");
  await expect(page.getByText(/vratene\+k7…@novak\.example/)).toBeVisible();
  await page.getByRole("radio", { name: "POP3" }).check();
  await expect(page.getByLabel("Port", { exact: true })).toHaveValue("995");
  await expect(page.getByRole("radio", { name: "Presunúť" })).toHaveCount(0);
  await page.getByRole("radio", { name: "Žiadne" }).check();
  await textbox(page, "Server").fill("127.0.0.1");
  await page.getByLabel("Port", { exact: true }).fill(String(port));
  await textbox(page, "Prihlasovacie meno").fill("vratene");

  await page.getByLabel("Heslo", { exact: true }).fill("zle");
  await page.getByRole("button", { name: "Vyskúšať schránku" }).click();
  await expect(page.getByText(/Schránka sa neotvorila: prihlásenie/)).toBeVisible();
  await page.getByLabel("Heslo", { exact: true }).fill("heslo");
  await expect(page.getByText("Údaje ste odvtedy zmenili. Vyskúšajte ich znova.")).toBeVisible();
  await page.getByRole("button", { name: "Vyskúšať schránku" }).click();
  await expect(page.getByText("Schránka sa otvorila. Je v nej 0 správ.")).toBeVisible();

  await page.getByRole("button", { name: "Uložiť" }).click();
  await expect(page.getByText("Číta sa", { exact: true })).toBeVisible();
  await expect(page.getByText(/^Naposledy prečítaná/)).toBeVisible();
  await page.goto("/settings/returns");
  await expect(page.getByRole("listitem").filter({ hasText: "Obchod" }).getByText("Číta sa")).toBeVisible();
  await expect(page.getByText("Každé hlásenie patrilo k niektorej správe.")).toBeVisible();
  post.close();
});

test("a sender is used only after the button behind its link was pressed", async ({ admin, page, another }) => {
  test.setTimeout(120_000);
  await page.goto("/settings/senders");
  await page.getByRole("button", { name: "Pridať adresu" }).click();
  const dialog = page.getByRole("dialog", { name: "Pridať adresu odosielateľa" });
  await textbox(page, "Adresa").fill("predaj@klient.example");
  await dialog.getByRole("button", { name: "Poslať odkaz" }).click();
  const row = page.getByRole("row", { name: /predaj@klient\.example/ });
  await expect(row.getByText("Čaká", { exact: true })).toBeVisible();

  const reader = await another();
  await reader.goto(await link(admin));
  await expect(reader.getByRole("heading", { name: "Smú pod touto adresou odchádzať správy?" })).toBeVisible();
  await expect(row.getByText("Čaká", { exact: true })).toBeVisible();
  await reader.getByRole("button", { name: "Áno, súhlasím" }).click();
  await expect(reader.getByRole("heading", { name: "Ďakujeme, adresa je potvrdená" })).toBeVisible();
  await expect(row.getByText("Smie sa použiť")).toBeVisible();

  await row.getByRole("button", { name: "Odobrať" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Odobrať" }).click();
  await expect(row).toHaveCount(0);
});

test("the chain of an account is looked at link by link, and the missing link is named", async ({ admin, page }) => {
  test.setTimeout(120_000);
  const pace = (await admin.ask<{ pace: object }[]>("accounts/list_accounts"))[0]?.pace;
  const account = await admin.ask<number>("accounts/save_account", { id: null, draft: { ...ACCOUNT, pace } });
  await page.goto(`/settings/accounts/${account}/readiness`);
  await page.getByRole("button", { name: "Skontrolovať" }).click();
  await expect(page.getByText(/^Chýba článok „Server prijíma“/)).toBeVisible({ timeout: 90_000 });
  await expect(page.getByText("Účet Obchod odosiela.")).toBeVisible();
  await expect(page.getByText("Účet Obchod nemá schránku vrátených správ.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Skontrolovať znova" })).toBeVisible();
});
