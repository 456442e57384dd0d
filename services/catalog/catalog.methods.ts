import type { Collection } from "../../mixins/db.mixin";
import type { Blobs } from "../../mixins/blobs";
import type { Product } from "../shared/catalog.contract";
import type { Broker, Schema } from "../typed";
import type { LiveIndex } from "./live-index";
import type { StoredProduct } from "./product";
import type { Reviews, StoredReview } from "./reviews";
import type { StoredViews, Views } from "./views";

/** What the catalogue's handlers have to hand. */
export interface Methods {
	products: Collection<StoredProduct>;
	reviews: Collection<StoredReview>;
	rating: Reviews;
	pictures: Blobs;
	views: Collection<StoredViews>;
	kept: Views;
	live: LiveIndex;
	healing: NodeJS.Timeout;
	/** A product of this seller; somebody else's isn't there. */
	own(id: string, sellerId: string): Promise<StoredProduct>;
	/** A product that everybody may see. */
	published(id: string): Promise<StoredProduct>;
	view(product: StoredProduct): Product;
	/** Counts a review in, and lets everybody know of the product's new rating. */
	rated(wire: Pick<Broker, "emit">, review: StoredReview): Promise<void>;
	/** Makes the stock documents that a product lacks. */
	open(wire: Pick<Broker, "call" | "emit">, product: StoredProduct): Promise<StoredProduct>;
	/** Refuses with the product as it is now. */
	conflict(id: string, sellerId: string): Promise<never>;
	/** Finishes what a crash left halfway. */
	heal(): Promise<void>;
}
/** A part of the catalogue's actions, to be spread into the service. */
export type Part<K extends keyof Schema<"catalog", Methods>["actions"]> = Pick<
	Schema<"catalog", Methods>["actions"],
	K
>;
