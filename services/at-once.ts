/**
 * Does some work for each, so many side by side, and answers in their order. Once one has failed no other is begun; it
 * is told when those under way are over.
 */
export async function atOnce<T, R>(
	items: readonly T[],
	most: number,
	work: (item: T) => Promise<R>
): Promise<R[]> {
	const results: R[] = [];
	const rest = items.entries();
	let failed = false;
	const one = async () => {
		for (const [i, item] of rest) {
			if (failed) return;
			try {
				results[i] = await work(item);
			} catch (err) {
				failed = true;
				throw err;
			}
		}
	};
	const ends = await Promise.allSettled(Array.from({ length: most }, one));
	for (const end of ends) if (end.status === "rejected") throw end.reason;
	return results;
}
