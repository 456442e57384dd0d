import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import config from "../../moleculer.config";
import { ALL, CORE } from "../../services/node";

interface Container {
	image: string;
	build?: { target: string };
	command?: string[];
	entrypoint?: string[];
	container_name?: string;
	environment?: Record<string, string>;
	healthcheck?: { test?: string[]; disable?: boolean };
	logging?: { options: Record<string, string> };
	mem_limit?: string;
	ports?: (string | { published: number; target: number })[];
	profiles?: string[];
	stop_grace_period?: string;
	volumes?: string[];
}
const root = join(__dirname, "../..");
const read = (path: string) => readFileSync(join(root, path), "utf8");
const example = read(".env.example");
const compose = read("docker-compose.yml");
const dockerfile = read("Dockerfile");

/** docker-compose reads the file with these settings; it brings Python, and Python's YAML. */
function configured(env: string): { services: Record<string, Container>; volumes: object } {
	const file = join(mkdtempSync(join(tmpdir(), "shop-compose-")), "env");
	writeFileSync(file, env);
	const { status, stdout, stderr } = spawnSync(
		"docker-compose",
		[
			"--project-directory",
			root,
			"-f",
			join(root, "docker-compose.yml"),
			"--env-file",
			file,
			"config"
		],
		{ encoding: "utf8", env: { PATH: process.env.PATH } }
	);
	if (status !== 0) throw new Error(stderr || "docker-compose isn't on the PATH");
	const toJson = "import json, sys, yaml; json.dump(yaml.safe_load(sys.stdin), sys.stdout)";
	return JSON.parse(execFileSync("python3", ["-c", toJson], { input: stdout, encoding: "utf8" }));
}
const filled = example.replace(/^([A-Z_]+)=$/gm, "$1=k0123456789abcdef0123456789abcdef");
const { services } = configured(filled);
const nodes = Object.entries(services).filter(([, { image }]) => image === "commercify");

const sources = (dir: string): string =>
	readdirSync(join(root, dir), { recursive: true, encoding: "utf8" })
		.filter(name => name.endsWith(".ts"))
		.map(name => read(join(dir, name)))
		.join("\n");
const code = [sources("services"), sources("mixins"), read("moleculer.config.ts")].join("\n");

