import { PolicyDocument } from "../../lib/policy/policy-document";
import { PolicyStatement } from "../../lib/policy/policy-statement";
import { PolicyValue } from "../../lib/policy/policy-value";
import { HOSTILE_POLICIES } from "../helpers/hostile-policies";
import { workOf } from "../helpers/work";

const STATEMENTS = PolicyDocument.of(PolicyStatement.setHeader("X-Gateway", PolicyValue.literal("contoso")));

test.each(Object.keys(HOSTILE_POLICIES))("the work to read and merge %s grows with the length", (name) => {
  const work = (length: number): number =>
    workOf(() => {
      const document = PolicyDocument.fromXml(HOSTILE_POLICIES[name](length)).merge(STATEMENTS);
      const places = document._elements().map(({ line, column }) => `${line}:${column}`);
      expect([places.length > length / 50, document._analyze().merged.text.length > length]).toEqual([true, true]);
    });
  const [small, large] = [30_000, 240_000].map(work);
  expect(large / small).toBeLessThan(8 * 1.1);
});
