import { ApiError } from "@common/api";
import type { Product } from "@shared/catalog.contract";
import { onScopeDispose, ref } from "vue";
import { uploadPicture } from "./upload";

/** A picture in the editor: on the server already, or a file that goes there when the product is saved. */
export interface Picture {
	key: string;
	url: string;
	alt: string;
	width: number;
	height: number;
	file?: File;
	state: "kept" | "waiting" | "sending" | "failed";
	/** 0 to 1. */
	progress: number;
	error?: ApiError;
}
export const MOST_PICTURES = 12;
const MOST_BYTES = 5_000_000;
const TYPES = ["image/png", "image/jpeg", "image/webp", "image/avif"];
export const ACCEPTED = TYPES.join(",");

const keptOf = (images: Product["images"]): Picture[] =>
	images.map(({ id, ...image }) => ({ key: id, ...image, state: "kept", progress: 1 }));
const listed = (pictures: readonly Picture[]) =>
	pictures
		.filter(({ state }) => state === "kept")
		.map(({ url, alt, width, height }) => ({ url, alt: alt.trim(), width, height }));
const same = (a: object, b: object) => JSON.stringify(a) === JSON.stringify(b);

/** The pictures of the product in the editor. */
export function usePictures() {
	const pictures = ref<Picture[]>([]);
	let made = 0;

	const forget = ({ file, url }: Picture) => {
		if (file) URL.revokeObjectURL(url);
	};
	onScopeDispose(() => pictures.value.forEach(forget));

	/** Takes what is on the server, and keeps what is still to go there. */
	function take(product: Product) {
		const waiting = pictures.value.filter(({ state }) => state !== "kept");
		pictures.value = [...keptOf(product.images), ...waiting];
	}
	/** Adds files; says which were left out, and why. */
	function add(files: readonly File[]): { name: string; why: "type" | "size" | "many" }[] {
		const left: { name: string; why: "type" | "size" | "many" }[] = [];
		for (const file of files) {
			const why =
				pictures.value.length >= MOST_PICTURES
					? "many"
					: !TYPES.includes(file.type)
						? "type"
						: file.size > MOST_BYTES
							? "size"
							: undefined;
			if (why) left.push({ name: file.name, why });
			else
				pictures.value.push({
					key: `new-${++made}`,
					url: URL.createObjectURL(file),
					alt: "",
					width: 0,
					height: 0,
					file,
					state: "waiting",
					progress: 0
				});
		}
		return left;
	}
	function remove(key: string) {
		const picture = pictures.value.find(one => one.key === key);
		if (picture) forget(picture);
		pictures.value = pictures.value.filter(one => one.key !== key);
	}
	const move = (key: string, by: -1 | 1) =>
		place(key, pictures.value.findIndex(one => one.key === key) + by);
	/** Puts a picture where another one is. */
	function place(key: string, to: number) {
		const from = pictures.value.findIndex(one => one.key === key);
		if (from < 0 || to < 0 || to >= pictures.value.length) return;
		const next = [...pictures.value];
		next.splice(to, 0, ...next.splice(from, 1));
		pictures.value = next;
	}

	/** Sends what waits, one after another; a failed one stays with its reason and can be sent again. */
	async function send(id: string): Promise<{ sent: number; failed: number }> {
		let sent = 0;
		let failed = 0;
		for (const picture of pictures.value.filter(({ state }) => state !== "kept")) {
			picture.state = "sending";
			picture.progress = 0;
			delete picture.error;
			try {
				const { file, alt } = picture;
				const image = await uploadPicture(
					{ id, file: file!, alt: alt.trim() },
					share => (picture.progress = share)
				);
				forget(picture);
				delete picture.file;
				Object.assign(picture, { ...image, key: image.id, state: "kept", progress: 1 });
				sent++;
			} catch (error) {
				if (!(error instanceof ApiError)) throw error;
				Object.assign(picture, { state: "failed", error });
				failed++;
			}
		}
		return { sent, failed };
	}

	const unsent = () => pictures.value.some(({ state }) => state !== "kept");
	/** The list as it should be on the server, if it is not like that there. */
	function changedList(base: Product | undefined) {
		const now = listed(pictures.value);
		return same(now, listed(keptOf(base?.images ?? []))) ? undefined : now;
	}
	return { pictures, take, add, remove, move, place, send, unsent, changedList };
}
