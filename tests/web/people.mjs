// Walks the stories of people in a real browser: the first start, joining, a second factor, an invitation, and an
// administrator who ends a session; runs axe-core on every page, in every language and at three widths.
//
//   npm --prefix tests/web ci && node tests/web/people.mjs [binary] [folder for screenshots]
//
// It starts the binary itself on a free port and a new data folder. CHROMIUM names the browser (default
// /usr/bin/chromium).
import { createHmac } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { audit as auditPage, end, expect, fits, launch, serve } from "./shared.mjs";

const binary = process.argv[2] ?? "target/release/forewarn";
const shots = process.argv[3];
const PASSWORD = "violet-anchor-mosaic-tundra";
const OTHER = "copper lantern drifts upstream";

const folder = mkdtempSync(join(tmpdir(), "forewarn-people-"));
const { server, address, link } = await serve(binary, ["--data", folder], { joining: true });
const browser = await launch();

async function open(options = {}) {
  const context = await browser.newContext({ locale: "en-GB", bypassCSP: true, viewport: { width: 1440, height: 900 }, ...options });
  return context.newPage();
}

async function audit(page, name) {
  await auditPage(page, name, ["best-practice"]);
  await fits(page, name);
  if (shots) await page.screenshot({ path: `${shots}/${name}.png`, fullPage: true });
}

async function join_(page, where, password) {
  await page.goto(where);
  await page.fill("#password", password);
  await page.fill("#again", password);
  await page.click("main form.card button");
  await page.waitForURL(/\/sign-in/);
}

async function signIn(page, name, password, code) {
  await page.goto(`${address}/sign-in?next=%2Faccount`);
  await page.fill("#name", name);
  await page.fill("#password", password);
  await page.click("form[action='/sign-in'] button");
  if (code) {
    await page.fill("#code", code);
    await page.click("form[action='/sign-in/code'] button");
  }
  await page.waitForLoadState();
}

