/** Import this first: settings are read when they are imported. */
Object.assign(process.env, {
	TRUST_PROXY: "1",
	CORS_ORIGINS: "https://partner.example, https://other.example"
});
