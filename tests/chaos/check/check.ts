import { checkAcks, checkAnswers, checkKeys, checkPrices, checkPrivacy } from "./clients";
import type { Evidence, Violation } from "./evidence";
import { checkCharges, checkSeen, checkStock, checkSupply, checkVerdict } from "./stores";
import { checkCounter } from "./stock-history";

const CHECKS = [
	checkVerdict,
	checkStock,
	checkCharges,
	checkSupply,
	checkKeys,
	checkAcks,
	checkPrices,
	checkPrivacy,
	checkSeen,
	checkAnswers,
	checkCounter
];

/** Everything that is untrue, the worst kinds first. */
export const check = (evidence: Evidence): Violation[] => CHECKS.flatMap(one => one(evidence));
