import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "../harness/fixtures";

const ACCOUNT = {
  name: "Obchod",
  smtp: { host: "127.0.0.1", port: 1, security: "None", user_name: "obchod@novak.example" },
  password: null,
  sender_name: "",
  sender_address: "obchod@novak.example",
  reply_to: "",
  hourly_limit: 600,
};

async function body(request: IncomingMessage): Promise<URLSearchParams> {
  let text = "";
  for await (const piece of request) {
    text += String(piece);
  }
  return new URLSearchParams(text);
}

/** An authorisation server at which one button agrees; it checks the challenge and who the application is. */
async function provider(): Promise<Server> {
  const challenges = new Map<string, string>();
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://provider.example");
    const value = (name: string) => url.searchParams.get(name) ?? "";
    if (url.pathname === "/authorize") {
      const code = `code-${challenges.size + 1}`;
      challenges.set(code, value("code_challenge"));
      const back = new URL(value("redirect_uri"));
      back.search = new URLSearchParams({ code, state: value("state") }).toString();
      response.setHeader("content-type", "text/html; charset=utf-8");
      response.end(`<!doctype html><title>Provider</title><a href="${back.href.replaceAll("&", "&amp;")}">I agree</a>`);
      return;
    }
    if (url.pathname !== "/token") {
      response.statusCode = 404;
      response.end();
      return;
    }
    void body(request).then((form) => {
      const digest = createHash("sha256").update(form.get("code_verifier") ?? "").digest("base64url");
      const known = form.get("client_id") === "posel" && form.get("client_secret") === "tajné";
      const fits = known && challenges.get(form.get("code") ?? "") === digest;
      const claims = Buffer.from(JSON.stringify({ email: "majster@novak.example" })).toString("base64url");
      response.statusCode = fits ? 200 : 400;
      response.end(
        JSON.stringify(
          fits
            ? { access_token: "access", refresh_token: "refresh", expires_in: 3600, token_type: "Bearer", id_token: `e30.${claims}.` }
            : { error: "invalid_grant", error_description: "No." },
        ),
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return server;
}

test("an account signs in at a provider, tells who agreed, and signs out again", async ({ admin, page, watch }) => {
  const server = await provider();
  const at = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    const pace = (await admin.ask<{ pace: object }[]>("accounts/list_accounts"))[0]?.pace;
    const account = await admin.ask<number>("accounts/save_account", { id: null, draft: { ...ACCOUNT, pace } });
    await page.goto(`/settings/accounts/${account}`);
    await page.getByRole("radio", { name: "Cez OAuth 2.0" }).check();
    await page.getByRole("radio", { name: "Iný", exact: true }).check();
    await expect(page.getByText(/\/oauth\/callback$/)).toBeVisible();
    await page.getByRole("textbox", { name: "Adresa pre povolenie" }).fill("http://provider.example/authorize");
    await page.getByRole("textbox", { name: "Adresa pre tokeny" }).fill(`${at}/token`);
    await page.getByRole("textbox", { name: "Identifikátor aplikácie" }).fill("posel");
    await page.getByLabel("Tajomstvo aplikácie (client secret)").fill("tajné");
    const panel = page.locator(".oauth-panel");
    await panel.getByRole("button", { name: "Uložiť" }).click();
    await expect(page.getByText(/Adresa sa musí začínať https/)).toBeVisible();
    await page.getByRole("textbox", { name: "Adresa pre povolenie" }).fill(`${at}/authorize`);
    await panel.getByRole("button", { name: "Uložiť" }).click();
    await expect(panel.getByText("Neprihlásené", { exact: true })).toBeVisible();

    await panel.getByRole("button", { name: "Prihlásiť sa u poskytovateľa" }).click();
    await page.getByRole("link", { name: "I agree" }).click();
    await expect(panel.getByText("Prihlásené", { exact: true })).toBeVisible();
    await expect(page).toHaveURL(new RegExp(`/settings/accounts/${account}$`));
    await expect(panel.getByText(/Prihlásené ako majster@novak\.example/)).toBeVisible();
    await expect(panel.getByText(/Ak majster@novak\.example nesmie konať/)).toBeVisible();

    await panel.getByRole("button", { name: "Odhlásiť" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Odhlásiť" }).click();
    await expect(panel.getByText("Neprihlásené", { exact: true })).toBeVisible();
    // The provider is the one stranger that a browser may visit.
    expect(watch.strangers.filter((it) => !it.startsWith(`${at}/authorize?`))).toEqual([]);
    watch.strangers.length = 0;
  } finally {
    server.closeAllConnections();
    server.close();
  }
});
