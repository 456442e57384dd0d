import "../helpers/saga-settings";
import { happens } from "../helpers/saga-history";
it("x", async () => { await happens(JSON.parse(process.env.H!)); });
