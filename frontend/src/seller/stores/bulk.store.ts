import { api, ApiError } from "@common/api";
import { useCatchUp, useLive } from "@common/live";
import { useSession } from "@common/session.store";
import type { Bulk, BulkAnswer } from "@shared/bulk.contract";
import type { Messages } from "@shared/messages";
import { defineStore } from "pinia";
import { effectScope, shallowRef, watch } from "vue";

type Progress = Messages["bulk.progressed"];

/** Milliseconds after which a bulk that says nothing is asked after. */
const LOOK = 3000;

/** The bulk that is running, wherever it was begun, and how the last one ended. */
export const useBulks = defineStore("bulk", () => {
	const session = useSession();
	const running = shallowRef<Progress>();
	/** The one that has just ended, with its errors. */
	const ended = shallowRef<Bulk>();
	let timer: ReturnType<typeof setTimeout> | undefined;

	function see(progress: Progress) {
		const known = running.value;
		if (known?.bulkId === progress.bulkId && progress.version < known.version) return;
		if (progress.status === "running") {
			running.value = progress;
			lookSoon(progress.bulkId);
		} else if (known?.bulkId === progress.bulkId) void look(progress.bulkId);
	}
	function lookSoon(id: string) {
		clearTimeout(timer);
		timer = setTimeout(() => void look(id), LOOK);
	}
	/** The socket may be away: what it would say is asked for. */
	async function look(id: string): Promise<void> {
		clearTimeout(timer);
		try {
			const bulk = await api("GET /seller/products/bulk/:id", { path: { id } });
			if (running.value?.bulkId !== id) return;
			if (bulk.status === "running") {
				const { matched, done, changed, failed: errors, status } = bulk;
				const version = running.value.version;
				return see({ bulkId: id, matched, done, changed, errors, status, version });
			}
			running.value = undefined;
			ended.value = bulk;
		} catch (error) {
			if (!(error instanceof ApiError)) throw error;
			if (error.passing) lookSoon(id);
			else running.value = undefined;
		}
	}
	/** Follows a bulk that this page has begun to its end. */
	function follow({ bulkId, matched, done, changed, failed: errors }: BulkAnswer): void {
		if (!bulkId) return;
		running.value = { bulkId, matched, done, changed, errors, status: "running", version: 0 };
		void look(bulkId);
	}
	/** One that another page, or this one before a reload, has begun. */
	async function find(): Promise<void> {
		running.value = undefined;
		if (!session.isSeller) return;
		try {
			const { items } = await api("GET /seller/products/bulk", { query: { pageSize: 1 } });
			const [last] = items;
			if (last?.status === "running") follow({ ...last, bulkId: last.id, errors: [] });
		} catch (error) {
			// its next step says that it is there
			if (!(error instanceof ApiError)) throw error;
		}
	}

	effectScope(true).run(() => {
		useLive("bulk.progressed", see);
		useCatchUp(() => running.value && void look(running.value.bulkId));
		watch(() => session.user?.id, find, { immediate: true });
	});
	return { running, ended, follow };
});
