import { chromium } from 'playwright-core';
const b = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--autoplay-policy=no-user-gesture-required'] });
const p = await b.newPage({ viewport: { width: 1400, height: 900 }, acceptDownloads: true });
p.on('console', m => console.log('console', m.type(), m.text().slice(0, 300)));
p.on('pageerror', e => console.log('pageerror', e.message.slice(0, 300)));
p.on('request', r => console.log('request', r.url().slice(0, 80)));
const t = Date.now();
await p.goto('file:///work/wt/page/dist/afterglow.html?seed=7');
await p.waitForTimeout(1500);
await p.screenshot({ path: '/tmp/pg/1.png' });
if (process.argv[2]) {
  await p.setInputFiles('#choose-files', process.argv.slice(2));
} else await p.click('#try-it');
for (let i = 0; i < 300; i++) {
  await p.waitForTimeout(1000);
  const s = await p.evaluate(() => [document.getElementById('job').hidden, document.getElementById('job-words').textContent, document.getElementById('job-result').textContent, document.getElementById('count').textContent, document.getElementById('trouble').textContent].join(' | '));
  console.log(((Date.now() - t) / 1000).toFixed(1), s.slice(0, 200));
  if (i === 3) await p.screenshot({ path: '/tmp/pg/2.png' });
  if (/Made|Stopped|wrong/.test(s)) break;
}
await p.screenshot({ path: '/tmp/pg/3.png' });
const [d] = await Promise.all([p.waitForEvent('download', { timeout: 60000 }), p.click('#save-all')]);
await d.saveAs('/tmp/pg/all.zip');
console.log('saved', d.suggestedFilename());
await b.close();
