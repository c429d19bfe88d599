/** Answers what `cargo xtask test browser` says about this machine. */
export function fromEnvironment(name: "POSEL_BIN" | "POSEL_CHROMIUM" | "POSEL_TEST_AIOSMTPD"): string {
  const value = process.env[name];
  if (!value) {
    throw new Error(`${name} is not set: start the browser tests with \`cargo xtask test browser\``);
  }
  return value;
}
