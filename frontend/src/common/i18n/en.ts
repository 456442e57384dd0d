export default {
	live: {
		live: "Live",
		connecting: "Connecting",
		stale: "Not live for {ago}",
		offline: "You are offline",
		liveHelp: "Stock, prices and orders on this page are true right now.",
		staleHelp:
			"The live connection is down. We ask again every few seconds and catch up by ourselves.",
		offlineHelp: "Your device has no connection. What you see is from {ago}.",
		seconds: "{n} s",
		minutes: "{n} min"
	},
	common: {
		retry: "Try again",
		opening: "We can't reach the shop. The page opens by itself as soon as we can.",
		retrying: "We try again by ourselves.",
		close: "Close",
		cancel: "Cancel",
		save: "Save",
		saved: "Saved",
		edit: "Edit",
		remove: "Remove",
		back: "Back",
		loading: "Loading",
		more: "Show more",
		skip: "Skip to the content",
		language: "Language",
		dark: "Dark colours",
		light: "Light colours",
		requestId: "Reference {id}",
		optional: "optional",
		showPassword: "Show the password",
		hidePassword: "Hide the password"
	},
	notifications: {
		title: "Notifications",
		open: "Notifications, {n} unread",
		none: "Nothing new",
		noneHelp: "We tell you here about orders, parcels and stock.",
		readAll: "Mark all as read",
		unread: "unread"
	},
	stock: {
		left: "{n} left",
		inStock: "In stock",
		out: "Sold out",
		held: "{n} held by another buyer | {n} held by other buyers",
		mayReturn: "may come back",
		back: "Back in stock",
		saidOut: "{title} is sold out now",
		saidBack: "{title} is back in stock"
	},
	status: {
		pending: "Being placed",
		reserved: "Waiting for payment",
		paying: "Payment in progress",
		paid: "Paid",
		rejected: "Not placed",
		expired: "Expired",
		cancelled: "Cancelled",
		refunded: "Refunded"
	},
	parcel: {
		unfulfilled: "Being prepared",
		partly: "Partly on its way",
		shipped: "On its way",
		delivered: "Delivered",
		cancelled: "Cancelled",
		returned: "Returned"
	},
	problem: {
		OFFLINE: "We can't reach the shop. Check your connection; nothing was changed.",
		BAD_REQUEST: "The shop didn't understand that. Reload the page and try again.",
		IDEMPOTENCY_KEY_REQUIRED: "The shop didn't understand that. Reload the page and try again.",
		UNAUTHORIZED: "Sign in first.",
		INVALID_CREDENTIALS: "E-mail address or password is wrong.",
		TOKEN_EXPIRED: "Your session has run out. Sign in again; your cart is kept.",
		TOKEN_REUSED: "For your safety this session was ended. Sign in again; your cart is kept.",
		PAYMENT_DECLINED:
			"The payment was declined. Nothing was charged, and your items are still held for you: try another way to pay.",
		FORBIDDEN: "Your account may not do that.",
		ORIGIN_NOT_ALLOWED: "Requests from this site are not accepted.",
		NOT_FOUND: "This isn't here any more.",
		METHOD_NOT_ALLOWED: "The shop didn't understand that. Reload the page and try again.",
		OUT_OF_STOCK: "There isn't enough in stock any more. Nothing was charged.",
		PRICE_CHANGED:
			"A price has changed meanwhile. Nothing was charged: look at the new total first.",
		EMAIL_TAKEN:
			"There is an account with this e-mail address. Sign in, or ask for a new password.",
		SKU_TAKEN: "This SKU is in use already.",
		IDEMPOTENCY_IN_PROGRESS: "This is being worked on already. One moment.",
		INVALID_STATE: "That isn't possible any more: things have moved on meanwhile.",
		VERSION_CONFLICT:
			"Somebody else has changed this meanwhile. Look at the new state and try again.",
		PAYLOAD_TOO_LARGE: "This is too large.",
		UNSUPPORTED_MEDIA_TYPE: "This kind of file is not accepted.",
		VALIDATION_FAILED: "Some fields are not as they should be.",
		IDEMPOTENCY_KEY_REUSED: "This order has changed since it was first sent. Send it again.",
		TOO_MANY_REQUESTS: "That was too quick. Wait a moment and try again.",
		TOO_MANY_OPEN_ORDERS: "You have several unpaid orders. Pay or cancel one of them first.",
		INTERNAL_ERROR: "Something went wrong on our side. Try again in a moment.",
		SERVICE_UNAVAILABLE: "This part of the shop is away for a moment.",
		STORAGE_UNAVAILABLE: "Nothing can be saved at the moment. Nothing was changed or charged.",
		CHECKOUT_PENDING:
			"Your order is being worked on. It is safe to ask again: you won't order twice.",
		TIMEOUT: "That took too long. It is safe to ask again."
	}
};
