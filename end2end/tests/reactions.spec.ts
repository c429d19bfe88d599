import type { Page } from "@playwright/test";
import { Caller, expect, test } from "../harness/fixtures";

const BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0";
const SHOP = "https://obchod.example/terasa?a=1&b=2";

/** Somebody who agreed to be written to. */
async function agreeing(admin: Caller, first: string, last: string, email: string): Promise<number> {
  const draft = { first_name: first, last_name: last, kind: "Client", emails: [{ text: email, purpose: "General" }] };
  const contact = await admin.ask<number>("contacts/save_contact", { key: null, draft });
  const said = { channel: "Email", state: "Given", on: 19_845, way: "Person", proof: "Na predajni." };
  await admin.ask("contacts/note_consent", { contact, draft: said });
  return contact;
}

/** A commercial campaign for these contacts, as a draft. */
async function commercial(admin: Caller, contacts: number[]): Promise<number> {
  const body = { Html: '<p>Dobrý deň, <a href="https://obchod.example/terasa?a=1&amp;b=2">nábytok na terasu</a></p>' };
  const text = { language: "Sk", subject: "Nábytok na terasu", preheader: "", body, plain: "Made" };
  const audience = { include: [{ Contacts: { Ticked: contacts } }] };
  const draft = { name: "Terasa", channel: "Email", kind: "Commercial", content: { Own: [text] }, audience };
  const [id] = await admin.ask<[number, number]>("campaigns/save_campaign", { key: null, draft });
  return id;
}

async function state(admin: Caller, id: number): Promise<string> {
  return (await admin.ask<{ state: string }>("campaigns/open_campaign", { id })).state;
}

/** The measured link in the mail that somebody got. */
async function link(admin: Caller, page: Page, to: string): Promise<string> {
  const { rows } = await admin.ask<{ rows: { id: number; recipient: string }[] }>("capture/list_captured", { after: null });
  const mail = rows.find(({ recipient }) => recipient === to);
  const html = await (await page.request.get(`/captured/${mail?.id}/html`)).text();
  return /https?:\/\/[^"\s]+\/click\/[\w-]+/.exec(html)?.[0] ?? "";
}

test("clicks are measured where the author asks for it, and the next campaign goes to those who did not react", async ({
  admin,
  page,
}) => {
  test.setTimeout(240_000);
  const eva = await agreeing(admin, "Eva", "Čapková", "eva@klient.example");
  const jan = await agreeing(admin, "Ján", "Ďurica", "jan@klient.example");
  const id = await commercial(admin, [eva, jan]);

  await test.step("the author is told what measuring does", async () => {
    await page.goto(`/campaigns/${id}/edit?step=content`);
    const clicks = page.getByRole("checkbox", { name: /^Merať kliknutia na odkazy/ });
    await expect(clicks).not.toBeChecked();
    await clicks.check();
    await expect(page.getByText("Podľa mena sa reakcie poznajú len u ľudí, ktorí dali súhlas")).toBeVisible();
    await expect
      .poll(async () => (await admin.ask<{ draft: { measure: object } }>("campaigns/open_campaign", { id })).draft.measure, {
        timeout: 30_000,
      })
      .toEqual({ opens: false, clicks: true });
  });

  await test.step("the review shows where the links lead in the end", async () => {
    await admin.ask("campaigns/prepare_campaign", { id });
    await expect.poll(() => state(admin, id), { timeout: 30_000 }).toBe("Prepared");
    await page.goto(`/campaigns/${id}?tab=review`);
    await expect(page.getByText("Merajú sa kliknutia. Príjemca súhlasil so zasielaním")).toBeVisible();
    await page.getByText("Kam vedú merané odkazy").click();
    await expect(page.getByText(SHOP, { exact: true })).toBeVisible();
  });

  await test.step("a click in the mail leads on and is counted", async () => {
    await admin.ask("campaigns/release_campaign", { id, at: null });
    await expect.poll(() => state(admin, id), { timeout: 60_000 }).toBe("Finished");
    const click = await link(admin, page, "eva@klient.example");
    // What comes right behind sending is a program's; a person comes later, and again.
    const counted = async (): Promise<number | undefined> => {
      const answer = await fetch(click, { redirect: "manual", headers: { "user-agent": BROWSER } });
      expect([answer.status, answer.headers.get("location")]).toEqual([302, SHOP]);
      const report = await admin.ask<{ reactions: { clicked: number } | null }>("campaigns/show_campaign_report", { id });
      return report.reactions?.clicked;
    };
    await expect.poll(counted, { timeout: 90_000, intervals: [2_000] }).toBe(1);
  });

  await test.step("the report says who followed which link, and how far it can be believed", async () => {
    await page.goto(`/campaigns/${id}?tab=report`);
    await expect(page.getByRole("heading", { name: "Reakcie", exact: true })).toBeVisible();
    await expect(page.getByText("Kliknutia programov, ktoré správy kontrolujú", { exact: false })).toBeVisible();
    await expect(page.getByRole("rowheader", { name: SHOP })).toBeVisible();
    await expect(page.getByRole("row", { name: /Eva Čapková/ })).toBeVisible();
    await page.getByRole("button", { name: /^Nereagovali/ }).click();
    await expect(page.getByRole("row", { name: /Ján Ďurica/ })).toBeVisible();
  });

  await test.step("a new campaign goes to the other one alone", async () => {
    await page.getByRole("button", { name: "Napísať znova podľa reakcie" }).click();
    const dialog = page.getByRole("dialog");
    await expect(dialog.getByRole("textbox", { name: "Názov" })).toHaveValue("Terasa (znova)");
    await dialog.getByRole("button", { name: "Vytvoriť rozpísanú správu" }).click();
    await expect(page).toHaveURL(/\/campaigns\/\d+\/edit/, { timeout: 30_000 });
    await expect(page.getByRole("textbox", { name: "Názov" })).toHaveValue("Terasa (znova)");
    const next = Number(/\/campaigns\/(\d+)/.exec(page.url())?.[1]);
    await admin.ask("campaigns/prepare_campaign", { id: next });
    await expect.poll(() => state(admin, next), { timeout: 30_000 }).toBe("Prepared");
    const query = { campaign: next, group: "Getting", after: null };
    const { rows } = await admin.ask<{ rows: { address: string }[] }>("campaigns/list_audience", { query });
    expect(rows.map(({ address }) => address)).toEqual(["jan@klient.example"]);
  });
});

test("a service notice measures nothing and says why", async ({ admin, page }) => {
  const text = { language: "Sk", subject: "Zmena sídla", preheader: "", body: { Html: "<p>Sídlime inde.</p>" }, plain: "Made" };
  const draft = { name: "Zmena sídla", channel: "Email", kind: "Service", content: { Own: [text] } };
  const [id] = await admin.ask<[number, number]>("campaigns/save_campaign", { key: null, draft });
  await page.goto(`/campaigns/${id}/edit?step=content`);
  await expect(page.getByText("Reakcie sa merajú len v obchodných e-mailoch.", { exact: false })).toBeVisible();
  await expect(page.getByRole("checkbox", { name: /^Merať/ })).toHaveCount(0);
});
