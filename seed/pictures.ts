import { PICTURES, paint } from "./art/scenes";

/** The drawing of an image file named in PRODUCTS, as an SVG document of 1200 × 1200. */
export const picture = (file: string): string => {
	const found = PICTURES[file.replace(/\.svg$/, "")];
	if (!found) throw new Error(`No drawing for ${file}`);
	return paint(found);
};
