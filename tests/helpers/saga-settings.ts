/** Import this before anything that reads the settings: unpaid orders hold their stock for half a minute of the simulation. */
process.env.RESERVATION_TTL = "30";
export {};
