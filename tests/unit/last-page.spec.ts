import { isBeyond, lastPage } from "../../frontend/src/common/last-page";

it.each([
	[0, 25, 1],
	[1, 25, 1],
	[25, 25, 1],
	[26, 25, 2],
	[40, 25, 2]
])("of %i things, %i a page, the last page is %i", (total, pageSize, last) => {
	expect(lastPage({ total, pageSize })).toBe(last);
	expect(isBeyond({ total, pageSize, page: last })).toBe(false);
	expect(isBeyond({ total, pageSize, page: last + 1 })).toBe(true);
});
