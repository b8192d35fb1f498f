// Opens pages of the report in a real browser and fails on accessibility faults, on sideways scrolling and on any request that
// leaves the page's own file.
//
// usage: node check.mjs CHROMIUM FILE.html ...

import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { resolve } from "node:path";
import { chromium } from "playwright-core";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const [executablePath, ...files] = process.argv.slice(2);
const widths = [320, 800, 1280];
// At which width axe reads a page in each scheme: colours are the scheme's, whatever the width, and what stands where is the width's,
// whatever the scheme. It takes by far the most time, so that each is read once.
const schemes = { light: 320, dark: 1280 };

const browser = await chromium.launch({
  executablePath,
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"],
});
let faults = 0;
let checked = 0;
let looked = 0;
const fault = (where, what) => {
  faults += 1;
  console.log(`${where}: ${what}`);
};
async function look(file) {
  const url = pathToFileURL(resolve(file)).href;
  for (const [colorScheme, read] of Object.entries(schemes)) {
    // A policy's check of the page is run by axe alone: the page itself must need no script.
    const page = await browser.newPage({ colorScheme, bypassCSP: true });
    let where = `${file} (${colorScheme})`;
    page.on("request", (r) => r.url() !== url && fault(where, `asked for ${r.url()}`));
    page.on("pageerror", (e) => fault(where, `script error: ${e.message}`));
    await page.goto(url);
    // What is folded away is read as well.
    await page.evaluate(() => document.querySelectorAll("details").forEach((d) => (d.open = true)));
    for (const width of widths) {
      where = `${file} (${width} px, ${colorScheme})`;
      await page.setViewportSize({ width, height: 900 });
      const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      if (over > 0) fault(where, `scrolls sideways by ${over} px`);
      looked += 1;
      if (width !== read) continue;
      await page.evaluate(axe);
      const result = await page.evaluate(() =>
        window.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }),
      );
      for (const v of result.violations) fault(where, `${v.id}: ${v.help} (${v.nodes.length}×): ${v.nodes[0].html.slice(0, 160)}`);
      checked += result.passes.length;
    }
    await page.close();
  }
  // Without a style sheet's help and without a mouse: the first stop of the Tab key is the link to the content.
  const page = await browser.newPage();
  await page.goto(url);
  await page.keyboard.press("Tab");
  const first = await page.evaluate(() => document.activeElement?.getAttribute("href"));
  if (!first?.startsWith("#")) fault(file, `the first stop of the Tab key is ${first}, not the content`);
  await page.close();
}
// Two pages at once: a browser tab keeps one processor busy.
const left = [...files];
const next = async () => {
  for (let file = left.shift(); file; file = left.shift()) await look(file);
};
await Promise.all([next(), next()]);
await browser.close();
console.log(`${files.length} pages, ${looked} views, ${checked} rules passed, ${faults} faults`);
process.exit(faults === 0 && files.length > 0 && checked > 0 ? 0 : 1);
