// An analyst explores a network, follows a way to a wallet, and marks a tie as wrong: with the picture, by keyboard
// alone, and without script.
//
//   npm --prefix tests/web ci && node tests/web/network.mjs [binary] [folder for screenshots]
//
// It makes a data folder of its own and starts the binary on a free port. CHROMIUM names the browser.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { audit, end, expect, launch, serve } from "./shared.mjs";

const binary = process.argv[2] ?? "target/release/forewarn";
const shots = process.argv[3];
const WALLET = "TNJGU5tjSzC1EQQabZoy1nnVkBGTFwAMaa";
const data = mkdtempSync(join(tmpdir(), "forewarn-network-"));

/** Three ads of one template, a report of fraud that names the same handle, and a list of sites with wallets. */
function fill() {
  const run = (args, input) => {
    const done = spawnSync(binary, ["ingest", "--data", data, "-q", ...args, "-"], { input });
    if (done.status !== 0) throw new Error(`ingest ended with ${done.status}: ${done.stderr}`);
  };
  const ad = (place, number) => JSON.stringify({
    id: String(number), posted_at: `2024-0${number}-03`,
    text: `Customer service staff wanted in ${place}. Salary ${number}000 USD a month, free flight, hotel and visa, no experience needed, passport and typing speed only. Contact our manager on Telegram @hr_vest_test at any hour.`,
  });
  run(["--format", "jsonl", "--source", "board", "--map", "published_at=posted_at"], ["Lima", "Oslo", "Perth"].map((place, at) => ad(place, at + 1)).join("\n"));
  run(["--kind", "scam_report", "--grading", "B2"], "I lost my savings on samplevest.example, told to me by @hr_vest_test on Telegram.");
  run(["--as", "observables", "--map", "domain=site,wallet=address,published_at=day", "--format", "csv", "--source", "a list", "--grading", "C3"],
    `site,address,day\nsamplevest.example,${WALLET},2024-05-06\n`);
}

/** Waits until something holds in the page. The policy of the page forbids to do this within it. */
async function until(page, holds, argument) {
  for (let turn = 0; turn < 300; turn += 1) {
    if (await page.evaluate(holds, argument)) return;
    await page.waitForTimeout(100);
  }
  throw new Error(`this never held: ${holds}`);
}

const settled = (page) => page.waitForSelector("[data-graph][data-settled=true]", { timeout: 60_000 });
const nodeRow = (page, text) => page.locator("[data-part=nodes] tbody tr", { hasText: text });
const panel = (page) => page.locator("[data-part=panel]");

