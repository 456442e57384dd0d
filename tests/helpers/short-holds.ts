/** Import this before anything that reads the settings: unpaid orders hold their stock for two seconds. */
process.env.RESERVATION_TTL = "2";
export {};
