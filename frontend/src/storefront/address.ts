import type { Address } from "@shared/fields";

export const newAddress = (name = "", country = "DE"): Address => ({
	name,
	line1: "",
	line2: "",
	city: "",
	postalCode: "",
	country,
	phone: ""
});

/** Fields that were left empty are not sent. */
export function filled(address: Address): Address {
	const { line2, region, phone, ...needed } = address;
	const { name, line1, city, postalCode, country } = needed;
	const extra = Object.entries({ line2, region, phone }).filter(([, value]) => value?.trim());
	return { name, line1, city, postalCode, country, ...Object.fromEntries(extra) };
}
