import { checkAcks, checkAnswers, checkKeys, checkPrices, checkPrivacy } from "./clients";
import type { Evidence, Judgement } from "./evidence";
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
	checkAnswers
];

/** Everything that is untrue. */
export function check(evidence: Evidence): Judgement {
	const { violations, notes } = checkCounter(evidence);
	return { violations: [...CHECKS.flatMap(one => one(evidence)), ...violations], notes };
}
