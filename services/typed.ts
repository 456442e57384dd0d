import type { CallingOptions, Context, Service, ServiceBroker, ServiceSchema } from "moleculer";
import type { Identity } from "./shared/access";
import type {
	ActionName,
	Actions,
	EventName,
	Params,
	Payload,
	Result,
	Sent
} from "./shared/contract";

/** Moleculer's loose call, emit and broadcast, held to the contract. */
interface Wire {
	call<K extends ActionName>(name: K, ...args: Args<Sent<K>>): Promise<Result<K>>;
	emit<K extends EventName>(name: K, payload: Payload<K>): Promise<void>;
	broadcast<K extends EventName>(name: K, payload: Payload<K>): Promise<void>;
}
type Args<P> = {} extends P
	? [params?: P, opts?: CallingOptions]
	: [params: P, opts?: CallingOptions];

export type Broker = Omit<ServiceBroker, keyof Wire> & Wire;
/** What travels with a call and all that follow from it. `status` is the HTTP status that the route answers with. */
export interface Meta<U> {
	user: U;
	$status?: number;
	[key: string]: unknown;
}
export type Ctx<P, U = Identity | null> = Omit<Context<P, Meta<U>>, keyof Wire | "broker"> & Wire;

/** Where the table asks for a role, the guard has seen to it that there is a user. */
type Caller<K extends ActionName> = Actions[K]["access"] extends "public" | "internal"
	? Identity | null
	: Identity;
type This<M> = Omit<Service, "broker"> & { broker: Broker } & M;

type Handler<K extends ActionName, M> = (
	this: This<M>,
	ctx: Ctx<Params<K>, Caller<K>>
) => Result<K> | Promise<Result<K>>;
type Listener<K extends EventName, M> = (
	this: This<M>,
	ctx: Ctx<Payload<K>>
) => void | Promise<void>;

/** A Moleculer schema whose actions are exactly those that the contract gives to service N; M is what `this` gains. */
export interface Schema<N extends string, M = {}> {
	name: N;
	mixins?: Partial<ServiceSchema>[];
	settings?: object;
	dependencies?: string[];
	actions: {
		[K in ActionName as K extends `${N}.${infer A}` ? Exclude<A, "health"> : never]: Handler<K, M>;
	};
	events?: { [K in EventName]?: Listener<K, M> | { group: string; handler: Listener<K, M> } };
	methods?: Partial<M> & ThisType<This<M>>;
	created?(this: This<M>): void;
	started?(this: This<M>): void | Promise<void>;
	stopped?(this: This<M>): void | Promise<void>;
}
