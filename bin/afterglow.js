#!/usr/bin/env node
// Imports nothing before it knows that this Node can read the rest: any that has modules (12.17 and later) reads this file.
// Building asks for a newer 20 than running does: package.json says which.
const OLDEST = 20;

if (Number(process.versions.node.split('.')[0]) >= OLDEST) {
  void import('../dist/cli/start.js');
} else {
  console.error(
    `[✗] afterglow needs Node ${OLDEST} or newer, and this is Node ${process.versions.node}; install a newer one from https://nodejs.org and run it again.`,
  );
  process.exitCode = 2;
}
