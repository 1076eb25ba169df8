#!/usr/bin/env node
// Imports nothing before it knows that this Node can read the rest: any that has modules (12.17 and later) reads this file.
// Building asks for a newer 20 than running does: package.json says which.
const OLDEST = 20;

if (Number(process.versions.node.split('.')[0]) >= OLDEST) {
  import('../dist/cli/start.js').catch((error) => {
    const start = new URL('../dist/cli/start.js', import.meta.url);
    // A checkout that was not built yet; what is missing behind that is a fault to be seen whole.
    if (error.code !== 'ERR_MODULE_NOT_FOUND' || error.url !== start.href) throw error;
    console.error(
      `[✗] afterglow is not built yet: there is no ${decodeURI(start.pathname)}; run "npm ci" in its folder, which builds it, and try again.`,
    );
    process.exitCode = 2;
  });
} else {
  console.error(
    `[✗] afterglow needs Node ${OLDEST} or newer, and this is Node ${process.versions.node}; install a newer one from https://nodejs.org and run it again.`,
  );
  process.exitCode = 2;
}
