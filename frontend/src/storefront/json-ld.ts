import type { Product } from "@shared/catalog.contract";
import { onScopeDispose, watchEffect } from "vue";

const inStock = (available: number) =>
	`https://schema.org/${available > 0 ? "InStock" : "OutOfStock"}`;

/** What search engines read of a product (schema.org). */
export const structured = ({
	title,
	description,
	images,
	seller,
	rating,
	currency,
	variants
}: Product) => ({
	"@context": "https://schema.org",
	"@type": "Product",
	name: title,
	description,
	image: images.map(({ url }) => new URL(url, location.origin).href),
	brand: { "@type": "Brand", name: seller.shopName },
	...(rating.count && {
		aggregateRating: {
			"@type": "AggregateRating",
			ratingValue: rating.average,
			reviewCount: rating.count
		}
	}),
	offers: variants.map(({ sku, price, stock }) => ({
		"@type": "Offer",
		sku,
		price: (price / 100).toFixed(2),
		priceCurrency: currency,
		availability: inStock(stock.available),
		url: location.href
	}))
});

/** Keeps a data block in the page's head, as long as the page shows the product. */
export function useJsonLd(product: () => Product | undefined): void {
	const block = document.createElement("script");
	block.type = "application/ld+json";
	watchEffect(() => {
		const shown = product();
		if (!shown) return block.remove();
		block.textContent = JSON.stringify(structured(shown));
		document.head.append(block);
	});
	onScopeDispose(() => block.remove());
}
