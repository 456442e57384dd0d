import { join } from "node:path";
import { type Collection, db } from "../../mixins/db.mixin";
import { health } from "../../mixins/health.mixin";
import { idOf } from "../id";
import { dataDir, publicUrl } from "../settings";
import type { Notification } from "../shared/notification.contract";
import type { Schema } from "../typed";
import { composed, MailFolder } from "./mail";
import { type Notice, noticesOf, stockNotice } from "./notices";

interface Stored extends Notification {
	userId: string;
	/** Keys of the lists that it is in: all of its user's, and the unread or the read ones. */
	lists: string[];
}
interface Methods {
	notifications: Collection<Stored>;
	mails: MailFolder;
	/** Keeps a notice and pushes it; the same id a second time is nothing. */
	tell(id: string, at: string, notice: Notice): Promise<void>;
	prune(userId: string): Promise<void>;
}

const MOST_PER_USER = 500;
const keyOf = (userId: string, read: boolean) => `${userId}.${read ? "read" : "unread"}`;
const standing = (userId: string, read: boolean) => ({
	read,
	lists: [userId, keyOf(userId, read)]
});

const toNotification = ({ userId: _, lists: _lists, ...rest }: Stored): Notification => rest;

const NotificationService: Schema<"notification", Methods> = {
	name: "notification",
	mixins: [
		db({
			notifications: { lists: { keys: "lists", sort: "-at" } }
		}),
		health
	],
	actions: {
		async list(ctx) {
			const { unread: wanted, ...paging } = ctx.params;
			const userId = ctx.meta.user.id;
			const key = wanted === undefined ? userId : keyOf(userId, !wanted);
			const [found, unread] = await Promise.all([
				this.notifications.list(key, paging, toNotification),
				this.notifications.size(keyOf(userId, false))
			]);
			return { ...found, unread };
		},

		async read(ctx) {
			const { ids } = ctx.params;
			const userId = ctx.meta.user.id;
			const unread = { lists: keyOf(userId, false), ...(ids && { id: { $in: ids } }) };
			await this.notifications.changeAll(unread, { $set: standing(userId, true) });
			return null;
		},

		async record(ctx) {
			const { id, seq, at } = ctx.params;
			for (const notice of noticesOf(ctx.params))
				await this.tell(idOf("n", id, seq, notice.userId, notice.kind), at, notice);
			return null;
		},

		async alert(ctx) {
			const { kind, ...crossing } = ctx.params;
			const at = new Date().toISOString();
			const id = idOf("n", crossing.sku, crossing.version, kind);
			await this.tell(id, at, stockNotice(`stock.${kind}`, crossing));
			return null;
		}
	},

	events: {
		async "mail.requested"(ctx) {
			const content = composed(ctx.params, publicUrl, new Date());
			if (content) await this.mails.write(ctx.params.id, content);
			else this.logger.warn(`No mail ${ctx.params.id}: nobody can be reached at such an address`);
		}
	},

	methods: {
		async tell(id, at, notice) {
			const { userId, ...rest } = notice;
			const isNew = await this.notifications.create({
				id,
				at,
				...notice,
				...standing(userId, false)
			});
			if (!isNew) return;
			await this.broker.emit("notification.created", { userId, id, at, ...rest });
			await this.prune(userId);
		},

		async prune(userId) {
			if ((await this.notifications.size(userId)) <= MOST_PER_USER) return;
			const oldest = await this.notifications.page(userId, { offset: MOST_PER_USER, limit: 100 });
			await this.notifications.remove({ id: { $in: oldest.map(({ id }) => id) } });
		}
	},

	created() {
		this.mails = new MailFolder(join(dataDir, "mail"));
	}
};
export default NotificationService;
