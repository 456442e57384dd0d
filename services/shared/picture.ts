/** Pixels across in which an uploaded picture is kept besides its own size, for small places and small screens. */
export const WIDTHS = [320, 800] as const;

/** What an uploaded picture is called: by what is in it, and by its width unless that is its own. */
export const PICTURE = new RegExp(`^[0-9a-f]{32}(?:-(?:${WIDTHS.join("|")}))?\\.webp$`);

export const inWidth = (name: string, width: number) => name.replace(".webp", `-${width}.webp`);
export const inOwnWidth = (name: string) => name.replace(/-\d+\.webp$/, ".webp");
