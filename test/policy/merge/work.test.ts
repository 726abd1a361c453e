import { withGateway } from "../../../lib/policy/gateway/gateway-policy";
import { PolicyDocument } from "../../../lib/policy/policy-document";
import { workOf } from "../../helpers/work";

const SMALL = 15 * 1024;
const LARGE = 16 * SMALL;
const GATEWAY = {
  tokenResource: "orders",
  backendId: "orders",
  subscriptionKeyNames: { header: "X-Key", query: "key" },
};

function filled(text: string, length: number): string {
  return text.repeat(Math.ceil(length / text.length));
}

const INSERTED = '<trace id="secure-apim-backend-raw-0123abcd" />';
const REPLACED = '<set-backend-service id="secure-apim-backend-route-0123abcd" />';
const OPENED = '<inbound ><trace id="secure-apim-backend-self-closed--raw-0123abcd" /></inbound>';

describe("a merge takes work that grows with the length of the document, whatever is in it", () => {
  test.each<[string, (length: number) => string]>([
    ...[
      "<trace />",
      "\n",
      "<!-- a -->",
      INSERTED,
      REPLACED,
      `\n${REPLACED}`,
      "<set-heder />",
      "@(a)",
      "&nbsp;",
      "<base />",
    ].map((text): [string, (length: number) => string] => [
      text,
      (length) => `<inbound><base />${filled(text, length)}</inbound>`,
    ]),
    ["many sections", (length) => filled("<inbound />", length)],
    ["many sections that are opened", (length) => filled(OPENED, length)],
    ["many unknown sections", (length) => `<inbound />${filled("<inbond />", length)}`],
    [
      "deep nesting",
      (length) =>
        `<inbound>${filled("<choose><when>", length)}${filled("</when></choose>", (length / 14) * 16)}</inbound>`,
    ],
    ["deep white space", (length) => `<inbound>\n${filled(" ", length)}<base />\n</inbound>`],
  ])("%s", (_, sections) => {
    const rate = (length: number): number => {
      const document = PolicyDocument.fromXml(`<policies>${sections(length / 2.5)}</policies>`);
      return workOf(() => withGateway(document, GATEWAY)._analyze()) / length;
    };
    rate(SMALL); // Constant statements are parsed once.
    expect(rate(LARGE)).toBeLessThan(rate(SMALL) * 1.2 + 1);
  });
});