describe("docker-compose.yml", () => {
	it("has a container for every service, by name, and knows no other", () => {
		const running = nodes
			.filter(([, { profiles }]) => !profiles)
			.map(([name, { environment }]) => [name, environment!.SERVICES]);
		expect(Object.fromEntries(running)).toEqual({
			...Object.fromEntries(CORE.map(name => [`${name}_service`, name])),
			api_gateway: "gateway",
			websocket_relay: "relay"
		});
		expect(ALL.length).toBe(running.length);
	});

	it("asks for every secret, and says which one lacks", () => {
		for (const [, name] of example.matchAll(/^([A-Z_]+)=$/gm))
			if (name !== "CORS_ORIGINS") expect(compose).toContain(`\${${name}:?is missing`);
		const without = filled.replace(/^SECRET_KEY=.*$/m, "");
		expect(() => configured(without)).toThrow(/is missing, see \.env\.example/);
	});

	it("uses what .env.example offers, and nothing else", () => {
		const offered = [...example.matchAll(/^([A-Z_]+)=/gm)].map(([, name]) => name!);
		const used = [...compose.matchAll(/(?<!\$)\$\{([A-Z_]+)/g)].map(([, name]) => name!);
		expect([...new Set(used)].sort()).toEqual(offered.sort());
	});

	it("sets no variable that the code doesn't read", () => {
		for (const [name, { environment }] of nodes)
			for (const variable of Object.keys(environment!))
				expect([name, variable, new RegExp(`\\b${variable}\\b`).test(code)]).toEqual([
					name,
					variable,
					true
				]);
		const front = [...read("deploy/nginx.conf").matchAll(/\$\{(FRONT_[A-Z_]+)\}/g)].map(
			([, name]) => name!
		);
		expect(Object.keys(services.nginx!.environment!).sort()).toEqual(
			[...new Set(front)].filter(name => name !== "FRONT_").sort()
		);
		const bus = [...read("deploy/nats.conf").matchAll(/\$(NATS_PASSWORD_\w+)/g)].map(
			([, name]) => name!
		);
		expect(Object.keys(services.nats!.environment!).sort()).toEqual(bus.sort());
		expect(services.mongodb_2!.environment).toHaveProperty("MONGO_REPLICA_KEY");
		expect(read("deploy/mongodb/start.sh")).toContain("$MONGO_REPLICA_KEY");
	});

	it("fits its ports together", () => {
		for (const [name, { environment }] of nodes) {
			expect([environment!.PORT, environment!.RELAY_PORT]).toEqual(["8080", "8081"]);
			if (name !== "demo") expect(environment!.METRICS_PORT).toBe("3030");
		}
		const { environment, ports } = services.nginx!;
		expect([environment!.FRONT_PORT, environment!.FRONT_RELAY_PORT]).toEqual(["8080", "8081"]);
		expect(ports).toEqual([
			{ published: 8080, target: 8080 },
			{ published: 8081, target: 8081 }
		]);
		expect(environment!.FRONT_GATEWAYS).toContain("server api_gateway:8080 resolve");
		expect(environment!.FRONT_RELAYS).toContain("server websocket_relay:8081 resolve");
		expect(dockerfile).toContain("EXPOSE 8080 8081 3030");
	});

	it("can be scaled: no names and no ports of the host but the front's", () => {
		for (const [name, { container_name, ports = [] }] of Object.entries(services)) {
			expect(container_name).toBeUndefined();
			if (name !== "nginx")
				expect(ports.filter(port => !String(port).startsWith("127.0.0.1:"))).toEqual([]);
		}
	});

	it("runs programs that there are, and mounts files that there are", () => {
		const commands = [...Object.values(services)].flatMap(({ command = [], healthcheck }) => [
			...[command].flat(),
			...(healthcheck?.test ?? [])
		]);
		const programs = [
			...commands
				.join(" ")
				.concat(dockerfile)
				.matchAll(/dist\/(services\/\w+)\.js/g)
		];
		expect(programs.length).toBeGreaterThan(10);
		for (const [, path] of programs)
			expect([path, existsSync(join(root, `${path}.ts`))]).toEqual([path, true]);
		for (const { volumes = [] } of Object.values(services))
			for (const volume of volumes.filter(text => text.startsWith(root))) {
				const [path] = volume.split(":") as [string];
				expect([path, existsSync(path)]).toEqual([path, true]);
			}
		for (const [, from] of dockerfile.matchAll(/^COPY (?!--from)(\S+)/gm))
			expect(existsSync(join(root, from!))).toBe(true);
		const targets = [...dockerfile.matchAll(/ AS (\w+)$/gm)].map(([, name]) => name);
		for (const { build } of Object.values(services))
			if (build) expect(targets).toContain(build.target);
	});

	it("checks the health of everything on a path that there is", () => {
		for (const [name, { healthcheck, profiles, entrypoint }] of Object.entries(services)) {
			const member = entrypoint && name !== "mongodb"; // the first one answers for the set
			if (!profiles && !member)
				expect([name, healthcheck?.test?.length]).not.toEqual([name, undefined]);
		}
		const paths = [...code.matchAll(/\/health(?:\/\w+)?/g)].map(([path]) => path);
		expect(services.nginx!.healthcheck!.test).toContain("http://127.0.0.1:8080/health/live");
		expect(paths).toEqual(expect.arrayContaining(["/health/live", "/health/ready"]));
		for (const [, { healthcheck }] of nodes.filter(([name]) => name !== "demo"))
			expect(healthcheck!.test).toEqual(["CMD", "node", "dist/services/healthcheck.js"]);
	});

	it("bounds memory and logs, and waits longer than a node takes to drain", () => {
		for (const [name, { mem_limit, logging }] of Object.entries(services)) {
			expect([name, typeof mem_limit]).toEqual([name, "string"]);
			expect(logging!.options["max-size"]).toBe("10m");
		}
		const drain = config.tracking!.shutdownTimeout!;
		for (const [, { stop_grace_period }] of nodes)
			expect(Number.parseInt(stop_grace_period!) * 1000).toBeGreaterThan(drain + 5000);
	});
});

describe("deploy/nats.conf", () => {
	const users = new Map(
		[...read("deploy/nats.conf").matchAll(/user: (\w+),[\s\S]*?(?=user: |$)/g)].map(
			([text, name]) => [name!, text]
		)
	);
	const mayAsk = (user: string) =>
		[...users.get(user)!.matchAll(/MOL-commercify\.REQ\.(\w+)\./g)].map(([, name]) => name!).sort();
	/** Whose replicas ask each other. */
	const TALKS_TO_ITSELF = ["catalog"];
	/** Of which services a service's own code speaks. */
	const said = (service: string, verbs: string) => {
		const text = sources(join("services", service));
		return [
			...text.matchAll(new RegExp(`\\.(?:${verbs})(?:<[^>]*>)?\\(\\s*"([a-z]+)\\.\\w+"`, "g"))
		]
			.map(([, name]) => name!)
			.filter(name => name !== service || TALKS_TO_ITSELF.includes(name));
	};
	/** Which doors ask after ended sessions: services/revocations.ts. */
	const DOORS = ["gateway", "relay"];

	it.each([...CORE, "relay"])("lets %s ask whom its code asks, and nobody else", service => {
		const asked = [...said(service, "call"), ...(DOORS.includes(service) ? ["auth"] : [])];
		expect(mayAsk(service)).toEqual([...new Set(asked)].sort());
	});

	it.each([...CORE, "relay"])("lets %s tell the others if its code does", service => {
		const tells = /wire\.emit|(ctx|broker)\.(emit|broadcast)\(/.test(
			sources(join("services", service))
		);
		expect(users.get(service)!.includes("MOL-commercify.EVENT.>")).toBe(tells);
	});

	it("lets everybody hear what is theirs", () => {
		for (const [user, text] of users)
			if (user !== "operator")
				expect(text).toContain(`subscribe: ["MOL-commercify.*", "MOL-commercify.*.${user}.>"]`);
		expect([...users.keys()].sort()).toEqual([...ALL, "operator"].sort());
	});
});
