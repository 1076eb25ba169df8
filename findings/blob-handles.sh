#!/usr/bin/env bash
# Chromium: sounds put into IndexedDB as Blobs, one after the other, by a page that wants them out of memory.
#
# Guess:   what the store has taken lies on the disk, so that the browser holds a sound or two at a time.
# Version: chromium 156.0.8078.114-1~deb12u1 (Debian 12); playwright-core 1.65.1; needs node and Linux.
# Is:      the browser's own process keeps a Blob's bytes until the page's collector has freed the last handle of it, though the
#          transaction is complete and nobody refers to it any more; and a handle counts as a few bytes, so a page that makes little
#          else keeps nearly all of them. Where each handle has an array of its size for as long as it lives (a WeakMap; untouched, it
#          takes no memory), the collector comes in time.
# Output (checked by the last line; exits 0 while it is this):
# > 60 sounds of 8 MB, all of them on the disk: the browser's process holds most of them on
# > the same, each handle with an array as long as its sound: it holds a few
set -euo pipefail
self=$(realpath "$0"); tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT; cd "$tmp"
[ "$(dpkg-query -Wf '${Version}' chromium 2>/dev/null)" = "156.0.8078.114-1~deb12u1" ] ||
  { echo "needs chromium=156.0.8078.114-1~deb12u1" >&2; exit 2; }
npm install --prefix "$tmp" playwright-core@1.65.1 --ignore-scripts --no-audit --no-fund >/dev/null 2>&1 ||
  { echo "npm cannot fetch the packages named above" >&2; exit 2; }
cat >page.html <<'HTML'
<!doctype html><script>
const said = (request) => new Promise((done, failed) => { request.onsuccess = () => done(request.result); request.onerror = failed; });
async function putAway(count, bytes, isWeighed) {
  const opening = indexedDB.open("sounds");
  opening.onupgradeneeded = () => opening.result.createObjectStore("bytes");
  const database = await said(opening), weights = new WeakMap(), sound = new Uint8Array(bytes);
  for (let i = 0; i < count; i++) {
    sound.fill(i);
    const putting = database.transaction("bytes", "readwrite"), blob = new Blob([sound]);
    if (isWeighed) weights.set(blob, new ArrayBuffer(bytes));
    putting.objectStore("bytes").put(blob, i);
    await new Promise((done) => (putting.oncomplete = done));
  }
  return said(database.transaction("bytes").objectStore("bytes").count());
}
</script>
HTML
cat >run.mjs <<'JS'
import { mkdtempSync, readFileSync } from "node:fs";
import { chromium } from "playwright-core";
const COUNT = 60, MB = 8;
for (const isWeighed of [false, true]) {
  const browser = await chromium.launchPersistentContext(mkdtempSync("profile-"), { executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
  try {
    const page = await browser.newPage();
    await page.goto(`file://${process.cwd()}/page.html`);
    const session = await browser.browser().newBrowserCDPSession();
    const { processInfo } = await session.send("SystemInfo.getProcessInfo");
    const { id } = processInfo.find(({ type }) => type === "browser");
    const held = () => Number(/Pss_Anon:\s+(\d+)/.exec(readFileSync(`/proc/${id}/smaps_rollup`, "utf8"))[1]) / 1024 +
      Number(/Pss_Shmem:\s+(\d+)/.exec(readFileSync(`/proc/${id}/smaps_rollup`, "utf8"))[1]) / 1024;
    const before = held();
    const stored = await page.evaluate(([count, bytes, weighed]) => putAway(count, bytes, weighed), [COUNT, MB * 2 ** 20, isWeighed]);
    await new Promise((done) => setTimeout(done, 3000));
    const share = (held() - before) / (COUNT * MB);
    console.error(`(${Math.round(100 * share)} % of ${COUNT * MB} MB)`);
    const words = share > 0.6 ? "it holds most of them on" : share < 0.35 ? "it holds a few" : `it holds ${Math.round(100 * share)} %`;
    console.log(isWeighed ? `the same, each handle with an array as long as its sound: ${words}`
      : `${stored} sounds of ${MB} MB, all of them on the disk: the browser's process ${words.slice(3)}`);
  } finally {
    await browser.close();
  }
}
JS
node run.mjs | tee seen
sed -n 's/^# > //p' "$self" | diff - seen >&2
