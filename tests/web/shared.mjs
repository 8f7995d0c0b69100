// What the walks through the pages share: the service and the browser, what axe finds, and the count of what fails.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

/** The source of axe-core, to be run in a page. */
export const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

let failures = 0;
let hushed = false;

/** From now on only failures are told. */
export function hush() {
  hushed = true;
}

/** Tells whether something holds, and counts it if it does not; `more` says what is there instead. */
export function expect(what, holds, more = "") {
  if (!holds) failures += 1;
  if (!holds) console.log(`FAIL ${what} ${more}`);
  else if (!hushed) console.log(`ok   ${what}`);
}

/** Ends the program with what was counted. */
export function end(name) {
  console.log(failures === 0 ? `${name}: everything passes` : `${name}: ${failures} failed`);
  process.exit(failures === 0 ? 0 : 1);
}

/**
 * Starts `forewarn serve` with further words on a free port: the process, its address, and, where `joining`, the link
 * with which the first administrator joins.
 */
export async function serve(binary, words, { joining = false } = {}) {
  const server = spawn(binary, ["serve", "--listen", "127.0.0.1:0", ...words], { stdio: ["ignore", "pipe", "pipe"] });
  return new Promise((found, failed) => {
    let told = "";
    const hear = (piece) => {
      told += piece;
      // What is told comes in pieces: only what stands after an address shows that it is whole.
      const address = told.match(/http:\/\/[0-9.]+:[0-9]+(?=\/)/)?.[0];
      const link = told.match(/http:\/\/\S+\/join\/\S+(?=\s)/)?.[0];
      if (address && (link || !joining)) found({ server, address, link });
    };
    server.stdout.on("data", hear);
    server.stderr.on("data", hear);
    server.on("exit", (code) => failed(new Error(`${binary} ended with ${code}: ${told}`)));
  });
}

/** A browser; CHROMIUM names its program. */
export function launch(flags = []) {
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", ...flags] });
}

/** What axe finds in a page whose policy lets it run: each rule with where it is broken. */
export async function broken(page, further = []) {
  await page.evaluate(axe);
  const found = await page.evaluate((rules) => globalThis.axe.run(document, { runOnly: rules }), [...WCAG, ...further]);
  return found.violations.map((rule) => {
    const where = rule.nodes.slice(0, 3).map((node) => `${node.html.slice(0, 140)} ${node.any[0]?.message ?? ""}`);
    return { impact: rule.impact, id: rule.id, told: `${rule.impact} ${rule.id}: ${rule.help}: ${where.join(" | ")}` };
  });
}

/** Axe finds nothing in a page. */
export async function audit(page, name, further = []) {
  const rules = await broken(page, further);
  expect(`${name}: axe finds nothing`, rules.length === 0, rules.map((rule) => `\n     ${rule.told}`).join(""));
}

/** Nothing runs out of the page. */
export async function fits(page, name) {
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(`${name}: nothing runs out of the page`, wider <= 0, `${wider} pixels`);
}
