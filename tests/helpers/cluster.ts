import type { AddressInfo } from "node:net";
import { ServiceBroker, type ServiceSchema } from "moleculer";
import config from "../../moleculer.config";
import type { Broker } from "../../services/typed";

type Door = {
	server?: { address(): AddressInfo };
	io?: { httpServer: { address(): AddressInfo } };
};
let made = 0;

/** Starts a node for each list of services, joined in process, with the settings of production; answers with the first node's broker. */
export function cluster(...nodes: { name: string }[][]) {
	const names = nodes.flat().map(service => service.name);
	const namespace = `test-${process.pid}-${made++}`;
	const brokers = nodes.map((services, i) => {
		const broker = new ServiceBroker({
			...config,
			nodeID: `node-${i}`,
			namespace,
			logger: process.env.TEST_LOG ? { type: "Console", options: { level: "debug" } } : false,
			metrics: false,
			transporter: nodes.length > 1 ? "Fake" : null
		});
		services.forEach(service => broker.createService(service as ServiceSchema));
		return broker;
	});
	beforeAll(async () => {
		await Promise.all(brokers.map(broker => broker.start()));
		await Promise.all(brokers.map(broker => broker.waitForServices(names)));
	});
	afterAll(() => Promise.all(brokers.map(broker => broker.stop())));

	/** Where a door listens: tests run on any free port. */
	const urlOf = (name: string) => {
		const door = brokers
			.map(broker => broker.getLocalService(name) as Door | undefined)
			.find(Boolean);
		return `http://127.0.0.1:${(door?.io?.httpServer ?? door?.server)!.address().port}`;
	};
	return { broker: brokers[0] as unknown as Broker, urlOf };
}
