export { newOperation } from "@common/new-operation";
