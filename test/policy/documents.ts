import * as fc from "fast-check";
import { PolicySection, PolicySlot, StatementConfig } from "../../lib/policy/statement";
import { ROUTE, statement, TOKEN } from "./statements";

/** Documents as people write them: any newline, any indentation, with or without `<base />`, comments and raw expressions. */

const newline = fc.constantFrom("\n", "\r\n", "\r");
const unit = fc.constantFrom("  ", "    ", "\t", "", " ");
const gap = fc.oneof(
  { weight: 6, arbitrary: fc.constant("line") },
  { weight: 1, arbitrary: fc.constantFrom("none", "space", "blank") },
);

const CODE = [
  'context.Request.Headers["X"]',
  "a < b && c > d",
  "\"</inbound>\" + '\"' + '\\''",
  '@"C:\\" + $"{x:yyyy}{{}}" + $@"""{y}"""',
  'new List<string> { $"{f($"{1}")}" }',
  "{{named-value}}",
  "/* \" ' ) */ 1",
  "x[(1)]",
];
const rawCode = fc.array(fc.constantFrom(...CODE), { minLength: 1, maxLength: 3 }).map((parts) => parts.join(" + "));
const lineComments = fc.constantFrom("", '// don\'t "stop" )\n', "// }\r\n");
const rawExpression = fc.oneof(
  rawCode.map((code) => `@(${code})`),
  fc.tuple(lineComments, rawCode).map(([comment, code]) => `@{${comment} return ${code}; }`),
);

const escape = (text: string): string =>
  text.replace(/[&<>"]/g, (character) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[character] ?? "");
const literal = fc
  .stringMatching(/^[ -~]{0,12}$/)
  .filter((text) => !/^\s*@[({]/.test(text))
  .map(escape);

const name = fc.constantFrom("set-variable", "rewrite-uri", "trace", "set-query-parameter", "find-and-replace");

function policy(value: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const attributed = fc.tuple(name, value).map(([tag, text]) => `<${tag} value="${text}" />`);
  const filled = fc.tuple(name, value).map(([tag, text]) => `<${tag}>${text}</${tag}>`);
  const chosen = fc
    .tuple(value, attributed)
    .map(([text, inner]) => `<choose><when condition="${text}">${inner}</when></choose>`);
  const other = fc.constantFrom(
    "<!-- <base /> -->",
    "<!--x-->",
    "<![CDATA[</inbound>]]>",
    "<?pi </inbound> ?>",
    "text",
    "<a></a>",
  );
  return fc.oneof(attributed, filled, chosen, other);
}

function document(value: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const policies = fc.array(fc.tuple(policy(value), gap), { maxLength: 4 });
  const base = fc.constantFrom("first", "last", "none");
  const inbound = fc.oneof(
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        "<inbound />",
        "<inbound/>",
        "<inbound></inbound>",
        "<inbound></inbound >",
        "<inbound >\n</inbound >",
      ),
    },
    { weight: 5, arbitrary: fc.tuple(policies, base, gap, fc.boolean()) },
  );
  const around = fc.record({
    newline,
    unit,
    mark: fc.boolean(),
    before: gap,
    after: gap,
    last: fc.constantFrom("", "\n", "\r\n"),
  });
  return fc.tuple(inbound, around).map(([section, style]) => {
    const space = (kind: string, level: number): string => {
      if (kind === "none") return "";
      if (kind === "space") return " ";
      return (kind === "blank" ? style.newline : "") + style.newline + style.unit.repeat(level);
    };
    const written = typeof section === "string" ? section : inboundOf(section, space);
    const body =
      space(style.before, 1) + written + space(style.after, 1) + "<backend><base /></backend>" + space(style.before, 0);
    return `${style.mark ? "\uFEFF" : ""}<policies>${body}</policies>${style.last}`;
  });
}

function inboundOf(
  [policies, base, end, cors]: [[string, string][], string, string, boolean],
  space: (kind: string, level: number) => string,
): string {
  const children: [string, string][] = [
    ...(cors
      ? ([["<cors><allowed-origins><origin>*</origin></allowed-origins></cors>", end]] as [string, string][])
      : []),
    ...(base === "first" ? ([["<base />", end]] as [string, string][]) : []),
    ...policies,
    ...(base === "last" ? ([["<base/>", end]] as [string, string][]) : []),
  ];
  return `<inbound>${children.map(([xml, kind]) => space(kind, 2) + xml).join("")}${space(end, 1)}</inbound>`;
}

/** Documents with unescaped expressions; most are no XML. */
export const rawDocuments = document(fc.oneof(rawExpression, literal));

/** The same, escaped: XML to any parser. */
export const strictDocuments = document(fc.oneof(rawExpression.map(escape), literal));

const ELEMENTS = [
  '<set-header name="X-A" exists-action="override">\n  <value>a b</value>\n</set-header>',
  '<set-query-parameter name="q" exists-action="delete" />',
  '<trace source="x">\n  <message>two\nlines</message>\n</trace>',
  '<rate-limit-by-key calls="5" renewal-period="60" counter-key="a" />\n<quota-by-key calls="9" renewal-period="3600" counter-key="a" />',
];

const free: fc.Arbitrary<StatementConfig[]> = fc.array(
  fc
    .tuple(
      fc.constantFrom("set-header", "trace", "x"),
      fc.constantFrom(...ELEMENTS),
      fc.constantFrom(PolicySlot.VALIDATION, PolicySlot.CALLER_IDENTITY, PolicySlot.USER),
    )
    .map(([kind, xml, slot]) => statement(kind, xml, slot, PolicySection.INBOUND)),
  { minLength: 1, maxLength: 4 },
);

/** Statements that contradict nothing in the documents. Those of a gateway take the place of each other only together. */
export const statements: fc.Arbitrary<StatementConfig[]> = fc
  .tuple(free, fc.constantFrom([], [ROUTE, TOKEN]))
  .map(([users, gateways]) => [...users, ...gateways]);
