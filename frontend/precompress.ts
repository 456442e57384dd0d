import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, gzip } from "node:zlib";
import type { Plugin } from "vite";

const TEXT = /\.(js|css|svg|json|webmanifest)$/;

/** Leaves a .br and a .gz beside every asset, so that nobody compresses at run time. */
export function precompress(): Plugin {
	let outDir = "";
	return {
		name: "precompress",
		apply: "build",
		configResolved(config) {
			outDir = config.build.outDir;
		},
		async closeBundle() {
			for (const file of await readdir(outDir, { recursive: true })) {
				if (!TEXT.test(file)) continue;
				const path = join(outDir, file);
				const source = await readFile(path);
				if (source.length < 1000) continue;
				await writeFile(`${path}.br`, await promisify(brotliCompress)(source));
				await writeFile(`${path}.gz`, await promisify(gzip)(source, { level: 9 }));
			}
		}
	};
}
