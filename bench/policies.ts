/* How long it takes to scan and to merge a policy, beside saxes, which reads XML and nothing else: alone, and building a tree. */
import { SaxesParser, SaxesTagPlain } from "saxes";
import { PolicyDocument } from "../lib/policy/policy-document";
import { PolicyStatement } from "../lib/policy/policy-statement";
import { PolicyValue } from "../lib/policy/policy-value";
import { scan } from "../lib/policy/syntax/scanner";
import { pairsOf, warmUserTimeOf } from "./measure";
import { Part, Row, rowOf } from "./table";

const ROUNDS = 7;

/** How many bytes are read in a round: small documents are read many times. */
const BYTES_OF_A_ROUND = 2_000_000;

/** A scan takes at most as long as bare saxes. */
const TARGET = 1;

const SIZES = { "1 KB": 1_000, "16 KB": 16_000, "256 KB": 256_000, "1 MB": 1_000_000 };
const LARGE = { "8 MB": 8_000_000 };

export function policies(large: boolean): Part[] {
  const sizes = Object.entries({ ...SIZES, ...(large ? LARGE : {}) });
  const part = (title: string, other: string, rowFor: (what: string, xml: string) => Row): Part => ({
    title,
    other,
    rows: sizes.map(([what, bytes]) => rowFor(what, policyOf(bytes))),
  });
  return [
    part("Scan a policy", "bare saxes", (what, xml) => rowOf(what, "ms", pairs(xml, scan, parse), TARGET)),
    part("Scan a policy, with saxes that builds a tree", "saxes with a tree", (what, xml) =>
      rowOf(what, "ms", pairs(xml, scan, treeOf)),
    ),
    part("Scan a policy and merge statements into it", "saxes with a tree", (what, xml) =>
      rowOf(what, "ms", pairs(xml, merge, treeOf)),
    ),
  ];
}

/** Each document is read first once: nobody's code is compiled while it is measured. */
function pairs(xml: string, ours: (xml: string) => unknown, theirs: (xml: string) => unknown): [number, number][] {
  const times = Math.ceil(BYTES_OF_A_ROUND / xml.length);
  const repeat = (read: (xml: string) => unknown) => (): void => {
    for (let time = 0; time < times; time++) read(xml);
  };
  const measured = (rounds: number): [number, number][] =>
    pairsOf(rounds, repeat(ours), repeat(theirs), warmUserTimeOf);
  measured(2);
  return measured(ROUNDS).map(([one, other]) => [one / times, other / times]);
}

const STATEMENTS = PolicyDocument.of(PolicyStatement.setHeader("X-Gateway", PolicyValue.literal("contoso")));

function merge(xml: string): unknown {
  return PolicyDocument._read(xml, "bench").merge(STATEMENTS)._analyze().merged.text;
}

function parse(xml: string): void {
  new SaxesParser().write(xml).close();
}

interface Element {
  readonly tag: SaxesTagPlain;
  readonly children: Element[];
}

function treeOf(xml: string): Element | undefined {
  const parser = new SaxesParser();
  const open: Element[] = [];
  let root: Element | undefined;
  parser.on("opentag", (tag) => {
    const element = { tag, children: [] };
    root ??= element;
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  parser.on("closetag", () => open.pop());
  parser.write(xml).close();
  return root;
}

/** A policy such as people write, but without code, which no other reader of XML takes. */
export function policyOf(bytes: number): string {
  const rule = (index: number): string => `    <!-- Rule ${index}: what the caller may not set -->
    <set-header name="X-Client-${index}" exists-action="override">
      <value>orders &amp; stock</value>
    </set-header>
    <choose>
      <when condition="true">
        <set-variable name="area-${index}" value="north" />
      </when>
    </choose>
`;
  const rules = Math.max(1, Math.floor((bytes - 150) / rule(1000).length));
  return `<policies>
  <inbound>
    <base />
${Array.from({ length: rules }, (_, index) => rule(index)).join("")}  </inbound>
  <backend>
    <base />
  </backend>
  <outbound>
    <base />
  </outbound>
  <on-error>
    <base />
  </on-error>
</policies>
`;
}
