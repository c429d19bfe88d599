import type { Browser } from "@playwright/test";
import { type Caller, test } from "../harness/fixtures";

/** How many cold starts are measured. */
const TIMES = 10;

/** How many times slower than this machine the browser's machine is. */
const SLOWDOWN = 4;

/** One cold start: bytes over the wire with headers, and milliseconds from the request until the page can be used. */
interface Start {
  bytes: number;
  ms: number;
}

/** Opens the overview in a browser that has never seen Posel. */
async function start(browser: Browser, admin: Caller, url: string, slowdown: number): Promise<Start> {
  const context = await browser.newContext({ locale: "sk-SK", timezoneId: "Europe/Bratislava" });
  await context.addCookies([admin.cookie]);
  const page = await context.newPage();
  const tools = await context.newCDPSession(page);
  let bytes = 0;
  tools.on("Network.loadingFinished", (event) => (bytes += event.encodedDataLength));
  await tools.send("Network.enable");
  await tools.send("Emulation.setCPUThrottlingRate", { rate: slowdown });
  await page.goto(url, { waitUntil: "commit" });
  // The heading comes with the frame; the search field beside it takes what is typed from then on.
  const usable = await page.waitForFunction(
    () => document.querySelector("main h1") && document.querySelector("nav a[href='/messages']") && performance.now(),
    undefined,
    { polling: "raf" },
  );
  const ms = Number(await usable.jsonValue());
  // What comes later is fetched ahead for other screens and not part of the first load.
  const first = bytes;
  await context.close();
  return { bytes: first, ms };
}

function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

test("load", async ({ admin, browser, posel }) => {
  const report = async (slowdown: number) => {
    const starts: Start[] = [];
    for (let n = 0; n < TIMES; n += 1) {
      starts.push(await start(browser, admin, posel.url, slowdown));
    }
    const times = starts.map(({ ms }) => ms);
    const figures = { ms: Math.round(median(times)), worst: Math.round(Math.max(...times)), bytes: Math.max(...starts.map((it) => it.bytes)) };
    console.log(`usable, cold cache, CPU ${slowdown} times slower: median ${figures.ms} ms, slowest ${figures.worst} ms of ${TIMES}`);
    return figures;
  };
  const quick = await report(1);
  const slow = await report(SLOWDOWN);
  console.log(`over the wire until usable, headers and answers included: ${(slow.bytes / 1000).toFixed(1)} KB`);
  console.log(JSON.stringify({ name: "load", n: TIMES, bytes: slow.bytes, usable_ms: quick.ms, usable_slow_ms: slow.ms }));
});
