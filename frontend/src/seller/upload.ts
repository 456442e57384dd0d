import { apiUrl } from "@common/addresses";
import { ApiError, credentials, type Problem } from "@common/api";
import type { Answer } from "@shared/routes";

type Image = Answer<"POST /catalog/products/:id/images">;
interface Picture {
	id: string;
	file: File;
	alt: string;
}

/** What `fetch` can't: says how far it has come. */
function send({ id, file, alt }: Picture, onProgress: (share: number) => void): Promise<Image> {
	return new Promise((resolve, reject) => {
		const request = new XMLHttpRequest();
		request.open("POST", `${apiUrl()}/api/catalog/products/${encodeURIComponent(id)}/images`);
		request.responseType = "json";
		request.timeout = 60_000;
		request.withCredentials = Boolean(apiUrl());
		if (credentials.token) request.setRequestHeader("Authorization", `Bearer ${credentials.token}`);
		request.upload.onprogress = ({ loaded, total }) => onProgress(total ? loaded / total : 0);
		request.onerror = () => reject(new ApiError(0, "OFFLINE"));
		request.ontimeout = () => reject(new ApiError(504, "TIMEOUT"));
		request.onload = () => {
			if (request.status === 201) return resolve(request.response as Image);
			const problem = (request.response ?? {}) as Problem;
			reject(new ApiError(request.status, problem.code ?? "SERVICE_UNAVAILABLE", problem));
		};
		const form = new FormData();
		form.set("alt", alt);
		form.set("file", file);
		request.send(form);
	});
}

/** Adds a picture to a product; a token that has run out is renewed once. */
export async function uploadPicture(
	picture: Picture,
	onProgress: (share: number) => void
): Promise<Image> {
	try {
		return await send(picture, onProgress);
	} catch (error) {
		const isOld = error instanceof ApiError && error.code === "TOKEN_EXPIRED";
		if (!isOld || !(await credentials.renew?.())) throw error;
		return send(picture, onProgress);
	}
}
