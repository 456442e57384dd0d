import type { Notification } from "@shared/notification.contract";
import { defineStore } from "pinia";
import { effectScope, ref, shallowRef, watch } from "vue";
import { api, ApiError } from "./api";
import { pauseAfter } from "./async";
import { useCatchUp, useLive } from "./live";
import { useSession } from "./session.store";

const SHOWN = 20;

/** What is new for whoever is signed in; kept on the server, pushed while the page is open. */
export const useNotifications = defineStore("notifications", () => {
	const items = shallowRef<Notification[]>([]);
	const unread = ref(0);
	const session = useSession();
	/** Called with every new one: the app shows a toast. */
	const onNew = shallowRef<(notification: Notification) => void>();

	async function load(): Promise<void> {
		if (!session.user) return;
		const page = await api("GET /notifications", { query: { pageSize: SHOWN } });
		items.value = page.items;
		unread.value = page.unread;
	}
	async function read(ids?: string[]): Promise<void> {
		await api("POST /notifications/read", { body: ids ? { ids } : {} });
		await load();
	}
	let again: ReturnType<typeof setTimeout> | undefined;
	/** The bell is not worth an error message: what is missing comes with the next look. */
	function look() {
		clearTimeout(again);
		load().catch((refused: unknown) => {
			if (!(refused instanceof ApiError)) throw refused;
			if (refused.passing) again = setTimeout(look, pauseAfter(refused));
		});
	}

	effectScope(true).run(() => {
		watch(
			() => session.user?.id,
			id => {
				items.value = [];
				unread.value = 0;
				if (id) look();
			},
			{ immediate: true }
		);
		useCatchUp(look);
		useLive("notification.created", told => {
			if (items.value.some(({ id }) => id === told.id)) return;
			const notification = { ...told, read: false };
			items.value = [notification, ...items.value].slice(0, SHOWN);
			unread.value++;
			onNew.value?.(notification);
		});
	});
	return { items, unread, onNew, load, read };
});
