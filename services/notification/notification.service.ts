import { join } from "node:path";
import { type Collection, db, type Query } from "../../mixins/db.mixin";
import { health } from "../../mixins/health.mixin";
import { idOf } from "../id";
import { dataDir, publicUrl } from "../settings";
import type { Notification } from "../shared/notification.contract";
import type { Schema } from "../typed";
import { composed, MailFolder } from "./mail";
import { type Notice, noticesOf, stockNotice } from "./notices";

interface Stored extends Omit<Notification, "read"> {
	userId: string;
	/** The user again, as long as it is unread: its index is the count of what is unread. */
	unreadOf?: string;
}
interface Methods {
	notifications: Collection<Stored>;
	mails: MailFolder;
	/** Keeps a notice and pushes it; the same id a second time is nothing. */
	tell(id: string, at: string, notice: Notice): Promise<void>;
	prune(userId: string): Promise<void>;
}

const MOST_PER_USER = 500;
const read = { $unset: { unreadOf: true } } as const;

const toNotification = ({ userId: _, unreadOf, ...rest }: Stored): Notification => ({
	...rest,
	read: unreadOf === undefined
});

const NotificationService: Schema<"notification", Methods> = {
	name: "notification",
	mixins: [
		db({
			notifications: { indexes: [{ fields: ["userId"] }, { fields: ["unreadOf"], sparse: true }] }
		}),
		health
	],
	actions: {
		async list(ctx) {
			const { unread: wanted, page, pageSize } = ctx.params;
			const userId = ctx.meta.user.id;
			const query: Query = wanted
				? { unreadOf: userId }
				: { userId, ...(wanted === false && { unreadOf: { $exists: false } }) };
			const [found, total, unread] = await Promise.all([
				this.notifications.find(query, {
					sort: ["-at", "-id"],
					limit: pageSize,
					offset: (page - 1) * pageSize
				}),
				this.notifications.count(query),
				this.notifications.count({ unreadOf: userId })
			]);
			return { items: found.map(toNotification), page, pageSize, total, unread };
		},

		async read(ctx) {
			const { ids } = ctx.params;
			const unreadOf = ctx.meta.user.id;
			await this.notifications.changeAll({ unreadOf, ...(ids && { id: { $in: ids } }) }, read);
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
			const isNew = await this.notifications.create({ id, at, ...notice, unreadOf: userId });
			if (!isNew) return;
			await this.broker.emit("notification.created", { userId, id, at, ...rest });
			await this.prune(userId);
		},

		async prune(userId) {
			if ((await this.notifications.count({ userId })) <= MOST_PER_USER) return;
			const oldest = await this.notifications.find(
				{ userId },
				{ sort: ["-at", "-id"], offset: MOST_PER_USER, limit: 100 }
			);
			await this.notifications.remove({ id: { $in: oldest.map(({ id }) => id) } });
		}
	},

	created() {
		this.mails = new MailFolder(join(dataDir, "mail"));
	}
};
export default NotificationService;
