import type { Fault } from "../fault";

export const fault: Fault = {
	id: "F13",
	about: "the database's primary steps down",
	mode: "cluster",
	cannot: () =>
		"the database of the tests is one member that speaks MongoDB's protocol, without replSetStepDown; F12 and F15 are what a driver sees of an election",
	run: () => Promise.reject(new Error("This can't be done here"))
};
