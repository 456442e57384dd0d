import { mkdir, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { idOf } from "../id";
import type { Payload } from "../shared/contract";

export type MailRequest = Payload<"mail.requested">;

const TEXTS: Record<MailRequest["kind"], { subject: string; path: string; text: string }> = {
	verify: {
		subject: "Confirm your e-mail address",
		path: "/verify",
		text: "please confirm that this address is yours. The link is good for 24 hours:"
	},
	reset: {
		subject: "Set a new password",
		path: "/reset",
		text: "somebody, we hope you, wants to set a new password. The link is good for one hour:"
	}
};
const NOT_YOU = "If that wasn't you, there is nothing to do.";

/** As RFC 2047 has it: whatever the words are, they stay within their header. */
const word = (text: string) => `=?UTF-8?B?${Buffer.from(text).toString("base64")}?=`;
const address = (to: string) => (/^[^\s<>,;:"\\]+@[^\s<>,;:"\\]+$/.test(to) ? `<${to}>` : null);

/** A mail as a file of RFC 5322, readable by eye; null when there is no such address. */
export function composed(mail: MailRequest, site: string, at: Date): string | null {
	const to = address(mail.to);
	if (!to) return null;
	const { subject, path, text } = TEXTS[mail.kind];
	const name = mail.name.replace(/\p{Cc}+/gu, " ").slice(0, 120);
	return [
		"From: Commercify <no-reply@commercify.invalid>",
		`To: ${word(name.slice(0, 30))} ${to}`,
		`Subject: ${subject}`,
		`Date: ${at.toUTCString().replace("GMT", "+0000")}`,
		`Message-ID: <${idOf("m", mail.id)}@commercify.invalid>`,
		"MIME-Version: 1.0",
		"Content-Type: text/plain; charset=utf-8",
		"Content-Transfer-Encoding: 8bit",
		"",
		`Hello ${name},`,
		"",
		text,
		"",
		`${site}${path}?token=${encodeURIComponent(mail.token)}`,
		"",
		NOT_YOU,
		""
	].join("\r\n");
}

/** Writes mails into a folder: whole or not at all, one file a mail however often it is asked for. */
export class MailFolder {
	private written = 0;

	constructor(
		private readonly dir: string,
		private readonly most = 1000
	) {}

	async write(id: string, content: string): Promise<void> {
		await mkdir(this.dir, { recursive: true, mode: 0o700 });
		const name = /^[a-z0-9]{8,64}$/.test(id) ? id : idOf("m", id);
		const path = join(this.dir, `${name}.eml`);
		await writeFile(`${path}.tmp`, content, { mode: 0o600 });
		await rename(`${path}.tmp`, path);
		if (this.written++ % 100 === 99) await this.prune();
	}

	/** Keeps the newest. */
	async prune(): Promise<void> {
		const names = await readdir(this.dir);
		if (names.length <= this.most) return;
		const files = await Promise.all(
			names.map(async name => {
				const path = join(this.dir, name);
				const found = await stat(path).catch(() => null); // another node has removed it
				return { path, at: found?.mtimeMs ?? 0 };
			})
		);
		const old = files.sort((a, b) => b.at - a.at).slice(this.most);
		await Promise.all(old.map(({ path }) => rm(path, { force: true })));
	}
}
