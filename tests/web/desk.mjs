// Walks every page of the desk in a real browser, on the data of the demonstration: narrow and wide, light and
// dark, left to right and right to left. Axe finds nothing serious, nothing is wider than the screen, nothing is
// asked of another machine, the policy is never broken, and a page stays small.
//
//   node tests/web/desk.mjs BINARY DATA [--shots FOLDER | --pictures FOLDER]
//
// DATA is a data folder that `forewarn demo --no-serve --data DATA` filled. With --shots a picture of every page is
// kept, to be looked at; with --pictures those of docs/img are made anew, and nothing else is done. CHROMIUM names
// the browser (default /usr/bin/chromium).
import { spawn } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const [binary, data, option, folder] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
if (folder) mkdirSync(folder, { recursive: true });

/** How a reader looks at a page. */
const VIEWS = [
  { width: 1440, colorScheme: "light", lang: "en" },
  { width: 768, colorScheme: "light", lang: "fr" },
  { width: 360, colorScheme: "dark", lang: "es" },
  { width: 1440, colorScheme: "dark", lang: "ar" },
  { width: 360, colorScheme: "light", lang: "ar" },
];

/** Pages that are reached from a list: the first link of the list that leads on. */
const DETAILS = [
  ["/alarms", "a[href^='/alarms/alm-']"],
  ["/reports", "a[href^='/reports/rpt-']"],
  ["/campaigns", "a[href^='/campaigns/cmp-']"],
  ["/incidents", "a[href^='/incidents/inc-']"],
  ["/notices", "a[href^='/notices/ntc-'], a[href^='/notices/FW-']"],
];

/** The pictures of docs/img: name, address, width, colours, language. */
const PICTURES = [
  ["situation", "/?as_of=2023-06-07", 1440, "light", "en"],
  ["situation-dark", "/?as_of=2023-06-07", 1440, "dark", "en"],
  ["situation-ar", "/?as_of=2023-06-07", 1440, "light", "ar"],
  ["situation-phone", "/?as_of=2023-06-07", 360, "light", "en"],
  ["alarms", "/alarms", 1440, "light", "en"],
  ["reports", "/reports", 1440, "light", "en"],
  ["campaigns", "/campaigns", 1440, "light", "en"],
  ["network", "/network", 1440, "light", "en"],
  ["notices", "/notices", 1440, "light", "en"],
  ["check-phone", "/check?lang=en", 360, "light", "en"],
];

/** The most that may be transferred, in bytes: of the first page without the map, and of the check. */
const BYTES_MAX = { "/": 60_000, "/check": 30_000 };
const OF_THE_MAP = /map-|world|\/live/;

let failures = 0;
function expect(what, holds, more = "") {
  if (!holds) {
    console.log(`FAIL ${what} ${more}`);
    failures += 1;
  }
}

async function start() {
  const server = spawn(binary, ["serve", "--no-sign-in", "--data", data, "--listen", "127.0.0.1:0"], { stdio: ["ignore", "ignore", "pipe"] });
  const address = await new Promise((resolve, reject) => {
    let told = "";
    server.stderr.on("data", (piece) => {
      told += piece;
      const found = told.match(/http:\/\/[0-9.]+:[0-9]+/);
      if (found) resolve(found[0]);
    });
    server.on("exit", (code) => reject(new Error(`${binary} ended with ${code}: ${told}`)));
  });
  return { server, address };
}

async function open(browser, address, { width, colorScheme, lang }) {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme, locale: lang, reducedMotion: "reduce" });
  await context.addCookies([{ name: "forewarn_lang", value: lang, url: address }]);
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  return { context, page };
}

/** The addresses of the menu, and one of each list. */
async function addresses(page, address) {
  await page.goto(`${address}/`);
  const menu = await page.locator(".bar a").evaluateAll((links) => links.map((link) => link.getAttribute("href")));
  const all = new Set(menu);
  for (const [list, link] of DETAILS) {
    if (!all.has(list)) continue;
    const answer = await page.goto(address + list);
    if (answer.status() !== 200) continue;
    const first = page.locator(link).first();
    if ((await first.count()) > 0) all.add(await first.getAttribute("href"));
  }
  return [...all];
}

