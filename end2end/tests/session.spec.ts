import type { Page } from "@playwright/test";
import { Caller, EVA, expect, test, type Person } from "../harness/fixtures";

const ADAM: Person = { name: "Adam Kováč", email: "adam@novak.example", password: "štyri páry ponožiek" };

async function signIn(page: Page, { email, password }: Person): Promise<void> {
  // A form that is on its way takes no second press.
  await expect(page.getByRole("button", { name: "Prihlásiť sa" })).not.toHaveAttribute("aria-busy", "true");
  await page.getByLabel("E-mail", { exact: true }).fill(email);
  await page.getByLabel("Heslo", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Prihlásiť sa" }).click();
}

/** Invites a writer and answers the link. */
async function invite(admin: Caller, { name, email }: Person): Promise<{ id: number; url: string }> {
  const roles = await admin.ask<{ id: number; delivered: string }[]>("users/list_roles");
  const writer = roles.find((role) => role.delivered === "Writer");
  const draft = { name, email, roles: [writer?.id], language: "Sk" };
  const [id, { url }] = await admin.ask<[number, { url: string }]>("users/invite_user", { draft });
  return { id, url };
}

async function writer(admin: Caller, person: Person): Promise<{ id: number; caller: Caller }> {
  const { id, url } = await invite(admin, person);
  return { id, caller: await Caller.accept(url, person.password) };
}

test("a wrong password is refused without saying what was wrong, and the right one leads to where one wanted to go", async ({
  admin,
  another,
}) => {
  expect(admin).toBeDefined();
  const page = await another();
  await page.goto("/contacts?q=nov%C3%A1k");
  await expect(page.getByRole("heading", { name: "Prihlásenie" })).toBeVisible();
  await signIn(page, { ...EVA, password: "niečo celkom iné" });
  await expect(page.getByRole("alert")).toHaveText("E-mail alebo heslo nesedí.");
  await signIn(page, { ...EVA, email: "nikto@novak.example" });
  await expect(page.getByRole("alert")).toHaveText("E-mail alebo heslo nesedí.");
  await signIn(page, EVA);
  await expect(page.getByRole("heading", { name: "Kontakty" })).toBeVisible();
  expect(new URL(page.url()).search).toBe("?q=nov%C3%A1k");
});

test("whoever guesses has to wait, and is told how long", async ({ admin, another }) => {
  expect(admin).toBeDefined();
  const page = await another();
  await page.goto("/sign-in");
  for (let n = 1; n <= 5; n += 1) {
    const answered = page.waitForResponse("**/sign_in");
    await signIn(page, { ...EVA, password: `hádanie číslo ${n}` });
    expect((await answered).status()).toBe(401);
  }
  await signIn(page, EVA);
  await expect(page.getByRole("alert")).toHaveText(/^Priveľa pokusov\. Ďalší je možný o \d+ sek(undu|undy|únd)\.$/);
});

test("a session that was ended elsewhere asks to sign in again and goes on from there", async ({ admin, page, another }) => {
  expect(admin).toBeDefined();
  const other = await another();
  await other.goto("/contacts");
  await signIn(other, EVA);
  await expect(other.getByRole("heading", { name: "Kontakty" })).toBeVisible();

  await page.goto("/settings/sessions");
  await expect(page.getByText("Toto zariadenie")).toHaveCount(1);
  await page.getByRole("button", { name: "Ukončiť", exact: true }).click();
  await expect(page.getByText("Prihlásenie je ukončené.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Ukončiť", exact: true })).toHaveCount(0);

  await other.getByRole("navigation", { name: "Hlavné menu" }).getByRole("link", { name: "Komunikácia" }).click();
  await expect(other.getByText("Prihlásenie sa skončilo.")).toBeVisible();
  await signIn(other, EVA);
  await expect(other.getByRole("heading", { name: "Komunikácia" })).toBeVisible();
});

test("signing out ends the session on the server too", async ({ admin, page }) => {
  await page.goto("/");
  await page.getByRole("button", { name: `Používateľ ${EVA.name}` }).click();
  await page.getByRole("menuitem", { name: "Odhlásiť sa" }).click();
  await expect(page.getByRole("heading", { name: "Prihlásenie" })).toBeVisible();
  await expect(admin.ask("session/who_am_i")).rejects.toThrow("401");
});

