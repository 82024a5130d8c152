// Looks at pages with a browser: node check.mjs BROWSER NODE_MODULES PAGE...
// Fails with what is wrong: something ran that should not, asked the network, broke accessibility,
// overflowed, or was slow for its size, where the first page is a small one. With SHOTS=DIR it also keeps pictures.
import { createRequire } from "node:module";
import { basename, join } from "node:path";
import { readFileSync } from "node:fs";

const [browserPath, modules, ...pages] = process.argv.slice(2);
const require = createRequire(join(modules, "x"));
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const shots = process.env.SHOTS;
const problems = [];
const WIDTHS = [360, 820, 1440];

const browser = await chromium.launch({ executablePath: browserPath, args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"] });

async function open(file, width, scheme, hash = "") {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: scheme, bypassCSP: false });
  const page = await context.newPage();
  const where = `${basename(file)} ${width} ${scheme} ${hash}`;
  page.on("console", (message) => { if (message.type() === "error") problems.push(`${where}: console: ${message.text()}`); });
  page.on("pageerror", (error) => problems.push(`${where}: script: ${error.message}`));
  page.on("dialog", (dialog) => { problems.push(`${where}: dialog`); dialog.dismiss(); });
  page.on("request", (request) => { if (!request.url().startsWith("file:")) problems.push(`${where}: request ${request.url()}`); });
  await page.goto(`file://${file}${hash}`);
  return { context, page, where };
}

async function look({ page, where }) {
  const seen = await page.evaluate(() => ({
    title: document.title,
    scripts: document.scripts.length,
    overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    heading: document.querySelectorAll("main section:not([hidden]) h1").length,
    strange: document.querySelectorAll("main img, main iframe, main svg[onload], main [onerror], main [onclick]").length,
  }));
  if (seen.title === "owned") problems.push(`${where}: a value ran`);
  if (seen.scripts !== 2) problems.push(`${where}: ${seen.scripts} scripts`);
  if (seen.strange) problems.push(`${where}: a value became markup`);
  if (seen.overflow > 1) problems.push(`${where}: ${seen.overflow} pixels wider than the screen`);
  if (seen.heading !== 1) problems.push(`${where}: ${seen.heading} main headings`);
}

// The page's policy lets no foreign script in, so axe runs in a world of its own.
async function inspector({ page, context }) {
  const session = await context.newCDPSession(page);
  const { frameTree } = await session.send("Page.getFrameTree");
  const { executionContextId } = await session.send("Page.createIsolatedWorld", { frameId: frameTree.frame.id, worldName: "axe" });
  const evaluate = (expression) => session.send("Runtime.evaluate", { expression, contextId: executionContextId, awaitPromise: true, returnByValue: true });
  await evaluate(axe);
  const run = `axe.run(document, { resultTypes: ["violations"] }).then((r) => JSON.stringify(r.violations.map((v) => v.id + ": " + v.nodes.slice(0, 3).map((n) => n.target.join(" ") + " " + (n.any[0] ? n.any[0].message : "")).join("; "))))`;
  return async (where) => {
    const { result, exceptionDetails } = await evaluate(run);
    if (exceptionDetails) problems.push(`${where}: axe: ${exceptionDetails.text}`);
    else for (const violation of JSON.parse(result.value)) problems.push(`${where}: axe ${violation}`);
  };
}

async function anchors(page) {
  return page.evaluate(() => {
    const data = JSON.parse(document.getElementById("data").textContent);
    return { finding: data.findings[0]?.id, changed: data.findings.find((finding) => finding.before)?.id, operation: data.operations[0]?.id, findings: data.findings.length };
  });
}

// Opens the list of findings, and tells how long it took to be there.
async function shown(file) {
  const start = performance.now();
  const opened = await open(file, 1440, "light", "#findings");
  await opened.page.waitForSelector("#results .item");
  return { ...opened, took: performance.now() - start };
}

