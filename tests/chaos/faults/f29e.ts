import type { Fault } from "../fault";
import { fault as sale } from "./f29";

export const fault: Fault = { ...sale, id: "F29e", mode: "embedded" };
