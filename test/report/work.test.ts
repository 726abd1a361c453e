import { reportOn } from "../../lib/report/report";
import { Model } from "../../lib/rules/model/model";
import { RULES } from "../../lib/rules/rules";
import { judge } from "../../lib/rules/verdicts";
import { readingsOf } from "../helpers/readings";
import { workOf } from "../helpers/work";
import { manyOfEach } from "./many-of-each";

function modelOf(json: Record<string, unknown>): Model {
  return new Model(new Map([["app", [{ path: "main.tf.json", json }]]]));
}

const ACTIONS: readonly (readonly [what: string, action: (model: Model) => unknown])[] = [
  ["rules", (model) => judge(model, RULES, [])],
  ["report", (model) => reportOn(model, { skipped: [], unreadable: [] })],
];

const [TEN, FORTY, MANY] = [10, 40, 160].map(manyOfEach);

test.each(ACTIONS)("the %s of four times as many resources of each type are four times the work", (_, action) => {
  const [forty, many] = [FORTY, MANY].map((json) => workOf(() => action(modelOf(json))));
  // The report writes longer names, and sorts them.
  expect(many / forty).toBeLessThan(4.1);
});

test.each(ACTIONS)("the %s read the text of each policy once", (_, action) => {
  const ways = readingsOf(() => action(modelOf(TEN))).map(({ way }) => way);
  const ofEach = ["API", "operation", "product", "fragment"].length;
  expect(ways).toEqual(Array<string>(10 * ofEach).fill("XML"));
});
