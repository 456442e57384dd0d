import type { ServiceBroker } from "moleculer";

const AT_ONCE = 1000;

/** Puts many new documents into a table of a service on this node. */
export async function put<T extends { id: string }>(
	node: ServiceBroker,
	service: string,
	table: string,
	documents: readonly T[]
): Promise<void> {
	const { adapter } = (
		node.getLocalService(service) as unknown as Record<
			string,
			{ adapter: { insertMany(all: object[]): Promise<object> } }
		>
	)[table]!;
	for (let i = 0; i < documents.length; i += AT_ONCE)
		await adapter.insertMany(
			documents.slice(i, i + AT_ONCE).map(({ id, ...rest }) => ({ _id: id, ...rest }))
		);
}
