/** Where the API and the relay are, when not where the page is from; set at build by vite.config.ts. */
declare const __API_URL__: string;
declare const __WS_URL__: string;
