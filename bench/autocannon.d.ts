/** What we use of it: it comes without types. */
declare module "autocannon" {
	interface Result {
		requests: { average: number; total: number };
		latency: { p50: number; p99: number };
		errors: number;
		non2xx: number;
	}
	export default function autocannon(options: {
		url: string;
		connections: number;
		duration: number;
		/** Paths that are asked for in turn. */
		requests?: { path: string }[];
	}): Promise<Result>;
}
