import * as lib from "cdktf-secure-apim-backend";
import { refusal } from "../helpers/refusal";
import { isWritten, STATEMENTS, statementOf } from "../policy/statements/every-statement";

/*
 * A property that no type has, whose name is similar to none, is refused where a value of the user enters a policy statement: from plain
 * JavaScript it would be lost, and the policy would say less than its author wrote.
 */

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- plain JavaScript has no types
type Untyped = any;

const { IpFilterAction }: Untyped = lib;

/** The factories whose last argument is an object. */
const WITH_OBJECT = Object.entries(STATEMENTS).filter(([, args]) => isWritten(args.at(-1)));

describe("a statement", () => {
  test.each(WITH_OBJECT)("%s refuses a property that it does not know", (name, args) => {
    expect(() => statementOf(name)).not.toThrow();
    expect(() => statementOf(name, [...args.slice(0, -1), { ...args.at(-1), zebra: 1 }])).toThrow(
      refusal("unknown-property", "zebra", `PolicyStatement.${name}`),
    );
  });

  test.each([
    [
      "requiredClaims",
      () => [
        "requireEntraToken",
        { ...STATEMENTS.requireEntraToken[0], requiredClaims: [{ name: "roles", values: ["a"], zebra: 1 }] },
      ],
    ],
    [
      "addressRanges",
      () => [
        "ipFilter",
        { action: IpFilterAction.ALLOW, addressRanges: [{ first: "13.66.140.128", last: "13.66.140.143", zebra: 1 }] },
      ],
    ],
    ["dimensions", () => ["llmEmitTokenMetric", { dimensions: [{ name: "API ID", zebra: 1 }] }]],
  ] as [string, () => [string, Untyped]][])("refuses it in an entry of %s", (list, call) => {
    const [name, props] = call();
    expect(() => statementOf(name, [props])).toThrow(refusal("unknown-property", "zebra", `an entry of ${list}`));
  });
});
