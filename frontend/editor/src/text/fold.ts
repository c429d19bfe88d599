/** How texts are compared when somebody searches. */

/** Folds case and diacritics, so that `mesto` finds `Město`. */
export function fold(text: string): string {
  return text.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase();
}
