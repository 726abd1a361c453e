import { existsSync, mkdirSync, readdirSync, readFileSync } from "fs";
import { createServer, Server } from "http";
import { AddressInfo } from "net";
import { extname, join } from "path";
import { Browser, BrowserContext, chromium, Page } from "playwright-core";
import { chromiumPath } from "./chromium";

/*
 * The site of the documents as its reader sees it. `npm run docs:site` builds it before. To look at it: `SCREENSHOTS=folder npm run
 * test:browser -- site` writes some pages as pictures.
 */

const SITE = join(__dirname, "..", "..", "dist", "site", "html");
const executablePath = chromiumPath();
const isBuilt = existsSync(join(SITE, "index.html"));
if (executablePath === undefined) console.warn("Skipped: neither chromium nor google-chrome is in the PATH.");
else if (!isBuilt) console.warn("Skipped: the site is not built. Run `npm run docs:site` first.");
const inBrowser = executablePath === undefined || !isBuilt ? describe.skip : describe;
const pictures = process.env.SCREENSHOTS;

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".json": "application/json",
  ".svg": "image/svg+xml",
};

const PAGES = isBuilt
  ? readdirSync(SITE, { recursive: true, encoding: "utf8" })
      .map((file) => file.replaceAll("\\", "/"))
      .filter((file) => file.endsWith(".html") && file !== "404.html")
      .sort()
  : [];

/** Those that are seen on both screens, in both schemes. */
const SEEN = [
  "index.html",
  "getting-started.html",
  "guides/two-gateways.html",
  "guides/policies.html",
  "reference/errors.html",
  "api/index.html",
  "api/SecureApimBackend.html",
];

inBrowser("the site of the documents", () => {
  let server: Server;
  let browser: Browser;
  let address: string;

  beforeAll(async () => {
    server = createServer((request, response) => {
      const { pathname } = new URL(request.url!, "http://site");
      const file = join(SITE, pathname.endsWith("/") ? `${pathname}index.html` : pathname);
      if (!existsSync(file)) return void response.writeHead(404).end();
      response.writeHead(200, { "Content-Type": TYPES[extname(file)] ?? "application/octet-stream" });
      response.end(readFileSync(file));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    browser = await chromium.launch({ executablePath });
    if (pictures) mkdirSync(pictures, { recursive: true });
  });

  afterAll(async () => {
    await browser?.close();
    server?.close();
  });

  test("each page opens without an error, and fits on a phone", async () => {
    await withPage({ width: 390, scheme: "light" }, async (page, heard) => {
      expect(PAGES.length).toBeGreaterThan(200);
      const wide: string[] = [];
      for (const file of PAGES) {
        await opened(page, file);
        const width = Number(await page.evaluate("document.documentElement.scrollWidth"));
        if (width > 390) wide.push(`${file}: ${width}`);
      }
      expect(wide).toEqual([]);
      expect(heard).toEqual([]);
    });
  }, 900_000);

  const screens = [1280, 390].flatMap((width) => (["light", "dark"] as const).map((scheme) => ({ width, scheme })));
  test.each(screens)("pages at $width pixels, $scheme", async ({ width, scheme }) => {
    await withPage({ width, scheme }, async (page, heard) => {
      for (const file of SEEN) {
        await opened(page, file);
        expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
        // Pictures are loaded when they come into view.
        await page.evaluate("document.querySelectorAll('img').forEach((image) => { image.loading = 'eager'; })");
        await page.waitForFunction("[...document.images].every(({ complete }) => complete)");
        const broken = "[...document.images].filter(({ naturalWidth }) => naturalWidth === 0).map(({ src }) => src)";
        expect(await page.evaluate(broken)).toEqual([]);
        const name = `${file.replace(/\W+/g, "-").replace(/-html$/, "")}-${width}-${scheme}.png`;
        if (pictures) await page.screenshot({ path: join(pictures, name) });
      }
      expect(heard).toEqual([]);
    });
  });

  test("the text of policies stays as it is written", async () => {
    await withPage({ width: 1280, scheme: "light" }, async (page) => {
      await opened(page, "guides/secrets.html");
      expect(await page.textContent("main")).toContain("{{partner-token}}");
      await opened(page, "reference/errors.html");
      expect(await page.textContent("main")).toContain('contains "{{" or "}}"');
    });
  });

  test("a link to a type of the API leads to its page, and a link to a member to its heading", async () => {
    await withPage({ width: 1280, scheme: "light" }, async (page) => {
      await opened(page, "api/ApimGateway.html");
      await page.click("main a:text-is('ApimGatewayProps')");
      await page.waitForURL(/\/api\/ApimGatewayProps\.html#cdktf-secure-apim-backend\.ApimGatewayProps$/);
      expect(await page.textContent("h1")).toContain("ApimGatewayProps");
      await page.click("main table a:text-is('resourceGroup')");
      await page.waitForURL(/#cdktf-secure-apim-backend\.ApimGatewayProps\.property\.resourceGroup$/);
      await page.waitForFunction(
        "Math.abs(document.getElementById(decodeURIComponent(location.hash.slice(1))).getBoundingClientRect().top) < 400",
      );
    });
  });

  test("the search finds a page by its words, without a server", async () => {
    await withPage({ width: 1280, scheme: "light" }, async (page, heard) => {
      await opened(page, "index.html");
      await page.keyboard.press("Control+k");
      await page.fill("#localsearch-input", "circuit breaker");
      const first = page.locator(".VPLocalSearchBox .result").first();
      await first.waitFor();
      expect((await page.textContent(".VPLocalSearchBox .results"))!.toLowerCase()).toContain("circuit");
      if (pictures) await page.screenshot({ path: join(pictures, "search.png") });
      await first.click();
      await page.waitForFunction("location.pathname !== '/' && location.pathname !== '/index.html'");
      expect(heard).toEqual([]);
    });
  });

  /** Opens a page, and waits until its scripts run. */
  async function opened(page: Page, file: string): Promise<void> {
    await page.goto(address + file);
    await page.waitForFunction("document.querySelector('#app').__vue_app__ !== undefined");
  }

  /** Collects what the pages complain of, and what they ask of another server. */
  async function withPage(
    { width, scheme }: { width: number; scheme: "light" | "dark" },
    use: (page: Page, heard: string[]) => Promise<void>,
  ): Promise<void> {
    const context: BrowserContext = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: scheme });
    try {
      const page = await context.newPage();
      const heard: string[] = [];
      page.on("console", (message) => heard.push(`${page.url()}: ${message.type()}: ${message.text()}`));
      page.on("pageerror", (error) => heard.push(`${page.url()}: ${error.message}`));
      page.on("request", (request) => {
        if (!/^data:/.test(request.url()) && !request.url().startsWith(address)) heard.push(request.url());
      });
      await use(page, heard);
    } finally {
      await context.close();
    }
  }
});
