// Loaded into a node by NODE_OPTIONS="--import …/inject.mjs", for chaos only: the product knows nothing of it.
// CHAOS_DIR holds <NODE_ID>.json (node "shop" where there is no NODE_ID), which may change at any time:
//   { "env": {…}        set before anything of ours is loaded: takes effect at the node's next start
//     "nats": "host:port"  where this node is to look for NATS, such as a proxy; likewise
//     "rules": [{ id, on, name, do, … }] }  what to do to calls and events, from now on:
//   on    "action"  a handler here      "call"  a call that this node makes      "event"  what it emits or broadcasts
//   name  an action or event, or "inventory.*", or "*"
//   do    "crash"   kill -9 of itself   "delay" by ms   "twice"   "drop" (the caller hears nothing)   "fail"
//   when  "before" (default) or "after" the work is done
//   chance  0 to 1, by default 1; times  how often at most; seed
//   "stall": ms     blocks the event loop once for every new "id"; on: "now"
//   "skew": ms      is added to the clock as long as the rule stands; on: "clock"
// Every time that a rule strikes, a line { at, id, name } is appended to <NODE_ID>.log: the proof.
import { appendFileSync, readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { isMainThread } from "node:worker_threads";

const { CHAOS_DIR, NODE_ID } = process.env;
// not in the programs that only inherit NODE_OPTIONS: `npm run cluster` itself, a worker thread
if (CHAOS_DIR && isMainThread && (NODE_ID || process.env.CHAOS_SHOP)) install(NODE_ID ?? "shop");

function install(node) {
	const file = join(CHAOS_DIR, `${node}.json`);
	const log = join(CHAOS_DIR, `${node}.log`);
	const realNow = Date.now;
	let rules = [];
	let seen = "";
	const struck = new Map();
	const stalled = new Set();

	const proof = (rule, name) =>
		appendFileSync(log, `${JSON.stringify({ at: realNow(), id: rule.id, name })}\n`);
	const read = () => {
		try {
			const { mtimeMs, size, ino } = statSync(file);
			const now = `${mtimeMs} ${size} ${ino}`;
			if (now === seen) return {};
			const told = JSON.parse(readFileSync(file, "utf8"));
			seen = now;
			rules = told.rules ?? [];
			return told;
		} catch {
			return {}; // not there, or being written
		}
	};
	const first = read();
	Object.assign(process.env, first.env);
	if (first.nats && process.env.NATS_URL) {
		const url = new URL(process.env.NATS_URL);
		url.host = first.nats;
		process.env.NATS_URL = url.href;
	}

	/** The first rule that strikes here and now. */
	const strikes = (on, name) => {
		for (const rule of rules) {
			if (rule.on !== on || !matches(rule.name, name)) continue;
			const count = struck.get(rule.id) ?? 0;
			if (count >= (rule.times ?? Infinity)) continue;
			if (rule.chance !== undefined && random(rule) >= rule.chance) continue;
			struck.set(rule.id, count + 1);
			proof(rule, name);
			return rule;
		}
	};
	const matches = (pattern, name) =>
		pattern === "*" ||
		pattern === name ||
		(pattern.endsWith(".*") && name.startsWith(pattern.slice(0, -1)));
	const states = new Map();
	const random = ({ id, seed = 1 }) => {
		let state = ((states.get(id) ?? seed) + 0x6d2b79f5) | 0;
		states.set(id, state);
		let t = Math.imul(state ^ (state >>> 15), 1 | state);
		t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
		return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
	};
	const sleep = ms => new Promise(resolve => setTimeout(resolve, ms));
	const never = () => new Promise(() => {});

	/** What a rule makes of some work. */
	const apply = async (rule, work) => {
		const before = rule.when !== "after";
		if (before) {
			if (rule.do === "crash") process.kill(process.pid, "SIGKILL");
			if (rule.do === "drop") return never();
			if (rule.do === "fail") throw new Error("Chaos");
			if (rule.do === "delay") await sleep(rule.ms);
		}
		const result = await work();
		if (rule.do === "twice") await work().catch(() => {});
		if (!before) {
			if (rule.do === "crash") process.kill(process.pid, "SIGKILL");
			if (rule.do === "drop") return never();
			if (rule.do === "fail") throw new Error("Chaos");
			if (rule.do === "delay") await sleep(rule.ms);
		}
		return result;
	};
	const tells = next =>
		function (name, ...rest) {
			const rule = name.startsWith("$") ? undefined : strikes("event", name);
			if (!rule) return next(name, ...rest);
			if (rule.do === "drop") return Promise.resolve();
			return apply(rule, () => next(name, ...rest));
		};
	const chaos = {
		name: "Chaos",
		localAction: (next, { name }) =>
			name.startsWith("$")
				? next
				: ctx => {
						const rule = strikes("action", name);
						return rule ? apply(rule, () => next(ctx)) : next(ctx);
					},
		call: next =>
			function (name, ...rest) {
				const rule = strikes("call", name);
				return rule ? apply(rule, () => next(name, ...rest)) : next(name, ...rest);
			},
		emit: tells,
		broadcast: tells
	};

	setInterval(() => {
		read();
		const skew = rules.find(({ on }) => on === "clock");
		if (skew && !struck.has(skew.id)) proof(skew, "clock");
		if (skew) struck.set(skew.id, 1);
		Date.now = skew ? () => realNow() + skew.skew : realNow;
		for (const rule of rules.filter(({ on, id }) => on === "now" && !stalled.has(id))) {
			stalled.add(rule.id);
			proof(rule, "now");
			for (const end = realNow() + rule.stall; realNow() < end;);
		}
	}, 50).unref();

	const moleculer = createRequire(join(import.meta.dirname, "../../package.json"))("moleculer");
	const { ServiceBroker } = moleculer;
	moleculer.ServiceBroker = class extends ServiceBroker {
		constructor(options = {}) {
			super({ ...options, middlewares: [chaos, ...(options.middlewares ?? [])] });
		}
	};
}
