import { randomBytes } from "node:crypto";
import { ask, attempt } from "./ask.mts";

/** `npm run admin -- you@example.com`: makes that account an admin, and an account if there is none. */
await attempt(async () => {
	const [email] = process.argv.slice(2);
	if (!email) throw new Error("Say whose account: npm run admin -- you@example.com");
	const password = randomBytes(12).toString("base64url");
	const account = { email, password, name: "Admin", role: "admin", emailVerified: true };
	await ask(async call => {
		const isNew = await call("auth.open", account).then(
			() => true,
			// Whatever is wrong beyond the address being taken, is wrong with this too.
			() => call("auth.grantRole", { email, role: "admin" }).then(() => false)
		);
		console.log(
			isNew
				? `There was no such account, so here is one:\n  ${email}\n  ${password}`
				: `${email} is an admin from the next sign-in on.`
		);
	});
	return 0;
});
