import { ask } from "../../helpers/http";
import { until } from "../../helpers/shop";
import type { Fault } from "../fault";
import { isAck } from "../record";

/** Milliseconds until writes go on once there is space. */
const MOST = 10_000;

export const fault: Fault = {
	id: "F22",
	about: "the disk is full for six seconds; then the process is killed",
	mode: "embedded",
	smallDisk: true,
	async run(stage) {
		const { embedded: shop, recorder, crowd } = stage;
		const pid = shop.process.process.pid!;
		shop.disk!.fill(pid);
		const refused = () =>
			recorder.lines.filter(({ body }) => body.includes('"STORAGE_UNAVAILABLE"'));
		await until(() => refused().length, n => n >= 5, 30_000); // prettier-ignore
		stage.proved("writes were refused with STORAGE_UNAVAILABLE", refused().length);
		const read = await ask(shop.baseUrl, `GET /api/catalog/stock?skus=${crowd.limitedSku}`);
		stage.expect("reads go on while the disk is full", read.status === 200, read.text);
		await stage.sleep(6000);

		shop.disk!.free(pid);
		const freed = Date.now();
		const written = () =>
			recorder.lines.find(line => line.op !== "stock" && line.t0 > freed && isAck(line));
		const first = (await until(written, Boolean, 30_000))!;
		stage.expect("writes go on soon after there is space", first.t1 - freed < MOST, first);
		await stage.traffic(20, "acked");
		await shop.kill();
		await shop.process.start();
	}
};