// A page with many findings against one with few, in the same browser: machines differ, ratios less.
async function atSize(file, small) {
  const few = await shown(small);
  await few.context.close();
  const { page, where, context, took } = await shown(file);
  const [typed, read] = await page.evaluate(async () => {
    const timed = (work) => { const start = performance.now(); work(); return performance.now() - start; };
    const box = document.querySelector("input[type=search]");
    box.value = "part7 cold";
    return [timed(() => box.dispatchEvent(new Event("input"))), timed(() => JSON.parse(document.getElementById("data").textContent))];
  });
  const items = await page.locator("#results .item").count();
  if (items > 50) problems.push(`${where}: ${items} findings at once`);
  if (took > 20 * few.took) problems.push(`${where}: shown after ${Math.round(took)} ms, few findings after ${Math.round(few.took)} ms`);
  if (typed > 20 * read) problems.push(`${where}: a search takes ${Math.round(typed)} ms, reading the data ${Math.round(read)} ms`);
  console.log(`${where}: shown ${(took / few.took).toFixed(1)} times as slowly as few, searched in ${(typed / read).toFixed(1)} times what reading takes`);
  await context.close();
}

async function byKeyboard(file) {
  const opened = await open(file, 1440, "light");
  const { page, where } = opened;
  await page.keyboard.press("Tab");
  const first = await page.evaluate(() => document.activeElement.textContent);
  if (!/skip/i.test(first)) problems.push(`${where}: the first stop is ${first}`);
  await page.locator("nav a", { hasText: "Findings" }).focus();
  await page.keyboard.press("Enter");
  await page.waitForSelector("#results .item");
  await page.locator("#results .item").first().focus();
  await page.keyboard.press("Enter");
  await page.waitForSelector("article h1");
  const focus = await page.evaluate(() => document.activeElement.tagName);
  if (focus !== "H1") problems.push(`${where}: after a link the focus is on ${focus}`);
  await page.locator("article button", { hasText: "Copy" }).first().click();
  await page.waitForFunction(() => [...document.querySelectorAll("article button")].some((button) => button.textContent === "Copied"));
  await page.goBack();
  await page.waitForSelector("#results .item");
  await page.locator("select[name=severity]").selectOption("note");
  const left = await page.locator("#results [role=status]").textContent();
  if (!/ of /.test(left)) problems.push(`${where}: the filter left ${left}`);
  await opened.context.close();
}

for (const file of pages) {
  const probe = await open(file, 1440, "light");
  const known = await anchors(probe.page);
  await probe.context.close();
  const views = ["", "#findings", "#operations", "#undecided", "#explain", "#f-000000000000"];
  if (known.finding) views.push(`#f-${known.finding}`);
  if (known.changed) views.push(`#f-${known.changed}`);
  if (known.operation) views.push(`#o-${encodeURIComponent(known.operation)}`);
  const small = known.findings < 1000;
  for (const scheme of ["light", "dark"]) {
    for (const width of WIDTHS) {
      const opened = await open(file, width, scheme);
      const { page } = opened;
      const inspect = small && (width === 1440 || scheme === "light") && width !== 820 ? await inspector(opened) : null;
      for (const view of small ? views : views.slice(0, 1)) {
        await page.evaluate((hash) => new Promise((shown) => { location.hash = hash; setTimeout(shown, 50); }), view);
        const where = `${opened.where}${view}`;
        await look({ page, where });
        if (inspect) await inspect(where);
        if (shots) await page.screenshot({ path: join(shots, `${basename(file, ".html")}-${width}-${scheme}${view.replace(/[^a-z0-9]+/gi, "-").slice(0, 24)}.png`), fullPage: Boolean(process.env.FULL) });
      }
      await opened.context.close();
    }
  }
  if (known.findings > 0 && small) await byKeyboard(file);
  if (!small) await atSize(file, pages[0]);
}
await browser.close();
if (problems.length) {
  console.error([...new Set(problems)].join("\n"));
  process.exit(1);
}
console.log(`${pages.length} pages are fine`);