test("neither scripts nor other sites get at the cookie of a session", async ({ posel, another, context, page }) => {
  await Caller.setUp(posel);
  await page.goto("/sign-in");
  await signIn(page, EVA);
  await expect(page.getByRole("link", { name: "Prehľad" })).toBeVisible();
  const cookies = await context.cookies();
  expect(cookies).toMatchObject([{ name: "__Host-posel", path: "/", httpOnly: true, secure: true, sameSite: "Strict" }]);
  expect(await page.evaluate(() => document.cookie)).toBe("");

  const stranger = await another();
  await stranger.goto("/sign-in");
  await signIn(stranger, EVA);
  await expect(stranger.getByRole("link", { name: "Prehľad" })).toBeVisible();
  const [theirs] = await stranger.context().cookies();
  expect(theirs.value).not.toBe(cookies[0].value);
});

test("an invited writer chooses a password by the link, which works once", async ({ admin, page, another }) => {
  await page.goto("/settings/users");
  await page.getByRole("link", { name: "Pozvať používateľa" }).click();
  await page.getByLabel("Meno a priezvisko").fill(ADAM.name);
  await page.getByLabel("E-mail na prihlásenie").fill(ADAM.email);
  await page.getByRole("checkbox", { name: "Referent" }).check();
  await page.getByRole("button", { name: "Vytvoriť odkaz na pozvanie" }).click();
  const link = await page.getByLabel("Jednorazový odkaz").inputValue();

  const adam = await another();
  await adam.goto(link);
  await expect(adam.getByRole("heading", { name: `Vitajte, ${ADAM.name}` })).toBeVisible();
  await adam.getByLabel("Nové heslo").fill("krátke");
  await adam.getByRole("button", { name: "Uložiť heslo a vstúpiť" }).click();
  await expect(adam.getByText("Aspoň 10 znakov.", { exact: true })).toBeVisible();
  await adam.getByLabel("Nové heslo").fill(ADAM.password);
  await adam.getByRole("button", { name: "Uložiť heslo a vstúpiť" }).click();
  await expect(adam.getByRole("link", { name: "Prehľad" })).toBeVisible();
  await expect(adam.getByRole("button", { name: `Používateľ ${ADAM.name}` })).toBeVisible();

  const late = await another();
  await late.goto(link);
  await expect(late.getByRole("heading", { name: "Odkaz už neplatí" })).toBeVisible();

  await page.getByRole("button", { name: "Odkaz mám" }).click();
  const row = page.getByRole("row").filter({ hasText: ADAM.email });
  await expect(row).toContainText("Aktívny");
  await expect(row).toContainText("Referent");
  const users = await admin.ask<{ name: string }[]>("users/list_users");
  expect(users.map(({ name }) => name)).toContain(ADAM.name);
});

test("a writer sees no settings but the own ones, and a direct address names the right that is missing", async ({
  admin,
  another,
}) => {
  const { caller } = await writer(admin, ADAM);
  const page = await another(caller);
  await page.goto("/settings");
  const menu = page.getByRole("navigation", { name: "Oddiely nastavení" });
  await expect(menu.getByRole("link")).toHaveText(["Môj profil", "Prihlásenia"]);
  for (const [path, right] of [
    ["/settings/users", "Spravovať používateľov a roly"],
    ["/settings/roles/new", "Spravovať používateľov a roly"],
    ["/settings/accounts/new", "Spravovať účty a zachytenú poštu"],
    ["/settings/company", "Meniť údaje firmy a nastavenia"],
    ["/capture", "Spravovať účty a zachytenú poštu"],
    ["/log", "Vidieť log akcií"],
  ]) {
    await page.goto(path);
    await expect(page.getByRole("main"), path).toContainText(`Chýba vám právo „${right}“.`);
  }
  await expect(page.getByRole("navigation", { name: "Hlavné menu" }).first().getByRole("link")).not.toContainText(["Log akcií"]);
});

test("a disabled user is out at once and cannot sign in", async ({ admin, page, another }) => {
  const { id, caller } = await writer(admin, ADAM);
  const adam = await another(caller);
  await adam.goto("/contacts");
  await expect(adam.getByRole("heading", { name: "Kontakty" })).toBeVisible();

  await page.goto(`/settings/users/${id}`);
  await page.getByRole("button", { name: "Vypnúť používateľa" }).click();
  const question = page.getByRole("dialog", { name: `Vypnúť používateľa ${ADAM.name}?` });
  await question.getByRole("button", { name: "Vypnúť používateľa" }).click();
  await expect(page.getByRole("main").getByText("Vypnutý")).toBeVisible();

  // The page may have been told already; else the next step tells it.
  const ended = adam.getByText("Prihlásenie sa skončilo.");
  const link = adam.getByRole("navigation", { name: "Hlavné menu" }).getByRole("link", { name: "Komunikácia" });
  await link.or(ended).first().click();
  await expect(ended).toBeVisible();
  await signIn(adam, ADAM);
  await expect(adam.getByRole("alert")).toHaveText("E-mail alebo heslo nesedí.");
});
