import { reach } from "../../scripts/ask.mts";

// Calls actions of the cluster on DATA_DIR for whoever forked this, as an operator at the REPL would.
const way = await reach();
process.on("message", ({ id, action, params }) => {
	way.call(action, params).then(
		result => process.send({ id, result }),
		err => process.send({ id, error: err.message })
	);
});
process.once("disconnect", () => process.exit(0));
process.send("ready");
