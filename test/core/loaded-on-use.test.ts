import { loadedOnUse } from "../../lib/core/loaded-on-use";

test("each value is loaded when it is first read, and only once", () => {
  const loads: string[] = [];
  const values = loadedOnUse({
    plan: () => {
      loads.push("plan");
      return { sku: "B1" };
    },
    app: () => {
      loads.push("app");
      return 2;
    },
  });
  expect(loads).toEqual([]);
  expect(Object.keys(values)).toEqual(["plan", "app"]);
  expect(loads).toEqual([]);
  expect(values.plan).toEqual({ sku: "B1" });
  expect(values.plan).toBe(values.plan);
  expect(loads).toEqual(["plan"]);
});

test("what cannot be loaded says so each time", () => {
  const values = loadedOnUse({
    broken: () => {
      throw new Error("Cannot find module");
    },
  });
  expect(() => values.broken).toThrow("Cannot find module");
  expect(() => values.broken).toThrow("Cannot find module");
});
