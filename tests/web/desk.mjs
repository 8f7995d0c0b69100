// Walks every page of the desk in a real browser, on the data of the demonstration: narrow and wide, light and
// dark, left to right and right to left. Axe finds nothing serious, nothing is wider than the screen, nothing is
// asked of another machine, the policy is never broken, and a page stays small.
//
//   node tests/web/desk.mjs BINARY DATA [--shots FOLDER | --pictures FOLDER]
//
// DATA is a data folder that `forewarn demo --no-serve --data DATA` filled. With --shots a picture of every page is
// kept, to be looked at; with --pictures those of docs/img are made anew, and nothing else is done. CHROMIUM names
// the browser (default /usr/bin/chromium).
import { mkdirSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { broken, end, expect, fits, hush, launch, serve } from "./shared.mjs";

const [binary, data, option, folder] = process.argv.slice(2);
if (folder) mkdirSync(folder, { recursive: true });

/** The names of all messages: none of them may stand in a page. */
const words = join(import.meta.dirname, "../../translations/en");
const NAMES = new Set(readdirSync(words).filter((file) => file.startsWith("desk-")).flatMap((file) =>
  [...readFileSync(join(words, file), "utf8").matchAll(/^([a-z][a-z0-9-]*-[a-z0-9-]+) =/gm)].map((found) => found[1])));

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
  ["network", "/network?q=jinlan-shili.example", 1440, "light", "en"],
  ["notices", "/notices", 1440, "light", "en"],
  ["check-phone", "/check?lang=en", 360, "light", "en"],
];

/** The most that may be transferred, in bytes: of the first page without the map, and of the check. */
const BYTES_MAX = { "/": 60_000, "/check": 30_000 };
const OF_THE_MAP = /map-|world|\/live/;

hush();

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
  await fits(page, name);
  const raw = (await page.locator("body").innerText()).match(/[a-z][a-z0-9]*(-[a-z0-9]+)+/g) ?? [];
  const named = raw.filter((word) => NAMES.has(word));
  expect(`${name}: shows no name of a message`, named.length === 0, named.slice(0, 5).join(" "));
  for (const rule of await broken(page, ["best-practice"])) {
    const serious = ["serious", "critical"].includes(rule.impact);
    if (serious) expect(`${name}: axe ${rule.id}`, false, rule.told);
    else console.log(`note ${name}: ${rule.told}`);
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

const { server, address } = await serve(binary, ["--no-sign-in", "--data", data]);
const browser = await launch();
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
end("desk");
