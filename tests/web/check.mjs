// Walks the page for job seekers in a real browser, without JavaScript, and runs axe-core on every page.
//
//   npm --prefix tests/web ci && node tests/web/check.mjs [binary] [folder for screenshots]
//
// It starts the binary itself on a free port. CHROMIUM names the browser (default /usr/bin/chromium).
import { mkdirSync } from "node:fs";
import { audit as auditPage, end, expect, launch, serve } from "./shared.mjs";

const binary = process.argv[2] ?? "target/release/forewarn";
const shots = process.argv[3];
const LURE =
  "URGENT! Customer service in Poipet, Cambodia. 3,500 USD a month, no experience.\n" +
  "We pay the flight and the hotel. Your passport is kept by the company.\n" +
  "Only Telegram: @handle_test <script>alert(1)</script>";
const OFFERS = {
  en: LURE,
  ar: "مطلوب موظفو خدمة عملاء في كمبوديا براتب 3000 دولار شهريًا دون خبرة. نحن ندفع تذكرة الطيران، وتحتفظ الشركة بجواز السفر. التواصل عبر تيليجرام فقط.",
  "zh-Hans": "柬埔寨高薪招聘客服,月薪3万,无需经验,包吃包住包机票,护照由公司保管,联系飞机@handle_test,名额有限速来。",
};

const PLEAS = {
  en: "I am in KK Park, they took my passport and they beat me, they want 5000 USD to let me go. help",
  ar: "أنا في كي كي بارك، أخذوا جواز سفري ويضربونني ويريدون 5000 دولار ليتركوني أرحل. ساعدوني",
  "zh-Hans": "我在KK园区，他们收走了我的护照，还打我，要5000美元才放我走。救命",
};

// axe needs scripts, which the policy of the page forbids: the page's own markup is loaded into a second page
// that has no policy, at the same width and colours.
async function audit(browser, page, name, options) {
  const context = await browser.newContext({ ...options, bypassCSP: true });
  const copy = await context.newPage();
  const style = await (await page.request.get(await page.locator("link[rel=stylesheet]").getAttribute("href").then((href) => new URL(href, page.url()).href))).text();
  await copy.setContent((await page.content()).replace(/<link rel="stylesheet"[^>]*>/, `<style>${style}</style>`));
  await auditPage(copy, name, ["best-practice"]);
  await context.close();
}

const { server, address } = await serve(binary, ["--check-only"]);
const browser = await launch();
try {
  if (shots) mkdirSync(shots, { recursive: true });
  for (const lang of Object.keys(OFFERS)) {
    for (const width of [360, 1280]) {
      for (const colorScheme of ["light", "dark"]) {
        const name = `${lang}-${width}-${colorScheme}`;
        const options = { viewport: { width, height: 800 }, colorScheme, javaScriptEnabled: true };
        const context = await browser.newContext({ ...options, javaScriptEnabled: false, locale: "en-GB" });
        const page = await context.newPage();
        const requests = [];
        page.on("request", (request) => requests.push(request.url()));
        await page.goto(`${address}/check?lang=${lang}`);
        if (shots) await page.screenshot({ path: `${shots}/${name}-form.png`, fullPage: true });
        await audit(browser, page, `${name} form`, options);
        await page.locator("#offer").fill(OFFERS[lang]);
        await page.locator("button[type=submit]").click();
        await page.waitForSelector("#verdict");
        expect(`${name}: the answer is in the offer's language`, (await page.locator("html").getAttribute("lang")) === lang);
        expect(`${name}: passages are marked`, (await page.locator(".offer mark").count()) > 2);
        expect(`${name}: there are questions and help`, (await page.locator(".questions li").count()) > 2 && (await page.locator("a[href='tel:117']").count()) === 1);
        expect(`${name}: the page is not wider than the screen`, (await page.locator("main").boundingBox()).width <= width);
        expect(`${name}: no cookie`, (await context.cookies()).length === 0);
        expect(`${name}: no request leaves the machine`, requests.every((url) => url.startsWith(address)));
        if (shots) await page.screenshot({ path: `${shots}/${name}-answer.png`, fullPage: true });
        await audit(browser, page, `${name} answer`, options);
        await page.goto(`${address}/check?lang=${lang}`);
        await page.locator("#offer").fill(PLEAS[lang]);
        await page.locator("button[type=submit]").click();
        await page.waitForSelector("#there");
        const headings = await page.locator("main h2[id]").evaluateAll((all) => all.map((one) => one.id));
        expect(`${name}: who is held reads first what to do there`, headings.join() === "there,help,signs", headings.join());
        expect(`${name}: who is held is asked nothing`, (await page.locator(".questions").count()) === 0);
        expect(`${name}: the words of a plea are marked`, (await page.locator(".offer mark").count()) > 1);
        expect(`${name}: the page is not wider than the screen`, (await page.locator("main").boundingBox()).width <= width);
        if (shots) await page.screenshot({ path: `${shots}/${name}-held.png`, fullPage: true });
        await audit(browser, page, `${name} held`, options);
        await page.goto(`${address}/check?lang=${lang}`);
        await page.locator("#offer").fill("hello");
        await page.locator("#answer").selectOption(lang);
        await page.locator("button[type=submit]").click();
        await page.waitForSelector(".verdict-short");
        if (shots) await page.screenshot({ path: `${shots}/${name}-short.png`, fullPage: true });
        await audit(browser, page, `${name} short`, options);
        await context.close();
      }
    }
  }
  const context = await browser.newContext({ javaScriptEnabled: false, locale: "fr-FR" });
  const page = await context.newPage();
  await page.goto(`${address}/`);
  expect("the browser's language is used", (await page.locator("html").getAttribute("lang")) === "fr");
  await page.keyboard.press("Tab");
  expect("the first key leads to the skip link", (await page.locator(":focus").getAttribute("class")) === "skip");
  await page.locator("#offer").fill(LURE);
  await page.locator("#answer").selectOption("es");
  await page.locator("#country").selectOption("KE");
  await page.locator("button[type=submit]").click();
  await page.waitForSelector("#verdict");
  expect("the answer is in the wanted language", (await page.locator("html").getAttribute("lang")) === "es");
  expect("help at home is listed", (await page.locator("a[href='tel:+254207876000']").count()) === 1);
  expect("pasted markup stays text", (await page.locator(".offer").textContent()).replace(/[0-9]+(?=[<>])/g, "").includes("<script>alert(1)</script>"));
  const print = await page.pdf().then((bytes) => bytes.length, () => 0);
  expect("it can be printed", print > 1000);
} finally {
  await browser.close();
  server.kill("SIGTERM");
}
end("check");
