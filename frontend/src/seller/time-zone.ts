import { api } from "@common/api";
import { useAsync } from "@common/async";
import { useSession } from "@common/session.store";
import { computed, onMounted } from "vue";
import { ownZone } from "./dashboard";

/** In whose days the seller counts: what their account says, which is the browser's until they choose. */
export function useTimeZone() {
	const session = useSession();
	const zone = computed(() => session.user?.timeZone ?? ownZone());
	async function choose(timeZone: string): Promise<void> {
		session.setUser(await api("PATCH /auth/me", { body: { timeZone } }));
	}
	// so that every device of theirs counts alike; where it can't be kept now, the next look keeps it
	const { run: keep } = useAsync(choose);
	onMounted(() => {
		if (session.user && !session.user.timeZone) void keep(ownZone());
	});
	const { run: adopt, error } = useAsync(choose);
	return { zone, adopt, error };
}
