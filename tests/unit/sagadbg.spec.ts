import "../helpers/saga-settings";
import * as fc from "fast-check";
import { happens, histories } from "../helpers/saga-history";
it("x", async () => {
	const hs = fc.sample(histories(), { numRuns: 150, seed: 7 });
	let clock = 0; const t = performance.now(); const rows: number[][] = [];
	for (const h of hs) { const t0 = performance.now(); const w = await happens(h); clock += w.timeline.clock; rows.push([performance.now() - t0, w.timeline.clock, (w as unknown as {steps:number}).steps]); }
	rows.sort((a, b) => b[0]! - a[0]!);
	console.log((performance.now() - t) / hs.length, clock / hs.length, JSON.stringify(rows.slice(0, 5)), JSON.stringify(rows.slice(75,78)));
}, 100000);
