import { TerraformStack, Testing } from "cdktf";
import { warn } from "../../../lib/composition/policy-checks";
import * as nearest from "../../../lib/core/nearest";
import { reportOn } from "../../../lib/cli/policy/document-report";
import { reportText } from "../../../lib/cli/policy/report-text";
import { PolicyFinding, PolicyRule } from "../../../lib/policy/findings/rule";
import * as rules from "../../../lib/policy/findings/rules";
import { withGateway } from "../../../lib/policy/gateway/gateway-policy";
import { PolicyDocument } from "../../../lib/policy/policy-document";
import { SourceTree } from "../../../lib/policy/syntax/source-tree";

/* A policy of 250 KB can have tens of thousands of findings. Only what is shown is put into words. */

const GATEWAY = {
  tokenResource: "orders",
  backendId: "orders",
  subscriptionKeyNames: { header: "X-Key", query: "key" },
};
const SHOWN = 20;

const ofSections = (sections: string): string => `<policies>\n${sections}</policies>\n`;
const inbound = (content: string): string => ofSections(`<inbound>\n<base />${content}\n</inbound>\n`);
const filled = (text: string): string => text.repeat(Math.floor(250_000 / text.length));

/** Documents with many findings, and how many they have. */
const DOCUMENTS: [what: string, xml: string, findings: number][] = [
  ["unknown elements", inbound(filled("<a/>")), 62_500],
  ["misspelled elements", inbound(filled("<set-headr/>")), 20_833],
  // Each of them but the first is repeated, too.
  ["misspelled sections", ofSections(`<inbound />${filled("<inbond/>")}`), 55_553],
  ["characters that are no XML", inbound(`<set-body>${filled("&#1;")}</set-body>`), 62_500],
  ["control characters", inbound(`<set-body>${filled("\u0001")}</set-body>`), 250_000],
  ["secrets", inbound(filled('<set-variable name="api-key" value="a" />')), 6097],
  ["conflicts", inbound(filled('<set-header name="Authorization" />')), 7142],
  ["elements that an earlier merge inserted", inbound(filled('<trace id="secure-apim-backend-raw-0123abcd" />')), 5319],
];

interface Counted {
  readonly texts: number;
  readonly nearest: number;
  readonly positions: number;
}

/** How many texts, names that are similar, and positions an action computes. */
function countedOf(action: () => void): Counted {
  const all = Object.values(rules).flat() as readonly PolicyRule[];
  const texts = all.flatMap((rule) => [jest.spyOn(rule, "says"), jest.spyOn(rule, "resolutions")]);
  const spies = { nearest: jest.spyOn(nearest, "nearest"), positions: jest.spyOn(SourceTree.prototype, "position") };
  try {
    action();
    return {
      texts: texts.reduce((sum, { mock }) => sum + mock.calls.length, 0),
      nearest: spies.nearest.mock.calls.length,
      positions: spies.positions.mock.calls.length,
    };
  } finally {
    jest.restoreAllMocks();
  }
}

const analyzed = (xml: string): readonly PolicyFinding[] =>
  withGateway(PolicyDocument.fromXml(xml), GATEWAY)._analyze().findings.all();

describe("of thousands of findings", () => {
  test.each(DOCUMENTS)("a merge counts %s, and writes no text", (_, xml, many) => {
    let findings: readonly PolicyFinding[] = [];
    const { texts, positions, nearest } = countedOf(() => (findings = analyzed(xml)));
    expect(findings).toHaveLength(many);
    expect([texts, nearest]).toEqual([0, expect.any(Number)]);
    expect(nearest).toBeLessThan(2);
    expect(positions).toBeLessThan(40);
  });

  test.each(DOCUMENTS)("messages write what they show of %s", (_, xml) => {
    const counted = countedOf(() => {
      const document = withGateway(PolicyDocument.fromXml(xml), GATEWAY);
      try {
        document.toXml();
      } catch (error) {
        expect((error as Error).message).toContain("(policy-conflicts)");
      }
      warn(new TerraformStack(Testing.app(), "app"), document._analyze().findings);
    });
    expect(counted.texts).toBeGreaterThanOrEqual(2 * SHOWN);
    expect(counted.texts).toBeLessThanOrEqual(4 * SHOWN);
    expect(counted.nearest).toBeLessThanOrEqual(2 * SHOWN);
    expect(counted.positions).toBeLessThan(40 + 4 * SHOWN);
  });

  test("the command line writes what it shows", () => {
    const input = (): Buffer => Buffer.from(inbound(filled("<set-headr/>")));
    const counted = countedOf(() => {
      const { report } = reportOn("-", {
        merge: (document) => withGateway(document, GATEWAY),
        console: { out: () => undefined, err: () => undefined, interactive: false, input },
      });
      reportText(report);
    });
    expect(counted.texts).toBe(2 * SHOWN);
    expect(counted.nearest).toBe(SHOWN);
    expect(counted.positions).toBeLessThan(40 + SHOWN);
  });
});
