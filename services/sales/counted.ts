import { type Bucket, type Entry, type Line, nothing, type Quarter } from "./entries";

/** More SKUs in a quarter of an hour count in the totals only. */
const MOST_SKUS = 500;

/** The quarters with some more entries in them. What no entry touches, both share. */
export function counted(before: Bucket["quarters"], entries: readonly Entry[]): Bucket["quarters"] {
	const quarters: Bucket["quarters"] = { ...before };
	for (const quarter of new Set(entries.map(entry => entry.quarter)))
		quarters[quarter] = withMore(
			before[quarter] ?? { ...nothing(), skus: {} },
			entries.filter(entry => entry.quarter === quarter)
		);
	return quarters;
}
function withMore(before: Quarter, entries: readonly Entry[]): Quarter {
	const into = { ...before };
	const skus = new Map(Object.entries(before.skus));
	for (const { type, lines, converted } of entries) {
		const worth = lines.reduce((sum, { revenue }) => sum + revenue, 0);
		if (type === "refunded") into.refunds += worth;
		if (type === "held") into.holds++;
		if (type === "converted" || converted) into.converted++;
		if (type !== "paid" && type !== "returned") continue;
		if (type === "paid") {
			into.orders++;
			into.revenue += worth;
			into.units += lines.reduce((sum, { units }) => sum + units, 0);
		}
		for (const { sku, units, revenue, ...product } of lines) {
			const known: Pick<Line, "units" | "revenue" | "back"> = skus.get(sku) ?? {
				units: 0,
				revenue: 0
			};
			if (!skus.has(sku) && skus.size >= MOST_SKUS) continue;
			skus.set(sku, {
				...known,
				...product,
				...(type === "paid"
					? { units: known.units + units, revenue: known.revenue + revenue }
					: { back: (known.back ?? 0) + units })
			});
		}
	}
	return { ...into, skus: Object.fromEntries(skus) };
}