fill();
const { server, address } = await serve(binary, ["--no-sign-in", "--data", data]);
const flags = ["--disable-background-networking", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist"];
const browser = await launch(flags);
try {
  if (shots) mkdirSync(shots, { recursive: true });
  const context = await browser.newContext({ locale: "en-GB", viewport: { width: 1440, height: 900 }, reducedMotion: "reduce", acceptDownloads: true });
  const page = await context.newPage();
  const complaints = [];
  const requests = [];
  page.on("console", (message) => /refused|content security/i.test(message.text()) && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("request", (request) => requests.push(request.url()));

  await page.goto(`${address}/network`);
  expect("the first page offers places to begin", (await page.locator("a[href^='/network?q=cmp-']").count()) > 0);
  await page.locator("#q").fill("@hr_vest_test");
  await page.locator("#steps").selectOption("1");
  await page.keyboard.press("Enter");
  await settled(page);
  expect("the picture is drawn", (await page.locator("[data-part=picture] canvas").count()) > 3);
  expect("the handle stands in the table", (await nodeRow(page, "@hr_vest_test").count()) === 1);
  expect("the wallet is not near", (await nodeRow(page, WALLET).count()) === 0);
  await page.waitForTimeout(300);
  if (shots) await page.screenshot({ path: `${shots}/network-1440-light.png`, fullPage: true });

  // By keyboard: choose, expand, expand again until the wallet is there.
  const site = () => nodeRow(page, "samplevest[.]example").filter({ hasText: "Site" });
  for (const kind of ["Report", "Site"]) {
    const ids = await page.locator("[data-part=nodes] tbody tr").evaluateAll((rows, kind) => {
      const wanted = rows.filter((row) => row.querySelector("[data-field=kind]").textContent === kind && !row.querySelector("[data-act=expand]").hidden);
      return wanted.map((row) => row.dataset.id);
    }, kind);
    for (const id of ids) {
      await page.locator(`tr[data-id="${id}"] [data-act=choose]`).focus();
      await page.keyboard.press("e");
      await until(page, (known) => document.querySelector(`tr[data-id="${known}"] [data-act=expand]`)?.hidden === true, id);
    }
  }
  await nodeRow(page, WALLET).waitFor();
  expect("expanding leads to the site and its wallet", (await site().count()) === 1);
  expect("what is expanded stands in the address", new URL(page.url()).searchParams.getAll("more").length > 0);

  await site().locator("[data-act=choose]").focus();
  await page.keyboard.press("Enter");
  await panel(page).locator("blockquote").first().waitFor();
  expect("a node shows its latest reports", (await panel(page).locator("blockquote").count()) === 2);

  // The way between two, begun with a key and ended with a choice.
  await nodeRow(page, "@hr_vest_test").locator("[data-act=choose]").focus();
  await page.keyboard.press("w");
  await nodeRow(page, WALLET).locator("[data-act=choose]").focus();
  await page.keyboard.press("Enter");
  await panel(page).locator("h3").first().waitFor();
  await until(page, () => document.querySelectorAll("[data-part=panel] section").length === 3);
  expect("the way has three steps, each with evidence", (await panel(page).locator("section:has(blockquote)").count()) === 3);
  if (shots) await page.screenshot({ path: `${shots}/network-way.png`, fullPage: true });
  await audit(await copyOf(context, page), "network");

  // Pin, save, leave out, find.
  await nodeRow(page, WALLET).locator("[data-act=choose]").focus();
  await page.keyboard.press("p");
  expect("a pinned node says so", (await page.locator("tr.pinned").count()) === 1);
  await page.locator("#graph-find").fill("samplevest");
  await until(page, () => document.querySelectorAll("[data-part=nodes] tbody tr").length < 5);
  expect("finding thins the table", (await site().count()) === 1);
  await page.locator("#graph-find").fill("");
  const before = await page.locator("[data-part=nodes] tbody tr").count();
  await page.locator("input[data-kind=report]").check();
  await until(page, (count) => document.querySelectorAll("[data-part=nodes] tbody tr").length < count, before);
  expect("leaving reports out stands in the address", page.url().includes("without=report"));
  await page.locator("input[data-kind=report]").uncheck();
  const file = page.waitForEvent("download");
  await page.locator("[data-export=graphml]").click();
  expect("the network is taken out as GraphML", readFileSync(await (await file).path(), "utf8").includes("<graphml"));
  const png = page.waitForEvent("download");
  await page.locator("[data-tool=png]").click();
  expect("the picture is taken out as PNG", readFileSync(await (await png).path()).length > 3000);
  await page.locator("#view-name").fill("To the wallet");
  await page.locator("form[action='/network/views'] button").click();
  await settled(page);
  expect("the saved view shows the same", (await nodeRow(page, WALLET).count()) === 1 && (await page.locator("tr.pinned").count()) === 1);

  // The tie of the site to the wallet is wrong.
  const tie = page.locator("[data-part=ties] tbody tr", { hasText: WALLET }).filter({ hasText: "pays to" });
  await tie.locator("[data-act=choose]").click();
  await panel(page).locator("summary").click();
  await page.locator("#mark-why").fill("an older owner");
  await panel(page).locator("form[data-mark] button").click();
  await until(page, (wallet) => ![...document.querySelectorAll("[data-part=ties] tbody tr")].some((row) => row.textContent.includes(wallet) && row.textContent.includes("pays to")), WALLET);
  expect("a wrong tie is out of the picture and the table", (await tie.count()) === 0);
  await page.reload();
  await settled(page);
  expect("it stays out, with the reason", (await tie.count()) === 0 && (await page.locator("aside").textContent()).includes("an older owner"));
  expect("nothing was refused by the policy", complaints.length === 0, complaints.join(" | "));
  expect("no request leaves the machine", requests.every((url) => url.startsWith(address) || url.startsWith("blob:")), requests.filter((url) => !url.startsWith(address)).join(" "));
  await context.close();

  // Without script the same is there as tables, links and forms.
  const plain = await browser.newContext({ locale: "en-GB", javaScriptEnabled: false, viewport: { width: 360, height: 800 } });
  const bare = await plain.newPage();
  await bare.goto(`${address}/network?q=${encodeURIComponent("@hr_vest_test")}&steps=4`);
  expect("without script there are nodes and ties", (await nodeRow(bare, "samplevest[.]example").count()) === 1);
  await bare.locator("summary", { hasText: "Take back" }).click();
  await bare.locator("form[action='/network/unmark'] [name=why]").fill("it was the same one");
  await bare.locator("form[action='/network/unmark'] button").click();
  expect("a mark is taken back", (await bare.locator(".flash").textContent()).includes("taken back"));
  await bare.goto(`${address}/network?q=${WALLET}&steps=1`);
  await bare.locator("[data-part=ties] tbody a").first().click();
  expect("the evidence has a page of its own", (await bare.locator("blockquote").count()) > 0 && (await bare.locator("h1").count()) === 1);
  await plain.close();

  for (const [lang, width, colorScheme] of [["ar", 768, "dark"], ["fr", 360, "light"], ["en", 360, "dark"]]) {
    const context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme, reducedMotion: "reduce" });
    await context.addCookies([{ name: "forewarn_lang", value: lang, url: address }]);
    const page = await context.newPage();
    await page.goto(`${address}/network?q=${WALLET}&steps=3`);
    await settled(page);
    await page.waitForTimeout(300);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(`${lang} at ${width}: the page is not wider than the screen`, wide <= 0, `${wide}`);
    if (shots) await page.screenshot({ path: `${shots}/network-${lang}-${width}-${colorScheme}.png`, fullPage: true });
    await context.close();
  }
} finally {
  await browser.close();
  server.kill("SIGTERM");
  rmSync(data, { recursive: true, force: true });
}
end("network");

/** The page as it stands, in one without a policy, which axe needs. */
async function copyOf(context, page) {
  const copy = await (await browser.newContext({ viewport: page.viewportSize(), bypassCSP: true })).newPage();
  const href = await page.locator("link[rel=stylesheet]").getAttribute("href");
  const style = await (await page.request.get(new URL(href, page.url()).href)).text();
  const html = (await page.content()).replace(/<link rel="stylesheet"[^>]*>/, `<style>${style.replaceAll("$", "$$$$")}</style>`).replace(/<script[^>]*><\/script>/g, "");
  await copy.setContent(html);
  return copy;
}
