import { expect, test } from "../harness/editor";
import { mails } from "../harness/mails";

test("mails of others stay byte for byte while one looks at them in both views", async ({ desk }) => {
  test.setTimeout(180_000);
  const all = mails();
  expect(all.length).toBeGreaterThanOrEqual(30);
  await desk.open();
  for (const { name, html } of all) {
    await desk.set(html);
    expect(await desk.value(), `${name} after it was set`).toBe(html);
    await desk.call("open", "source");
    expect(await desk.value(), `${name} in the source`).toBe(html);
    await desk.call("open", "text");
    expect(await desk.value(), `${name} in the text again`).toBe(html);
  }
});
