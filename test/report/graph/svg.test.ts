import { picturesOf } from "../../../lib/report/graph/pictures";
import { layoutsOf } from "../../../lib/report/graph/layout";
import { drawingsOf } from "../../../lib/report/graph/svg";
import { parsedXml } from "../html/parsed-xml";
import { call, manyBackends, ORDERS, party, reportOf } from "../html/reports";

test("a picture has a title, a description, and no style of its own", async () => {
  const [{ svg }] = await drawingsOf(picturesOf(ORDERS));
  const { text, elements } = parsedXml(svg.text);
  const [root] = elements;
  expect(root).toMatchObject({
    name: "svg",
    attributes: { role: "img", "aria-labelledby": "picture-1-title picture-1-about" },
  });
  expect(text).toContain("8 parties and 5 calls.");
  const names = new Set(elements.flatMap(({ attributes }) => Object.keys(attributes)));
  for (const name of ["style", "fill", "stroke", "font-family"]) expect(names).not.toContain(name);
});

test("each kind of party and of proof has a class, so that the page gives it a color for light and for dark", async () => {
  const [{ svg }] = await drawingsOf(picturesOf(ORDERS));
  const classes = new Set(parsedXml(svg.text).elements.map(({ attributes }) => attributes.class));
  for (const look of [
    "box caller",
    "box caller anyone",
    "box api",
    "box app",
    "box slot",
    "box service",
    "box outside",
  ])
    expect(classes).toContain(look);
  for (const look of ["frame gateway", "frame stack", "frame app"]) expect(classes).toContain(look);
  for (const look of ["line by-entra-token", "line by-nothing", "line by-managed-identity", "line by-key"])
    expect(classes).toContain(look);
});

test("boxes do not cover each other, and lie in their picture", async () => {
  const [{ svg }] = await drawingsOf(picturesOf(manyBackends(12)));
  const { elements } = parsedXml(svg.text);
  const view = elements[0].attributes.viewBox.split(" ").map(Number);
  const boxes = elements
    .filter((_, at) => elements[at - 2]?.attributes.class?.startsWith("box "))
    .map(({ attributes: { x, y, width, height } }) => [x, y, width, height].map(Number));
  expect(boxes).toHaveLength(25);
  for (const [x, y, width, height] of boxes) {
    expect(x >= view[0] && y >= view[1] && x + width <= view[0] + view[2] && y + height <= view[1] + view[3]).toBe(
      true,
    );
    const covered = boxes.filter((other) => Math.abs(other[0] - x) < width && Math.abs(other[1] - y) < height);
    expect(covered).toHaveLength(1);
  }
});

test("a chain that is too wide for a page goes down", async () => {
  const names = Array.from({ length: 8 }, (_, at) => `app-${at}`);
  const report = reportOf({
    parties: names.map((name) => party("app", name)),
    calls: names.slice(1).map((name, at) => call(names[at], name)),
  });
  const [{ width }] = await drawingsOf(picturesOf(report));
  expect(width).toBeLessThan(400);
});

test("a party that calls itself, calls in a circle and two calls between the same parties are drawn", async () => {
  const report = reportOf({
    parties: [party("app", "one"), party("app", "two")],
    calls: [call("one", "one"), call("one", "two"), call("two", "one"), call("one", "two", { how: "key" })],
  });
  const [{ svg }] = await drawingsOf(picturesOf(report));
  expect(svg.text.match(/class="line /g)).toHaveLength(4);
  expect(svg.text).not.toContain("NaN");
});

test("hostile names are text", async () => {
  const name = `</text><script>"'&\u202e`;
  const report = reportOf({
    parties: [
      party("gateway", name),
      party("api", `api ${name}`, { partOf: name, detail: [name] }),
      party("app", "app"),
    ],
    calls: [call(`api ${name}`, "app", { audience: name, roles: [name], identity: name })],
  });
  const [{ svg }] = await drawingsOf(picturesOf(report));
  const { elements, text } = parsedXml(svg.text);
  expect(new Set(elements.map((element) => element.name))).toEqual(
    new Set(["svg", "title", "desc", "g", "rect", "path", "text"]),
  );
  expect(text).toContain("<script>");
  expect(text).not.toContain("\u202e");
});

test("300 backends take seconds, not minutes", async () => {
  const start = Date.now();
  await drawingsOf(picturesOf(manyBackends(300)));
  expect(Date.now() - start).toBeLessThan(60_000);
}, 90_000);

test("what Graphviz does not understand is an error", async () => {
  await expect(layoutsOf(["digraph {"])).rejects.toThrow(/syntax error/);
});