async function visit(page, address, path, name) {
  const problems = [];
  const heard = (message) => { if (message.type() === "error") problems.push(message.text()); };
  const broke = (error) => problems.push(String(error));
  const asked = (request) => { if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(address)) problems.push(`asks ${request.url()}`); };
  page.on("console", heard).on("pageerror", broke).on("request", asked);
  const answer = await page.goto(address + path, { waitUntil: "load" });
  await page.waitForTimeout(300);
  page.off("console", heard).off("pageerror", broke).off("request", asked);
  expect(`${name}: answers`, answer.status() === 200, String(answer.status()));
  expect(`${name}: no error in the browser`, problems.length === 0, problems.join(" | ").slice(0, 400));
  const width = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  expect(`${name}: not wider than the screen`, width[0] <= width[1], width.join(" > "));
  await page.evaluate(axe);
  const found = await page.evaluate(() => globalThis.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }));
  for (const rule of found.violations) {
    const where = rule.nodes.slice(0, 3).map((node) => `${node.html.slice(0, 140)} ${node.any[0]?.message ?? ""}`).join(" | ");
    const serious = ["serious", "critical"].includes(rule.impact);
    if (serious) expect(`${name}: axe ${rule.id}`, false, where);
    else console.log(`note ${name}: ${rule.impact} ${rule.id}: ${where}`);
  }
}

/** What a first visit transfers, but for the map. */
async function weigh(page, address, path, name) {
  const sizes = [];
  const of = async (request) => { const size = await request.sizes(); return size.responseBodySize + size.responseHeadersSize; };
  page.on("requestfinished", (request) => { if (!OF_THE_MAP.test(request.url())) sizes.push(of(request).catch(() => 0)); });
  await page.goto(address + path, { waitUntil: "load" });
  await page.waitForTimeout(300);
  const bytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
  console.log(`     ${name}: ${bytes} bytes transferred`);
  expect(`${name}: small`, bytes > 0 && bytes <= BYTES_MAX[path], `${bytes} > ${BYTES_MAX[path]}`);
}

const { server, address } = await start();
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
try {
  if (option === "--pictures") {
    for (const [name, path, width, colorScheme, lang] of PICTURES) {
      const { context, page } = await open(browser, address, { width, colorScheme, lang });
      const answer = await page.goto(address + path, { waitUntil: "load" });
      await page.waitForTimeout(1200);
      if (answer.status() === 200) await page.screenshot({ path: `${folder}/${name}.png` });
      else console.log(`${name}: ${path} answers ${answer.status()}`);
      await context.close();
    }
  } else {
    for (const view of VIEWS) {
      const { context, page } = await open(browser, address, view);
      const paths = await addresses(page, address);
      for (const path of Object.keys(BYTES_MAX)) {
        const fresh = await open(browser, address, view);
        await weigh(fresh.page, address, path, `${path} ${view.width} ${view.lang}`);
        await fresh.context.close();
      }
      for (const path of paths) {
        const name = `${path} ${view.width} ${view.colorScheme} ${view.lang}`;
        await visit(page, address, path, name);
        if (option === "--shots") {
          const file = `${path.replace(/[^a-z0-9]+/gi, "_").slice(0, 40)}-${view.width}-${view.colorScheme}-${view.lang}.png`;
          await page.screenshot({ path: `${folder}/${file}`, fullPage: true });
        }
      }
      console.log(`ok   ${paths.length} pages at ${view.width} ${view.colorScheme} ${view.lang}`);
      await context.close();
    }
  }
} finally {
  await browser.close();
  server.kill("SIGTERM");
}
console.log(failures === 0 ? "desk: everything passes" : `desk: ${failures} failed`);
process.exit(failures === 0 ? 0 : 1);
