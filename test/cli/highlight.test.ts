import { highlighted, takesColor } from "../../lib/cli/highlight";

test("a report shows in color how things are, and nothing else", () => {
  const report = [
    "error at app/Web: error at sign-in. (sign-in-not-required)",
    "warning at app/Web: x",
    "warning: The acknowledgement",
    "not judged at app/Web: y",
    "orders.xml: can be merged",
    "error at.xml: has conflicts",
    "  conflict at 4:5 <set-backend-service>",
    "  passed       no token: 401",
    "  failed       algorithm none: 200, expected 401",
    "      The app failed at it.",
    "errors",
  ].join("\n");
  expect(
    highlighted(report)
      .replaceAll(/\u001b\[(\d+)m(.*?)\u001b\[0m/g, "<$1 $2>")
      .split("\n"),
  ).toEqual([
    "<31 error> at app/Web: error at sign-in. (sign-in-not-required)",
    "<33 warning> at app/Web: x",
    "<33 warning>: The acknowledgement",
    "<33 not judged> at app/Web: y",
    "orders.xml: <32 can be merged>",
    "error at.xml: <31 has conflicts>",
    "  <31 conflict> at 4:5 <set-backend-service>",
    "  <32 passed>       no token: 401",
    "  <31 failed>       algorithm none: 200, expected 401",
    "      The app failed at it.",
    "errors",
  ]);
});

test.each([
  [{ isTTY: true }, {}, true],
  [{ isTTY: true }, { TERM: "xterm-256color" }, true],
  [{ isTTY: true }, { TERM: "dumb" }, false],
  [{ isTTY: true }, { NO_COLOR: "1" }, false],
  [{ isTTY: true }, { NO_COLOR: "" }, true],
  [{ isTTY: false }, { FORCE_COLOR: "1" }, false],
])("%j with %j takes color: %s", (stream, environment, expected) => {
  expect(takesColor(stream, environment)).toBe(expected);
});
