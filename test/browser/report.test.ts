import axe from "axe-core";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "fs";
import { tmpdir } from "os";
import { join } from "path";
import { Browser, chromium, Page } from "playwright-core";
import { pathToFileURL } from "url";
import { reportPage } from "../../lib/report/html/page";
import { TrustReport } from "../../lib/report/trust-report";
import { writtenStack } from "../rules/written-stack";
import { manyBackends, ORDERS, reportOf } from "../report/html/reports";
import { chromiumPath } from "./chromium";
import { reportOnExamples, reportOnStacks } from "./example-reports";

/*
 * The page as a reviewer sees it. To look at it: `SCREENSHOTS=folder npm run test:browser` writes each page as pictures and as PDF.
 */

const executablePath = chromiumPath();
if (executablePath === undefined) console.warn("Skipped: neither chromium nor google-chrome is in the PATH.");
const inBrowser = executablePath === undefined ? describe.skip : describe;
const pictures = process.env.SCREENSHOTS;

const REPORTS: Readonly<Record<string, () => TrustReport>> = {
  "apim-chain": () => reportOnExamples("apim-chain"),
  "many-backends": () => reportOnExamples("many-backends"),
  written: () => reportOnStacks({ written: writtenStack() }),
  "one-of-everything": () => ORDERS,
  "40-backends": () => manyBackends(40),
  empty: () => reportOf({}),
};

const SCREENS = [1280, 390].flatMap((width) => (["light", "dark"] as const).map((scheme) => ({ width, scheme })));

/** The width of the text on a page of A4 with the margins of the style sheet, in pixels. */
const PAPER = { width: 695, height: 1017 };

inBrowser("the report in a browser", () => {
  const folder = mkdtempSync(join(tmpdir(), "report-"));
  const files: Record<string, string> = {};
  let browser: Browser;

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath });
    for (const [name, report] of Object.entries(REPORTS)) {
      files[name] = join(folder, `${name}.html`);
      writeFileSync(files[name], await reportPage(report()));
    }
    if (pictures) mkdirSync(pictures, { recursive: true });
  });

  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true });
  });

  describe.each(Object.keys(REPORTS))("%s", (name) => {
    test.each(SCREENS)("at $width pixels, $scheme", async ({ width, scheme }) => {
      await opened(name, { width, scheme }, async (page, heard) => {
        expect(heard).toEqual([`GET ${pathToFileURL(files[name]).href}`]);
        expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
        expect(await textsOutside(page)).toEqual([]);
        expect(await coveredTexts(page)).toEqual([]);
        // axe takes long: the page that has one of everything passes it on each screen, the others on one.
        const isFirst = width === 1280 && scheme === "light";
        if (name === "one-of-everything" || (isFirst && name !== "40-backends"))
          expect(await violations(page)).toEqual([]);
        if (pictures) await page.screenshot({ path: join(pictures, `${name}-${width}-${scheme}.png`), fullPage: true });
      });
    });

    test("as PDF", async () => {
      await opened(name, { width: PAPER.width, scheme: "dark" }, async (page, heard) => {
        await page.emulateMedia({ media: "print" });
        expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(PAPER.width);
        expect(await page.evaluate("getComputedStyle(document.body).backgroundColor")).toBe("rgb(255, 255, 255)");
        const heights: number[] = await page.evaluate(
          "[...document.querySelectorAll('figure')].map((figure) => figure.getBoundingClientRect().height)",
        );
        for (const height of heights) expect(height).toBeLessThanOrEqual(PAPER.height);
        const pdf = await page.pdf({ preferCSSPageSize: true, path: pictures && join(pictures, `${name}.pdf`) });
        expect(pdf.subarray(0, 5).toString()).toBe("%PDF-");
        expect(heard).toHaveLength(1);
      });
    });
  });

  test("the colors of light and dark differ, in the picture too", async () => {
    const colors = async (scheme: "light" | "dark"): Promise<unknown> => {
      let found: unknown;
      await opened("one-of-everything", { width: 1280, scheme }, async (page) => {
        found = await page.evaluate(
          "['body', '.box rect', '.box .name', '.frame rect', '.line'].map((found) => { const { backgroundColor, fill, color } = getComputedStyle(document.querySelector(found)); return [backgroundColor, fill, color].join(' '); })",
        );
      });
      return found;
    };
    const [light, dark] = [await colors("light"), await colors("dark")] as string[][];
    light.forEach((color, at) => expect(color).not.toBe(dark[at]));
  });

  test("what has the focus is seen, and a wide picture scrolls with the keys", async () => {
    await opened("one-of-everything", { width: 390, scheme: "light" }, async (page) => {
      await page.keyboard.press("Tab");
      const outline = "getComputedStyle(document.activeElement).outlineStyle";
      expect(await page.evaluate("document.activeElement.getAttribute('href')")).toBe("#findings");
      expect(await page.evaluate(outline)).toBe("solid");
      // waitForFunction() evaluates text once a frame, which the page's Content Security Policy forbids.
      await page.evaluate("document.querySelector('figure .scroll').focus()");
      await page.evaluate(
        "void (globalThis.scrolled = new Promise((done) => document.activeElement.addEventListener('scroll', () => done(), { once: true })))",
      );
      await page.keyboard.press("ArrowRight");
      await page.evaluate("scrolled");
      expect(await page.evaluate("document.querySelector('figure .scroll').scrollLeft")).toBeGreaterThan(0);
    });
  });

  /** Opens a page without a network, and gives what it asks for and complains of: its file only, if all is well. */
  async function opened(
    name: string,
    { width, scheme }: { width: number; scheme: "light" | "dark" },
    use: (page: Page, heard: string[]) => Promise<void>,
  ): Promise<void> {
    const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: scheme, offline: true });
    try {
      const page = await context.newPage();
      const heard: string[] = [];
      page.on("request", (request) => heard.push(`${request.method()} ${request.url()}`));
      page.on("console", (message) => heard.push(`${message.type()}: ${message.text()}`));
      page.on("pageerror", (error) => heard.push(error.message));
      await page.goto(pathToFileURL(files[name]).href);
      await use(page, heard);
    } finally {
      await context.close();
    }
  }
});

/** Texts of boxes, labels and frames that are not in their rectangle. */
async function textsOutside(page: Page): Promise<string[]> {
  return page.evaluate(`[...document.querySelectorAll(".box, .picture .label")].flatMap((group) => {
    const around = group.querySelector("rect").getBoundingClientRect();
    return [...group.querySelectorAll("text")].filter((text) => {
      const { left, right, top, bottom } = text.getBoundingClientRect();
      return left < around.left || right > around.right || top < around.top - 1 || bottom > around.bottom + 1;
    }).map((text) => text.textContent);
  })`);
}

/** Texts of arrows that a box covers. */
async function coveredTexts(page: Page): Promise<string[]> {
  return page.evaluate(`[...document.querySelectorAll(".picture")].flatMap((picture) => {
    const boxes = [...picture.querySelectorAll(".box rect")].map((rect) => rect.getBoundingClientRect());
    return [...picture.querySelectorAll(".label text")].filter((text) => {
      const one = text.getBoundingClientRect();
      return boxes.some((other) => one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom);
    }).map((text) => text.textContent);
  })`);
}

/** What axe finds, with the first element of each. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const found = (await page.evaluate("axe.run()")) as axe.AxeResults;
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}: ${nodes[0].failureSummary}`);
}
