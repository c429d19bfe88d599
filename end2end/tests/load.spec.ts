import type { Response } from "@playwright/test";
import { expect, test } from "../harness/fixtures";

/** Files that the page names and loads; not the page itself and not what the program asks for. */
const ASSET = /\.(js|wasm|css|woff2|svg)$/;

const COMPRESSED = /\.(js|wasm|css|svg)$/;

function pathOf(answer: Response): string {
  return new URL(answer.url()).pathname;
}

test("assets come compressed, under a name of their content, and are kept for ever", async ({ posel, page }) => {
  const assets: Response[] = [];
  page.on("response", (answer) => {
    if (ASSET.test(pathOf(answer))) {
      assets.push(answer);
    }
  });
  await page.goto(await posel.firstRunLink());
  await expect(page.getByRole("heading", { name: "Vitajte v Poslovi" })).toBeVisible();
  await page.evaluate(() => document.fonts.ready);

  for (const logical of ["app", "app_bg", "main", "inter"]) {
    expect(assets.map(pathOf)).toEqual(expect.arrayContaining([expect.stringMatching(new RegExp(`^/${logical}-[0-9a-f]{12}\\.`))]));
  }
  for (const asset of assets) {
    const headers = await asset.allHeaders();
    expect(headers["cache-control"], pathOf(asset)).toBe("public, max-age=31536000, immutable");
    if (COMPRESSED.test(pathOf(asset))) {
      expect(["br", "gzip"], pathOf(asset)).toContain(headers["content-encoding"]);
      expect(headers["vary"], pathOf(asset)).toMatch(/accept-encoding/i);
    }
  }
});

test("a second visit loads no asset again", async ({ posel, page }) => {
  await page.goto(await posel.firstRunLink());
  await expect(page.getByRole("heading", { name: "Vitajte v Poslovi" })).toBeVisible();
  // What is still on its way would be fetched again.
  await page.evaluate(() => document.fonts.ready);
  await page.waitForLoadState("networkidle");
  const fetched: string[] = [];
  page.on("response", (answer) => {
    if (ASSET.test(pathOf(answer))) {
      fetched.push(pathOf(answer));
    }
  });
  await page.goto("/");
  await expect(page.getByRole("heading", { name: "Posel je nainštalovaný" })).toBeVisible();
  const sizes = await page.evaluate(() =>
    (performance.getEntriesByType("resource") as PerformanceResourceTiming[])
      .filter(({ name }) => /\.(js|wasm|css|woff2)$/.test(name))
      .map(({ name, transferSize }) => [name, transferSize]),
  );
  expect(fetched.length).toBeGreaterThan(0);
  expect(sizes.length).toBeGreaterThan(0);
  expect(sizes.filter(([, size]) => size !== 0)).toEqual([]);
});

test("the page itself is asked for each time and belongs to no cache", async ({ posel, page }) => {
  const answer = await page.goto("/");
  expect(await answer?.headerValue("cache-control")).toBe("no-cache");
  const me = await page.request.post(`${posel.url}/api/app/session/who_am_i`, { headers: { origin: posel.url }, data: {} });
  expect(me.status()).toBe(401);
  expect(me.headers()["cache-control"]).toBe("no-store");
});
