import { Frame, Picture } from "../../../lib/report/graph/picture";
import { picturesOf } from "../../../lib/report/graph/pictures";
import { dotOf } from "../../../lib/report/graph/dot";
import { call, manyBackends, ORDERS, party, reportOf } from "../html/reports";

/** The pictures as names. */
function shown(picture: Picture): { boxes: string[]; frames: unknown[]; arrows: string[] } {
  const boxes = picture.boxes.map(({ title }) => title.split("\n")[0]);
  const frame = ({ label, boxes: places, frames }: Frame): unknown => [
    label,
    ...places.map((at) => boxes[at]),
    ...frames.map(frame),
  ];
  const arrows = picture.arrows.map(({ from, to, lines }) => `${boxes[from]} -> ${boxes[to]}: ${lines.join(" | ")}`);
  return { boxes, frames: picture.frames.map(frame), arrows };
}

test("apps, services and callers are boxes, a gateway is the frame of its APIs, and a stack is the frame of what is in it", () => {
  const [picture, ...more] = picturesOf(ORDERS);
  expect(more).toEqual([]);
  expect(picture.title).toBe("Who calls whom");
  const { boxes, frames, arrows } = shown(picture);
  expect(boxes).toEqual([
    "Caller billing-portal",
    "Caller anyone",
    "API orders-api",
    "API status-api",
    "App func-orders-production-westeurope-01",
    "Slot staging",
    "Azure service stordersprod",
    "Outside https://api.shipping.example",
  ]);
  expect(frames).toEqual([
    [
      "Stack orders",
      "Azure service stordersprod",
      ["App and its parts", "App func-orders-production-westeurope-01", "Slot staging"],
    ],
    ["Stack platform", ["Gateway contoso-gateway", "API orders-api", "API status-api"]],
  ]);
  expect(arrows).toEqual([
    "Caller billing-portal -> API orders-api: 1  Entra token | api://orders-api | Orders.Read | Orders.Write",
    "Caller anyone -> API status-api: 2  Nothing",
    "API orders-api -> App func-orders-production-westeurope-01: 3  Managed identity | api://7f3e1b5a-2c9d-4e8f- | a6b0-1d2c3e4f5a6b | Gateway.Invoke",
    "API orders-api -> Azure service stordersprod: 4  Managed identity | https://storage.azure.com/ | Storage Blob Data Reader",
    "API status-api -> Outside https://api.shipping.example: 5  Key",
  ]);
});

test("the title of an arrow says what its text leaves out", () => {
  expect(picturesOf(ORDERS)[0].arrows[2].title).toBe(
    [
      "Call 3: orders-api calls func-orders-production-westeurope-01",
      "Managed identity",
      "system-assigned identity of contoso-gateway",
      "api://7f3e1b5a-2c9d-4e8f-a6b0-1d2c3e4f5a6b",
      "Gateway.Invoke",
    ].join("\n"),
  );
});

test("one stack is no frame", () => {
  const report = reportOf({
    parties: [party("app", "orders"), party("service", "files")],
    calls: [call("orders", "files")],
  });
  expect(picturesOf(report)[0].frames).toEqual([]);
});

test("a gateway that is called itself is a box beside its APIs", () => {
  const report = reportOf({
    parties: [party("caller", "portal"), party("gateway", "edge"), party("api", "orders", { partOf: "edge" })],
    calls: [call("portal", "edge")],
  });
  expect(shown(picturesOf(report)[0]).frames).toEqual([["Gateway and its parts", "Gateway edge", "API orders"]]);
});

test("three roles are one and a number", () => {
  const report = reportOf({
    parties: [party("caller", "portal"), party("api", "orders")],
    calls: [call("portal", "orders", { roles: ["Orders.Read", "Orders.Write", "Orders.Delete"] })],
  });
  expect(picturesOf(report)[0].arrows[0].lines).toEqual(["1  Managed identity", "Orders.Read", "and 2 more roles"]);
});

test("nothing is no picture", () => expect(picturesOf(reportOf({}))).toEqual([]));

test("a call of a party that the report does not have is not drawn", () => {
  const report = reportOf({ parties: [party("app", "orders")], calls: [call("lost", "orders")] });
  expect(picturesOf(report)[0].arrows).toEqual([]);
});

describe("what does not fit into one picture", () => {
  const pictures = picturesOf(manyBackends(40));

  test("is one picture for each gateway, in parts that fit on a page", () => {
    expect(pictures.map(({ title }) => title)).toEqual(
      [1, 2, 3, 4].map((part) => `Gateway contoso-gateway, part ${part} of 4`),
    );
    for (const { boxes } of pictures) expect(boxes.length).toBeLessThanOrEqual(28);
  });

  test("keeps each call, and an API with its app", () => {
    const numbers = pictures.flatMap(({ arrows }) => arrows.map(({ number }) => number));
    expect([...numbers].sort((one, other) => one - other)).toEqual(Array.from({ length: 80 }, (_, at) => at + 1));
    for (const { arrows } of pictures) {
      const apps = arrows.filter(({ proof }) => proof === "managed identity").map(({ number }) => number - 40);
      expect(apps).toEqual(arrows.filter(({ proof }) => proof === "Entra token").map(({ number }) => number));
    }
  });

  test("is divided too if one API calls them all, and parties without a call come last", () => {
    const apps = Array.from({ length: 60 }, (_, at) => party("app", `app-${at}`));
    const lonely = party("app", "lonely");
    const report = reportOf({
      parties: [party("gateway", "edge"), party("api", "pool", { partOf: "edge" }), ...apps, lonely],
      calls: apps.map(({ id }) => call("pool", id)),
    });
    expect(picturesOf(report).map(({ title, arrows }) => [title, arrows.length])).toEqual([
      ["Gateway edge, part 1 of 3", 27],
      ["Gateway edge, part 2 of 3", 27],
      ["Gateway edge, part 3 of 3", 6],
      ["Without a call", 0],
    ]);
  });

  test("names the stack of a gateway, if there are several", () => {
    const report = manyBackends(14);
    const stacks = ["orders", "platform"].map((name) => ({ name, files: [] }));
    expect(picturesOf({ ...report, stacks })[0].title).toBe("Gateway contoso-gateway of orders, part 1 of 2");
  });

  test("names the calls that no gateway makes", () => {
    const apps = Array.from({ length: 30 }, (_, at) => party("app", `app-${at}`));
    const report = reportOf({
      parties: [...apps, party("service", "files")],
      calls: apps.slice(0, 20).map(({ id }) => call(id, "files")),
    });
    expect(picturesOf(report).map(({ title }) => title)).toEqual(["Other calls", "Without a call"]);
  });
});

test("no name gets into what Graphviz reads", () => {
  const name = '"]; evil [label="';
  const report = reportOf({
    parties: [party("gateway", name), party("api", `${name}>`, { partOf: name }), party("app", "app")],
    calls: [call(`${name}>`, "app", { audience: name, roles: [name] })],
  });
  expect(dotOf(picturesOf(report)[0], "LR")).not.toContain("evil");
});
