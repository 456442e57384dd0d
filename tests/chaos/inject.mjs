// Loaded into a node by NODE_OPTIONS="--import …/inject.mjs", for chaos only: the product knows nothing of it.
// CHAOS_DIR holds <NODE_ID>.json (node "shop" where there is no NODE_ID), which may change at any time:
//   { "env": {…}        set before anything of ours is loaded: takes effect at the node's next start
//     "nats": "host:port"  where this node is to look for NATS, such as a proxy; likewise
//     "rules": [{ id, on, name, do, … }] }  what to do to it from now on, as injections.ts says
// Every time that a rule strikes, a line { at, id, name } is appended to <NODE_ID>.log: the proof.
import { appendFileSync, openSync, readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { isMainThread } from "node:worker_threads";

const { CHAOS_DIR, NODE_ID } = process.env;
const require = createRequire(join(import.meta.dirname, "../../package.json"));
const LOOK_EVERY = 20;
// not in the programs that only inherit NODE_OPTIONS: `npm run cluster` itself, a worker thread
if (CHAOS_DIR && isMainThread && (NODE_ID || process.env.CHAOS_SHOP)) install(NODE_ID ?? "shop");

function install(node) {
	const file = join(CHAOS_DIR, `${node}.json`);
	const log = join(CHAOS_DIR, `${node}.log`);
	const realNow = Date.now;
	const NEVER = new Promise(() => {});
	let rules = [];
	let seen = "";
	const struck = new Map();

	const proof = (rule, name) =>
		appendFileSync(log, `${JSON.stringify({ at: realNow(), id: rule.id, name })}\n`);
	/** As told this moment: whoever sets a rule and then asks for something finds it in force. */
	const read = () => {
		const stat = statSync(file, { throwIfNoEntry: false });
		const now = stat ? `${stat.mtimeMs} ${stat.size} ${stat.ino}` : "";
		if (now === seen) return {};
		const told = now ? JSON.parse(readFileSync(file, "utf8")) : {};
		seen = now;
		rules = told.rules ?? [];
		return told;
	};
	const first = read();
	Object.assign(process.env, first.env);
	if (first.nats && process.env.NATS_URL) {
		const url = new URL(process.env.NATS_URL);
		url.host = first.nats;
		process.env.NATS_URL = url.href;
	}

	const matches = (pattern, name) =>
		pattern === "*" ||
		pattern === name ||
		(pattern.endsWith(".*") && name.startsWith(pattern.slice(0, -1)));
	const fits = ({ on, name: pattern, holds = [] }, where, name, text) =>
		on === where && matches(pattern, name) && holds.every(part => text().includes(part));
	const states = new Map();
	const random = ({ id, seed = 1 }) => {
		const state = ((states.get(id) ?? seed) + 0x6d2b79f5) | 0;
		states.set(id, state);
		let t = Math.imul(state ^ (state >>> 15), 1 | state);
		t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
		return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
	};
	const isFirst = ({ id }) => {
		try {
			openSync(join(CHAOS_DIR, `once ${id}`), "wx");
			return true;
		} catch {
			return false;
		}
	};
	/** The first rule that strikes here and now. */
	const strikes = (where, name, text) => {
		read();
		for (const rule of rules) {
			if (!fits(rule, where, name, text)) continue;
			const count = struck.get(rule.id) ?? 0;
			if (count >= (rule.times ?? Infinity)) continue;
			if (rule.chance !== undefined && random(rule) >= rule.chance) continue;
			if (rule.once && !isFirst(rule)) continue;
			struck.set(rule.id, count + 1);
			proof(rule, name);
			return rule;
		}
	};

	const die = () => {
		process.kill(process.pid, "SIGKILL");
		for (;;);
	};
	const held = rule => sleep((rule.ms ?? 0) + random(rule) * (rule.spread ?? 0));
	const harm = {
		crash: die,
		drop: rule => (rule.on === "event" ? undefined : NEVER),
		fail: rule => {
			throw new TypeError(`Chaos ${rule.id}`);
		}
	};
	/** What the process is about to die of: nothing like it happens any more. */
	let doom = null;
	/** What a rule makes of some work. */
	const apply = async (rule, work) => {
		if (rule.do === "cut") {
			void work();
			await held(rule);
			return die();
		}
		if (rule.do === "twice")
			void held(rule)
				.then(work)
				.catch(() => {}); // nobody has asked for this one
		if (rule.do === "delay" && rule.when !== "after") await held(rule);
		if (rule.when !== "after" && harm[rule.do]) return harm[rule.do](rule);
		if (rule.do === "crash") doom = rule;
		const result = await work();
		if (rule.when !== "after") return result;
		if (rule.do === "delay") await held(rule);
		return harm[rule.do] ? harm[rule.do](rule) : result;
	};
	/** Does some work as the rules have it. */
	const pass = (where, name, asked, work) => {
		let json;
		const text = () => (json ??= JSON.stringify(asked) ?? "");
		if (name.startsWith("$")) return work();
		if (doom && fits(doom, where, name, text)) return NEVER;
		const rule = strikes(where, name, text);
		if (!rule) return work();
		// with a call's answer comes the context that its caller takes the meta from
		let context;
		const done = apply(rule, () => {
			const answer = work();
			context ??= answer?.ctx;
			return answer;
		});
		return Object.defineProperty(done, "ctx", {
			get: () => context,
			set: value => void (context ??= value)
		});
	};
	/** Puts the rules before methods of an object. */
	const guard = (owner, names, where, name) => {
		for (const key of names) {
			const method = owner[key].bind(owner);
			owner[key] = (...args) => pass(where, name, args, () => method(...args));
		}
	};

	const tells = next => (name, payload, options) =>
		pass("event", name, payload, () => next(name, payload, options));
	const chaos = {
		name: "Chaos",
		localAction:
			(next, { name }) =>
			ctx =>
				pass("action", name, ctx.params, () => next(ctx)),
		localEvent:
			(next, { name }) =>
			ctx =>
				pass("hear", name, ctx.params, () => next(ctx)),
		// the gateway names an action by its endpoint
		call: next => (what, params, options) =>
			pass("call", what.name ?? what, params, () => next(what, params, options)),
		emit: tells,
		broadcast: tells,
		serviceCreated(service) {
			for (const [table, value] of Object.entries(service))
				if (value?.changeAll) guard(value, ["create", "change"], "write", table);
		},
		async serviceStarted({ provider }) {
			if (provider) guard(provider, ["capture"], "provider", "capture");
		}
	};

	let skew = 0;
	const now = () => realNow() + skew;
	globalThis.Date = new Proxy(Date, {
		construct: (RealDate, args) => (args.length ? new RealDate(...args) : new RealDate(now())),
		get: (RealDate, key) => (key === "now" ? now : Reflect.get(RealDate, key))
	});
	const hoard = [];
	const compact = async rule => {
		const { Journal } = require("./dist/mixins/journal.js");
		const journal = await Journal.open(process.env.DATA_DIR);
		for (; rules.includes(rule); await sleep(1)) {
			await journal.compact();
			proof(rule, "compacted");
		}
	};
	const begin = {
		now({ stall }) {
			for (const end = realNow() + stall; realNow() < end;);
		},
		journal: rule => void compact(rule),
		heap: () => void setInterval(() => hoard.push(Array.from({ length: 1e5 }, n => ({ n }))), 20),
		clock: () => {}
	};
	setInterval(() => {
		read();
		skew = rules.find(({ on }) => on === "clock")?.skew ?? 0;
		for (const rule of rules) {
			if (!begin[rule.on] || struck.has(rule.id)) continue;
			struck.set(rule.id, 1);
			proof(rule, rule.on);
			begin[rule.on](rule);
		}
	}, LOOK_EVERY).unref();

	const moleculer = require("moleculer");
	moleculer.ServiceBroker = class extends moleculer.ServiceBroker {
		constructor(options = {}) {
			super({ ...options, middlewares: [chaos, ...(options.middlewares ?? [])] });
		}
	};
}
