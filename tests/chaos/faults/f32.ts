import type { Fault } from "../fault";
import { HARMS } from "../harms";

export const fault: Fault = {
	id: "F32",
	about: "a mix of all, one or two at a time, as the seed has it",
	mode: "cluster",
	size: { limited: 150, stock: 60 },
	async run(stage) {
		const { random, cluster, recorder } = stage;
		const names = Object.keys(HARMS);
		const counts = new Map<string, [happened: number, tried: number]>();
		for (const end = Date.now() + stage.minutes * 60_000; Date.now() < end;) {
			const chosen = [random.whole(0, names.length - 1)];
			if (random.isSo(0.3)) chosen.push(random.whole(0, names.length - 1));
			for (const n of new Set(chosen)) {
				const name = names[n]!;
				recorder.mark(name);
				const happened = await HARMS[name]!(stage);
				await stage.sleep(random.whole(500, 6000));
				const did = await happened();
				recorder.mark(did ? `${name}: happened` : `${name}: nobody met it`);
				const [times, tries] = counts.get(name) ?? [0, 0];
				counts.set(name, [times + Number(did), tries + 1]);
			}
			await cluster.heal();
			stage.heals();
			await stage.sleep(random.whole(500, 4000));
		}
		for (const [name, [times, tries]] of counts)
			if (times) stage.proved(`${name} ×${times}${times < tries ? ` of ${tries}` : ""}`, times);
	}
};
