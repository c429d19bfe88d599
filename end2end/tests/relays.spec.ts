import { expect, header, test, type Caller } from "../harness/fixtures";

const ACCOUNT = {
  name: "Obchod",
  smtp: { host: "127.0.0.1", port: 1, security: "None", user_name: "" },
  password: null as string | null,
  sender_name: "",
  sender_address: "obchod@novak.example",
  reply_to: "",
  hourly_limit: 600,
};

async function account(admin: Caller, different: object): Promise<number> {
  const pace = (await admin.ask<{ pace: object }[]>("accounts/list_accounts"))[0]?.pace;
  return admin.ask<number>("accounts/save_account", { id: null, draft: { ...ACCOUNT, ...different, pace } });
}

test("another account stands in for one, and the page keeps what was chosen", async ({ admin, page }) => {
  const id = await account(admin, {});
  await account(admin, { name: "Záloha" });
  await page.goto(`/settings/accounts/${id}/stand-ins`);
  await page.getByRole("button", { name: "Pridať účet" }).click();
  await page.getByRole("combobox", { name: "Účet" }).selectOption({ label: "Záloha" });
  await page.getByRole("combobox", { name: "Poradie" }).selectOption("2");
  await page.getByRole("textbox", { name: "Podiel", exact: true }).fill("3");
  await page.getByRole("button", { name: "Uložiť" }).click();
  await expect(page.getByText("Platí to odteraz.")).toBeVisible();
  await page.reload();
  await expect(page.getByRole("combobox", { name: "Účet" }).locator("option:checked")).toHaveText("Záloha");
  await expect(page.getByRole("combobox", { name: "Poradie" })).toHaveValue("2");
  await expect(page.getByRole("textbox", { name: "Podiel", exact: true })).toHaveValue("3");
  await page.getByRole("button", { name: "Odobrať" }).click();
  await page.getByRole("button", { name: "Uložiť" }).click();
  await expect(page.getByText("Nikto nezastupuje")).toBeVisible();
});

test("what was sent also goes to an address as a hidden copy", async ({ admin, page, mailServer }) => {
  // The whole way: the time for undo, and the copies gather before they leave.
  test.slow();
  const { host, port, user, password } = mailServer;
  const smtp = { host, port, security: "StartTls", user_name: user };
  const id = await account(admin, { smtp, password });
  await page.goto(`/settings/accounts/${id}/copies`);
  await page.getByRole("radio", { name: "Skrytá kópia na adresu" }).check();
  await page.getByRole("button", { name: "Uložiť" }).click();
  await expect(page.getByRole("textbox", { name: "Adresa" })).toHaveAttribute("aria-invalid", "true");
  await page.getByRole("textbox", { name: "Adresa" }).fill("archiv-kopii@novak.example");
  await page.getByRole("button", { name: "Uložiť" }).click();
  await expect(page.getByText("Odteraz sa kópie odoslaného uchovávajú.")).toBeVisible();
  await page.reload();
  await expect(page.getByRole("textbox", { name: "Adresa" })).toHaveValue("archiv-kopii@novak.example");
  const draft = {
    contact: null, account: id, to: "kopia@klient.example", cc: "", bcc: "", subject: "Ponuka", body: "Dobrý deň",
    with_signature: false, attachments: [],
  };
  await admin.ask("messages/send_message", { key: null, draft });
  const original = await mailServer.mailTo("kopia@klient.example");
  const copy = await mailServer.mailTo("archiv-kopii@novak.example");
  expect(header(copy, "to")).toBe(header(original, "to"));
  expect(header(copy, "references")).toBe(header(original, "message-id"));
  expect(copy.to).toEqual(["archiv-kopii@novak.example"]);
  await expect(page.getByText("Všetko uložené")).toBeVisible({ timeout: 30_000 });
  expect(await mailServer.mailsTo("kopia@klient.example")).toHaveLength(1);
});

test("a message centre is described, saved, and what keeps it from answering is said", async ({ admin, page }) => {
  expect(admin).toBeDefined();
  await page.goto("/settings/accounts");
  await page.getByRole("link", { name: "Nový SMS účet" }).click();
  await page.getByRole("textbox", { name: "Názov" }).fill("Ústredňa");
  await page.getByRole("radio", { name: "SMPP" }).check();
  // Nobody listens there.
  await page.getByRole("textbox", { name: "Server" }).fill("127.0.0.1");
  await page.getByRole("textbox", { name: "Port" }).fill("1");
  await page.getByRole("checkbox", { name: "Chránené spojenie (TLS)" }).uncheck();
  await page.getByRole("textbox", { name: "Port" }).fill("1");
  await page.getByRole("textbox", { name: "Prihlasovacie meno (system_id)" }).fill("posel");
  await page.getByLabel("Heslo", { exact: true }).fill("tajne");
  await page.getByRole("textbox", { name: "Odosielateľ", exact: true }).fill("Posel");
  await page.getByRole("button", { name: "Vyskúšať bránu" }).click();
  await expect(page.getByText("Brána neodpovedala tak, ako mala.")).toBeVisible();
  await page.getByRole("button", { name: "Pridať účet" }).click();
  await expect(page).not.toHaveURL(/new/);
  await page.goto("/settings/accounts");
  await page.getByRole("link", { name: "Ústredňa" }).click();
  await expect(page.getByRole("textbox", { name: "Server" })).toHaveValue("127.0.0.1");
  await expect(page.getByRole("textbox", { name: "Prihlasovacie meno (system_id)" })).toHaveValue("posel");
  await expect(page.getByRole("checkbox", { name: "Chránené spojenie (TLS)" })).not.toBeChecked();
});