/// A code as an app shows it (RFC 6238).
function totp(secret, step = Math.floor(Date.now() / 30000)) {
  const bits = [...secret.replace(/\s/g, "")].map((c) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(c).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac("sha1", key).update(counter).digest();
  return String((mac.readUInt32BE(mac[19] & 15) & 0x7fffffff) % 1000000).padStart(6, "0");
}

try {
  if (shots) mkdirSync(shots, { recursive: true });
  // The first start: a weak password is refused, in words; a good one is kept; the link works once.
  const admin = await open();
  await admin.goto(link);
  await audit(admin, "join");
  await admin.fill("#password", "password1234");
  await admin.fill("#again", "password1234");
  await admin.click("main form.card button");
  expect("a weak password is refused", (await admin.textContent("[role=alert]")).includes("easily guessed"));
  await join_(admin, link, PASSWORD);
  expect("joining leads to the sign-in", (await admin.textContent("[role=status]")).includes("Your password is kept"));
  expect("the link works once", (await admin.goto(link)).status() === 404);
  await signIn(admin, "admin", "wrong wrong wrong");
  expect("a wrong password is refused", (await admin.textContent("[role=alert]")).includes("wrong"));
  await audit(admin, "sign-in");
  await signIn(admin, "admin", PASSWORD);
  expect("the administrator is in", admin.url().endsWith("/account"));

  // A second factor: shown as a picture and as letters, confirmed, asked for at the next sign-in.
  await admin.click("form[action='/account/second-factor'] button");
  await audit(admin, "second-factor");
  const secret = await admin.textContent("main code");
  await admin.fill("#code", totp(secret));
  await admin.click("form[action='/account/second-factor/confirm'] button");
  const codes = (await admin.textContent("main pre")).trim().split(/\s+/);
  expect("there are ten recovery codes", codes.length === 10);
  await audit(admin, "recovery-codes");
  await admin.goto(`${address}/account`);
  await admin.click("details.user summary");
  await admin.click("form[action='/sign-out'] button");
  await admin.waitForURL(/\/sign-in/);
  expect("signed out means out", (await admin.goto(`${address}/users`)).url().includes("/sign-in"));
  await signIn(admin, "admin", PASSWORD, "000000");
  expect("a wrong code is refused", (await admin.textContent("[role=alert]")).includes("does not fit"));
  await audit(admin, "sign-in-code");
  await admin.fill("#code", codes[0].toLowerCase());
  await admin.click("form[action='/sign-in/code'] button");
  await admin.waitForURL(/\/account/);
  expect("a recovery code lets in", (await admin.textContent("main")).includes("9 recovery codes"));

  // An invitation: a link for somebody else, who then works in another browser.
  await admin.goto(`${address}/users/new`);
  await audit(admin, "user-new");
  await admin.fill("#name", "Ana K");
  await admin.evaluate(() => document.querySelector("#name").removeAttribute("pattern"));
  await admin.fill("#shown", "Ana K.");
  await admin.click("main form.card button");
  expect("a wrong name is told and nothing is lost", (await admin.textContent("[role=alert]")).includes("lower-case") && (await admin.inputValue("#shown")) === "Ana K.");
  await admin.fill("#name", "ana");
  await admin.check("#role-analyst");
  await admin.selectOption("#clearance", "AMBER");
  await admin.click("main form.card button");
  const invitation = (await admin.textContent("pre.secret")).trim();
  await audit(admin, "invitation");
  const ana = await open();
  await join_(ana, invitation, OTHER);
  await signIn(ana, "ana", OTHER);
  expect("who was invited is in", (await ana.textContent("main")).includes("signed in as ana"));
  expect("an analyst may not see the users", (await ana.goto(`${address}/users`)).status() === 403);
  await ana.goto(`${address}/account`);

  // A token for a program: shown once, and it works.
  await ana.click("details.more summary");
  await ana.fill("#token-name", "feed");
  await ana.check("#scope-look");
  await ana.click("form[action='/account/tokens'] button");
  const token = (await ana.textContent("pre.secret")).trim();
  await audit(ana, "token");
  const asked = await fetch(`${address}/sources`, { headers: { authorization: `Bearer ${token}` } });
  expect("a program comes in with the token", asked.status === 200);
  const beyond = await fetch(`${address}/account`, { method: "POST", headers: { authorization: `Bearer ${token}` }, body: new URLSearchParams({ shown: "x" }) });
  expect("and not to the account", beyond.status >= 400);

  // The administrator ends the session: the other browser is out at once.
  await admin.goto(`${address}/users/ana`);
  await audit(admin, "user");
  await admin.click("form[action='/users/ana/sessions'] button[name=session]");
  await admin.waitForURL(/done=session-ended/);
  expect("whose session was ended is out", (await ana.goto(`${address}/account`)).url().includes("/sign-in"));

  // What happened stands in the audit log, and its chain holds.
  await admin.goto(`${address}/audit?action=session`);
  expect("the log tells it", (await admin.textContent("tbody")).includes("revoked"));
  await audit(admin, "audit");
  await admin.click("form[action='/audit/verify'] button");
  expect("the chain holds", (await admin.textContent("[role=status]")).includes("The chain holds"));

  // A member, and the rules.
  await admin.goto(`${address}/members/new`);
  await admin.fill("#id", "ke-bureau");
  await admin.fill("#name", "Bureau Nairobi");
  await admin.fill("#country", "KE");
  await admin.fill("#channels", "webhook:https://bureau.example/notices");
  await audit(admin, "member");
  await admin.click("main form.card button");
  await admin.waitForURL(/done=member-saved/);
  expect("the member is there", (await admin.textContent("tbody")).includes("Kenya"));
  await admin.goto(`${address}/rules`);
  await admin.fill("#text", "We pay the flight, your passport is kept by the company.");
  await admin.click("form[action='/rules/try'] button");
  expect("rules find signs in a text", (await admin.locator("section.card tbody tr").count()) > 0);
  await admin.click("form[action='/rules/check'] button");
  expect("the rules can be used", (await admin.textContent("main")).includes("can be used"));

  // Every page, in every language, narrow and wide, light and dark.
  const state = await admin.context().storageState();
  for (const [locale, width, colorScheme] of [["en", 360, "dark"], ["fr", 768, "light"], ["es", 1440, "dark"], ["ar", 360, "light"], ["ar", 1440, "light"]]) {
    const page = await open({ locale, colorScheme, storageState: state, viewport: { width, height: 900 } });
    for (const path of ["/account", "/users", "/users/new", "/users/ana", "/members", "/members/ke-bureau", "/rules", "/sources", "/audit"]) {
      await page.goto(address + path);
      await audit(page, `${path.slice(1).replaceAll("/", "-")}-${locale}-${width}-${colorScheme}`);
    }
    await page.context().close();
  }
} finally {
  await browser.close();
  server.kill();
  rmSync(folder, { recursive: true, force: true });
}
end("people");
