const { default: TestRunner } = require("jest-runner");

/** One file after the other: each starts processes that want the machine for themselves. */
module.exports = class SerialRunner extends TestRunner {
	isSerial = true;
};
