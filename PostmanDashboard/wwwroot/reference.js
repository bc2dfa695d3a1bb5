// For /docs/api: tells the validator in its script to do without eval, which the page's policy forbids and it would only try.
globalThis.__zod_globalConfig = { jitless: true };
