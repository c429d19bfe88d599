import jsQR from "jsqr";
import { PNG } from "pngjs";
import { decode } from "bysquare/pay";

/** What a banking program would read from the picture of a payment code; by readers that nobody here wrote. */
export function readCode(png: Buffer): string {
  const { data, width, height } = PNG.sync.read(png);
  const found = jsQR(new Uint8ClampedArray(data), width, height);
  if (!found) {
    throw new Error("no code in the picture");
  }
  return found.data;
}

/** The payment in a code of PAY by square. */
export function readPayBySquare(code: string) {
  const [payment] = decode(code).payments;
  return payment;
}
