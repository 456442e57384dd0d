/** The page's policy forbids `new Function`; zod would try it for speed. It reads this when it loads, so this comes first. */
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } });
export {};
