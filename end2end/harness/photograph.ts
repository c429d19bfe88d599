import type { Page } from "@playwright/test";
import piexif from "piexifjs";

/** A photograph that a telephone took lying on its side in Bratislava: its notes say so. */
export async function photograph(page: Page, width: number, height: number): Promise<Buffer> {
  const plain = await page.evaluate(
    ([width, height]) => {
      const canvas = document.createElement("canvas");
      [canvas.width, canvas.height] = [width!, height!];
      const context = canvas.getContext("2d")!;
      const sky = context.createLinearGradient(0, 0, width!, height!);
      sky.addColorStop(0, "#225577");
      sky.addColorStop(1, "#ddaa44");
      context.fillStyle = sky;
      context.fillRect(0, 0, width!, height!);
      return canvas.toDataURL("image/jpeg", 0.9);
    },
    [width, height],
  );
  const notes = piexif.dump({
    "0th": { [piexif.ImageIFD.Orientation]: 6, [piexif.ImageIFD.Make]: "Fototelefón", [piexif.ImageIFD.Software]: "9.1" },
    Exif: { [piexif.ExifIFD.DateTimeOriginal]: "2026:05:28 10:11:12" },
    GPS: {
      [piexif.GPSIFD.GPSLatitudeRef]: "N",
      [piexif.GPSIFD.GPSLatitude]: piexif.GPSHelper.degToDmsRational(48.1439),
      [piexif.GPSIFD.GPSLongitudeRef]: "E",
      [piexif.GPSIFD.GPSLongitude]: piexif.GPSHelper.degToDmsRational(17.1097),
    },
  });
  return Buffer.from(piexif.insert(notes, plain).split(",")[1]!, "base64");
}
