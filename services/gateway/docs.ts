import type { IncomingMessage } from "node:http";
import { etagOf } from "../http";
import type { Answer } from "./answer";
import { openapi, type Operation } from "./openapi";
import { pageHeaders } from "./security";

const escape = (text: string) => text.replace(/[&<>"]/g, char => `&#${char.charCodeAt(0)};`);
const code = (value: unknown) => `<pre>${escape(JSON.stringify(value, null, 2))}</pre>`;

const css = `
:root { color-scheme: light dark; --line: color-mix(in srgb, currentColor 18%, transparent) }
body { font: 15px/1.5 system-ui, sans-serif; max-width: 62rem; margin: 2rem auto; padding: 0 1rem }
h2 { margin-top: 2.5rem; text-transform: capitalize }
details { border: 1px solid var(--line); border-radius: 6px; margin: .4rem 0 }
summary { cursor: pointer; padding: .5rem .8rem } details > div { padding: 0 .8rem .8rem }
b { display: inline-block; width: 4.2rem; font: 600 13px ui-monospace, monospace }
code, pre, input, textarea { font: 13px ui-monospace, monospace } i { opacity: .7; margin-left: .6rem }
pre { overflow: auto; max-height: 24rem; padding: .6rem; border: 1px solid var(--line); border-radius: 6px }
table { border-collapse: collapse } td { padding: .15rem 1rem .15rem 0; vertical-align: top }
form { display: grid; gap: .5rem } input, textarea { width: 100%; box-sizing: border-box; padding: .4rem }
button { justify-self: start; padding: .4rem 1rem }`;

/** Sends what a form says and shows what comes back. */
const script = `
const token = document.querySelector("#token");
for (const form of document.forms) form.addEventListener("submit", async event => {
	event.preventDefault();
	const { method, path } = form.dataset;
	const values = [...new FormData(form)].filter(([, value]) => value !== "");
	const headers = token.value ? { Authorization: "Bearer " + token.value } : {};
	const query = new URLSearchParams();
	let url = "/api" + path, body;
	for (const [name, value] of values) {
		const [place, key] = name.split(/:(.*)/s);
		if (place === "path") url = url.replace("{" + key + "}", encodeURIComponent(value));
		else if (place === "query") query.set(key, value);
		else if (place === "header") headers[key] = value;
		else if (place === "body") { body = value; headers["Content-Type"] = "application/json" }
	}
	const out = form.querySelector("output");
	try {
		const res = await fetch(url + (query.size ? "?" + query : ""), { method, headers, body });
		const text = await res.text();
		let shown = text;
		try { shown = JSON.stringify(JSON.parse(text), null, 2) } catch {}
		out.innerHTML = "<pre></pre>";
		out.firstChild.textContent = res.status + " " + (res.headers.get("x-request-id") ?? "") + "\\n" + shown;
	} catch (err) { out.textContent = String(err) }
});`;

function operation(method: string, path: string, op: Operation): string {
	const [[type, body] = [null, null]] = Object.entries(op.requestBody?.content ?? {});
	const field = (name: string, place: string) =>
		`<label>${escape(name)} <input name="${place}:${escape(name)}"></label>`;
	const params = op.parameters.filter(({ in: place }) => place !== "cookie");
	const rows = Object.entries(op.responses).map(
		([status, { description }]) => `<tr><td>${status}<td>${escape(description)}`
	);
	return `<details><summary><b>${method.toUpperCase()}</b><code>/api${escape(path)}</code><i>${escape(op.summary)}</i></summary><div>
${op.security.length ? "<p>Needs a bearer token." : ""}
${params.length ? `<h4>Parameters</h4>${code(params)}` : ""}
${body ? `<h4>Body, ${type}</h4>${code(body.schema)}` : ""}
<h4>Answers</h4><table>${rows.join("")}</table>
<h4>Try it</h4><form data-method="${method.toUpperCase()}" data-path="${escape(path)}">
${params.map(param => field(param.name, param.in)).join("")}
${type === "application/json" ? `<textarea name="body:json" rows="4" aria-label="Body">{}</textarea>` : ""}
<button>Send</button><output></output></form></div></details>`;
}

function html(): string {
	const { paths } = openapi();
	const all = Object.entries(paths).flatMap(([path, methods]) =>
		Object.entries(methods).map(([method, op]) => ({
			tag: op.tags[0]!,
			html: operation(method, path, op)
		}))
	);
	const sections = [...new Set(all.map(({ tag }) => tag))].map(
		name => `<h2>${name}</h2>${all.map(({ tag, html }) => (tag === name ? html : "")).join("")}`
	);
	return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Commercify API</title><link rel="stylesheet" href="/api/docs/docs.css">
<h1>Commercify API</h1><p>The same as <a href="/api/openapi.json">openapi.json</a>, to read and to try.</p>
<label>Access token <input id="token" autocomplete="off"></label>
${sections.join("")}<script src="/api/docs/docs.js"></script></html>`;
}

const TYPES = { html: "text/html", css: "text/css", js: "text/javascript" };
const made = new Map<string, Answer>();
const files: Record<string, [type: keyof typeof TYPES, make: () => string]> = {
	"/api/docs": ["html", html],
	"/api/docs/docs.css": ["css", () => css],
	"/api/docs/docs.js": ["js", () => script]
};

/** The human page of the API, and the two files that it needs; null on any other path. */
export function docsPage(req: IncomingMessage, path: string): Answer | null {
	if (!Object.hasOwn(files, path)) return null;
	const [type, make] = files[path]!;
	const body = made.get(path)?.body ?? Buffer.from(make());
	const headers = [
		...pageHeaders(req),
		"Content-Type",
		`${TYPES[type]}; charset=utf-8`,
		"Cache-Control",
		"no-cache"
	];
	const answer = { status: 200, headers, body, etag: etagOf(body) };
	made.set(path, answer);
	return answer;
}
